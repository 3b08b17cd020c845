//! Customer managed policies.

use std::sync::Arc;

use super::Editing;
use super::roles::check_description;
use crate::model::policy::{ManagedPolicy, PolicyVersion};
use crate::model::refusal::{Code, Refusal};
use crate::model::{limits, rules};
use crate::policy::PolicyKind;

/// Longest name of a policy (POL-175).
const LONGEST: usize = 128;

impl Editing {
    pub(super) fn policy(&mut self, name: &str) -> Result<&mut ManagedPolicy, Refusal> {
        let missing = || Refusal::missing(format!("Policy {name} was not found."));
        self.account.policies.get_mut(name).ok_or_else(missing)
    }

    pub(super) fn create_policy(
        &mut self,
        name: &Arc<str>,
        path: &Arc<str>,
        description: &Arc<str>,
        text: &Arc<str>,
    ) -> Result<(), Refusal> {
        rules::name("policyName", name, LONGEST)?;
        rules::path(path)?;
        check_description(description)?;
        check(text)?;
        if self.account.policies.len() >= limits::POLICIES {
            return Err(Refusal::quota("PoliciesPerAccount", limits::POLICIES, "Delete a policy first."));
        }
        let policy = ManagedPolicy {
            name: name.clone(),
            path: path.clone(),
            id: self.unique_id("ANPA"),
            description: description.clone(),
            tags: Default::default(),
            versions: vec![PolicyVersion { number: 1, text: text.clone(), created: self.now }],
            default: 1,
        };
        match self.account.policies.add(policy) {
            true => Ok(()),
            false => {
                let message = format!("A policy called {name} already exists. Duplicate names are not allowed.");
                Err(Refusal::taken(message))
            }
        }
    }

    pub(super) fn create_policy_version(
        &mut self,
        name: &Arc<str>,
        text: &Arc<str>,
        set_default: bool,
    ) -> Result<(), Refusal> {
        check(text)?;
        let now = self.now;
        let policy = self.policy(name)?;
        if policy.versions.len() >= limits::VERSIONS {
            return Err(Refusal::new(
                Code::LimitExceeded,
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
                "Delete a version that is not the default.",
            ));
        }
        // Versions are kept oldest first, and their numbers only grow.
        let number = policy.versions.last().map_or(0, |latest| latest.number) + 1;
        policy.versions.push(PolicyVersion { number, text: text.clone(), created: now });
        if set_default {
            policy.default = number;
        }
        Ok(())
    }

    pub(super) fn set_default_policy_version(&mut self, name: &Arc<str>, number: u32) -> Result<(), Refusal> {
        let policy = self.policy(name)?;
        policy.version(number).ok_or_else(|| no_version(name, number))?;
        policy.default = number;
        Ok(())
    }

    pub(super) fn delete_policy_version(&mut self, name: &Arc<str>, number: u32) -> Result<(), Refusal> {
        let policy = self.policy(name)?;
        policy.version(number).ok_or_else(|| no_version(name, number))?;
        if policy.default == number {
            let message = "Cannot delete the default version of a policy.";
            return Err(Refusal::new(Code::DeleteConflict, message, "Make another version the default first."));
        }
        policy.versions.retain(|version| version.number != number);
        Ok(())
    }

    pub(super) fn delete_policy(&mut self, name: &Arc<str>) -> Result<(), Refusal> {
        let versions = self.policy(name)?.versions.len();
        let account = &self.account;
        let arn = account.policies.get(name).map(|policy| account.policy_arn(policy)).unwrap_or_default();
        // CON-124.
        if account.attached_arns().into_iter().any(|attached| **attached == *arn) {
            let message = "Cannot delete a policy attached to entities.";
            let remedy = "Detach it everywhere, also where it is a boundary.";
            return Err(Refusal::new(Code::DeleteConflict, message, remedy));
        }
        if versions > 1 {
            let message = "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.";
            return Err(Refusal::new(Code::DeleteConflict, message, "Delete the versions that are not the default."));
        }
        self.account.policies.remove(name);
        Ok(())
    }
}

fn no_version(name: &str, number: u32) -> Refusal {
    Refusal::missing(format!("Policy {name} version v{number} does not exist or is not attachable."))
}

fn check(text: &str) -> Result<(), Refusal> {
    rules::document(text, PolicyKind::Identity)?;
    match rules::size(text) {
        0..=limits::MANAGED_POLICY_SIZE => Ok(()),
        _ => Err(Refusal::quota("PolicySize", limits::MANAGED_POLICY_SIZE, "Shorten the policy, or split it in two.")),
    }
}
