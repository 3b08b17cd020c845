//! Users, groups, roles and instance profiles (CON-1…13).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::credential::{AccessKey, LoginProfile, MfaDevice};
use super::named::HasName;
use super::time::Time;

/// Tags by key; keys that differ only in case are one (ERR-159).
pub type Tags = BTreeMap<Arc<str>, Arc<str>>;

/// An IAM user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Name.
    pub name: Arc<str>,
    /// Path, `/` or `/…/` (CON-113).
    pub path: Arc<str>,
    /// Unique id, `AIDA…`: never used again after deletion.
    pub id: Arc<str>,
    /// When it was made.
    pub created: Time,
    /// Names of its groups.
    pub groups: BTreeSet<Arc<str>>,
    /// Its own policies.
    pub permissions: Permissions,
    /// ARN of the policy that bounds it.
    pub boundary: Option<Arc<str>>,
    /// Tags.
    pub tags: Tags,
    /// The console password, if it has one.
    pub login: Option<LoginProfile>,
    /// Access keys, at most two.
    pub access_keys: Vec<AccessKey>,
    /// MFA devices, at most eight.
    pub mfa_devices: Vec<MfaDevice>,
}

/// A group of users; never a principal itself (EVAL-28).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Name.
    pub name: Arc<str>,
    /// Path.
    pub path: Arc<str>,
    /// Unique id, `AGPA…`.
    pub id: Arc<str>,
    /// When it was made.
    pub created: Time,
    /// Its policies, which count as each member's own.
    pub permissions: Permissions,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Role {
    /// Name.
    pub name: Arc<str>,
    /// Path.
    pub path: Arc<str>,
    /// Unique id, `AROA…`.
    pub id: Arc<str>,
    /// When it was made.
    pub created: Time,
    /// For people.
    pub description: Arc<str>,
    /// The trust policy, as it was written.
    pub trust: Arc<str>,
    /// Longest session in seconds, 3,600 to 43,200.
    pub max_session: u32,
    /// Its policies.
    pub permissions: Permissions,
    /// ARN of the policy that bounds it.
    pub boundary: Option<Arc<str>>,
    /// Tags.
    pub tags: Tags,
}

/// What hands a role to an EC2 instance (CON-13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InstanceProfile {
    /// Name.
    pub name: Arc<str>,
    /// Path.
    pub path: Arc<str>,
    /// Unique id, `AIPA…`.
    pub id: Arc<str>,
    /// Name of its one role.
    pub role: Option<Arc<str>>,
}

/// The policies of one user, group or role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Permissions {
    /// ARNs of managed policies, in the order they were attached.
    pub attached: Vec<Arc<str>>,
    /// Inline policies, in the order they were made.
    pub inline: Vec<InlinePolicy>,
}

impl Permissions {
    /// Whether there is no policy.
    pub fn is_empty(&self) -> bool {
        self.attached.is_empty() && self.inline.is_empty()
    }
}

/// A policy that lives inside one user, group or role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InlinePolicy {
    /// Name, unique in its holder (POL-176).
    pub name: Arc<str>,
    /// The JSON as it was written.
    pub text: Arc<str>,
}

impl HasName for User {
    fn name(&self) -> &Arc<str> {
        &self.name
    }
}

impl HasName for Group {
    fn name(&self) -> &Arc<str> {
        &self.name
    }
}

impl HasName for Role {
    fn name(&self) -> &Arc<str> {
        &self.name
    }
}

impl HasName for InstanceProfile {
    fn name(&self) -> &Arc<str> {
        &self.name
    }
}
