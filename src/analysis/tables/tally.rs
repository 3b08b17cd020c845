//! Verdicts, counted.

use crate::eval::Verdict;

/// How often each verdict came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Allowed.
    pub allowed: usize,
    /// Denied by a statement.
    pub explicit: usize,
    /// Allowed by nothing.
    pub implicit: usize,
}

/// What an action comes to over everything it was asked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Allowed on all of it.
    Everywhere,
    /// Allowed on some.
    Some,
    /// Allowed on nothing, and a statement denies it somewhere.
    ExplicitlyNowhere,
    /// Allowed on nothing, and no statement denies it.
    ImplicitlyNowhere,
}

impl Tally {
    /// How many there are.
    pub fn count(self) -> usize {
        self.allowed + self.explicit + self.implicit
    }

    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Allowed => self.allowed += 1,
            Verdict::ExplicitlyDenied => self.explicit += 1,
            Verdict::ImplicitlyDenied => self.implicit += 1,
        }
    }

    /// What they come to.
    pub fn outcome(self) -> Outcome {
        match self {
            Self { allowed: 0, explicit: 0, .. } => Outcome::ImplicitlyNowhere,
            Self { allowed: 0, .. } => Outcome::ExplicitlyNowhere,
            Self { explicit: 0, implicit: 0, .. } => Outcome::Everywhere,
            Self { .. } => Outcome::Some,
        }
    }
}

impl Outcome {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Some => "on some",
            Self::ExplicitlyNowhere => "nowhere, explicitly denied",
            Self::ImplicitlyNowhere => "nowhere, implicitly denied",
        }
    }
}

/// The actions of one cell of the heat map, by what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heat {
    /// Allowed on everything.
    pub everywhere: usize,
    /// Allowed on some.
    pub some: usize,
    /// Allowed on nothing, and denied by a statement.
    pub explicit: usize,
    /// Allowed on nothing, and denied by none.
    pub implicit: usize,
}

impl Heat {
    /// Actions that are allowed on anything.
    pub fn allowed(self) -> usize {
        self.everywhere + self.some
    }

    /// How many actions there are.
    pub fn count(self) -> usize {
        self.allowed() + self.explicit + self.implicit
    }

    /// Counts one more action.
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Everywhere => self.everywhere += 1,
            Outcome::Some => self.some += 1,
            Outcome::ExplicitlyNowhere => self.explicit += 1,
            Outcome::ImplicitlyNowhere => self.implicit += 1,
        }
    }

    /// The share that is allowed, from 0 for none to 4 for all.
    pub fn shade(self) -> usize {
        match (self.allowed(), self.count()) {
            (0, _) => 0,
            (allowed, count) if allowed == count => 4,
            (allowed, count) => 1 + (allowed * 3 / count).min(2),
        }
    }
}
