//! Scrolling: inside a box, without moving the page, and the page itself.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::NodeRef;

/// Scrolls `container` so that the first element in it that matches `selector` can be seen. An element that is taller than
/// the container shows its beginning.
pub fn reveal(container: &NodeRef, selector: &str) {
    let Some(container) = container.cast::<HtmlElement>() else { return };
    if let Ok(Some(element)) = container.query_selector(selector) {
        reveal_in(&container, &element);
    }
}

fn reveal_in(container: &HtmlElement, element: &Element) {
    let outer = container.get_bounding_client_rect();
    let inner = element.get_bounding_client_rect();
    let margin = (outer.height() / 4.0).min(64.0);
    let above = inner.top() - outer.top();
    let below = inner.bottom() - outer.bottom();
    let room = outer.height() - 2.0 * margin;
    let shift = if above < 0.0 || (below > 0.0 && inner.height() > room) {
        above - margin
    } else if below > 0.0 {
        below + margin
    } else {
        0.0
    };
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
    container.set_scroll_top(container.scroll_top() + shift as i32);
}

/// The nearest ancestor of `node` with this class, to scroll in.
pub fn ancestor(node: &NodeRef, selector: &str) -> Option<HtmlElement> {
    node.cast::<Element>()?.closest(selector).ok().flatten()?.dyn_into().ok()
}

/// Scrolls the nearest ancestor that matches `container` so that what matches `selector` inside `node` can be seen.
pub fn reveal_within_ancestor(node: &NodeRef, container: &str, selector: &str) {
    let (Some(container), Some(node)) = (ancestor(node, container), node.cast::<Element>()) else { return };
    if let Ok(Some(element)) = node.query_selector(selector) {
        reveal_in(&container, &element);
    }
}

/// Scrolls the page so that the first element that matches is at the top, below what stays there.
pub fn to_top(selector: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.query_selector(selector).ok().flatten());
    if let Some(element) = element {
        element.scroll_into_view_with_bool(true);
    }
}
