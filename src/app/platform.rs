//! Every browser facility that the page uses, one file each. Nothing else calls `web_sys` globals, and nothing here panics:
//! what a browser may refuse returns a [`PlatformError`].

mod bridge;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod dialog;
pub mod drag;
mod error;
pub mod fetch;
pub mod file;
pub mod flows;
pub mod focus;
pub mod keys;
pub mod media;
pub mod password;
pub mod scroll;
pub mod seals;
pub mod select;
pub mod shelf;
pub mod size;
pub mod storage;
pub mod task;
pub mod text_area;
pub mod theme;
pub mod title;
pub mod worker;

pub use error::PlatformError;

/// The element with this id.
pub fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}
