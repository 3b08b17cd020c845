//! Pinned decisions.

use std::rc::Rc;

use super::question;
use crate::analysis::{Pin, Pinned};
use crate::app::state::pins::{held, write};
use crate::app::state::{Errand, Outcome, State, answer, plain_name};
use crate::eval::situation::Memo;

/// The question with what comes of it; a question about several actions pins each of them.
pub fn pin(state: &mut State) -> bool {
    // What is only tried is not to be remembered.
    if state.trial.is_some() {
        return false;
    }
    let Outcome::Answered(answer) = answer(&state.world, &state.site, &state.asked, &Memo::default()) else {
        return false;
    };
    let new: Vec<Pin> = answer
        .among
        .iter()
        .map(|one| Pin { what: Pinned::Question(one.asking(&state.asked)), expected: one.decision.verdict })
        .filter(|pin| !state.pins.iter().any(|known| known.what == pin.what))
        .collect();
    let label = match new.as_slice() {
        [] => return false,
        [_] => "Pin a decision".to_owned(),
        several => format!("Pin {} decisions", several.len()),
    };
    change(state, label, |pins| pins.extend(new))
}

pub fn unpin(state: &mut State, at: usize) -> bool {
    at < state.pins.len() && change(state, "Remove a pin".to_owned(), |pins| drop(pins.remove(at)))
}

/// What comes of a pin now is what is expected from now on.
pub fn accept(state: &mut State, at: usize) -> bool {
    let Some(verdict) = state
        .pins
        .get(at)
        .and_then(|pin| held(pin, &state.world, &state.site, &state.asked.now, &Memo::default()).verdict)
    else {
        return false;
    };
    change(state, "Expect another decision".to_owned(), |pins| {
        if let Some(pin) = pins.get_mut(at) {
            pin.expected = verdict;
        }
    })
}

/// Takes pins that came from elsewhere; those that are there already stay once.
pub fn add(state: &mut State, new: Vec<Pin>) {
    let new: Vec<Pin> = new.into_iter().filter(|pin| !state.pins.contains(pin)).collect();
    if !new.is_empty() {
        change(state, format!("Read {} pins", new.len()), |pins| pins.extend(new));
    }
}

/// The pins go to the downloads as a file of cases.
pub fn save(state: &mut State) -> bool {
    let name = format!("{}.cases.jsonl", plain_name(&state.world.name));
    let text = write(state).into();
    state.shelf.make_mut().errand = Some(Errand::DownloadText(name.into(), text));
    true
}

fn change(state: &mut State, label: String, edit: impl FnOnce(&mut Vec<Pin>)) -> bool {
    let before = state.moment();
    let mut pins = state.pins.to_vec();
    edit(&mut pins);
    state.pins = Rc::from(pins);
    state.history.make_mut().push(label, before, None);
    question::clear_refusal(state);
    true
}
