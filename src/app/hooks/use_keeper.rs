//! Keeping worlds in the browser, and running the errands of the shelf.

use std::sync::Arc;

use gloo::timers::callback::Timeout;
use yew::{Callback, hook, use_effect_with, use_mut_ref};

use crate::app::platform::shelf::{self, Heard};
use crate::app::platform::task::{Task, spawn};
use crate::app::platform::{PlatformError, clock, file, flows};
use crate::app::state::{Dialog, Dispatch, Errand, Event, Found, ShelfEvent, Snapshot, State, Status, Work, file_name};
use crate::save;

/// How long a world must have stood before it is saved.
const PAUSE_MS: u32 = 500;

/// Worlds to be saved.
type Unsaved = Vec<(Arc<str>, Work)>;

/// What is to be saved, when, and what is on its way.
#[derive(Default)]
struct Keeper {
    unsaved: Unsaved,
    timer: Option<Timeout>,
    running: Vec<Task>,
}

impl Keeper {
    /// Saves everything that waits.
    fn save(&mut self, dispatch: &Dispatch) {
        self.timer = None;
        let now = clock::time();
        for (id, work) in std::mem::take(&mut self.unsaved) {
            let save = save::write_with(&work.world, &work.beside, now);
            let dispatch = dispatch.clone();
            let (to, name) = (id.clone(), work.world.name.clone());
            let put = async move { shelf::put(&to, &name, now, &save).await.map(|()| now) };
            let kept = Callback::from(move |result: Result<_, PlatformError>| {
                dispatch.dispatch(Event::Shelf(ShelfEvent::Kept(id.clone(), work.clone(), result)));
            });
            self.run(spawn(put, kept));
        }
    }

    fn run(&mut self, task: Task) {
        self.running.retain(|task| !task.is_over());
        self.running.push(task);
    }
}

/// Saves each world a moment after it changed, and at once when the page is hidden; does what the shelf asks of the browser.
#[hook]
pub fn use_keeper(state: &State, dispatch: Dispatch) {
    let keeper = use_mut_ref(Keeper::default);
    let shelf_state = &state.shelf;
    {
        let (keeper, dispatch) = (keeper.clone(), dispatch.clone());
        let late = matches!(shelf_state.trouble, Some(PlatformError::Silent(_)));
        use_effect_with((), move |()| {
            if late {
                let dispatch = dispatch.clone();
                let found = Callback::from(move |found: Result<Found, _>| {
                    dispatch.dispatch(Event::Shelf(ShelfEvent::Found(found)));
                });
                keeper.borrow_mut().run(spawn(shelf::listed(), found));
            }
            shelf::listen(Callback::from(move |heard| {
                let event = match heard {
                    Heard::Save => return dispatch.dispatch(Event::DialogOpened(Dialog::Timeline)),
                    Heard::Hidden => return keeper.borrow_mut().save(&dispatch),
                    Heard::Wanted(id) => {
                        keeper.borrow_mut().save(&dispatch);
                        shelf::release(&id);
                        ShelfEvent::Lost(id)
                    }
                    Heard::Lost(id) => ShelfEvent::Lost(id),
                    Heard::File(file) => ShelfEvent::File(file),
                };
                dispatch.dispatch(Event::Shelf(event));
            }));
        });
    }
    {
        let (keeper, dispatch) = (keeper.clone(), dispatch.clone());
        use_effect_with(shelf_state.unsaved(), move |unsaved: &Unsaved| {
            let timer = (!unsaved.is_empty()).then(|| {
                let (keeper, dispatch) = (keeper.clone(), dispatch);
                Timeout::new(PAUSE_MS, move || keeper.borrow_mut().save(&dispatch))
            });
            let mut keeper = keeper.borrow_mut();
            keeper.unsaved = unsaved.clone();
            keeper.timer = timer;
        });
    }
    use_effect_with(shelf_state.written(), |written| shelf::hold(written));
    use_effect_with((shelf_state.shown.clone(), shelf_state.entry(&shelf_state.shown).is_some()), |(shown, kept)| {
        if *kept {
            shelf::note_last(shown);
        }
    });
    let in_danger = matches!(shelf_state.status(), Status::NotSaved(_)) && !shelf_state.unsaved().is_empty();
    use_effect_with(in_danger, |in_danger| shelf::guard(*in_danger));
    use_effect_with(shelf_state.errand.clone(), move |errand| {
        if let Some(errand) = errand {
            dispatch.dispatch(Event::Shelf(ShelfEvent::ErrandTaken));
            run(errand.clone(), &mut keeper.borrow_mut(), dispatch);
        }
    });
}

fn run(errand: Errand, keeper: &mut Keeper, dispatch: Dispatch) {
    let then = Callback::from(move |event| dispatch.dispatch(Event::Shelf(event)));
    let task = match errand {
        Errand::Download(work) => {
            let save = save::write_with(&work.world, &work.beside, clock::time());
            return file::download(&file_name(&work.world.name), &save);
        }
        Errand::List(id) => spawn(
            async move {
                let list = shelf::snapshots(&id).await;
                ShelfEvent::Listed(id, list)
            },
            then,
        ),
        Errand::Keep(taken) => spawn(
            async move {
                let result = shelf::put_snapshot(&taken).await;
                ShelfEvent::SnapshotKept(taken.id, result)
            },
            then,
        ),
        Errand::Name(id, name) => spawn(
            async move {
                let result = shelf::name_snapshot(&id, &name).await;
                ShelfEvent::SnapshotKept(id, result)
            },
            then,
        ),
        Errand::Forget(id) => spawn(
            async move {
                let result = shelf::delete_snapshot(&id).await;
                ShelfEvent::SnapshotKept(id, result)
            },
            then,
        ),
        Errand::Restore(id, before) => spawn(
            async move {
                let kept = shelf::put_snapshot(&Snapshot { time: clock::time(), ..before }).await;
                let text = match kept {
                    Ok(()) => shelf::snapshot(&id).await,
                    Err(error) => Err(error),
                };
                ShelfEvent::SnapshotArrived(id, text)
            },
            then,
        ),
        Errand::DownloadText(name, text) => return file::download(&name, &text),
        Errand::ShowFlows => return flows::show(),
        Errand::Open(id) => spawn(async move { ShelfEvent::Arrived(shelf::open(&id).await) }, then),
        Errand::TakeOver(id) => spawn(async move { ShelfEvent::Arrived(shelf::take_over(&id).await) }, then),
        Errand::Delete(id) => spawn(
            async move {
                let result = shelf::delete(&id).await;
                ShelfEvent::Deleted(id, result)
            },
            then,
        ),
    };
    keeper.run(task);
}
