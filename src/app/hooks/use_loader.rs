//! Fetching the files that the state wants.

use gloo::timers::callback::Timeout;
use yew::{Callback, hook, use_effect_with, use_mut_ref};

use crate::app::platform::{fetch, task};
use crate::app::state::{DataFile, Dispatch, Event, State};

/// How long after the first answer the files are fetched that only help with the next question.
const AFTER_FIRST_ANSWER_MS: u32 = 150;

/// Fetches every file that `state` wants and hands it over; what did not come is fetched again only when somebody asks. The
/// list of actions is wanted a moment after the first answer.
#[hook]
pub fn use_loader(state: &State, dispatch: Dispatch, answered: bool) {
    let running = use_mut_ref(Vec::new);
    {
        let dispatch = dispatch.clone();
        use_effect_with(state.wanted_files(), move |wanted: &Vec<DataFile>| {
            for file in wanted.iter().copied() {
                dispatch.dispatch(Event::FileRequested(file));
                let dispatch = dispatch.clone();
                let arrived = Callback::from(move |text| dispatch.dispatch(Event::FileArrived(file, text)));
                let work = async move { fetch::text(&file.path()).await.map_err(|error| error.to_string()) };
                running.borrow_mut().push(task::spawn(work, arrived));
            }
        });
    }
    use_effect_with(answered, move |answered| {
        let timeout =
            answered.then(|| Timeout::new(AFTER_FIRST_ANSWER_MS, move || dispatch.dispatch(Event::ActionsWanted)));
        move || drop(timeout)
    });
}
