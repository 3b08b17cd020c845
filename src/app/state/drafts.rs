//! Policy texts that are not JSON at the moment. The last good text of the same policy stays in the world and keeps answering.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::PolicyRef;

/// Texts by policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    texts: BTreeMap<PolicyRef, Arc<str>>,
}

impl Drafts {
    /// The draft of a policy.
    pub fn get(&self, policy: &PolicyRef) -> Option<&Arc<str>> {
        self.texts.get(policy)
    }

    /// Whether there is any draft.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Keeps a draft.
    pub fn keep(&mut self, policy: PolicyRef, text: Arc<str>) {
        self.texts.insert(policy, text);
    }

    /// Forgets a draft.
    pub fn forget(&mut self, policy: &PolicyRef) {
        self.texts.remove(policy);
    }
}
