//! What people see when the engine or the page panics: the element `#crash` of `index.html`, which Yew never touches.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Makes panics show themselves. Call once, before mounting.
pub fn install() {
    yew::set_custom_panic_hook(Box::new(|panic| show(&panic.to_string())));
}

/// Shows `#crash` with `detail`, and logs it. Needs nothing but the document. The next visit does not open the same world by itself: it may
/// be what stopped the page.
pub fn show(detail: &str) {
    super::shelf::note_stopped();
    web_sys::console::error_1(&detail.into());
    if let Some(text) = super::element("crash-text") {
        text.set_text_content(Some(detail));
    }
    if let Some(crash) = super::element("crash").and_then(|crash| crash.dyn_into::<HtmlElement>().ok()) {
        crash.set_hidden(false);
        super::focus::to(&crash);
    }
}
