//! Customer managed policies with their versions (CON-124, CON-125, CON-162).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::identity::Tags;
use super::named::HasName;
use super::time::Time;

/// A customer managed policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedPolicy {
    /// Name.
    pub name: Arc<str>,
    /// Path.
    pub path: Arc<str>,
    /// Unique id, `ANPA…`.
    pub id: Arc<str>,
    /// For people.
    pub description: Arc<str>,
    /// Tags.
    pub tags: Tags,
    /// At most five, oldest first.
    pub versions: Vec<PolicyVersion>,
    /// Number of the version that counts.
    pub default: u32,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyVersion {
    /// 3 for `v3`; never used again in its policy.
    pub number: u32,
    /// The JSON as it was written.
    pub text: Arc<str>,
    /// When it was made.
    pub created: Time,
}

impl ManagedPolicy {
    /// The text that counts.
    pub fn text(&self) -> Option<&Arc<str>> {
        self.version(self.default).map(|version| &version.text)
    }

    /// One version.
    pub fn version(&self, number: u32) -> Option<&PolicyVersion> {
        self.versions.iter().find(|version| version.number == number)
    }
}

impl HasName for ManagedPolicy {
    fn name(&self) -> &Arc<str> {
        &self.name
    }
}
