//! One gate: icon, word and line say what happened there; the one that is open lists its statements.

use yew::prelude::*;

use super::statements::statements;
use crate::app::components::{Act, IconName, icon, icon_with, prose};
use crate::app::state::{Answer, Event as StateEvent, Selection, rows};
use crate::eval::trace::{Gate, GateState};
use crate::explain;

/// How a gate is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Whether its statements are listed.
    pub open: bool,
    /// Whether the matter was settled here.
    pub decisive: bool,
    /// The selected part of a policy.
    pub selected: Option<&'a Selection>,
}

/// One gate.
pub fn gate(answer: &Answer, gate: &Gate, shown: &Shown) -> Html {
    let rows = rows(answer, gate.kind);
    let detail = explain::gate_detail(gate, &answer.trace, &answer.request);
    let listed = !rows.shown.is_empty();
    let id = format!("gate-{}", explain::gate_name(gate.kind).to_lowercase().replace(' ', "-"));
    html! {
        <li class="gate" key={explain::gate_name(gate.kind)} data-state={state(gate.state)} data-decisive={shown.decisive.to_string()}>
            <div class="gate__rail">{ icon_with(drawing(gate.state), "gate__icon") }</div>
            <div class="gate__body">
                if listed {
                    <Act class="gate__head gate__head--button" event={StateEvent::GateOpened((!shown.open).then_some(gate.kind))}
                        expanded={shown.open} controls={shown.open.then(|| id.clone())}>
                        { head(gate, true) }
                    </Act>
                } else {
                    <div class="gate__head">{ head(gate, false) }</div>
                }
                <p class="gate__detail">{ prose(&detail) }</p>
            </div>
            if listed && shown.open {
                <div class="gate__statements" {id}>
                    { statements(answer, &rows, shown.selected) }
                </div>
            }
        </li>
    }
}

fn head(gate: &Gate, opens: bool) -> Html {
    html! {
        <>
            <span class="gate__name">
                { explain::gate_name(gate.kind) }
                if opens {
                    { icon(IconName::Chevron) }
                }
            </span>
            <span class="gate__state">{ explain::gate_state(gate.state) }</span>
        </>
    }
}

fn state(state: GateState) -> &'static str {
    match state {
        GateState::Open => "open",
        GateState::Stop => "stop",
        GateState::Shut => "shut",
        GateState::Absent(_) => "absent",
        GateState::Moot { .. } => "moot",
    }
}

fn drawing(state: GateState) -> IconName {
    match state {
        GateState::Open => IconName::Allowed,
        GateState::Stop => IconName::ExplicitlyDenied,
        GateState::Shut => IconName::ImplicitlyDenied,
        GateState::Absent(_) => IconName::Absent,
        GateState::Moot { .. } => IconName::Moot,
    }
}
