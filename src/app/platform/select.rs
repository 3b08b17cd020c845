//! `<select>`, whose `selected` options do not follow changes by themselves.

use web_sys::HtmlSelectElement;
use yew::NodeRef;

/// Makes the `<select>` in `node` show `value`.
pub fn show(node: &NodeRef, value: &str) {
    if let Some(select) = node.cast::<HtmlSelectElement>()
        && select.value() != value
    {
        select.set_value(value);
    }
}
