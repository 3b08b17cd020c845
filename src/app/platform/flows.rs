//! The federation flows, which are a module of their own: the page lends them its world.

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen(module = "/src/js/flows.js")]
extern "C" {
    #[wasm_bindgen(js_name = lend)]
    fn lend_functions(save: &Function, take: &Function, ask: &Function);
    /// Shows the flows or the page, as the address says, with the world as it is now.
    pub fn route();
    fn visit(address: &str);
}

/// Lends the flows the page: `save` gives its world as it is; `take` makes a save its world, as a step of the name that comes
/// second; `ask` asks it the question in a save. The last two return why they do not.
pub fn lend(
    save: impl Fn() -> String + 'static,
    take: impl Fn(String, String) -> Option<String> + 'static,
    ask: impl Fn(String) -> Option<String> + 'static,
) {
    let function = JsCast::unchecked_into::<Function>;
    let save: JsValue = Closure::<dyn Fn() -> String>::new(save).into_js_value();
    let take: JsValue = Closure::<dyn Fn(String, String) -> Option<String>>::new(take).into_js_value();
    let ask: JsValue = Closure::<dyn Fn(String) -> Option<String>>::new(ask).into_js_value();
    lend_functions(&function(save), &function(take), &function(ask));
}

/// Shows the flows.
pub fn show() {
    visit("#/flows");
}
