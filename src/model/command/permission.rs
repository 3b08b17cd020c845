//! What somebody must be allowed to do for a command, in the terms of AWS's API.

use std::sync::Arc;

use super::{Command, SignsIn, Tagged};
use crate::model::provider::ProviderKind;
use crate::model::resource::ResourceKind;
use crate::model::world::{Account, Holder, PrincipalRef};

/// Who may carry out a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Anybody: it is no call of its own.
    Free,
    /// The root user alone (CON-55, CON-58).
    RootOnly,
    /// Whoever is allowed all of these.
    Needs(Vec<Need>),
}

/// One call that must be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The action.
    pub action: String,
    /// ARN of what it is about; `None` for an action without a resource.
    pub resource: Option<Arc<str>>,
    /// Condition keys that the call sets.
    pub context: Vec<(&'static str, Arc<str>)>,
}

fn need(action: impl Into<String>, resource: impl Into<Arc<str>>) -> Need {
    Need { action: action.into(), resource: Some(resource.into()), context: Vec::new() }
}

fn on_nothing(action: &str) -> Need {
    Need { action: action.to_owned(), resource: None, context: Vec::new() }
}

impl Command {
    /// Who may carry it out in `account`.
    pub fn permission(&self, account: &Account) -> Permission {
        let all = Permission::Needs;
        let one = |need: Need| Permission::Needs(vec![need]);
        let user = |name: &Arc<str>| account.arn_of(&PrincipalRef::User(name.clone()));
        let role = |name: &Arc<str>| account.arn_of(&PrincipalRef::Role(name.clone()));
        let group =
            |name: &Arc<str>| account.arn("group", account.groups.get(name).map_or("/", |group| &group.path), name);
        let policy = |name: &Arc<str>| {
            account
                .policies
                .get(name)
                .map_or_else(|| account.arn("policy", "/", name), |policy| account.policy_arn(policy))
        };
        let profile = |name: &Arc<str>| {
            let path = account.instance_profiles.get(name).map_or("/", |profile| &profile.path);
            account.arn("instance-profile", path, name)
        };
        let holder = |holder: &Holder| match holder {
            Holder::User(name) => ("User", user(name)),
            Holder::Group(name) => ("Group", group(name)),
            Holder::Role(name) => ("Role", role(name)),
        };
        // `iam:AttachUserPolicy`, `iam:PutGroupPolicy` and the like.
        let on_holder = |before: &str, of: &Holder, after: &str| {
            let (kind, arn) = holder(of);
            need(format!("iam:{before}{kind}{after}"), arn)
        };
        let of_signs_in = |action: &str, of: &SignsIn| match of {
            SignsIn::Root => Permission::RootOnly,
            SignsIn::User(name) => one(need(action, user(name))),
        };
        match self {
            Self::RecordSignIn { .. } => Permission::Free,
            Self::SetRootPassword { .. } | Self::SetBillingAccess { .. } => Permission::RootOnly,

            Self::CreateUser { name, path, .. } => one(need("iam:CreateUser", account.arn("user", path, name))),
            Self::RenameUser { name, .. } => one(need("iam:UpdateUser", user(name))),
            Self::DeleteUser { name } => one(need("iam:DeleteUser", user(name))),
            Self::CreateGroup { name, path } => one(need("iam:CreateGroup", account.arn("group", path, name))),
            Self::RenameGroup { name, .. } => one(need("iam:UpdateGroup", group(name))),
            Self::DeleteGroup { name } => one(need("iam:DeleteGroup", group(name))),
            Self::AddUserToGroup { group: name, .. } => one(need("iam:AddUserToGroup", group(name))),
            Self::RemoveUserFromGroup { group: name, .. } => one(need("iam:RemoveUserFromGroup", group(name))),
            Self::CreateRole { name, path, .. } => one(need("iam:CreateRole", account.arn("role", path, name))),
            Self::UpdateRole { name, .. } => one(need("iam:UpdateRole", role(name))),
            Self::UpdateAssumeRolePolicy { role: name, .. } => one(need("iam:UpdateAssumeRolePolicy", role(name))),
            Self::DeleteRole { name } => one(need("iam:DeleteRole", role(name))),
            Self::CreateInstanceProfile { name, path } => {
                one(need("iam:CreateInstanceProfile", account.arn("instance-profile", path, name)))
            }
            Self::DeleteInstanceProfile { name } => one(need("iam:DeleteInstanceProfile", profile(name))),
            Self::AddRoleToInstanceProfile { profile: name, role: passed } => {
                all(vec![need("iam:AddRoleToInstanceProfile", profile(name)), need("iam:PassRole", role(passed))])
            }
            Self::RemoveRoleFromInstanceProfile { profile: name, .. } => {
                one(need("iam:RemoveRoleFromInstanceProfile", profile(name)))
            }

            Self::CreatePolicy { name, path, .. } => one(need("iam:CreatePolicy", account.arn("policy", path, name))),
            Self::CreatePolicyVersion { name, .. } => one(need("iam:CreatePolicyVersion", policy(name))),
            Self::SetDefaultPolicyVersion { name, .. } => one(need("iam:SetDefaultPolicyVersion", policy(name))),
            Self::DeletePolicyVersion { name, .. } => one(need("iam:DeletePolicyVersion", policy(name))),
            Self::DeletePolicy { name } => one(need("iam:DeletePolicy", policy(name))),
            Self::AttachPolicy { holder: of, arn } => one(with_policy(on_holder("Attach", of, "Policy"), arn)),
            Self::DetachPolicy { holder: of, arn } => one(with_policy(on_holder("Detach", of, "Policy"), arn)),
            Self::PutInlinePolicy { holder: of, .. } => one(on_holder("Put", of, "Policy")),
            Self::DeleteInlinePolicy { holder: of, .. } => one(on_holder("Delete", of, "Policy")),
            Self::PutPermissionsBoundary { holder: of, arn } => {
                let context = vec![("iam:PermissionsBoundary", arn.clone())];
                one(Need { context, ..on_holder("Put", of, "PermissionsBoundary") })
            }
            Self::DeletePermissionsBoundary { holder: of } => one(on_holder("Delete", of, "PermissionsBoundary")),
            Self::Tag { tagged, .. } => one(tagging("Tag", tagged, user, role, policy)),
            Self::Untag { tagged, .. } => one(tagging("Untag", tagged, user, role, policy)),

            Self::CreateLoginProfile { user: name, .. } => one(need("iam:CreateLoginProfile", user(name))),
            Self::UpdateLoginProfile { user: name, .. } => one(need("iam:UpdateLoginProfile", user(name))),
            Self::DeleteLoginProfile { user: name } => one(need("iam:DeleteLoginProfile", user(name))),
            Self::CreateAccessKey { of } => of_signs_in("iam:CreateAccessKey", of),
            Self::UpdateAccessKey { of, .. } => of_signs_in("iam:UpdateAccessKey", of),
            Self::DeleteAccessKey { of, .. } => of_signs_in("iam:DeleteAccessKey", of),
            Self::EnableMfaDevice { of, .. } => of_signs_in("iam:EnableMFADevice", of),
            Self::DeactivateMfaDevice { of, .. } => of_signs_in("iam:DeactivateMFADevice", of),

            Self::CreateAccountAlias { .. } => one(on_nothing("iam:CreateAccountAlias")),
            Self::DeleteAccountAlias => one(on_nothing("iam:DeleteAccountAlias")),
            Self::UpdatePasswordPolicy { policy: Some(_) } => one(on_nothing("iam:UpdateAccountPasswordPolicy")),
            Self::UpdatePasswordPolicy { policy: None } => one(on_nothing("iam:DeleteAccountPasswordPolicy")),
            Self::CreateProvider { provider } => one(of_provider("Create", &provider.kind, account, &provider.name)),
            Self::DeleteProvider { name } => {
                let kind = account.providers.get(name).map(|provider| provider.kind.clone());
                one(of_provider("Delete", &kind.unwrap_or(ProviderKind::Saml { issuer: "".into() }), account, name))
            }

            Self::CreateOrganization => one(on_nothing("organizations:CreateOrganization")),
            Self::CreateAccount { .. } => one(on_nothing("organizations:CreateAccount")),
            Self::CloseAccount { .. } => one(on_nothing("organizations:CloseAccount")),
            Self::DeleteOrganization => one(on_nothing("organizations:DeleteOrganization")),
            Self::UpdateOrganizationalUnit { .. } => one(on_nothing("organizations:UpdateOrganizationalUnit")),
            Self::CreateOrganizationalUnit { .. } => one(on_nothing("organizations:CreateOrganizationalUnit")),
            Self::DeleteOrganizationalUnit { .. } => one(on_nothing("organizations:DeleteOrganizationalUnit")),
            Self::MoveAccount { .. } => one(on_nothing("organizations:MoveAccount")),
            Self::CreateControlPolicy { .. } => one(on_nothing("organizations:CreatePolicy")),
            Self::UpdateControlPolicy { .. } => one(on_nothing("organizations:UpdatePolicy")),
            Self::DeleteControlPolicy { .. } => one(on_nothing("organizations:DeletePolicy")),
            Self::AttachControlPolicy { .. } => one(on_nothing("organizations:AttachPolicy")),
            Self::DetachControlPolicy { .. } => one(on_nothing("organizations:DetachPolicy")),
            Self::CreateResource { resource } => {
                let passed = resource.role.iter().map(|arn| need("iam:PassRole", arn.clone()));
                all(std::iter::once(need(of_kind(resource.kind).create, resource.arn.clone())).chain(passed).collect())
            }
            Self::DeleteResource { arn } => one(need(actions(account, arn).delete, arn.clone())),
            Self::PutResourcePolicy { arn, .. } => one(need(actions(account, arn).put_policy, arn.clone())),
            Self::DeleteResourcePolicy { arn } => one(need(actions(account, arn).delete_policy, arn.clone())),
        }
    }
}

fn with_policy(need: Need, arn: &Arc<str>) -> Need {
    Need { context: vec![("iam:PolicyARN", arn.clone())], ..need }
}

fn tagging(
    verb: &str,
    tagged: &Tagged,
    user: impl Fn(&Arc<str>) -> String,
    role: impl Fn(&Arc<str>) -> String,
    policy: impl Fn(&Arc<str>) -> String,
) -> Need {
    match tagged {
        Tagged::User(name) => need(format!("iam:{verb}User"), user(name)),
        Tagged::Role(name) => need(format!("iam:{verb}Role"), role(name)),
        Tagged::Policy(name) => need(format!("iam:{verb}Policy"), policy(name)),
        // The tag editor's own actions, which every service honours beside its own.
        Tagged::Resource(arn) => need(format!("tag:{verb}Resources"), arn.clone()),
    }
}

fn of_provider(verb: &str, kind: &ProviderKind, account: &Account, name: &str) -> Need {
    let (service, resource) = match kind {
        ProviderKind::Oidc { .. } => ("OpenIDConnectProvider", "oidc-provider"),
        ProviderKind::Saml { .. } => ("SAMLProvider", "saml-provider"),
    };
    need(format!("iam:{verb}{service}"), account.arn(resource, "/", name))
}

/// The actions that make, remove and open a kind of resource.
struct Actions {
    create: &'static str,
    delete: &'static str,
    put_policy: &'static str,
    delete_policy: &'static str,
}

fn actions(account: &Account, arn: &str) -> Actions {
    of_kind(account.resources.get(arn).map_or(ResourceKind::Bucket, |resource| resource.kind))
}

fn of_kind(kind: ResourceKind) -> Actions {
    let [create, delete, put_policy, delete_policy] = match kind {
        ResourceKind::Bucket => ["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        ResourceKind::Object => ["s3:PutObject", "s3:DeleteObject", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        ResourceKind::Table => [
            "dynamodb:CreateTable",
            "dynamodb:DeleteTable",
            "dynamodb:PutResourcePolicy",
            "dynamodb:DeleteResourcePolicy",
        ],
        ResourceKind::Function => {
            ["lambda:CreateFunction", "lambda:DeleteFunction", "lambda:AddPermission", "lambda:RemovePermission"]
        }
        ResourceKind::Queue => {
            ["sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:SetQueueAttributes"]
        }
        ResourceKind::Topic => {
            ["sns:CreateTopic", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:SetTopicAttributes"]
        }
        ResourceKind::Key => ["kms:CreateKey", "kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "kms:PutKeyPolicy"],
        ResourceKind::Secret => [
            "secretsmanager:CreateSecret",
            "secretsmanager:DeleteSecret",
            "secretsmanager:PutResourcePolicy",
            "secretsmanager:DeleteResourcePolicy",
        ],
        // Neither has a policy of its own.
        ResourceKind::Instance => {
            ["ec2:RunInstances", "ec2:TerminateInstances", "ec2:RunInstances", "ec2:RunInstances"]
        }
        ResourceKind::Cluster => {
            ["redshift:CreateCluster", "redshift:DeleteCluster", "redshift:CreateCluster", "redshift:CreateCluster"]
        }
    };
    Actions { create, delete, put_policy, delete_policy }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::AccountId;
    use crate::model::example;

    fn needs(command: &Command) -> Vec<(String, String)> {
        let world = example::primer();
        let account = world.account(&AccountId::example()).expect("the account");
        match command.permission(account) {
            Permission::Needs(needs) => needs
                .into_iter()
                .map(|need| (need.action, need.resource.map(|arn| arn.to_string()).unwrap_or_default()))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn commands_need_the_action_of_their_name_on_what_they_change() {
        let holder = Holder::Group(example::ADMINISTRATORS.into());
        let attach = Command::AttachPolicy { holder, arn: example::ADMINISTRATOR_ACCESS.into() };
        let group = "arn:aws:iam::123456789012:group/Administrators".to_owned();
        assert_eq!(needs(&attach), [("iam:AttachGroupPolicy".to_owned(), group)]);
        let add = Command::AddRoleToInstanceProfile { profile: "Web".into(), role: example::PHOTO_SERVER.into() };
        let passed = "arn:aws:iam::123456789012:role/PhotoServer".to_owned();
        assert!(needs(&add).contains(&("iam:PassRole".to_owned(), passed)), "a role is passed (CON-110)");
    }

    #[test]
    fn the_switch_for_billing_is_the_root_users_alone() {
        let world = example::primer();
        let account = world.account(&AccountId::example()).expect("the account");
        assert_eq!(Command::SetBillingAccess { active: true }.permission(account), Permission::RootOnly);
    }
}
