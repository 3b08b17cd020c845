//! Which statements can concern an action. The index only nominates; the entry it names still has to match.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::eval::compile::{ActionEntry, CompiledStatement};
use crate::ident::ActionName;

/// A statement that may match, and the Action entry to try; `None` for NotAction, where all entries count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nominee {
    pub statement: u32,
    pub entry: Option<u32>,
}

/// Statements of one policy by the actions they name.
#[derive(Debug, Default)]
pub(crate) struct ActionIndex {
    /// Entries without wildcards, by the whole action in lower case.
    exact: HashMap<Box<str>, Vec<Nominee>, FxBuildHasher>,
    /// Entries with wildcards, by service.
    wild: HashMap<Box<str>, Vec<Nominee>, FxBuildHasher>,
    /// `*` and NotAction.
    any: Vec<Nominee>,
}

impl ActionIndex {
    pub fn new(statements: &[CompiledStatement]) -> Self {
        let mut index = Self::default();
        for (statement, compiled) in (0u32..).zip(statements) {
            if compiled.action_negated {
                index.any.push(Nominee { statement, entry: None });
                continue;
            }
            for (entry, action) in (0u32..).zip(&compiled.actions) {
                let nominee = Nominee { statement, entry: Some(entry) };
                match action {
                    ActionEntry::Any => index.any.push(nominee),
                    ActionEntry::Named { service, name } => match name.literal() {
                        Some(literal) => {
                            index.exact.entry(format!("{service}:{literal}").into()).or_default().push(nominee)
                        }
                        None => index.wild.entry(service.clone()).or_default().push(nominee),
                    },
                    ActionEntry::Malformed => {}
                }
            }
        }
        index
    }

    /// Everything that may match `action`, in no particular order.
    pub fn nominees(&self, action: &ActionName) -> impl Iterator<Item = Nominee> {
        let exact = self.exact.get(action.folded()).into_iter().flatten();
        let wild = self.wild.get(action.service()).into_iter().flatten();
        exact.chain(wild).chain(&self.any).copied()
    }
}
