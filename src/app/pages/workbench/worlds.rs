//! The worlds of this browser: the shown one with its name and how it is kept, and the others.

use std::sync::Arc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::attach::typed;
use super::kept::status_sentence;
use crate::app::ByPtr;
use crate::app::components::{Act, Dialog};
use crate::app::hooks::use_dispatch;
use crate::app::platform::{clock, file};
use crate::app::state::{Beginning, Entry, Event as StateEvent, Shelf, ShelfEvent};

/// Properties of [`WorldsDialog`].
#[derive(Properties, PartialEq)]
pub struct WorldsDialogProps {
    /// The world that is shown.
    pub name: AttrValue,
    /// All worlds.
    pub shelf: ByPtr<Shelf>,
}

/// Renames, saves, opens, begins and deletes worlds.
#[component]
pub fn WorldsDialog(props: &WorldsDialogProps) -> Html {
    let WorldsDialogProps { name, shelf } = props;
    let dispatch = use_dispatch();
    // Being saved draws this anew, which must not take back what is being typed.
    let draft = use_state_eq(|| name.clone());
    {
        let draft = draft.setter();
        use_effect_with(name.clone(), move |name| draft.set(name.clone()));
    }
    let oninput = {
        let draft = draft.setter();
        use_callback((), move |event: InputEvent, ()| draft.set(typed(&event).unwrap_or_default().into()))
    };
    let onrename = use_callback(dispatch, |event: Event, dispatch| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            dispatch.dispatch(StateEvent::Shelf(ShelfEvent::Renamed(input.value())));
        }
    });
    let onfile = use_callback((), |event: Event, ()| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            file::chosen(&input);
        }
    });
    let others = || shelf.worlds.iter().filter(|entry| entry.id != shelf.shown);
    html! {
        <Dialog id="worlds" title="Worlds">
            <div class="dialog__body">
                <label class="dialog__field">
                    <span class="label">{ "Name of this world" }</span>
                    <input class="field worlds__field" type="text" value={(*draft).clone()} {oninput} onchange={onrename} autocomplete="off" spellcheck="false"
                        maxlength="80" readonly={shelf.elsewhere} aria-describedby="worlds-status" />
                </label>
                <p id="worlds-status" class="worlds__status">{ status_sentence(shelf) }</p>
                <div class="worlds__actions">
                    <Act class="button" event={StateEvent::Shelf(ShelfEvent::FileWanted)}>{ "Save to a file" }</Act>
                    <input class="worlds__file visually-hidden" id="worlds-file" type="file" accept=".json,application/json" onchange={onfile} />
                    <label class="button" for="worlds-file">{ "Open a file" }</label>
                    { begin("New empty world", Beginning::Empty) }
                    { begin("New example world", Beginning::Example) }
                </div>
                <section class="worlds__others" aria-labelledby="worlds-others">
                    <h3 class="label" id="worlds-others" tabindex="-1">{ "Other worlds in this browser" }</h3>
                    if others().next().is_none() {
                        <p class="worlds__status">{ "None yet. Files and new worlds are opened beside this one." }</p>
                    }
                    <ul class="worlds__list">
                        for entry in others() {
                            { row(entry, shelf.deleting.as_ref() == Some(&entry.id)) }
                        }
                    </ul>
                </section>
            </div>
        </Dialog>
    }
}

fn begin(words: &'static str, beginning: Beginning) -> Html {
    html! { <Act class="button" event={StateEvent::Shelf(ShelfEvent::Begun(beginning))}>{ words }</Act> }
}

fn row(entry: &Entry, deleting: bool) -> Html {
    let Entry { id, name, .. } = entry;
    let event = |event: fn(Arc<str>) -> ShelfEvent| StateEvent::Shelf(event(id.clone()));
    // The button that had the focus keeps it, and does no harm when it is pressed twice.
    let (words, harmless) = match deleting {
        true => ("Keep", StateEvent::Shelf(ShelfEvent::DeletionDropped)),
        false => ("Delete", event(ShelfEvent::DeletionAsked)),
    };
    html! {
        <li class="worlds__item" key={&**id}>
            <span class="worlds__name">
                <Act event={event(ShelfEvent::Wanted)} label={format!("Open {name}")}>{ name.to_string() }</Act>
                <span class="worlds__time">{ entry.saved.map_or_else(|| "not saved yet".to_owned(), clock::words) }</span>
            </span>
            <Act event={harmless} label={format!("{words} {name}")}>{ words }</Act>
            if deleting {
                <Act class="button" event={StateEvent::Shelf(ShelfEvent::DeletionConfirmed)} label={format!("Delete {name} for good")}
                    then_focus="worlds-others">{ "Delete for good" }</Act>
            }
        </li>
    }
}
