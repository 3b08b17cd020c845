//! Policy texts that AWS would not save at the moment. The last good text of the same policy stays in the world and keeps answering.

use std::sync::Arc;

use crate::model::PolicyRef;

/// Texts by policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    texts: Vec<(PolicyRef, Arc<str>)>,
}

impl Drafts {
    /// The draft of a policy.
    pub fn get(&self, policy: &PolicyRef) -> Option<&Arc<str>> {
        self.texts.iter().find(|(known, _)| known == policy).map(|(_, text)| text)
    }

    /// Every draft with its policy.
    pub fn all(&self) -> &[(PolicyRef, Arc<str>)] {
        &self.texts
    }

    /// Whether there is no draft.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Keeps a draft in place of an earlier one.
    pub fn keep(&mut self, policy: PolicyRef, text: Arc<str>) {
        self.forget(&policy);
        self.texts.push((policy, text));
    }

    /// Forgets the drafts of policies for which `keep` is false.
    pub fn retain(&mut self, keep: impl Fn(&PolicyRef) -> bool) {
        self.texts.retain(|(policy, _)| keep(policy));
    }

    /// Forgets a draft.
    pub fn forget(&mut self, policy: &PolicyRef) {
        self.texts.retain(|(known, _)| known != policy);
    }
}
