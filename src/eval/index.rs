//! Which statements can concern an action. The index only nominates; the entry it names still has to match, so that it may
//! work with hashes and never needs the texts.

use crate::eval::compile::{ActionEntry, CompiledStatement};
use crate::ident::ActionName;

/// A statement that may match, and the Action entry to try; `None` for NotAction, where all entries count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Nominee {
    /// Position of the policy in its list; 0 in the index of one policy.
    pub policy: u32,
    pub statement: u32,
    pub entry: Option<u32>,
}

/// Statements by the actions they name, of one policy or of a list.
#[derive(Debug, Default)]
pub(crate) struct ActionIndex {
    /// Entries without wildcards, by the hash of the whole action.
    exact: Box<[(u64, Nominee)]>,
    /// Entries with wildcards, by the hash of the service.
    wild: Box<[(u64, Nominee)]>,
    /// `*` and NotAction.
    any: Box<[Nominee]>,
}

impl ActionIndex {
    /// Indexes the statements of policies, given with their positions.
    pub fn new<'a>(policies: impl IntoIterator<Item = (u32, &'a [CompiledStatement])>) -> Self {
        let (mut exact, mut wild, mut any) = (Vec::new(), Vec::new(), Vec::new());
        for (policy, statements) in policies {
            for (statement, compiled) in (0u32..).zip(statements) {
                if compiled.action_negated {
                    any.push(Nominee { policy, statement, entry: None });
                    continue;
                }
                for (entry, action) in (0u32..).zip(&compiled.actions) {
                    let nominee = Nominee { policy, statement, entry: Some(entry) };
                    match action {
                        ActionEntry::Any => any.push(nominee),
                        ActionEntry::Exact(action) => exact.push((action.fingerprints().action, nominee)),
                        ActionEntry::Wild { fingerprint, .. } => wild.push((*fingerprint, nominee)),
                        ActionEntry::Malformed => {}
                    }
                }
            }
        }
        exact.sort_unstable();
        wild.sort_unstable();
        Self { exact: exact.into(), wild: wild.into(), any: any.into() }
    }

    /// Everything that may match `action`; in the order of policies and statements within each of three groups.
    pub fn nominees(&self, action: &ActionName) -> impl Iterator<Item = Nominee> {
        let fingerprints = action.fingerprints();
        let exact = equal(&self.exact, fingerprints.action);
        let wild = equal(&self.wild, fingerprints.service);
        exact.chain(wild).chain(self.any.iter().copied())
    }
}

/// The nominees under one hash.
fn equal(sorted: &[(u64, Nominee)], hash: u64) -> impl Iterator<Item = Nominee> {
    let start = sorted.partition_point(|(known, _)| *known < hash);
    let from_start = sorted.get(start..).unwrap_or_default();
    from_start.iter().take_while(move |(known, _)| *known == hash).map(|(_, nominee)| *nominee)
}
