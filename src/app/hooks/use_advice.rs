//! What would change the answer, found while nobody types.

use gloo::timers::callback::Timeout;
use yew::{hook, use_effect_with, use_state_eq};

use crate::app::ByPtr;
use crate::app::state::advice::{Advice, advice};
use crate::app::state::{Answer, State};

/// How long an answer must have stood.
const PAUSE_MS: u32 = 150;

/// What would change `answer`, once it is known; nothing about an earlier answer.
#[hook]
pub fn use_advice(state: &State, answer: Option<&ByPtr<Answer>>) -> Option<ByPtr<Advice>> {
    let found = use_state_eq(|| None::<(ByPtr<Answer>, ByPtr<Advice>)>);
    let set = found.setter();
    let now = ByPtr::new(state.clone());
    use_effect_with(answer.cloned(), move |answer| {
        let answer = answer.clone();
        let timeout = answer.map(|answer| {
            Timeout::new(PAUSE_MS, move || {
                let advice = ByPtr::new(advice(&now, &answer));
                set.set(Some((answer, advice)));
            })
        });
        move || drop(timeout)
    });
    found.as_ref().filter(|(of, _)| answer == Some(of)).map(|(_, advice)| advice.clone())
}
