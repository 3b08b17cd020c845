//! One denial on the way to an allow, with its record.

use crate::eval::{CompiledPolicy, Decision, Policies, Policy, Request, StatementRef, Trace, decide, trace};
use crate::policy::Statement;

use super::apply::{apply, list};
use super::edit::Edit;

/// Policies and a request, and what is decided.
pub(super) struct Step {
    pub policies: Policies,
    pub request: Request,
    pub decision: Decision,
}

/// A statement in its policy.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub policy: &'a Policy,
    /// Position in the document.
    pub position: usize,
    pub statement: &'a Statement,
}

impl<'a> Found<'a> {
    pub fn compiled(&self) -> &'a CompiledPolicy {
        &self.policy.compiled
    }
}

impl Step {
    pub fn new(policies: Policies, request: Request) -> Self {
        let decision = decide(&policies, &request);
        Self { policies, request, decision }
    }

    /// The step after some edits.
    pub fn after(&self, edits: &[Edit]) -> Self {
        let (policies, request) = apply(&self.policies, &self.request, edits);
        Self::new(policies, request)
    }

    pub fn trace(&self) -> Trace {
        trace(&self.policies, &self.request)
    }

    /// The statement that a reference points at.
    pub fn found(&self, at: StatementRef) -> Option<Found<'_>> {
        let policy = list(&self.policies, at.layer, at.level).get(at.policy as usize)?;
        let mut statements = policy.compiled.document().statements.iter().enumerate();
        let (position, statement) = statements.find(|(_, statement)| statement.index == at.statement)?;
        Some(Found { policy, position, statement })
    }
}
