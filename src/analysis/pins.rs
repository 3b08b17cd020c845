//! Decisions that are to stay as they are.

use std::sync::Arc;

use crate::eval::Verdict;
use crate::model::Asking;

/// A question with the decision that is expected of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// What is asked.
    pub what: Pinned,
    /// What is to come of it.
    pub expected: Verdict,
}

/// What a pin asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pinned {
    /// A question about the world that the pin is kept with.
    Question(Asking),
    /// A case that brings its own policies, as a line of the case format.
    Case(Arc<str>),
}
