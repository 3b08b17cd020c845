//! Changes to the tables.

use crate::app::ByPtr;
use crate::app::state::tables::{Done, TablesEvent, Which, Work, order, terms};
use crate::app::state::{State, Tab};

pub fn on(state: &mut State, event: TablesEvent) -> bool {
    let order = order(state);
    let tables = state.tables.make_mut();
    match event {
        TablesEvent::Chosen(which) => {
            tables.which = which;
            tables.opened = None;
        }
        TablesEvent::Typed(text) if tables.which == Which::Matrix => tables.columns = text,
        TablesEvent::Typed(text) => tables.services = text,
        TablesEvent::RivalChosen(rival) => tables.rival = Some(rival),
        TablesEvent::Opened(opened) => tables.opened = opened,
        // What nobody waits for any more is not shown.
        TablesEvent::Progress(of, done, all) if order.as_ref() == Some(&*of) => {
            if matches!(&tables.work, Work::Cancelled(stopped) if **stopped == *of) {
                return false;
            }
            tables.work = Work::Running(of, done, all);
        }
        TablesEvent::Done(of, marks) if order.as_ref() == Some(&*of) => {
            tables.done.retain(|done| !done.order.is_like(&of.job));
            tables.done.push(ByPtr::new(Done::new((*of).clone(), marks)));
            tables.work = Work::Quiet;
        }
        TablesEvent::Failed(of, why) if order.as_ref() == Some(&*of) => tables.work = Work::Failed(of, why),
        TablesEvent::Cancelled => match order {
            Some(order) => tables.work = Work::Cancelled(ByPtr::new(order)),
            None => return false,
        },
        TablesEvent::Again => tables.work = Work::Quiet,
        TablesEvent::Progress(..) | TablesEvent::Done(..) | TablesEvent::Failed(..) => return false,
    }
    true
}

/// Lets the tables be about the question as it stands. A question that a cell has put leaves them as they are, unless it is
/// about another account.
pub fn follow(state: &mut State, opened_cell: bool) {
    if state.view.tab != Tab::Tables {
        return;
    }
    let now = terms(&state.asked, state.site.actions.ready().map(|catalog| &**catalog));
    let keeps = state
        .tables
        .seed
        .as_ref()
        .is_some_and(|seed| **seed == now || (opened_cell && seed.asking.account == now.asking.account));
    if !keeps {
        let tables = state.tables.make_mut();
        tables.opened = None;
        tables.seed = Some(ByPtr::new(now));
    }
}
