//! How much room there is.

use gloo::events::EventListener;
use web_sys::Element;
use yew::{Callback, NodeRef};

/// Width of the inside of what `node` holds.
pub fn width(node: &NodeRef) -> Option<i32> {
    node.cast::<Element>().map(|element| element.client_width())
}

/// Tells `changed` whenever the window gets another size, until the listener is dropped.
pub fn watch(changed: Callback<()>) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "resize", move |_| changed.emit(())))
}
