//! Groups.

use std::sync::Arc;

use super::Editing;
use crate::model::identity::{Group, Permissions};
use crate::model::refusal::Refusal;
use crate::model::{limits, rules};

/// Longest name of a group (POL-175).
const LONGEST: usize = 128;

impl Editing {
    pub(super) fn group(&mut self, name: &str) -> Result<&mut Group, Refusal> {
        let missing = || Refusal::missing(format!("The group with name {name} cannot be found."));
        self.account.groups.get_mut(name).ok_or_else(missing)
    }

    pub(super) fn create_group(&mut self, name: &Arc<str>, path: &Arc<str>) -> Result<(), Refusal> {
        rules::name("groupName", name, LONGEST)?;
        rules::path(path)?;
        if self.account.groups.len() >= limits::GROUPS {
            return Err(Refusal::quota("GroupsPerAccount", limits::GROUPS, "Delete a group first."));
        }
        let group = Group {
            name: name.clone(),
            path: path.clone(),
            id: self.unique_id("AGPA"),
            created: self.now,
            permissions: Permissions::default(),
        };
        match self.account.groups.add(group) {
            true => Ok(()),
            false => Err(Refusal::taken(format!("Group with name {name} already exists."))),
        }
    }

    pub(super) fn rename_group(&mut self, name: &Arc<str>, to: &Arc<str>) -> Result<(), Refusal> {
        rules::name("newGroupName", to, LONGEST)?;
        let old = self.group(name)?.name.clone();
        if !old.eq_ignore_ascii_case(to) && self.account.groups.contains(to) {
            return Err(Refusal::taken(format!("Group with name {to} already exists.")));
        }
        if let Some(group) = self.account.groups.remove(name) {
            self.account.groups.add(Group { name: to.clone(), ..(*group).clone() });
        }
        for user in self.account.users.iter_mut() {
            if user.groups.remove(&old) {
                user.groups.insert(to.clone());
            }
        }
        Ok(())
    }

    pub(super) fn delete_group(&mut self, name: &Arc<str>) -> Result<(), Refusal> {
        let group = self.group(name)?;
        let (inline, attached) = (!group.permissions.inline.is_empty(), !group.permissions.attached.is_empty());
        // CON-121.
        let hanging = [
            (self.account.members(name).next().is_some(), "remove users from group", "Take its members out."),
            (inline, "delete policies", "Delete its inline policies."),
            (attached, "detach all policies", "Detach its policies."),
        ];
        if let Some((_, message, remedy)) = hanging.iter().find(|(hangs, ..)| *hangs) {
            return Err(Refusal::conflict(message, *remedy));
        }
        self.account.groups.remove(name);
        Ok(())
    }
}
