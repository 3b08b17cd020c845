//! What the player may ask of the page: the object that `src/js/flows.js` hands over.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The page.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub type Host;

    /// Makes the world of `save` that of the page, as one step named `label`. Returns why not, as a sentence.
    #[wasm_bindgen(method)]
    pub fn take(this: &Host, save: &str, label: &str) -> Option<String>;

    /// Shows the workbench with the question that is beside the world of `save`. Returns why not, as a sentence.
    #[wasm_bindgen(method)]
    pub fn ask(this: &Host, save: &str) -> Option<String>;

    /// Puts another address in the place of this one, such as `/flows/web-identity?step=3`.
    #[wasm_bindgen(method)]
    pub fn go(this: &Host, address: &str);
}
