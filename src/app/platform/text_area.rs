//! The caret of a `<textarea>`.

use web_sys::HtmlTextAreaElement;
use yew::NodeRef;

/// Focuses the `<textarea>` in `node` and selects `start..end`, in UTF-16 units.
pub fn select(node: &NodeRef, start: u32, end: u32) {
    let Some(area) = node.cast::<HtmlTextAreaElement>() else { return };
    super::focus::to(&area);
    // Refused only by inputs without text.
    drop(area.set_selection_range(start, end));
}
