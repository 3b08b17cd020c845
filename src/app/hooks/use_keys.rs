//! The keys of the whole page.

use yew::{Callback, hook, use_effect_with};

use crate::app::platform::keys::{self, Key};
use crate::app::state::{Dialog, Dispatch, Event};

/// Listens to the keys of the whole page.
#[hook]
pub fn use_keys(dispatch: Dispatch) {
    use_effect_with((), move |()| {
        let listener = keys::listen(Callback::from(move |key| {
            dispatch.dispatch(match key {
                Key::Palette => Event::DialogOpened(Dialog::Palette),
                Key::Undo => Event::Undone,
                Key::Redo => Event::Redone,
                Key::Keys => Event::DialogOpened(Dialog::Keys),
            });
        }));
        move || drop(listener)
    });
}
