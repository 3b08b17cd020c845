//! Roles and instance profiles.

use std::sync::Arc;

use super::Editing;
use crate::model::identity::{InstanceProfile, Permissions, Role};
use crate::model::refusal::{Code, Refusal};
use crate::model::{limits, rules};
use crate::policy::PolicyKind;

/// Longest name of a role (POL-175).
const LONGEST: usize = 64;
/// Longest name of an instance profile.
const LONGEST_PROFILE: usize = 128;
/// Seconds that sessions may last, unless the role says more.
const HOUR: u32 = 3_600;

impl Editing {
    pub(super) fn role(&mut self, name: &str) -> Result<&mut Role, Refusal> {
        let missing = || Refusal::missing(format!("The role with name {name} cannot be found."));
        self.account.roles.get_mut(name).ok_or_else(missing)
    }

    /// A role that may be changed: service-linked ones may not (ERR-112).
    pub(super) fn own_role(&mut self, name: &str) -> Result<&mut Role, Refusal> {
        let role = self.role(name)?;
        if role.path.starts_with("/aws-service-role/") {
            let message = format!(
                "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS."
            );
            return Err(Refusal::new(Code::UnmodifiableEntity, message, "Only its service can change it."));
        }
        Ok(role)
    }

    pub(super) fn create_role(
        &mut self,
        name: &Arc<str>,
        path: &Arc<str>,
        description: &Arc<str>,
        trust: &Arc<str>,
        tags: &[(Arc<str>, Arc<str>)],
    ) -> Result<(), Refusal> {
        rules::name("roleName", name, LONGEST)?;
        rules::path(path)?;
        check_description(description)?;
        check_trust(trust)?;
        let tags = rules::tags(tags)?;
        if self.account.roles.len() >= limits::ROLES {
            return Err(Refusal::quota("RolesPerAccount", limits::ROLES, "Delete a role first."));
        }
        let role = Role {
            name: name.clone(),
            path: path.clone(),
            id: self.unique_id("AROA"),
            created: self.now,
            description: description.clone(),
            trust: trust.clone(),
            max_session: HOUR,
            permissions: Permissions::default(),
            boundary: None,
            tags,
        };
        match self.account.roles.add(role) {
            true => Ok(()),
            false => Err(Refusal::taken(format!("Role with name {name} already exists."))),
        }
    }

    pub(super) fn update_role(
        &mut self,
        name: &Arc<str>,
        description: &Arc<str>,
        max_session: u32,
    ) -> Result<(), Refusal> {
        check_description(description)?;
        if !(HOUR..=12 * HOUR).contains(&max_session) {
            let message = format!(
                "1 validation error detected: Value '{max_session}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200"
            );
            return Err(Refusal::new(Code::ValidationError, message, "Choose 1 to 12 hours."));
        }
        let role = self.own_role(name)?;
        role.description = description.clone();
        role.max_session = max_session;
        Ok(())
    }

    pub(super) fn update_assume_role_policy(&mut self, role: &Arc<str>, text: &Arc<str>) -> Result<(), Refusal> {
        check_trust(text)?;
        self.own_role(role)?.trust = text.clone();
        Ok(())
    }

    pub(super) fn delete_role(&mut self, name: &Arc<str>) -> Result<(), Refusal> {
        let role = self.role(name)?;
        let (name, inline, attached) =
            (role.name.clone(), !role.permissions.inline.is_empty(), !role.permissions.attached.is_empty());
        let in_profile = self.account.instance_profiles.iter().any(|profile| profile.role.as_ref() == Some(&name));
        // CON-122.
        let hanging = [
            (in_profile, "remove roles from instance profile", "Take it out of its instance profiles."),
            (inline, "delete policies", "Delete its inline policies."),
            (attached, "detach all policies", "Detach its policies."),
        ];
        if let Some((_, message, remedy)) = hanging.iter().find(|(hangs, ..)| *hangs) {
            return Err(Refusal::conflict(message, *remedy));
        }
        self.account.roles.remove(&name);
        Ok(())
    }

    fn profile(&mut self, name: &str) -> Result<&mut InstanceProfile, Refusal> {
        let missing = || Refusal::missing(format!("Instance Profile {name} cannot be found."));
        self.account.instance_profiles.get_mut(name).ok_or_else(missing)
    }

    pub(super) fn create_instance_profile(&mut self, name: &Arc<str>, path: &Arc<str>) -> Result<(), Refusal> {
        rules::name("instanceProfileName", name, LONGEST_PROFILE)?;
        rules::path(path)?;
        if self.account.instance_profiles.len() >= limits::INSTANCE_PROFILES {
            let remedy = "Delete an instance profile first.";
            return Err(Refusal::quota("InstanceProfilesPerAccount", limits::INSTANCE_PROFILES, remedy));
        }
        let id = self.unique_id("AIPA");
        match self.account.instance_profiles.add(InstanceProfile {
            name: name.clone(),
            path: path.clone(),
            id,
            role: None,
        }) {
            true => Ok(()),
            false => Err(Refusal::taken(format!("Instance Profile {name} already exists."))),
        }
    }

    pub(super) fn delete_instance_profile(&mut self, name: &Arc<str>) -> Result<(), Refusal> {
        if self.profile(name)?.role.is_some() {
            return Err(Refusal::conflict("remove roles from instance profile", "Take its role out."));
        }
        self.account.instance_profiles.remove(name);
        Ok(())
    }

    pub(super) fn add_role_to_instance_profile(&mut self, profile: &Arc<str>, role: &Arc<str>) -> Result<(), Refusal> {
        let role = self.own_role(role)?.name.clone();
        let profile = self.profile(profile)?;
        if profile.role.is_some() {
            // POL-160.
            let remedy = "Take the other role out first: an instance profile hands out one role.";
            return Err(Refusal::quota("InstanceSessionsPerInstanceProfile", 1, remedy));
        }
        profile.role = Some(role);
        Ok(())
    }

    pub(super) fn remove_role_from_instance_profile(
        &mut self,
        profile: &Arc<str>,
        role: &Arc<str>,
    ) -> Result<(), Refusal> {
        let found = self.profile(profile)?;
        if !found.role.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(role)) {
            return Err(Refusal::missing(format!("The role with name {role} cannot be found.")));
        }
        found.role = None;
        Ok(())
    }
}

/// CON-115.
pub(super) fn check_description(text: &str) -> Result<(), Refusal> {
    match text.chars().count() {
        0..=1_000 => Ok(()),
        _ => Err(Refusal::new(
            Code::ValidationError,
            "1 validation error detected: Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 1000",
            "Shorten the description.",
        )),
    }
}

fn check_trust(text: &str) -> Result<(), Refusal> {
    rules::document(text, PolicyKind::Trust)?;
    match rules::size(text) {
        0..=limits::TRUST_POLICY_SIZE => Ok(()),
        _ => Err(Refusal::quota("ACLSizePerRole", limits::TRUST_POLICY_SIZE, "Shorten the trust policy.")),
    }
}
