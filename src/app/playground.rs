//! The session: owns the state, fetches what it wants, keeps what people make, and shows it.

use yew::prelude::*;

use super::ByPtr;
use super::hooks::{use_advice, use_checks, use_flows, use_keeper, use_keys, use_loader, use_tables};
use super::pages::workbench::{Workbench, workbench};
use super::state::{Dispatch, Outcome, State, answer, pins};
use crate::eval::situation::Memo;

/// Properties of [`Playground`].
#[derive(Properties, PartialEq)]
pub struct PlaygroundProps {
    /// The state to begin with.
    pub opening: ByPtr<State>,
}

/// The whole page.
#[component]
pub fn Playground(props: &PlaygroundProps) -> Html {
    let state = use_reducer(|| State::clone(&props.opening));
    let question = (state.world.clone(), state.site.clone(), state.asked.clone());
    let memo = use_memo((), |()| Memo::default());
    let outcome = use_memo(question, |(world, site, asked)| answer(world, site, asked, &memo));
    use_loader(&state, state.dispatcher(), matches!(*outcome, Outcome::Answered(_)));
    use_keeper(&state, state.dispatcher());
    use_keys(state.dispatcher());
    use_flows(&state);
    let checks = use_checks(&state);
    use_tables(&state, state.dispatcher());
    let advice = use_advice(&state, outcome.answer());
    let of_pins = (state.world.clone(), state.pins.clone(), state.site.clone());
    let pins = use_memo(of_pins, |_| ByPtr::new(pins::rows(&state, &memo)));
    let of_trial = (state.world.clone(), state.site.clone(), state.asked.clone(), state.trial.is_some());
    let tried = use_memo(of_trial, |_| state.trial.as_ref().map(|trial| trial.tried(&state, &memo)));
    html! {
        <ContextProvider<Dispatch> context={state.dispatcher()}>
            { workbench(&Workbench { state: &state, outcome: &outcome, checks: checks.as_ref(), advice: advice.as_ref(), pins: &pins, tried: tried.as_ref().as_ref() }) }
        </ContextProvider<Dispatch>>
    }
}
