//! The objects of a world and how they hang together (CON-1…12).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::ident::AccountId;

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// Its id.
    pub account: AccountId,
    /// IAM users by name.
    pub users: BTreeMap<Arc<str>, Arc<User>>,
    /// Groups by name.
    pub groups: BTreeMap<Arc<str>, Arc<Group>>,
}

/// An IAM user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Unique id, `AIDA…`: never used again after deletion.
    pub id: Arc<str>,
    /// Names of its groups.
    pub groups: BTreeSet<Arc<str>>,
    /// Its own policies.
    pub permissions: Permissions,
}

/// A group of users; never a principal itself (EVAL-28).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Unique id, `AGPA…`.
    pub id: Arc<str>,
    /// Its policies, which count as each member's own.
    pub permissions: Permissions,
}

/// The policies of one user or group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// ARNs of managed policies, in the order they were attached.
    pub attached: Vec<Arc<str>>,
    /// Inline policies, in the order they were made.
    pub inline: Vec<InlinePolicy>,
}

/// A policy that lives inside one user or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlinePolicy {
    /// Name, unique in its holder (POL-176).
    pub name: Arc<str>,
    /// The JSON as it was written.
    pub text: Arc<str>,
}

/// Whatever policies can be attached to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holder {
    /// The user of this name.
    User(Arc<str>),
    /// The group of this name.
    Group(Arc<str>),
}

/// Someone who can ask.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PrincipalRef {
    /// The root user of the account.
    Root,
    /// The user of this name.
    User(Arc<str>),
}

impl World {
    /// The permissions of a holder, if it exists.
    pub fn permissions(&self, holder: &Holder) -> Option<&Permissions> {
        match holder {
            Holder::User(name) => self.users.get(name).map(|user| &user.permissions),
            Holder::Group(name) => self.groups.get(name).map(|group| &group.permissions),
        }
    }

    /// Whose policies count for a principal: the user's own, then those of its groups by name. None for the root user.
    pub fn holders_of(&self, principal: &PrincipalRef) -> Vec<Holder> {
        let PrincipalRef::User(name) = principal else {
            return Vec::new();
        };
        let groups = self.users.get(name).into_iter().flat_map(|user| &user.groups).cloned().map(Holder::Group);
        std::iter::once(Holder::User(name.clone())).chain(groups).collect()
    }

    /// ARNs of every managed policy that anything in this world is attached to.
    pub fn attached_arns(&self) -> BTreeSet<&Arc<str>> {
        let users = self.users.values().map(|user| &user.permissions);
        let groups = self.groups.values().map(|group| &group.permissions);
        users.chain(groups).flat_map(|permissions| &permissions.attached).collect()
    }

    /// The ARN of a principal of this world.
    pub fn arn_of(&self, principal: &PrincipalRef) -> String {
        let account = &self.account;
        match principal {
            PrincipalRef::Root => format!("arn:aws:iam::{account}:root"),
            PrincipalRef::User(name) => format!("arn:aws:iam::{account}:user/{name}"),
        }
    }

    /// Names of the members of a group.
    pub fn members<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Arc<str>> {
        self.users.iter().filter(move |(_, user)| user.groups.contains(group)).map(|(name, _)| name)
    }
}

impl Holder {
    /// The name of the user or group.
    pub fn name(&self) -> &Arc<str> {
        match self {
            Self::User(name) | Self::Group(name) => name,
        }
    }
}
