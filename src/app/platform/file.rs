//! Files: handed to the person, and chosen by them.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlInputElement;

use super::bridge;

#[wasm_bindgen(module = "/src/js/download.js")]
extern "C" {
    /// Saves `text` among the downloads.
    pub fn download(name: &str, text: &str);
}

/// Reads the file that was chosen in `input`; [`super::shelf::listen`] tells what is in it.
pub fn chosen(input: &HtmlInputElement) {
    bridge::chosen(input);
}
