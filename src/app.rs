//! The page: the only module that has heard of a browser.
//!
//! `platform` wraps every browser facility, `state` holds what is asked and what is answered, `components` are parts used in
//! more than one place, `pages` are what people see. Components compute nothing: `state::Answer` has it all, and every word
//! about a decision comes from [`crate::explain`].

mod by_ptr;
pub mod components;
pub mod hooks;
pub mod pages;
pub mod platform;
pub mod player;
pub mod playground;
pub mod state;
mod work;

use std::rc::Rc;

pub use by_ptr::ByPtr;
pub use playground::Playground;
use yew::Reducible;

/// In a worker, waits for orders. In a page, installs the crash message and mounts the page into `#app`, with the world that was open last. Without that element there
/// is nothing to mount into, and the text of `index.html` stays.
pub fn mount() {
    if platform::worker::is_here() {
        return work::begin();
    }
    platform::crash::install();
    let Some(root) = platform::element("app") else { return };
    wasm_bindgen_futures::spawn_local(async move {
        // Asked for while the engine was on its way, so that nothing waits here as a rule.
        let found = platform::shelf::beginning().await;
        let state = Rc::new(state::State::opening(platform::clock::now()).in_visit(platform::clock::visit()));
        let opening = state.reduce(state::Event::Shelf(state::ShelfEvent::Found(found)));
        root.set_inner_html("");
        let opening = ByPtr::new(state::State::clone(&opening));
        yew::Renderer::<Playground>::with_root_and_props(root, playground::PlaygroundProps { opening }).render();
    });
}
