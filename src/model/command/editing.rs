//! From one world to the next.

use std::sync::Arc;

use super::{Command, Occasion, organization};
use crate::model::refusal::Refusal;
use crate::model::time::Time;
use crate::model::unique_id::unique_id;
use crate::model::world::{Account, World};

/// The world after `command`, or why AWS would refuse. What changes nothing in AWS changes nothing here: attaching twice,
/// joining a group again.
pub fn apply(world: &World, command: &Command, occasion: &Occasion) -> Result<World, Refusal> {
    if let Some(done) = organization::apply(world, command, occasion) {
        return done;
    }
    let Some(account) = world.accounts.get(&occasion.account) else {
        let id = &occasion.account;
        return Err(Refusal::missing(format!("The account {id} cannot be found.")));
    };
    let mut editing = Editing { account: (**account).clone(), serial: world.serial, now: occasion.now };
    editing.apply(command)?;
    let Editing { account, serial, .. } = editing;
    let mut next = World { serial, ..world.clone() };
    next.accounts.insert(occasion.account.clone(), Arc::new(account));
    Ok(next)
}

/// An account while it is changed.
pub(super) struct Editing {
    pub(super) account: Account,
    pub(super) serial: u64,
    pub(super) now: Time,
}

impl Editing {
    /// A fresh unique id of 21 characters, or, for access keys, of 20.
    pub(super) fn unique_id(&mut self, prefix: &str) -> Arc<str> {
        self.serial += 1;
        unique_id(prefix, self.serial, if prefix == "AKIA" { 16 } else { 17 })
    }

    fn apply(&mut self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::CreateUser { name, path, tags } => self.create_user(name, path, tags),
            Command::RenameUser { name, to } => self.rename_user(name, to),
            Command::DeleteUser { name } => self.delete_user(name),
            Command::CreateGroup { name, path } => self.create_group(name, path),
            Command::RenameGroup { name, to } => self.rename_group(name, to),
            Command::DeleteGroup { name } => self.delete_group(name),
            Command::AddUserToGroup { user, group } => self.add_user_to_group(user, group),
            Command::RemoveUserFromGroup { user, group } => self.remove_user_from_group(user, group),
            Command::CreateRole { name, path, description, trust, tags } => {
                self.create_role(name, path, description, trust, tags)
            }
            Command::UpdateRole { name, description, max_session } => self.update_role(name, description, *max_session),
            Command::UpdateAssumeRolePolicy { role, text } => self.update_assume_role_policy(role, text),
            Command::DeleteRole { name } => self.delete_role(name),
            Command::CreateInstanceProfile { name, path } => self.create_instance_profile(name, path),
            Command::DeleteInstanceProfile { name } => self.delete_instance_profile(name),
            Command::AddRoleToInstanceProfile { profile, role } => self.add_role_to_instance_profile(profile, role),
            Command::RemoveRoleFromInstanceProfile { profile, role } => {
                self.remove_role_from_instance_profile(profile, role)
            }
            Command::CreatePolicy { name, path, description, text } => {
                self.create_policy(name, path, description, text)
            }
            Command::CreatePolicyVersion { name, text, set_default } => {
                self.create_policy_version(name, text, *set_default)
            }
            Command::SetDefaultPolicyVersion { name, number } => self.set_default_policy_version(name, *number),
            Command::DeletePolicyVersion { name, number } => self.delete_policy_version(name, *number),
            Command::DeletePolicy { name } => self.delete_policy(name),
            Command::AttachPolicy { holder, arn } => self.attach_policy(holder, arn),
            Command::DetachPolicy { holder, arn } => self.detach_policy(holder, arn),
            Command::PutInlinePolicy { holder, policy } => self.put_inline_policy(holder, policy),
            Command::DeleteInlinePolicy { holder, name } => self.delete_inline_policy(holder, name),
            Command::PutPermissionsBoundary { holder, arn } => self.put_permissions_boundary(holder, arn),
            Command::DeletePermissionsBoundary { holder } => self.delete_permissions_boundary(holder),
            Command::Tag { tagged, key, value } => self.tag(tagged, key, value),
            Command::Untag { tagged, key } => self.untag(tagged, key),
            Command::CreateLoginProfile { user, password, reset_required } => {
                self.create_login_profile(user, password, *reset_required)
            }
            Command::UpdateLoginProfile { user, password, reset_required } => {
                self.update_login_profile(user, password, *reset_required)
            }
            Command::DeleteLoginProfile { user } => self.delete_login_profile(user),
            Command::CreateAccessKey { of } => self.create_access_key(of),
            Command::UpdateAccessKey { of, id, active } => self.update_access_key(of, id, *active),
            Command::DeleteAccessKey { of, id } => self.delete_access_key(of, id),
            Command::EnableMfaDevice { of, name, kind } => self.enable_mfa_device(of, name, *kind),
            Command::DeactivateMfaDevice { of, name } => self.deactivate_mfa_device(of, name),
            Command::SetRootPassword { password } => self.set_root_password(password),
            Command::RecordSignIn { of } => self.record_sign_in(of),
            Command::CreateAccountAlias { alias } => self.create_account_alias(alias),
            Command::DeleteAccountAlias => self.delete_account_alias(),
            Command::SetBillingAccess { active } => self.set_billing_access(*active),
            Command::UpdatePasswordPolicy { policy } => self.update_password_policy(policy),
            // These change more than one account, and were done before.
            Command::CreateOrganization
            | Command::DeleteOrganization
            | Command::CreateAccount { .. }
            | Command::CloseAccount { .. }
            | Command::CreateOrganizationalUnit { .. }
            | Command::UpdateOrganizationalUnit { .. }
            | Command::DeleteOrganizationalUnit { .. }
            | Command::MoveAccount { .. }
            | Command::CreateControlPolicy { .. }
            | Command::UpdateControlPolicy { .. }
            | Command::DeleteControlPolicy { .. }
            | Command::AttachControlPolicy { .. }
            | Command::DetachControlPolicy { .. } => Ok(()),
            Command::CreateProvider { provider } => self.create_provider(provider),
            Command::DeleteProvider { name } => self.delete_provider(name),
            Command::CreateResource { resource } => self.create_resource(resource),
            Command::DeleteResource { arn } => self.delete_resource(arn),
            Command::PutResourcePolicy { arn, text } => self.put_resource_policy(arn, text),
            Command::DeleteResourcePolicy { arn } => self.delete_resource_policy(arn),
        }
    }
}
