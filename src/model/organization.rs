//! An organization: its root, units and accounts, with the policies that hang on them (EVAL-30…52).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::named::{HasName, Named};
use crate::ident::AccountId;

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
