//! Trying changes, and keeping or dropping them.

use std::rc::Rc;
use std::sync::Arc;

use super::{question, shelf, world};
use crate::app::state::trial::{Trial, keeping};
use crate::app::state::{Moment, Placed, State};
use crate::eval::situation::{self, Part, Question};
use crate::model::Session;

pub fn begin(state: &mut State) -> bool {
    let first = state.trial.is_none();
    if first {
        state.trial = Some(Rc::new(Trial { base: state.moment() }));
    }
    first
}

/// A part does not count any more, or counts again.
pub fn switch(state: &mut State, part: Part) -> bool {
    begin(state);
    question::switch(state, part)
}

/// Makes several changes in one step of a trial.
pub fn attempt(
    state: &mut State,
    label: &str,
    commands: &[Placed],
    keys: &[(String, Option<String>)],
    session: Option<Box<Session>>,
) -> bool {
    let fresh = begin(state);
    let before = state.moment();
    if !commands.is_empty() && !world::attempt(state, label, commands) {
        if fresh {
            state.trial = None;
        }
        return true;
    }
    for (key, value) in keys {
        question::set_context(state, key.clone(), value.clone());
    }
    if let Some(session) = session {
        question::set_session(state, *session);
    }
    if commands.is_empty() {
        question::remember(state, before, (label.to_owned(), None));
    }
    true
}

/// What was tried stays: what is switched off is removed for good.
pub fn keep(state: &mut State) -> bool {
    if state.trial.is_none() {
        return false;
    }
    if !state.asked.off.is_empty() {
        let question = state.asked.question();
        let all =
            situation::gather(&state.world, &state.site.library, &Question { off: Default::default(), ..question });
        let (commands, session) = match keeping(&state.asked, &all, &state.account()) {
            Ok(kept) => kept,
            Err(words) => {
                state.view.make_mut().refusal = Some(words);
                return true;
            }
        };
        let before = state.moment();
        if !commands.is_empty() && !world::prove(state, "Keep what was switched off", &commands) {
            return true;
        }
        let asked = state.asked.make_mut();
        asked.session = session;
        asked.off.clear();
        if commands.is_empty() {
            question::remember(state, before, ("Keep what was switched off".to_owned(), None));
        }
    }
    state.trial = None;
    shelf::keep(state);
    true
}

/// What was tried is as if it had not been.
pub fn drop_it(state: &mut State) -> bool {
    let Some(trial) = state.trial.take() else { return false };
    let Moment { world, asked, pins } = trial.base.clone();
    state.history.make_mut().forget_since(&trial.base);
    question::put(state, asked);
    state.pins = pins;
    if !Rc::ptr_eq(&world, &state.world) {
        world::enter(state, world);
    }
    let view = state.view.make_mut();
    (view.refusal, view.refused) = (None, None);
    true
}

/// The text of a session policy is typed.
pub fn type_session_policy(state: &mut State, text: Arc<str>) -> bool {
    let mut session = state.asked.session.clone();
    session.policy = Some(text);
    question::set_session(state, session)
}
