//! Changes to the worlds of this browser: which one is shown, and what is kept.

use std::rc::Rc;
use std::sync::Arc;

use super::{question, trial, world};
use crate::app::ByPtr;
use crate::app::platform::PlatformError;
use crate::app::state::{
    Dialog, Drafts, Entry, Errand, Found, History, Notice, ShelfEvent, Snapshot, State, Stored, Tab, View, Work,
    file_name, pins,
};
use crate::case;
use crate::model::{PrincipalRef, Time, World, example};
use crate::save::{self, Beside};

const NOT_OPENED: &str = "Nothing was changed or deleted.";

pub fn on(state: &mut State, event: ShelfEvent) -> bool {
    match event {
        ShelfEvent::Found(found) => find(state, found),
        ShelfEvent::Begun(id) => {
            let Some(example) = example::EXAMPLES.iter().find(|example| example.id == id) else { return false };
            let beside = Beside { question: Some((example.question)()), ..Beside::default() };
            begin(state, Rc::new((example.world)()), beside);
        }
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
        ShelfEvent::Kept(id, work, result) => kept(state, &id, &work, result),
        ShelfEvent::Listed(world, Ok(list)) => listed(state, &world, list),
        ShelfEvent::Listed(_, Err(_)) => return false,
        ShelfEvent::SnapshotNamed(name, now) => return name_snapshot(state, name.trim(), now),
        ShelfEvent::SnapshotKept(id, result) => snapshot_kept(state, &id, result),
        ShelfEvent::SnapshotRenamed(id, name) => return rename_snapshot(state, id, name.trim()),
        ShelfEvent::SnapshotDeleted(id) => {
            let shelf = state.shelf.make_mut();
            shelf.deleting = None;
            shelf.snapshots.retain(|snapshot| snapshot.id != id);
            shelf.errand = Some(Errand::Forget(id));
        }
        ShelfEvent::SnapshotWanted(id) => return want_snapshot(state, id),
        ShelfEvent::SnapshotArrived(id, text) => {
            let read = text.map_err(|error| error.to_string());
            match read.and_then(|text| save::read(&text).map_err(|error| error.to_string())) {
                Ok(saved) => restore(state, &id, Rc::new(saved.world), &saved.beside),
                Err(why) => tell(state, format!("The snapshot cannot be opened. {NOT_OPENED}"), why, None),
            }
        }
        ShelfEvent::File(file) => open_file(state, file),
        ShelfEvent::FileWanted => send(state, Errand::Download(work(state))),
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
    if state.shelf.elsewhere {
        return;
    }
    let work = work(state);
    let world = state.world.clone();
    let shelf = state.shelf.make_mut();
    let id = shelf.shown.clone();
    match shelf.worlds.iter_mut().find(|entry| entry.id == id) {
        Some(entry) => {
            entry.name = world.name.clone();
            entry.unsaved = Some(work);
        }
        None => {
            let entry = Entry { id, name: world.name.clone(), saved: None, unsaved: Some(work) };
            shelf.worlds.insert(0, entry);
        }
    }
}

/// What is to be kept now: what is only tried is not.
fn work(state: &State) -> Work {
    let moment = state.trial.as_ref().map_or_else(|| state.moment(), |trial| trial.base.clone());
    let beside = Beside {
        question: Some(moment.asked.asking()),
        drafts: state.drafts.all().to_vec(),
        pins: state.pins.to_vec(),
    };
    Work { world: moment.world, beside: Rc::new(beside) }
}

/// A dialog about the past asks for it.
pub fn on_dialog(state: &mut State, dialog: &Dialog) {
    if *dialog == Dialog::Timeline {
        let id = state.shelf.shown.clone();
        send(state, Errand::List(id));
    }
}

/// The browser has the address of the flows.
pub fn want_flows(state: &mut State) -> bool {
    send(state, Errand::ShowFlows);
    true
}

fn listed(state: &mut State, world: &str, list: Vec<Snapshot>) {
    let shelf = state.shelf.make_mut();
    if *shelf.shown != *world {
        return;
    }
    // What the browser does not have stays for the visit.
    shelf.snapshots.retain(|known| known.unsaved.is_some() && list.iter().all(|listed| listed.id != known.id));
    shelf.snapshots.extend(list);
    crate::text::order::sort_by_key(&mut shelf.snapshots, |snapshot| std::cmp::Reverse(snapshot.time));
}

fn snapshot(state: &mut State, name: Option<Arc<str>>, time: Time) -> Snapshot {
    let (id, work) = (fresh_id(state), work(state));
    Snapshot { id, world: state.shelf.shown.clone(), name, time, unsaved: Some(work) }
}

fn name_snapshot(state: &mut State, name: &str, now: Time) -> bool {
    if name.is_empty() {
        return false;
    }
    let taken = snapshot(state, Some(name.into()), now);
    // A snapshot of what is not kept yet would be of nothing.
    if state.shelf.entry(&taken.world).is_none() {
        keep(state);
    }
    state.shelf.make_mut().snapshots.insert(0, taken.clone());
    send(state, Errand::Keep(taken));
    true
}

fn snapshot_kept(state: &mut State, id: &str, result: Result<(), PlatformError>) {
    // Where nothing is kept at all, the timeline says so.
    let denied = state.shelf.trouble.is_some();
    let known = state.shelf.make_mut().snapshots.iter_mut().find(|snapshot| *snapshot.id == *id);
    match (result, known) {
        (Ok(()), Some(snapshot)) => snapshot.unsaved = None,
        (Err(why), Some(snapshot)) if snapshot.unsaved.is_some() && !denied => {
            let name = snapshot.name.as_deref().unwrap_or_default();
            let text = format!("The snapshot `{name}` is not saved: it lasts as long as this page is open.");
            tell(state, text, why.to_string(), None);
        }
        (Err(why), _) if !denied => tell(state, "The timeline was not changed.".to_owned(), why.to_string(), None),
        _ => {}
    }
}

fn rename_snapshot(state: &mut State, id: Arc<str>, name: &str) -> bool {
    let shelf = state.shelf.make_mut();
    let Some(snapshot) = shelf.snapshots.iter_mut().find(|snapshot| snapshot.id == id) else { return false };
    if name.is_empty() || snapshot.name.as_deref() == Some(name) {
        return false;
    }
    snapshot.name = Some(name.into());
    // What the browser does not have yet is kept whole.
    shelf.errand = Some(match snapshot.unsaved.is_some() {
        true => Errand::Keep(snapshot.clone()),
        false => Errand::Name(id, name.into()),
    });
    true
}

fn want_snapshot(state: &mut State, id: Arc<str>) -> bool {
    if state.shelf.elsewhere {
        return false;
    }
    let held = state.shelf.snapshots.iter().find(|snapshot| snapshot.id == id).and_then(|held| held.unsaved.clone());
    match held {
        Some(work) => restore(state, &id, work.world.clone(), &work.beside),
        None => {
            // The browser says when.
            let before = snapshot(state, None, Time::default());
            send(state, Errand::Restore(id, before));
        }
    }
    true
}

/// The world is as it was; what it was until now is one step back.
fn restore(state: &mut State, id: &str, world: Rc<World>, beside: &Beside) {
    let known = state.shelf.snapshots.iter().find(|snapshot| *snapshot.id == *id);
    let name = known.and_then(|snapshot| snapshot.name.clone()).unwrap_or_else(|| "an earlier state".into());
    trial::drop_it(state);
    let before = state.moment();
    state.history.make_mut().push(format!("Restore {name}"), before, None);
    world::enter(state, world);
    lay_out(state, beside);
    state.view.make_mut().dialog = None;
    keep(state);
}

/// Puts the question and the drafts of a world where they were.
fn lay_out(state: &mut State, beside: &Beside) {
    if let Some(asking) = &beside.question
        && state.world.accounts.contains_key(&asking.account)
    {
        question::take(state, asking);
    }
    state.pins = beside.pins.as_slice().into();
    let mut drafts = Drafts::default();
    for (policy, text) in &beside.drafts {
        drafts.keep(policy.clone(), text.clone());
    }
    let account = state.account();
    drafts.retain(|policy| policy.hangs(&state.world, &account));
    state.drafts = ByPtr::new(drafts);
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

fn begin(state: &mut State, world: Rc<World>, beside: Beside) {
    let id = fresh_id(state);
    show(state, id, world, true, &beside);
    keep(state);
}

/// Makes another world the present one. What was done to the one before cannot be undone any more, but is kept.
fn show(state: &mut State, id: Arc<str>, world: Rc<World>, writable: bool, beside: &Beside) {
    let shelf = state.shelf.make_mut();
    shelf.shown = id;
    shelf.elsewhere = !writable;
    shelf.deleting = None;
    shelf.snapshots.clear();
    state.history = ByPtr::new(History::default());
    state.trial = None;
    state.drafts = ByPtr::new(Drafts::default());
    state.view = ByPtr::new(View { when_open: state.view.when_open, ..View::default() });
    if !world.accounts.contains_key(&state.asked.account)
        && let Some(first) = world.accounts.keys().next()
    {
        state.asked.make_mut().account = first.clone();
    }
    let administrator = PrincipalRef::User(example::ADMINISTRATOR.into());
    if world.account(&state.asked.account).is_some_and(|account| account.has(&administrator)) {
        state.asked.make_mut().set_principal(administrator);
    }
    world::enter(state, world);
    if !state.account().has(&state.asked.principal) {
        state.asked.make_mut().set_principal(PrincipalRef::Root);
    }
    lay_out(state, beside);
}

fn want(state: &mut State, id: Arc<str>) {
    state.shelf.make_mut().notice = None;
    // What the browser does not have yet is still here.
    match state.shelf.entry(&id).and_then(|entry| entry.unsaved.clone()) {
        Some(work) => show(state, id, work.world, true, &work.beside),
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
            if let Some(unsaved) = unsaved.filter(|unsaved| *unsaved.world != saved.world) {
                let name: Arc<str> = format!("{name} (changes of this tab)").into();
                let aside = Rc::new(World { name: name.clone(), ..World::clone(&unsaved.world) });
                let aside = Work { world: aside, beside: unsaved.beside };
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
            show(state, id, Rc::new(saved.world), writable, &saved.beside);
        }
        Err(error) => {
            let what = format!("The world `{name}` of this browser cannot be opened. {NOT_OPENED}");
            tell(state, what, error.to_string(), Some(Errand::DownloadText(file_name(&name).into(), text)));
        }
    }
}

fn kept(state: &mut State, id: &str, work: &Work, result: Result<Time, PlatformError>) {
    let shelf = state.shelf.make_mut();
    match result {
        Ok(time) => {
            shelf.trouble = None;
            if let Some(entry) = shelf.worlds.iter_mut().find(|entry| *entry.id == *id) {
                entry.saved = Some(time);
                entry.unsaved = entry.unsaved.take().filter(|unsaved| unsaved != work);
            }
        }
        Err(error) => shelf.trouble = Some(error),
    }
}

/// A file is a world, or cases to be pinned.
fn open_file(state: &mut State, file: Result<Arc<str>, PlatformError>) {
    let text = match file {
        Ok(text) => text,
        Err(error) => return cannot_open(state, error.to_string()),
    };
    match save::read(&text) {
        Ok(saved) => {
            state.shelf.make_mut().notice = None;
            begin(state, Rc::new(saved.world), saved.beside);
        }
        Err(_) if case::looks_like_cases(&text) => match pins::read(&text, &state.world, &state.asked.now) {
            Ok(_) if state.shelf.elsewhere => cannot_open(state, super::READ_ONLY.to_owned()),
            Ok(new) => {
                trial::drop_it(state);
                super::pins::add(state, new);
                keep(state);
                let view = state.view.make_mut();
                (view.dialog, view.tab) = (None, Tab::Pinned);
            }
            Err(why) => cannot_open(state, why),
        },
        Err(error) => cannot_open(state, error.to_string()),
    }
}

fn cannot_open(state: &mut State, why: String) {
    tell(state, "The file cannot be opened. The world that is open stays as it is.".to_owned(), why, None);
}

fn rename(state: &mut State, name: &str) -> bool {
    if name.is_empty() || *name == *state.world.name {
        return false;
    }
    trial::drop_it(state);
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
