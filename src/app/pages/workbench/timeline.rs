//! How the shown world was before: named snapshots, and those that are made by themselves.

use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{Act, Dialog};
use crate::app::hooks::use_dispatch;
use crate::app::platform::clock;
use crate::app::state::{Event as StateEvent, Shelf, ShelfEvent, Snapshot};

/// Properties of [`TimelineDialog`].
#[derive(Properties, PartialEq)]
pub struct TimelineDialogProps {
    /// The worlds with the snapshots of the shown one.
    pub shelf: ByPtr<Shelf>,
}

/// Saves, names, restores and deletes snapshots.
#[component]
pub fn TimelineDialog(props: &TimelineDialogProps) -> Html {
    let shelf = &props.shelf;
    let dispatch = use_dispatch();
    let field = use_node_ref();
    let onsubmit = use_callback((dispatch.clone(), field.clone()), |event: SubmitEvent, (dispatch, field)| {
        event.prevent_default();
        if let Some(input) = field.cast::<HtmlInputElement>() {
            let named = ShelfEvent::SnapshotNamed(input.value(), clock::time());
            dispatch.dispatch(StateEvent::Shelf(named));
            input.set_value("");
        }
    });
    let onrename = use_callback(dispatch, |event: Event, dispatch| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            let id = input.id().trim_start_matches("snapshot-").into();
            dispatch.dispatch(StateEvent::Shelf(ShelfEvent::SnapshotRenamed(id, input.value())));
        }
    });
    html! {
        <Dialog id="timeline" title="Timeline">
            <div class="dialog__body">
                <form class="timeline__new" {onsubmit}>
                    <label class="dialog__field">
                        <span class="label">{ "Name of a new snapshot" }</span>
                        <input class="field worlds__field" type="text" ref={field} required=true maxlength="80" autocomplete="off" autofocus=true />
                    </label>
                    <button class="button" type="submit">{ "Save a snapshot" }</button>
                </form>
                if shelf.trouble.is_some() {
                    <p class="worlds__status" role="status">{ "This browser keeps nothing for this page: named snapshots last for this visit, and none are made by themselves." }</p>
                }
                if shelf.snapshots.is_empty() {
                    <p class="worlds__status">{ "None yet. One is made by itself every few minutes while you change the world." }</p>
                }
                <h3 class="visually-hidden" id="timeline-list" tabindex="-1">{ "Snapshots" }</h3>
                <ul class="worlds__list">
                    for snapshot in &shelf.snapshots {
                        { row(snapshot, shelf, &onrename) }
                    }
                </ul>
            </div>
        </Dialog>
    }
}

fn row(snapshot: &Snapshot, shelf: &Shelf, onrename: &Callback<Event>) -> Html {
    let Snapshot { id, name, time, .. } = snapshot;
    let shelf_event = StateEvent::Shelf;
    let deleting = shelf.deleting.as_ref() == Some(id);
    let when = clock::words(*time);
    let called = name.as_ref().map_or_else(|| when.clone(), ToString::to_string);
    let (words, harmless) = match deleting {
        true => ("Keep", shelf_event(ShelfEvent::DeletionDropped)),
        false => ("Delete", shelf_event(ShelfEvent::DeletionAsked(id.clone()))),
    };
    html! {
        <li class="worlds__item" key={&**id}>
            <span class="worlds__name">
                if let Some(name) = name {
                    <input class="field worlds__field timeline__name" id={format!("snapshot-{id}")} type="text" value={name.to_string()} maxlength="80"
                        aria-label={format!("Name of snapshot {name}")} autocomplete="off" onchange={onrename} />
                }
                <span class="worlds__time">{ when }</span>
            </span>
            if !shelf.elsewhere {
                <Act event={shelf_event(ShelfEvent::SnapshotWanted(id.clone()))} label={format!("Restore {called}")}>{ "Restore" }</Act>
            }
            if name.is_some() {
                <Act event={harmless} label={format!("{words} {called}")}>{ words }</Act>
            }
            if deleting {
                <Act class="button" event={shelf_event(ShelfEvent::SnapshotDeleted(id.clone()))} label={format!("Delete {called} for good")}
                    then_focus="timeline-list">{ "Delete for good" }</Act>
            }
        </li>
    }
}
