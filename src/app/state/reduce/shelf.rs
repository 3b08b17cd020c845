//! Changes to the worlds of this browser: which one is shown, and what is kept.

use std::rc::Rc;
use std::sync::Arc;

use super::world;
use crate::app::ByPtr;
use crate::app::platform::PlatformError;
use crate::app::state::{
    Beginning, Drafts, Entry, Errand, Found, History, Notice, ShelfEvent, State, Stored, View, file_name,
};
use crate::model::{PrincipalRef, Time, World, example};
use crate::save;

const NOT_OPENED: &str = "Nothing was changed or deleted.";

pub fn on(state: &mut State, event: ShelfEvent) -> bool {
    match event {
        ShelfEvent::Found(found) => find(state, found),
        ShelfEvent::Begun(Beginning::Empty) => begin(state, Rc::new(example::empty("New world"))),
        ShelfEvent::Begun(Beginning::Example) => begin(state, Rc::new(example::primer())),
        ShelfEvent::Renamed(name) => return rename(state, name.trim()),
        ShelfEvent::Wanted(id) => want(state, id),
        ShelfEvent::Arrived(Ok(stored)) => arrive(state, stored),
        ShelfEvent::Arrived(Err(error)) => {
            tell(state, "The world cannot be opened.".to_owned(), error.to_string(), None)
        }
        ShelfEvent::TakeOver => send(state, Errand::TakeOver(state.shelf.shown.clone())),
        ShelfEvent::Lost(id) => {
            let lost = id == state.shelf.shown && !state.shelf.elsewhere;
            state.shelf.make_mut().elsewhere |= lost;
            return lost;
        }
        ShelfEvent::Kept(id, world, result) => kept(state, &id, &world, result),
        ShelfEvent::File(file) => open_file(state, file),
        ShelfEvent::FileWanted => send(state, Errand::Download(state.world.clone())),
        ShelfEvent::DeletionAsked(id) => state.shelf.make_mut().deleting = Some(id),
        ShelfEvent::DeletionDropped => state.shelf.make_mut().deleting = None,
        ShelfEvent::DeletionConfirmed => {
            let shelf = state.shelf.make_mut();
            let Some(id) = shelf.deleting.take() else { return false };
            shelf.errand = Some(Errand::Delete(id));
        }
        ShelfEvent::Deleted(id, Ok(())) => state.shelf.make_mut().worlds.retain(|entry| entry.id != id),
        ShelfEvent::Deleted(_, Err(error)) => {
            tell(state, "The world was not deleted.".to_owned(), error.to_string(), None);
        }
        ShelfEvent::ErrandTaken => state.shelf.make_mut().errand = None,
        ShelfEvent::NoticeFollowed => {
            let shelf = state.shelf.make_mut();
            shelf.errand = shelf.notice.as_ref().and_then(|notice| notice.next.clone());
            // A save that cannot be opened stays on offer.
            if let Some(Errand::Open(_)) = shelf.errand {
                shelf.notice = None;
            }
        }
        ShelfEvent::NoticeClosed => state.shelf.make_mut().notice = None,
    }
    true
}

/// The world was changed: it goes on the shelf, and is kept as soon as the browser can.
pub fn keep(state: &mut State) {
    let world = state.world.clone();
    let shelf = state.shelf.make_mut();
    let id = shelf.shown.clone();
    match shelf.worlds.iter_mut().find(|entry| entry.id == id) {
        Some(entry) => {
            entry.name = world.name.clone();
            entry.unsaved = Some(world);
        }
        None => {
            let entry = Entry { id, name: world.name.clone(), saved: None, unsaved: Some(world) };
            shelf.worlds.insert(0, entry);
        }
    }
}

/// An id that no world has.
fn fresh_id(state: &mut State) -> Arc<str> {
    let shelf = state.shelf.make_mut();
    shelf.made += 1;
    format!("{}-{}", shelf.visit, shelf.made).into()
}

fn find(state: &mut State, found: Result<Found, PlatformError>) {
    let shelf = state.shelf.make_mut();
    let found = match found {
        Ok(found) => found,
        Err(error) => {
            shelf.trouble = Some(error);
            return;
        }
    };
    shelf.trouble = None;
    // Late news: what was made meanwhile stays.
    let news = found.worlds.into_iter().filter(|entry| shelf.worlds.iter().all(|known| known.id != entry.id));
    let news: Vec<_> = news.collect();
    shelf.worlds.extend(news);
    if let Some(stored) = found.open {
        arrive(state, stored);
    }
    if let Some(id) = found.stopped {
        let name = name_of(state, &id);
        let text = format!("The playground stopped while the world `{name}` was open, so this is the example.");
        tell(state, text, format!("`{name}` is still kept in this browser."), Some(Errand::Open(id)));
    }
}

fn begin(state: &mut State, world: Rc<World>) {
    let id = fresh_id(state);
    show(state, id, world, true);
    keep(state);
}

/// Makes another world the present one. What was done to the one before cannot be undone any more, but is kept.
fn show(state: &mut State, id: Arc<str>, world: Rc<World>, writable: bool) {
    let shelf = state.shelf.make_mut();
    shelf.shown = id;
    shelf.elsewhere = !writable;
    shelf.deleting = None;
    state.history = ByPtr::new(History::default());
    state.drafts = ByPtr::new(Drafts::default());
    state.view = ByPtr::new(View { when_open: state.view.when_open, ..View::default() });
    if !world.accounts.contains_key(&state.asked.account)
        && let Some(first) = world.accounts.keys().next()
    {
        state.asked.make_mut().account = first.clone();
    }
    let administrator = PrincipalRef::User(example::ADMINISTRATOR.into());
    if world.account(&state.asked.account).is_some_and(|account| account.has(&administrator)) {
        state.asked.make_mut().principal = administrator;
    }
    world::enter(state, world);
}

fn want(state: &mut State, id: Arc<str>) {
    state.shelf.make_mut().notice = None;
    // What the browser does not have yet is still here.
    match state.shelf.entry(&id).and_then(|entry| entry.unsaved.clone()) {
        Some(world) => show(state, id, world, true),
        None => send(state, Errand::Open(id)),
    }
}

fn arrive(state: &mut State, stored: Stored) {
    let Stored { id, text, writable } = stored;
    let name = name_of(state, &id);
    let Some(text) = text else {
        state.shelf.make_mut().worlds.retain(|entry| entry.id != id || entry.unsaved.is_some());
        return tell(state, format!("The world `{name}` is no longer in this browser."), String::new(), None);
    };
    match save::read(&text) {
        Ok(saved) => {
            // Changes that another tab came before stay, as a world of their own.
            let unsaved = state.shelf.entry(&id).and_then(|entry| entry.unsaved.clone());
            if let Some(unsaved) = unsaved.filter(|unsaved| **unsaved != saved.world) {
                let name: Arc<str> = format!("{name} (changes of this tab)").into();
                let aside = Rc::new(World { name: name.clone(), ..World::clone(&unsaved) });
                let entry = Entry { id: fresh_id(state), name, saved: None, unsaved: Some(aside) };
                state.shelf.make_mut().worlds.push(entry);
            }
            let shelf = state.shelf.make_mut();
            if let Some(entry) = shelf.worlds.iter_mut().find(|entry| entry.id == id) {
                entry.unsaved = None;
                entry.name = saved.world.name.clone();
                entry.saved = Some(saved.time);
            }
            shelf.notice = None;
            show(state, id, Rc::new(saved.world), writable);
        }
        Err(error) => {
            let what = format!("The world `{name}` of this browser cannot be opened. {NOT_OPENED}");
            tell(state, what, error.to_string(), Some(Errand::DownloadText(file_name(&name).into(), text)));
        }
    }
}

fn kept(state: &mut State, id: &str, world: &Rc<World>, result: Result<Time, PlatformError>) {
    let shelf = state.shelf.make_mut();
    match result {
        Ok(time) => {
            shelf.trouble = None;
            if let Some(entry) = shelf.worlds.iter_mut().find(|entry| *entry.id == *id) {
                entry.saved = Some(time);
                entry.unsaved = entry.unsaved.take().filter(|unsaved| !Rc::ptr_eq(unsaved, world));
            }
        }
        Err(error) => shelf.trouble = Some(error),
    }
}

fn open_file(state: &mut State, file: Result<Arc<str>, PlatformError>) {
    let read = file.map_err(|error| error.to_string());
    match read.and_then(|text| save::read(&text).map_err(|error| error.to_string())) {
        Ok(saved) => {
            state.shelf.make_mut().notice = None;
            begin(state, Rc::new(saved.world));
        }
        Err(why) => {
            tell(state, "The file cannot be opened. The world that is open stays as it is.".to_owned(), why, None)
        }
    }
}

fn rename(state: &mut State, name: &str) -> bool {
    if name.is_empty() || *name == *state.world.name {
        return false;
    }
    let before = state.moment();
    state.history.make_mut().push(format!("Rename the world to {name}"), before, None);
    state.world = Rc::new(World { name: name.into(), ..World::clone(&state.world) });
    keep(state);
    true
}

fn send(state: &mut State, errand: Errand) {
    state.shelf.make_mut().errand = Some(errand);
}

/// Shows a notice in place of an earlier one, and closes what may lie over it.
fn tell(state: &mut State, text: String, detail: String, next: Option<Errand>) {
    state.shelf.make_mut().notice = Some(Notice { text, detail, next });
    if state.view.dialog.is_some() {
        state.view.make_mut().dialog = None;
    }
}

fn name_of(state: &State, id: &str) -> Arc<str> {
    state.shelf.entry(id).map_or_else(|| "without a name".into(), |entry| entry.name.clone())
}
