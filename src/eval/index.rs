//! Which statements can concern an action. The index only nominates; the entry it names still has to match.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::eval::compile::{ActionEntry, CompiledStatement};
use crate::ident::ActionName;

/// A statement that may match, and the Action entry to try; `None` for NotAction, where all entries count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Nominee {
    /// Position of the policy in its list; 0 in the index of one policy.
    pub policy: u16,
    pub statement: u32,
    pub entry: Option<u32>,
}

/// Statements by the actions they name, of one policy or of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct ActionIndex {
    /// Entries without wildcards, by the whole action in lower case.
    exact: HashMap<Box<str>, Vec<Nominee>, FxBuildHasher>,
    /// Entries with wildcards, by service.
    wild: HashMap<Box<str>, Vec<Nominee>, FxBuildHasher>,
    /// `*` and NotAction.
    any: Vec<Nominee>,
}

impl ActionIndex {
    /// Adds the statements of a policy.
    pub fn add(&mut self, policy: u16, statements: &[CompiledStatement]) {
        for (statement, compiled) in (0u32..).zip(statements) {
            if compiled.action_negated {
                self.any.push(Nominee { policy, statement, entry: None });
                continue;
            }
            for (entry, action) in (0u32..).zip(&compiled.actions) {
                let nominee = Nominee { policy, statement, entry: Some(entry) };
                match action {
                    ActionEntry::Any => self.any.push(nominee),
                    ActionEntry::Named { service, name } => match name.literal() {
                        Some(literal) => {
                            self.exact.entry(format!("{service}:{literal}").into()).or_default().push(nominee)
                        }
                        None => self.wild.entry(service.clone()).or_default().push(nominee),
                    },
                    ActionEntry::Malformed => {}
                }
            }
        }
    }

    /// Everything that may match `action`; in the order of policies and statements within each of three groups.
    pub fn nominees(&self, action: &ActionName) -> impl Iterator<Item = Nominee> {
        let exact = self.exact.get(action.folded()).into_iter().flatten();
        let wild = self.wild.get(action.service()).into_iter().flatten();
        exact.chain(wild).chain(&self.any).copied()
    }
}
