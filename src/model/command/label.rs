//! What a change is called in the list of changes.

use std::fmt;

use super::{Command, SignsIn, Tagged};

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateUser { name, .. } => write!(f, "Create user {name}"),
            Self::RenameUser { name, to } => write!(f, "Rename user {name} to {to}"),
            Self::DeleteUser { name } => write!(f, "Delete user {name}"),
            Self::CreateGroup { name, .. } => write!(f, "Create group {name}"),
            Self::RenameGroup { name, to } => write!(f, "Rename group {name} to {to}"),
            Self::DeleteGroup { name } => write!(f, "Delete group {name}"),
            Self::AddUserToGroup { user, group } => write!(f, "Add {user} to {group}"),
            Self::RemoveUserFromGroup { user, group } => write!(f, "Remove {user} from {group}"),
            Self::CreateRole { name, .. } => write!(f, "Create role {name}"),
            Self::UpdateRole { name, .. } => write!(f, "Change role {name}"),
            Self::UpdateAssumeRolePolicy { role, .. } => write!(f, "Write the trust policy of {role}"),
            Self::DeleteRole { name } => write!(f, "Delete role {name}"),
            Self::CreateInstanceProfile { name, .. } => write!(f, "Create instance profile {name}"),
            Self::DeleteInstanceProfile { name } => write!(f, "Delete instance profile {name}"),
            Self::AddRoleToInstanceProfile { profile, role } => write!(f, "Put {role} into instance profile {profile}"),
            Self::RemoveRoleFromInstanceProfile { profile, role } => {
                write!(f, "Take {role} out of instance profile {profile}")
            }
            Self::CreatePolicy { name, .. } => write!(f, "Create policy {name}"),
            Self::CreatePolicyVersion { name, .. } => write!(f, "Write a version of {name}"),
            Self::SetDefaultPolicyVersion { name, number } => write!(f, "Make v{number} of {name} the default"),
            Self::DeletePolicyVersion { name, number } => write!(f, "Delete v{number} of {name}"),
            Self::DeletePolicy { name } => write!(f, "Delete policy {name}"),
            Self::AttachPolicy { holder, arn } => write!(f, "Attach {} to {}", short(arn), holder.name()),
            Self::DetachPolicy { holder, arn } => write!(f, "Detach {} from {}", short(arn), holder.name()),
            Self::PutInlinePolicy { holder, policy } => write!(f, "Write {} in {}", policy.name, holder.name()),
            Self::DeleteInlinePolicy { holder, name } => write!(f, "Delete {} from {}", name, holder.name()),
            Self::PutPermissionsBoundary { holder, arn } => write!(f, "Bound {} by {}", holder.name(), short(arn)),
            Self::DeletePermissionsBoundary { holder } => write!(f, "Take the boundary from {}", holder.name()),
            Self::Tag { tagged, key, .. } => write!(f, "Tag {tagged} with {key}"),
            Self::Untag { tagged, key } => write!(f, "Take tag {key} from {tagged}"),
            Self::CreateLoginProfile { user, .. } => write!(f, "Give {user} a console password"),
            Self::UpdateLoginProfile { user, .. } => write!(f, "Set the password of {user}"),
            Self::DeleteLoginProfile { user } => write!(f, "Take the console password from {user}"),
            Self::CreateAccessKey { of } => write!(f, "Create an access key for {of}"),
            Self::UpdateAccessKey { of, .. } => write!(f, "Switch an access key of {of}"),
            Self::DeleteAccessKey { of, .. } => write!(f, "Delete an access key of {of}"),
            Self::EnableMfaDevice { of, .. } => write!(f, "Add MFA to {of}"),
            Self::DeactivateMfaDevice { of, .. } => write!(f, "Take MFA from {of}"),
            Self::SetRootPassword { .. } => f.write_str("Set the root user's password"),
            Self::RecordSignIn { of } => write!(f, "Sign in {of}"),
            Self::CreateAccountAlias { alias } => write!(f, "Name the account {alias}"),
            Self::DeleteAccountAlias => f.write_str("Take the account's alias away"),
            Self::SetBillingAccess { .. } => f.write_str("Change IAM access to billing"),
            Self::UpdatePasswordPolicy { .. } => f.write_str("Change the password policy"),
            Self::CreateOrganization => f.write_str("Create an organization"),
            Self::CreateAccount { name, .. } => write!(f, "Create account {name}"),
            Self::CloseAccount { account } => write!(f, "Close account {account}"),
            Self::DeleteOrganization => f.write_str("Delete the organization"),
            Self::CreateOrganizationalUnit { name, .. } => write!(f, "Create unit {name}"),
            Self::UpdateOrganizationalUnit { name, .. } => write!(f, "Rename a unit to {name}"),
            Self::DeleteOrganizationalUnit { .. } => f.write_str("Delete a unit"),
            Self::MoveAccount { account, .. } => write!(f, "Move account {account}"),
            Self::CreateControlPolicy { policy } => write!(f, "Create control policy {}", policy.name),
            Self::UpdateControlPolicy { name, .. } => write!(f, "Write control policy {name}"),
            Self::DeleteControlPolicy { name } => write!(f, "Delete control policy {name}"),
            Self::AttachControlPolicy { target, name } => write!(f, "Attach {name} to {target}"),
            Self::DetachControlPolicy { target, name } => write!(f, "Detach {name} from {target}"),
            Self::CreateProvider { provider } => write!(f, "Create identity provider {}", provider.name),
            Self::DeleteProvider { name } => write!(f, "Delete identity provider {name}"),
            Self::CreateResource { resource } => write!(f, "Create {}", short(&resource.arn)),
            Self::DeleteResource { arn } => write!(f, "Delete {}", short(arn)),
            Self::PutResourcePolicy { arn, .. } => write!(f, "Write the policy of {}", short(arn)),
            Self::DeleteResourcePolicy { arn } => write!(f, "Delete the policy of {}", short(arn)),
        }
    }
}

/// The last part of an ARN.
fn short(arn: &str) -> &str {
    arn.rsplit(['/', ':']).next().unwrap_or_default()
}

impl fmt::Display for Tagged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) | Self::Role(name) | Self::Policy(name) => f.write_str(name),
            Self::Resource(arn) => f.write_str(short(arn)),
        }
    }
}

impl fmt::Display for SignsIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("the root user"),
            Self::User(name) => f.write_str(name),
        }
    }
}
