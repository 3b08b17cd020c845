//! What is dragged from a list onto the graph: a managed policy, as its ARN.

use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, Event};

/// The value of `attribute` on the nearest element around what an event happened to that has it.
pub fn value_around(event: &Event, attribute: &str) -> Option<String> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    element.closest(&format!("[{attribute}]")).ok().flatten()?.get_attribute(attribute)
}

/// Lets a row with `data-policy` be carried away.
pub fn carry(event: &DragEvent) {
    let arn = value_around(event, "data-policy");
    if let (Some(arn), Some(transfer)) = (arn, event.data_transfer()) {
        // A browser that refuses carries nothing, and the menu is there for that.
        drop(transfer.set_data("text/plain", &arn));
    }
}

/// What was let go.
pub fn dropped(event: &DragEvent) -> Option<String> {
    event.data_transfer()?.get_data("text/plain").ok()
}
