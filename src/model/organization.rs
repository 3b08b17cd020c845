//! An organization: its root, units and accounts, with the policies that hang on them (EVAL-30…52).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::named::{HasName, Named};
use crate::ident::AccountId;

/// AWS's own service control policy, on every node at first (EVAL-31).
pub const FULL_AWS_ACCESS: &str = "FullAWSAccess";
/// Its text.
pub const FULL_AWS_ACCESS_TEXT: &str = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{ \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\" }]\n}\n";

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// `o-…`.
    pub id: Arc<str>,
    /// `r-…`.
    pub root: Arc<str>,
    /// The account that no SCP and no RCP limits.
    pub management: AccountId,
    /// Units by id.
    pub units: BTreeMap<Arc<str>, Unit>,
    /// Where every member stands: id of the root or of a unit.
    pub places: BTreeMap<AccountId, Arc<str>>,
    /// Service and resource control policies of its own, by name. FullAWSAccess and RCPFullAWSAccess are AWS's.
    pub policies: Named<ControlPolicy>,
    /// Names of the policies on the root, a unit (by id) or an account (by number).
    pub attached: BTreeMap<Arc<str>, Vec<Arc<str>>>,
}

/// An organizational unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    /// For people.
    pub name: Arc<str>,
    /// Id of the root or of the unit above; at most five deep.
    pub parent: Arc<str>,
}

/// A policy of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ControlPolicy {
    /// Name.
    pub name: Arc<str>,
    /// Which kind.
    pub kind: ControlKind,
    /// The JSON as it was written.
    pub text: Arc<str>,
}

/// Kinds of an organization's policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ControlKind {
    /// Limits the principals of accounts.
    Service,
    /// Limits the resources of accounts.
    Resource,
}

impl HasName for ControlPolicy {
    fn name(&self) -> &Arc<str> {
        &self.name
    }
}

impl Organization {
    /// The policy of exactly this name: what it is attached by.
    pub fn policy(&self, name: &str) -> Option<&ControlPolicy> {
        self.policies.get(name).filter(|policy| *policy.name == *name)
    }

    /// The kind of a policy of its own, or of FullAWSAccess.
    pub fn kind_of(&self, name: &str) -> Option<ControlKind> {
        let of_aws = || (name == FULL_AWS_ACCESS).then_some(ControlKind::Service);
        self.policy(name).map(|policy| policy.kind).or_else(of_aws)
    }

    /// Units right under the root or a unit, by name.
    pub fn units_in<'a>(&'a self, node: &'a str) -> Vec<(&'a Arc<str>, &'a Unit)> {
        let mut units: Vec<_> = self.units.iter().filter(|(_, unit)| *unit.parent == *node).collect();
        crate::text::order::sort_by(&mut units, |(_, a), (_, b)| a.name.cmp(&b.name));
        units
    }

    /// Accounts right under the root or a unit.
    pub fn accounts_in<'a>(&'a self, node: &'a str) -> impl Iterator<Item = &'a AccountId> {
        self.places.iter().filter(move |(_, place)| ***place == *node).map(|(account, _)| account)
    }

    /// What people call a node: Root, the name of a unit, or the number of an account.
    pub fn node_name<'a>(&'a self, id: &'a str) -> &'a str {
        if *self.root == *id {
            return "Root";
        }
        self.units.get(id).map_or(id, |unit| &unit.name)
    }

    /// The way from the root to an account: ids of the root, of units, and of the account. Empty for strangers.
    pub fn way_to(&self, account: &AccountId) -> Vec<Arc<str>> {
        let Some(mut at) = self.places.get(account).cloned() else { return Vec::new() };
        let mut way: Vec<Arc<str>> = vec![account.as_str().into()];
        // A way is never longer than there are units; a ring in a damaged save ends here.
        for _ in 0..=self.units.len() {
            way.push(at.clone());
            match self.units.get(&at) {
                Some(unit) => at = unit.parent.clone(),
                None => break,
            }
        }
        way.reverse();
        way
    }
}
