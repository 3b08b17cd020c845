//! Users and their groups.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Editing;
use crate::model::identity::{Permissions, User};
use crate::model::refusal::Refusal;
use crate::model::{limits, rules};

/// Longest name of a user (POL-175).
const LONGEST: usize = 64;

impl Editing {
    pub(super) fn user(&mut self, name: &str) -> Result<&mut User, Refusal> {
        let missing = || Refusal::missing(format!("The user with name {name} cannot be found."));
        self.account.users.get_mut(name).ok_or_else(missing)
    }

    pub(super) fn create_user(
        &mut self,
        name: &Arc<str>,
        path: &Arc<str>,
        tags: &[(Arc<str>, Arc<str>)],
    ) -> Result<(), Refusal> {
        rules::name("userName", name, LONGEST)?;
        rules::path(path)?;
        let tags = rules::tags(tags)?;
        if self.account.users.len() >= limits::USERS {
            return Err(Refusal::quota("UsersPerAccount", limits::USERS, "Delete a user first."));
        }
        let user = User {
            name: name.clone(),
            path: path.clone(),
            id: self.unique_id("AIDA"),
            created: self.now,
            groups: BTreeSet::new(),
            permissions: Permissions::default(),
            boundary: None,
            tags,
            login: None,
            access_keys: Vec::new(),
            mfa_devices: Vec::new(),
        };
        match self.account.users.add(user) {
            true => Ok(()),
            false => Err(Refusal::taken(format!("User with name {name} already exists."))),
        }
    }

    pub(super) fn rename_user(&mut self, name: &Arc<str>, to: &Arc<str>) -> Result<(), Refusal> {
        rules::name("newUserName", to, LONGEST)?;
        self.user(name)?;
        let same = name.eq_ignore_ascii_case(to);
        if !same && self.account.users.contains(to) {
            return Err(Refusal::taken(format!("User with name {to} already exists.")));
        }
        if let Some(user) = self.account.users.remove(name) {
            self.account.users.add(User { name: to.clone(), ..(*user).clone() });
        }
        Ok(())
    }

    pub(super) fn delete_user(&mut self, name: &Arc<str>) -> Result<(), Refusal> {
        let user = self.user(name)?;
        // CON-120.
        let hanging = [
            (user.login.is_some(), "delete login profile", "Take the console password away."),
            (!user.access_keys.is_empty(), "delete access keys", "Delete its access keys."),
            (!user.mfa_devices.is_empty(), "delete MFA device", "Take its MFA devices away."),
            (!user.permissions.inline.is_empty(), "delete policies", "Delete its inline policies."),
            (!user.permissions.attached.is_empty(), "detach all policies", "Detach its policies."),
            (!user.groups.is_empty(), "remove users from group", "Take it out of its groups."),
        ];
        if let Some((_, message, remedy)) = hanging.iter().find(|(hangs, ..)| *hangs) {
            return Err(Refusal::conflict(message, *remedy));
        }
        self.account.users.remove(name);
        Ok(())
    }

    pub(super) fn add_user_to_group(&mut self, user: &Arc<str>, group: &Arc<str>) -> Result<(), Refusal> {
        let group = self.group(group)?.name.clone();
        let groups = &mut self.user(user)?.groups;
        if !groups.contains(&group) && groups.len() >= limits::GROUPS_PER_USER {
            let remedy = "Remove the user from another group first.";
            return Err(Refusal::quota("GroupsPerUser", limits::GROUPS_PER_USER, remedy));
        }
        groups.insert(group);
        Ok(())
    }

    pub(super) fn remove_user_from_group(&mut self, user: &Arc<str>, group: &Arc<str>) -> Result<(), Refusal> {
        let group = self.group(group)?.name.clone();
        match self.user(user)?.groups.remove(&group) {
            true => Ok(()),
            false => Err(Refusal::missing(format!("User {user} is not in group {group}."))),
        }
    }
}
