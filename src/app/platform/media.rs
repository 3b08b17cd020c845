//! Media queries.

use gloo::events::EventListener;
use web_sys::MediaQueryList;
use yew::Callback;

/// Whether `query` holds now; false where there is no browser, so that rendering may ask.
pub fn matches(query: &str) -> bool {
    cfg!(target_arch = "wasm32") && list(query).is_some_and(|list| list.matches())
}

/// Tells `changed` whenever `query` begins or ceases to hold, until the listener is dropped.
pub fn watch(query: &str, changed: Callback<bool>) -> Option<EventListener> {
    let list = list(query)?;
    let target = list.clone();
    Some(EventListener::new(&target, "change", move |_| changed.emit(list.matches())))
}

fn list(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}
