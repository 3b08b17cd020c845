//! The values that the request carries: what AWS would send, what a person changed, and what statements ask for in vain.

use yew::prelude::*;

use super::session::SessionForm;
use super::when_add::WhenAdd;
use super::when_row::WhenRow;
use crate::app::ByPtr;
use crate::app::components::Act;
use crate::app::state::{Answer, Asked, Event as StateEvent};

/// The values of the request.
pub fn when(answer: &Answer, asked: &ByPtr<Asked>) -> Html {
    html! {
        <section class="when" id="when" aria-labelledby="when-title">
            <p class="when__intro">
                <strong id="when-title">{ "Values of the request." }</strong>
                { " AWS would send these. A key that is taken out is absent, which is not the same as empty." }
            </p>
            <SessionForm {asked} />
            { missing(answer.missing_keys()) }
            <ul class="when__rows">
                for entry in &answer.context {
                    <WhenRow key={entry.key.as_str()} entry={ByPtr::new(entry.clone())} />
                }
            </ul>
            <WhenAdd />
        </section>
    }
}

/// Keys that statements ask for and the request lacks, each to be added with one press.
fn missing(keys: Vec<(String, String)>) -> Html {
    if keys.is_empty() {
        return Html::default();
    }
    html! {
        <p class="when__missing">
            { "Statements ask for what this request lacks:" }
            for (key, value) in keys {
                <Act key={key.as_str()} class="button mono" event={StateEvent::ContextSet(key.clone(), Some(value))}
                    label={format!("Add {key} to the request")} then_focus={format!("when-{key}")}>
                    { format!("+ {key}") }
                </Act>
            }
        </p>
    }
}
