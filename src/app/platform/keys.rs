//! Keys of the whole page: those that a field or an open dialog does not need itself.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};
use yew::Callback;

/// What a key of the page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Opens the palette.
    Palette,
    /// Takes the last change back.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Lists the keys.
    Keys,
}

/// What is held down beside a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Control, or Command on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// Whether text is being typed.
    pub typing: bool,
}

/// What a key does. Text fields have an undo of their own, and take every sign.
pub fn meaning(key: &str, held: Held) -> Option<Key> {
    match (key, held) {
        ("k" | "K", Held { command: true, shift: false, alt: false, .. }) => Some(Key::Palette),
        ("z" | "Z", Held { command: true, shift: true, alt: false, typing: false })
        | ("y" | "Y", Held { command: true, shift: false, alt: false, typing: false }) => Some(Key::Redo),
        ("z" | "Z", Held { command: true, shift: false, alt: false, typing: false }) => Some(Key::Undo),
        ("?", Held { command: false, alt: false, typing: false, .. }) => Some(Key::Keys),
        _ => None,
    }
}

/// Tells `pressed` of each key of the page until the listener is dropped. It comes last, and leaves what others took.
pub fn listen(pressed: Callback<Key>) -> Option<EventListener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(&window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.default_prevented() || event.is_composing() || is_covered() {
            return;
        }
        let held = Held {
            command: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
            typing: event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .is_some_and(|at| takes_text(&at)),
        };
        if let Some(key) = meaning(&event.key(), held) {
            event.prevent_default();
            pressed.emit(key);
        }
    }))
}

/// Whether a dialog is open, or the flows are shown.
fn is_covered() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| matches!(document.query_selector("dialog[open], #app[hidden]"), Ok(Some(_))))
}

fn takes_text(element: &Element) -> bool {
    let choice = |input: &HtmlInputElement| matches!(&*input.type_(), "radio" | "checkbox" | "button" | "file");
    match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => !choice(input),
        None => matches!(&*element.tag_name(), "TEXTAREA" | "SELECT"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Held = Held { command: false, shift: false, alt: false, typing: false };
    const COMMAND: Held = Held { command: true, ..NONE };

    #[test]
    fn the_palette_opens_from_everywhere() {
        assert_eq!(meaning("k", COMMAND), Some(Key::Palette));
        assert_eq!(meaning("k", Held { typing: true, ..COMMAND }), Some(Key::Palette));
        assert_eq!(meaning("k", NONE), None);
    }

    #[test]
    fn where_text_is_typed_the_text_has_its_own_undo_and_every_sign() {
        assert_eq!(meaning("z", COMMAND), Some(Key::Undo));
        assert_eq!(meaning("z", Held { typing: true, ..COMMAND }), None);
        assert_eq!(meaning("Z", Held { shift: true, ..COMMAND }), Some(Key::Redo));
        assert_eq!(meaning("y", COMMAND), Some(Key::Redo));
        assert_eq!(meaning("?", Held { shift: true, ..NONE }), Some(Key::Keys));
        assert_eq!(meaning("?", Held { typing: true, ..NONE }), None);
    }
}
