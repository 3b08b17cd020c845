//! One gate: icon, word and line say what happened there; the one that is open lists its statements.

use yew::prelude::*;

use super::statements::statements;
use crate::app::ByPtr;
use crate::app::components::{Act, IconName, icon, icon_with, prose};
use crate::app::state::{Answer, Event as StateEvent, Selection, rows};
use crate::eval::LayerKind;
use crate::eval::trace::{Gate, GateKind, GateState};
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
pub fn gate(answer: &ByPtr<Answer>, gate: &Gate, shown: &Shown) -> Html {
    let rows = rows(answer, gate.kind);
    let detail = explain::gate_detail(gate, &answer.trace, &answer.request);
    let listed = !rows.shown.is_empty();
    let id = format!("gate-{}", slug(gate.kind));
    let name = explain::gate_name(gate.kind, &answer.request);
    let deny = explain::denying_gate(&answer.trace).filter(|_| gate.kind == GateKind::DenySweep);
    let stands = explain::denying_place(&answer.trace, &answer.request).unwrap_or_default();
    html! {
        <li class="gate" key={slug(gate.kind)} data-state={state(gate.state)} data-decisive={shown.decisive.to_string()}>
            <div class="gate__rail">{ icon_with(drawing(gate.state), "gate__icon") }</div>
            <div class="gate__body">
                if listed {
                    <Act class="gate__head gate__head--button" event={StateEvent::GateOpened((!shown.open).then_some(gate.kind))}
                        id={head_id(gate.kind)} expanded={shown.open} controls={shown.open.then(|| id.clone())}>
                        { head(&name, gate.state, true) }
                    </Act>
                } else {
                    <div class="gate__head">{ head(&name, gate.state, false) }</div>
                }
                <p class="gate__detail">
                    { prose(&detail) }
                    if let Some(deny) = deny {
                        { " " }
                        <Act event={StateEvent::GateOpened(Some(deny))} then_focus={AttrValue::from(head_id(deny))}>{ stands }</Act>
                        { "." }
                    }
                </p>
            </div>
            if listed && shown.open {
                <div class="gate__statements" {id}>
                    { statements(answer, &rows, shown.selected) }
                </div>
            }
        </li>
    }
}

fn head_id(kind: GateKind) -> String {
    format!("gate-head-{}", slug(kind))
}

fn slug(kind: GateKind) -> &'static str {
    match kind {
        GateKind::DenySweep => "deny",
        GateKind::Layer(LayerKind::ServiceControl) => "scp",
        GateKind::Layer(LayerKind::ResourceControl) => "rcp",
        GateKind::Layer(LayerKind::Endpoint) => "endpoint",
        GateKind::Layer(LayerKind::Resource) => "resource",
        GateKind::Layer(LayerKind::Identity) => "identity",
        GateKind::Layer(LayerKind::Boundary) => "boundary",
        GateKind::Layer(LayerKind::Session) => "session",
    }
}

fn head(name: &str, state: GateState, opens: bool) -> Html {
    html! {
        <>
            <span class="gate__name">
                { name }
                if opens {
                    { icon(IconName::Chevron) }
                }
            </span>
            <span class="gate__state">{ explain::gate_state(state) }</span>
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
