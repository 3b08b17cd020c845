//! The session: owns the state, fetches what it wants, keeps what people make, and shows it.

use yew::prelude::*;

use super::ByPtr;
use super::hooks::{use_checks, use_keeper, use_keys, use_loader, use_tables};
use super::pages::workbench::{Workbench, workbench};
use super::state::{Dispatch, Outcome, State, answer};

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
    let outcome = use_memo(question, |(world, site, asked)| answer(world, site, asked));
    use_loader(&state, state.dispatcher(), matches!(*outcome, Outcome::Answered(_)));
    use_keeper(&state, state.dispatcher());
    use_keys(state.dispatcher());
    let checks = use_checks(&state);
    use_tables(&state, state.dispatcher());
    html! {
        <ContextProvider<Dispatch> context={state.dispatcher()}>
            { workbench(&Workbench { state: &state, outcome: &outcome, checks: checks.as_ref() }) }
        </ContextProvider<Dispatch>>
    }
}
