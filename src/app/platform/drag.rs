//! Things that are picked up in one place and put down in another, with a mouse or a pen.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, PointerEvent, SvgElement};
use yew::NodeRef;

/// How far a pressed pointer goes before it carries something.
const FAR: i32 = 6;

/// The value of `attribute` on the nearest element around what an event happened to that has it.
pub fn value_around(event: &Event, attribute: &str) -> Option<String> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest(&format!("[{attribute}]")).ok().flatten()?.get_attribute(attribute)
}

/// Whether an event happened to something in a picture.
pub fn is_drawn(event: &Event) -> bool {
    event.target().is_some_and(|target| target.has_type::<SvgElement>())
}

/// Whether a pointer can carry: a finger scrolls instead.
pub fn can_carry(event: &PointerEvent) -> bool {
    event.pointer_type() != "touch" && event.button() == 0 && event.is_primary()
}

/// Whether a pointer is still pressed.
pub fn is_pressed(event: &PointerEvent) -> bool {
    event.buttons() & 1 == 1
}

/// Whether a pointer is far from where it was pressed.
pub fn is_far(event: &PointerEvent, (x, y): (i32, i32)) -> bool {
    (event.client_x() - x).abs().max((event.client_y() - y).abs()) > FAR
}

/// Moves `node` to the pointer, by custom properties.
pub fn follow(event: &PointerEvent, node: &NodeRef) {
    let Some(element) = node.cast::<HtmlElement>() else { return };
    for (property, value) in [("--x", event.client_x()), ("--y", event.client_y())] {
        // A style that refuses leaves the name where it was.
        drop(element.style().set_property(property, &format!("{value}px")));
    }
}
