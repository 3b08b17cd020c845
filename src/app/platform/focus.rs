//! Moving the focus.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SvgElement};
use yew::NodeRef;

/// Focuses what `node` holds, if it is there and takes focus.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        to(&element);
    }
}

/// Focuses the element with this id. Returns whether it is there.
pub fn focus_id(id: &str) -> bool {
    let element = super::element(id);
    match element.as_ref().and_then(|element| element.dyn_ref::<HtmlElement>()) {
        Some(element) => to(element),
        None => match element.as_ref().and_then(|element| element.dyn_ref::<SvgElement>()) {
            Some(drawn) => drop(drawn.focus()),
            None => return false,
        },
    }
    true
}

/// Focuses the element with this id, now or, where it is about to be drawn, once it is.
pub fn focus_id_soon(id: &str) {
    if !focus_id(id) {
        let id = id.to_owned();
        Timeout::new(0, move || {
            focus_id(&id);
        })
        .forget();
    }
}

/// What has the focus, to give it back later.
pub fn focused() -> Option<HtmlElement> {
    web_sys::window()?.document()?.active_element()?.dyn_into().ok()
}

/// Focuses `element`. Only an element that left the document refuses, and then the focus is not missed there.
pub fn to(element: &HtmlElement) {
    drop(element.focus());
}
