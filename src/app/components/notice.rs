//! Something did not work: what, and the next step.

use yew::prelude::*;

use super::{Act, prose};
use crate::app::state::Event as StateEvent;

/// A message, announced at once, with its next step as a button; `detail` is what the browser or the data said.
pub fn notice(text: &str, detail: Option<&str>, next: &'static str, event: StateEvent) -> Html {
    html! {
        <div class="notice" role="alert">
            <p class="notice__text">
                { prose(text) }
                if let Some(detail) = detail {
                    <span class="notice__detail">{ prose(detail) }</span>
                }
            </p>
            <Act class="button" {event}>{ next }</Act>
        </div>
    }
}
