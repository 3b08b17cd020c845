//! Following a media query.

use yew::{Callback, hook, use_effect_with, use_state_eq};

use crate::app::platform::media;

/// Whether `query` holds; false where there is no browser.
#[hook]
pub fn use_media_query(query: &'static str) -> bool {
    let holds = use_state_eq(|| media::matches(query));
    let set = holds.setter();
    use_effect_with((), move |()| {
        let listener = media::watch(query, Callback::from(move |now| set.set(now)));
        move || drop(listener)
    });
    *holds
}
