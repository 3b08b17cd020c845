//! Why: the gates in the order in which the engine asked them, and how they combine.

use yew::prelude::*;

use super::advice::advice;
use super::circuit::circuit;
use super::gate::{Shown, gate};
use crate::app::ByPtr;
use crate::app::components::prose;
use crate::app::state::advice::Advice;
use crate::app::state::{Answer, OpenGate, View};
use crate::eval::trace::GateKind;
use crate::explain;

/// Properties of [`WhyPane`].
#[derive(Properties, PartialEq)]
pub struct WhyPaneProps {
    /// The answer, if there is one.
    pub answer: Option<ByPtr<Answer>>,
    /// What is open.
    pub view: ByPtr<View>,
    /// What would change the answer, once it is known.
    pub advice: Option<ByPtr<Advice>>,
}

/// The reasons.
#[component]
pub fn WhyPane(props: &WhyPaneProps) -> Html {
    html! {
        <section class="pane pane--why" aria-labelledby="why-title" tabindex="0">
            <div class="pane__head">
                <h2 class="pane__title" id="why-title">{ "Why" }</h2>
                <span class="pane__note">{ "Kinds of policy, in the order AWS documents" }</span>
            </div>
            if let Some(answer) = &props.answer {
                { gates(answer, &props.view) }
                if let Some(found) = &props.advice {
                    { advice(found, answer.verdict()) }
                }
            }
        </section>
    }
}

fn gates(answer: &ByPtr<Answer>, view: &View) -> Html {
    let decisive = answer.decisive_gate();
    let open = match view.gate {
        OpenGate::Decisive => decisive,
        OpenGate::Chosen(kind) => Some(kind),
        OpenGate::Closed => None,
    };
    let draw = |kind: GateKind| {
        let shown =
            Shown { open: open == Some(kind), decisive: decisive == Some(kind), selected: view.selection.as_ref() };
        let found = answer.trace.gates.iter().find(|gate| gate.kind == kind);
        html! { if let Some(found) = found { { gate(answer, found, &shown) } } }
    };
    match &answer.trace.circuit {
        Some(found) => html! {
            <>
                if let Some(words) = explain::circuit(&answer.trace, &answer.request) {
                    <p class="gates__circuit">{ prose(&words) }</p>
                }
                { circuit(found, explain::circuit_frames(&answer.trace, &answer.request).as_ref(), draw) }
            </>
        },
        None => html! {
            <ol class="gates">
                for at in &answer.trace.gates {
                    { draw(at.kind) }
                }
            </ol>
        },
    }
}
