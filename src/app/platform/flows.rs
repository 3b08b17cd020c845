//! The federation flows, which are a module of their own: the page lends them its world.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/js/flows.js")]
extern "C" {
    #[wasm_bindgen(js_name = lend)]
    fn lend_function(page: Closure<Asked>);
    /// Shows the flows or the page, as the address says, with the world as it is now.
    pub fn route();
    fn visit(address: &str);
}

type Asked = dyn Fn(Option<String>, Option<String>) -> Option<String>;

/// What the flows want of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Its world as it is, as a save.
    Save,
    /// That it asks the question in a save.
    Ask(String),
    /// That it makes the world of a save its own, as a step of this name.
    Take(String, String),
}

/// Lends the flows the page: it answers with the save, or with why it does not do what they want.
pub fn lend(page: impl Fn(Wish) -> Option<String> + 'static) {
    lend_function(Closure::new(move |save: Option<String>, label: Option<String>| {
        page(match (save, label) {
            (None, _) => Wish::Save,
            (Some(save), None) => Wish::Ask(save),
            (Some(save), Some(label)) => Wish::Take(save, label),
        })
    }));
}

/// Shows the flows.
pub fn show() {
    visit("#/flows");
}
