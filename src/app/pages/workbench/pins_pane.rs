//! Pinned decisions, each with what comes of it now.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::verdict::drawing;
use crate::app::ByPtr;
use crate::app::components::{Act, IconName, icon, prose};
use crate::app::platform::file;
use crate::app::state::pins::{Row, count};
use crate::app::state::{Event as StateEvent, verdict_word};
use crate::explain;

/// Properties of [`PinsPane`].
#[derive(Properties, PartialEq)]
pub struct PinsPaneProps {
    /// The pins.
    pub rows: ByPtr<Vec<Row>>,
}

/// Every pin; broken ones say which step broke them.
#[component]
pub fn PinsPane(props: &PinsPaneProps) -> Html {
    let onfile = use_callback((), |event: Event, ()| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            file::chosen(&input);
        }
    });
    html! {
        <div class="pins">
            <div class="pins__tools">
                if props.rows.is_empty() {
                    <p class="pins__hint">{ "Nothing is pinned. Pin an answer, and every later change shows whether it still comes out the same." }</p>
                } else {
                    <p class="pins__hint" role="status">{ count(&props.rows) }</p>
                    <Act class="button" event={StateEvent::PinsFileWanted}>{ "Save as a file of cases" }</Act>
                }
                <input class="visually-hidden pins__file" id="pins-file" type="file" accept=".jsonl,.json,.txt,application/json" onchange={onfile} />
                <label class="button" for="pins-file">{ "Read a file of cases" }</label>
            </div>
            <ul class="pins__list">
                for (at, row) in props.rows.iter().enumerate() {
                    { one(at, row) }
                }
            </ul>
        </div>
    }
}

fn one(at: usize, row: &Row) -> Html {
    let words = row.words.replace('`', "");
    let state = match row.holds() {
        Some(true) => "holds",
        Some(false) => "broken",
        None => "unknown",
    };
    html! {
        <li class="pin" key={format!("{at}-{words}")} data-state={state}>
            <p class="pin__what">
                { icon(match state { "holds" => IconName::Check, "broken" => IconName::Cross, _ => IconName::Attention }) }
                <span class="visually-hidden">{ match state { "holds" => "Holds: ", "broken" => "Broken: ", _ => "Cannot be told: " } }</span>
                if let Some(event) = &row.opens {
                    <Act event={event.clone()} label={format!("Show why: {words}")}>{ prose(&row.words) }</Act>
                } else {
                    <span>{ prose(&row.words) }</span>
                }
            </p>
            <p class="pin__answer">
                { "Expected: " }<span class="pin__verdict" data-verdict={verdict_word(row.expected)}>{ icon(drawing(row.expected)) }{ explain::verdict_name(row.expected) }</span>
                { ". Now: " }{ prose(&row.held.sentence) }
            </p>
            if let Some(step) = &row.broken_by {
                <p class="pin__broken">{ "Broken by: " }<strong>{ prose(step) }</strong></p>
            }
            <p class="pin__tools">
                if row.holds() == Some(false) {
                    <Act event={StateEvent::PinAccepted(at)} label={format!("Expect what comes of it now: {words}")} then_focus="middle-title">{ "Expect this from now on" }</Act>
                }
                <Act event={StateEvent::Unpinned(at)} label={format!("Remove the pin: {words}")} then_focus="middle-title">{ "Remove" }</Act>
            </p>
        </li>
    }
}
