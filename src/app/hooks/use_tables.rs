//! Making the table that is shown: a small one here, a large one in a worker, so that the page stays live.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::{Callback, hook, use_effect_with, use_mut_ref};

use crate::analysis::tables;
use crate::app::ByPtr;
use crate::app::platform::worker::{Said, Worker};
use crate::app::state::tables::{Known, Order, TablesEvent, Work, order};
use crate::app::state::{Dispatch, Event, State};
use crate::eval::situation::Memo;

/// How long a world must have stood before its table is made anew.
const PAUSE_MS: u32 = 100;
/// After how long people are told that it takes a while.
const WHILE_MS: u32 = 150;
/// Decisions that take no time worth mentioning.
const FEW: usize = 600;

/// Who makes tables.
#[derive(Default)]
struct Office {
    worker: Option<Worker>,
    /// Whether it takes orders yet.
    ready: bool,
    /// Whether there is no worker to be had.
    alone: bool,
    known: Known,
    /// What is being made, and the text of all actions, while it waits for the worker.
    current: Option<(u32, ByPtr<Order>)>,
    waiting: Option<Rc<str>>,
    count: u32,
    memo: Memo,
    late: Option<Timeout>,
}

type Shared = Rc<RefCell<Office>>;

/// Makes the table that `state` wants.
#[hook]
pub fn use_tables(state: &State, dispatch: Dispatch) {
    let office: Shared = use_mut_ref(Office::default);
    let actions = state.site.actions_text.clone();
    use_effect_with(wanted(state), move |wanted| {
        let timeout = match wanted {
            None => {
                office.borrow_mut().stop();
                None
            }
            Some((order, first)) => {
                let (office, order) = (office.clone(), ByPtr::new(order.clone()));
                let pause = if *first { 0 } else { PAUSE_MS };
                Some(Timeout::new(pause, move || begin(&office, &order, actions, &dispatch)))
            }
        };
        move || drop(timeout)
    });
}

/// The table that is shown and not made yet, and whether there is none of its kind so far.
fn wanted(state: &State) -> Option<(Order, bool)> {
    let order = order(state)?;
    let stopped = match &state.tables.work {
        Work::Cancelled(stopped) | Work::Failed(stopped, _) => **stopped == order,
        Work::Quiet | Work::Running(..) => false,
    };
    let last = state.tables.last(&order.job);
    let is_made = last.is_some_and(|done| done.order == order);
    (!stopped && !is_made).then(|| (order, last.is_none()))
}

impl Office {
    /// Nobody waits any more: what is being made is not made to its end.
    fn stop(&mut self) {
        self.late = None;
        if self.current.take().is_some() {
            self.dismiss();
        }
    }

    fn dismiss(&mut self) {
        self.worker = None;
        self.waiting = None;
        self.ready = false;
        self.known = Known::default();
    }

    /// Hands the order to the worker, if it takes any.
    fn give(&mut self) {
        let Some(worker) = self.worker.as_ref().filter(|_| self.ready) else { return };
        if let (Some((number, order)), Some(actions)) = (&self.current, self.waiting.take()) {
            worker.give(order.texts(*number, &actions, &mut self.known));
        }
    }
}

fn begin(office: &Shared, order: &ByPtr<Order>, actions: Rc<str>, dispatch: &Dispatch) {
    let mut held = office.borrow_mut();
    held.stop();
    let few = tables::size(&order.inputs(&held.memo), &order.terms, &order.job) <= FEW;
    if held.worker.is_none() && !few && !held.alone {
        let (office, dispatch) = (Rc::downgrade(office), dispatch.clone());
        held.worker = Worker::hire(Callback::from(move |said| {
            if let Some(office) = office.upgrade() {
                hear(&office, said, &dispatch);
            }
        }));
        held.alone = held.worker.is_none();
    }
    if few || held.alone {
        let marks = order.run(&held.memo, &mut |_, _| {});
        drop(held);
        return tell(dispatch, TablesEvent::Done(order.clone(), marks.into()));
    }
    held.count = held.count.wrapping_add(1);
    held.current = Some((held.count, order.clone()));
    held.waiting = Some(actions);
    held.give();
    let (late, of) = (dispatch.clone(), order.clone());
    held.late = Some(Timeout::new(WHILE_MS, move || tell(&late, TablesEvent::Progress(of, 0, 0))));
}

fn hear(office: &Shared, said: Said, dispatch: &Dispatch) {
    let mut held = office.borrow_mut();
    if said == Said::Ready {
        held.ready = true;
        return held.give();
    }
    let Some((number, order)) = held.current.clone() else { return };
    let event = match said {
        Said::Progress(of, ..) | Said::Done(of, _) | Said::Refused(of) if of != number => return,
        Said::Progress(_, done, all) => TablesEvent::Progress(order, done, all),
        Said::Ready => return,
        Said::Done(_, marks) => {
            (held.current, held.late) = (None, None);
            TablesEvent::Done(order, marks.into())
        }
        Said::Refused(_) => {
            held.stop();
            TablesEvent::Failed(order, "The worker could not read the world.".to_owned())
        }
        // It never began: then the work is done here.
        Said::Broken(_) if !held.ready => {
            held.stop();
            held.alone = true;
            drop(held);
            return begin(office, &order, Rc::default(), dispatch);
        }
        Said::Broken(why) => {
            held.stop();
            TablesEvent::Failed(order, why)
        }
    };
    drop(held);
    tell(dispatch, event);
}

fn tell(dispatch: &Dispatch, event: TablesEvent) {
    dispatch.dispatch(Event::Tables(event));
}
