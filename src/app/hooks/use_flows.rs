//! Lending the world to the federation flows.

use std::rc::Rc;

use yew::{UseReducerHandle, hook, use_effect_with};

use crate::app::platform::{clock, flows};
use crate::app::state::{Event, State};
use crate::save::{self, Beside};

/// Lends the flows the world and the question, and tells them of every other world. What is tried counts as it is, as a step
/// of the trial.
#[hook]
pub fn use_flows(state: &UseReducerHandle<State>) {
    // A handle reads what is there now; a copy of it, once.
    let handle = state.clone();
    use_effect_with((), move |()| {
        let (read, taken) = (handle.clone(), handle.clone());
        flows::lend(
            move || {
                let now = read.clone();
                let beside = Beside { question: Some(now.asked.asking()), ..Beside::default() };
                save::write_with(&now.world, &beside, clock::time())
            },
            move |save, label| {
                taken.dispatch(Event::WorldTaken { save: save.into(), label: label.into() });
                let refusal = taken.clone().view.refusal.clone();
                // It is read where it was met.
                taken.dispatch(Event::RefusalDismissed);
                refusal
            },
            move |save| match handle.clone().question_in(&save) {
                Ok(asking) => {
                    handle.dispatch(Event::QuestionAsked(Rc::new(asking)));
                    None
                }
                Err(why) => Some(why),
            },
        );
    });
    use_effect_with(state.world.clone(), |_| flows::route());
}
