//! The player of the federation flows: a wasm of its own, which the page loads when somebody opens the flows.

use iam_playground::app::player::{self, Host};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// Shows the flows; `player::open` says how.
#[wasm_bindgen]
pub fn open(root: Element, save: &str, address: String, host: Host) {
    player::open(root, save, address, host);
}
