//! Trying changes, and keeping or dropping them.

use std::rc::Rc;

use super::{question, shelf, world};
use crate::app::ByPtr;
use crate::app::state::trial::{Trial, keeping};
use crate::app::state::{History, Moment, Placed, State, verdict};
use crate::eval::situation::{self, Memo, Part, Question};
use crate::model::Session;

pub fn begin(state: &mut State) -> bool {
    let first = state.trial.is_none();
    if first {
        let history = std::mem::replace(&mut state.history, ByPtr::new(History::default()));
        state.trial = Some(Rc::new(Trial { base: state.moment(), history }));
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
            end(state);
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

/// The trial is over, and its steps are forgotten.
fn end(state: &mut State) -> Option<Moment> {
    let trial = state.trial.take()?;
    state.history = trial.history.clone();
    Some(trial.base.clone())
}

/// What was tried stays, as one step: what is switched off is removed for good. Where that would not give the answer that
/// was tried, nothing is kept.
pub fn keep(state: &mut State) -> bool {
    if state.trial.is_none() {
        return false;
    }
    if state.view.learning {
        return refuse(
            state,
            "While learning, whoever has signed in makes every change. Discard this and make it, or switch learn mode off.",
        );
    }
    let mut next = state.clone();
    if let Err(words) = remove_what_is_off(&mut next) {
        return refuse(state, &words);
    }
    let verdict_of = |state: &State| verdict(&state.world, &state.site, &state.asked, &Memo::default());
    if verdict_of(&next) != verdict_of(state) {
        return refuse(
            state,
            "Removing what is switched off would give another answer than switching it off: a limit that is empty lets nothing through, and one that is gone lets everything through. Change the policies themselves instead.",
        );
    }
    let steps: Vec<String> = next.history.steps().map(|(label, _)| label.to_string()).collect();
    let label = match steps.as_slice() {
        [one] => one.clone(),
        several => format!("Keep {} tried changes", several.len()),
    };
    let changed = !steps.is_empty();
    if let Some(base) = end(&mut next).filter(|_| changed) {
        next.history.make_mut().push(label, base, None);
    }
    shelf::keep(&mut next);
    *state = next;
    true
}

fn remove_what_is_off(state: &mut State) -> Result<(), String> {
    if state.asked.off.is_empty() {
        return Ok(());
    }
    let question = Question { off: Default::default(), ..state.asked.question() };
    let all = situation::gather(&state.world, &state.site.library, &question);
    let (commands, session) = keeping(&state.asked, &all, &state.world, &state.account())?;
    if !commands.is_empty() && !world::attempt(state, "Remove what is switched off", &commands) {
        return Err(state.view.refusal.clone().unwrap_or_default());
    }
    let asked = state.asked.make_mut();
    asked.session = session;
    asked.off.clear();
    Ok(())
}

fn refuse(state: &mut State, words: &str) -> bool {
    state.view.make_mut().refusal = Some(words.to_owned());
    true
}

/// What was tried is as if it had not been.
pub fn drop_it(state: &mut State) -> bool {
    let Some(base) = end(state) else { return false };
    world::go_to(state, base);
    question::clear_refusal(state);
    true
}
