//! The worlds and questions before this one, and those that were taken back.

use std::rc::Rc;

use crate::analysis::Pin;
use crate::app::ByPtr;
use crate::model::{PolicyRef, World};

use super::{Asked, SessionPart};

/// How many steps can be undone. Worlds share what they have in common, so a step costs little.
const DEPTH: usize = 1_000;

/// Steps that can be undone and redone.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The latest last.
    past: Vec<Step>,
    /// The next one to redo last.
    future: Vec<Step>,
}

/// What a step leads from, or back to.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The accounts.
    pub world: Rc<World>,
    /// The question.
    pub asked: ByPtr<Asked>,
    /// Decisions that are to stay as they are.
    pub pins: Rc<[Pin]>,
}

/// What is typed in; going on typing in the same place stays one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing {
    /// The text of a policy.
    Policy(PolicyRef),
    /// The action that is asked about.
    Action,
    /// The resource that is asked about.
    Resource,
    /// The value of a context key.
    Context(String),
    /// What the caller brings beside its name.
    Session(SessionPart),
}

#[derive(Clone, Debug)]
struct Step {
    label: Rc<str>,
    moment: Moment,
    typing: Option<Typing>,
}

impl History {
    /// Remembers the moment before a step.
    pub fn push(&mut self, label: String, before: Moment, typing: Option<Typing>) {
        self.future.clear();
        let label: Rc<str> = label.into();
        if typing.is_some()
            && let Some(last) = self.past.last_mut()
            && last.typing == typing
        {
            last.label = label;
            return;
        }
        if self.past.len() >= DEPTH {
            self.past.remove(0);
        }
        self.past.push(Step { label, moment: before, typing });
    }

    /// What the next undo takes back.
    pub fn undoes(&self) -> Option<&Rc<str>> {
        self.past.last().map(|step| &step.label)
    }

    /// What the next redo does again.
    pub fn redoes(&self) -> Option<&Rc<str>> {
        self.future.last().map(|step| &step.label)
    }

    /// The steps with what was before each of them, the latest last.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (&Rc<str>, &Moment)> + ExactSizeIterator {
        self.past.iter().map(|step| (&step.label, &step.moment))
    }

    /// Takes the latest step back.
    pub fn undo(&mut self, present: Moment) -> Option<Moment> {
        turn(&mut self.past, &mut self.future, present)
    }

    /// Does the step again that was taken back last.
    pub fn redo(&mut self, present: Moment) -> Option<Moment> {
        turn(&mut self.future, &mut self.past, present)
    }
}

fn turn(from: &mut Vec<Step>, to: &mut Vec<Step>, present: Moment) -> Option<Moment> {
    let Step { label, moment, .. } = from.pop()?;
    to.push(Step { label, moment: present, typing: None });
    Some(moment)
}
