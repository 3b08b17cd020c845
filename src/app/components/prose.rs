//! Sentences of the engine, with what stands in backticks set as code.

use yew::prelude::*;

/// A sentence, with what stands in backticks set as code.
pub fn prose(text: &str) -> Html {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    html! {
        for (at, part) in parts {
            if at % 2 == 1 {
                <code>{ part.to_owned() }</code>
            } else {
                { part.to_owned() }
            }
        }
    }
}

/// The same sentence without backticks, for places that take only text.
pub fn plain(text: &str) -> String {
    text.replace('`', "")
}
