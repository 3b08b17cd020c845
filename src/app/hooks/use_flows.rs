//! Lending the world to the federation flows.

use std::rc::Rc;

use yew::{UseReducerHandle, hook, use_effect_with};

use crate::app::platform::clock;
use crate::app::platform::flows::{self, Wish};
use crate::app::state::{Event, State};
use crate::save::{self, Beside};

/// Lends the flows the world and the question, and tells them of every other world. What is tried counts as it is, and what
/// they change then is a step of the trial.
#[hook]
pub fn use_flows(state: &UseReducerHandle<State>) {
    let handle = state.clone();
    use_effect_with((), move |()| flows::lend(move |wish| grant(&handle, wish)));
    use_effect_with(state.world.clone(), |_| flows::route());
}

/// The save, or why the page does not do what is wanted.
fn grant(handle: &UseReducerHandle<State>, wish: Wish) -> Option<String> {
    // A handle keeps every state that is read through it; a copy does so for a moment.
    let now = || handle.clone();
    match wish {
        Wish::Save => {
            let now = now();
            let beside = Beside { question: Some(now.asked.asking()), ..Beside::default() };
            Some(save::write_with(&now.world, &beside, clock::time()))
        }
        Wish::Ask(save) => {
            let asking = match now().question_in(&save) {
                Ok(asking) => asking,
                Err(why) => return Some(why),
            };
            handle.dispatch(Event::QuestionAsked(Rc::new(asking)));
            None
        }
        Wish::Take(save, label) => {
            handle.dispatch(Event::WorldTaken { save: save.into(), label: label.into() });
            let refusal = now().view.refusal.clone();
            // It is read where it was met.
            handle.dispatch(Event::RefusalDismissed);
            refusal
        }
    }
}
