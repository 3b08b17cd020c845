//! Edits as data.

use crate::eval::{ContextValue, Decision, LayerKind};
use crate::policy::Statement;

/// A way from a denial to an allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flip {
    /// What is done, in this order; the position of a statement is that after the edits before it.
    pub edits: Vec<Edit>,
    /// What is then decided: always an allow.
    pub decision: Decision,
}

impl Flip {
    /// What the edits let through beside the request, edit by edit; nothing for most flips.
    pub fn lifts(&self) -> impl Iterator<Item = Lifts> {
        self.edits.iter().filter_map(|edit| match edit {
            Edit::Policy(edit) => edit.lifts,
            Edit::Context { .. } | Edit::BillingAccess => None,
        })
    }

    /// Whether more than the request is let through.
    pub fn lifts_more(&self) -> bool {
        self.lifts().next().is_some()
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A policy says something else.
    Policy(PolicyEdit),
    /// The request carries a key with this value, or without a value no longer carries it.
    Context {
        /// As the policies or the request spell it.
        key: String,
        /// The value.
        value: Option<ContextValue>,
    },
    /// The root user opens billing information to users and roles (CON-68).
    BillingAccess,
}

/// A change of one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyEdit {
    /// Which policy.
    pub place: Place,
    /// What changes in its text.
    pub change: Change,
    /// For each statement of the change in its order, what is different from the statement that it stands for. A new
    /// statement, which allows just the request, has nothing here.
    pub elements: Vec<Vec<ElementChange>>,
    /// What this lets through beside the request.
    pub lifts: Option<Lifts>,
}

/// Where a policy hangs, or would.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Layer.
    pub layer: LayerKind,
    /// Level in an organization, from the root; 0 in every other layer.
    pub level: u32,
    /// Position in that level; `None` for a new policy after the others. A policy that AWS manages
    /// ([`crate::eval::PolicySource::is_aws_managed`]) stands for a copy that takes its place.
    pub policy: Option<u32>,
}

/// What happens to the statements of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// One more after the last.
    Append(Statement),
    /// Others, or none, stand where one stood. A policy that is left without a statement can be taken away: it decides
    /// nothing more.
    Replace {
        /// Which one, as [`Statement::index`] counts.
        index: u32,
        /// What stands there now.
        with: Vec<Statement>,
    },
}

impl Change {
    /// The statements that it writes.
    pub fn statements(&self) -> &[Statement] {
        match self {
            Self::Append(statement) => std::slice::from_ref(statement),
            Self::Replace { with, .. } => with,
        }
    }
}

/// How an element differs from what it was. Elements are named as JSON names them: `Action`, `NotAction`, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementChange {
    /// An entry was added.
    Added {
        /// Element.
        element: &'static str,
        /// Entry.
        entry: String,
    },
    /// An entry was taken out.
    Removed {
        /// Element.
        element: &'static str,
        /// Entry.
        entry: String,
    },
    /// The element gave way to this one with a single entry, such as `Resource: *` to `NotResource`, or a longer list to
    /// the one entry that the request is about.
    Became {
        /// The new element.
        element: &'static str,
        /// Its only entry.
        entry: String,
    },
    /// A condition exempts the caller.
    Exempts {
        /// Operator.
        operator: &'static str,
        /// Key.
        key: String,
        /// The value that is exempt.
        value: String,
    },
}

/// What an edit lets through beside the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifts {
    /// Everybody gets what is granted to an unsigned request.
    Everyone,
    /// Everything else that the statement denies to this caller.
    RestForCaller,
    /// The same request of other callers, as far as their own policies allow it.
    SameForOthers,
    /// More that the statement denies, to other callers too.
    RestForOthers,
}
