//! The worlds before this one.

use std::rc::Rc;

use crate::model::{PolicyRef, World};

/// How many steps can be undone.
const DEPTH: usize = 100;

/// Steps that can be undone, the latest last.
#[derive(Clone, Debug, Default)]
pub struct History {
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
struct Step {
    label: Rc<str>,
    before: Rc<World>,
    typing: Option<PolicyRef>,
}

impl History {
    /// Remembers `before`. Typing on in the same policy stays one step.
    pub fn push(&mut self, label: String, before: Rc<World>, typing: Option<PolicyRef>) {
        let goes_on = typing.is_some() && self.steps.last().is_some_and(|last| last.typing == typing);
        if goes_on {
            return;
        }
        if self.steps.len() >= DEPTH {
            self.steps.remove(0);
        }
        self.steps.push(Step { label: label.into(), before, typing });
    }

    /// What the next undo takes back.
    pub fn label(&self) -> Option<&Rc<str>> {
        self.steps.last().map(|step| &step.label)
    }

    /// Takes the latest step back.
    pub fn undo(&mut self) -> Option<Rc<World>> {
        self.steps.pop().map(|step| step.before)
    }
}
