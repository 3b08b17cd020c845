//! Why: the gates in the order in which the engine asked them.

use yew::prelude::*;

use super::advice::advice;
use super::gate::{Shown, gate};
use crate::app::ByPtr;
use crate::app::state::advice::Advice;
use crate::app::state::{Answer, OpenGate, View};

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
    html! {
        <ol class="gates">
            for at in &answer.trace.gates {
                { gate(answer, at, &Shown { open: open == Some(at.kind), decisive: decisive == Some(at.kind), selected: view.selection.as_ref() }) }
            }
        </ol>
    }
}
