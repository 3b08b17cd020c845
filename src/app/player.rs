//! The player of the federation flows: a second page in the page, with a Yew root and a wasm of its own.
//!
//! The two speak in saves, addresses and functions; `src/js/flows.js` stands between them. Nothing in here may use what only the
//! page may: the shelf, the dispatcher, the worker.

mod address;
mod compare;
mod controls;
mod decision;
mod diagram;
mod exchange;
mod export;
mod gallery;
mod head;
mod host;
mod paper;
mod scale;
mod screen;
mod seals;
mod stand;
mod step;
mod steps;
mod values;
mod walk;
mod wallet;

use std::cell::RefCell;

use web_sys::Element;
use yew::{AppHandle, Renderer};

use self::screen::{Player, PlayerProps};
use super::ByPtr;
use super::platform::crash;
use crate::save;

pub use host::Host;

thread_local! {
    static PLAYER: RefCell<Option<AppHandle<Player>>> = const { RefCell::new(None) };
}

/// Shows the flows in `root` with the world of `save` at `address`, such as `/flows/web-identity?step=3`. Later calls only bring
/// another world or address; `root` and `host` stay those of the first.
pub fn open(root: Element, save: &str, address: String, host: Host) {
    let props = PlayerProps { opened: ByPtr::new(save::read(save)), address: address.into(), host };
    PLAYER.with_borrow_mut(|player| match player {
        Some(player) => player.update(props),
        None => {
            crash::install();
            *player = Some(Renderer::<Player>::with_root_and_props(root, props).render());
        }
    });
}
