//! Files: handed to the person, and chosen by them.

use web_sys::HtmlInputElement;

use super::bridge;

/// Saves `text` among the downloads.
pub fn download(name: &str, text: &str) {
    bridge::download(name, text);
}

/// Reads the file that was chosen in `input`; [`super::shelf::listen`] tells what is in it.
pub fn chosen(input: &HtmlInputElement) {
    bridge::chosen(input);
}
