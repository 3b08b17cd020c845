//! A world: accounts with what is in them, and the organization they may be in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::credential::{AccessKey, MfaDevice, PasswordHash, PasswordPolicy};
use super::identity::{Group, InstanceProfile, Permissions, Role, User};
use super::named::Named;
use super::organization::Organization;
use super::policy::ManagedPolicy;
use super::provider::Provider;
use super::resource::Resource;
use super::time::Time;
use crate::ident::{AccountId, Arn};

/// Accounts and their organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct World {
    /// For people.
    pub name: Arc<str>,
    /// Accounts by id.
    pub accounts: BTreeMap<AccountId, Arc<Account>>,
    /// The organization, if there is one.
    pub organization: Option<Arc<Organization>>,
    /// How many unique ids have been given out; an id is never given twice (EVAL-69).
    pub serial: u64,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// For people; the console shows it for the root user (CON-44).
    pub name: Arc<str>,
    /// What may stand for the id in sign-in addresses (CON-42).
    pub alias: Option<Arc<str>>,
    /// The root user.
    pub root: RootUser,
    /// Whether IAM users and roles can reach the billing console at all (CON-68).
    pub billing_access: bool,
    /// Password rules, where they are not AWS's own.
    pub password_policy: Option<PasswordPolicy>,
    /// IAM users.
    pub users: Named<User>,
    /// Groups.
    pub groups: Named<Group>,
    /// Roles.
    pub roles: Named<Role>,
    /// Instance profiles.
    pub instance_profiles: Named<InstanceProfile>,
    /// Customer managed policies.
    pub policies: Named<ManagedPolicy>,
    /// Identity providers.
    pub providers: Named<Provider>,
    /// Resources, by ARN.
    pub resources: Named<Resource>,
}

/// The root user of an account (CON-55…67).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RootUser {
    /// What it signs in with.
    pub email: Arc<str>,
    /// Its password; without one nobody can sign in as it.
    pub password: Option<PasswordHash>,
    /// Access keys, at most two; best none.
    pub access_keys: Vec<AccessKey>,
    /// MFA devices, at most eight.
    pub mfa_devices: Vec<MfaDevice>,
    /// When somebody last signed in.
    pub last_used: Option<Time>,
}

/// Whatever identity policies can be attached to, in one account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holder {
    /// The user of this name.
    User(Arc<str>),
    /// The group of this name.
    Group(Arc<str>),
    /// The role of this name.
    Role(Arc<str>),
}

/// Someone who can ask.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PrincipalRef {
    /// The root user of the account.
    Root,
    /// The user of this name.
    User(Arc<str>),
    /// A session of the role of this name.
    Role(Arc<str>),
    /// A session of a role that somebody got who signed in elsewhere.
    FederatedSession {
        /// Name of the role.
        role: Arc<str>,
        /// ARN of the provider, or the host name of a built-in one.
        provider: Arc<str>,
    },
    /// Somebody who signed in elsewhere and has no role yet.
    Federated(Arc<str>),
    /// An AWS service acting for itself.
    Service(Arc<str>),
    /// Nobody known.
    Anonymous,
}

impl fmt::Display for PrincipalRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("root user"),
            Self::User(name) => write!(f, "user {name}"),
            Self::Role(name) => write!(f, "role {name}"),
            Self::FederatedSession { role, provider } => write!(f, "role {role} through {}", provider_name(provider)),
            Self::Federated(provider) => write!(f, "person signed in with {}", provider_name(provider)),
            Self::Service(name) => write!(f, "service {name}"),
            Self::Anonymous => f.write_str("anyone, without credentials"),
        }
    }
}

impl PrincipalRef {
    /// What its own policies and its boundary hang on; `None` for whoever has none.
    pub fn holder(&self) -> Option<Holder> {
        match self {
            Self::User(name) => Some(Holder::User(name.clone())),
            Self::Role(role) | Self::FederatedSession { role, .. } => Some(Holder::Role(role.clone())),
            Self::Root | Self::Federated(_) | Self::Service(_) | Self::Anonymous => None,
        }
    }

    /// Whether it belongs to the account: its root user, a user, or a session of a role.
    pub fn is_inside(&self) -> bool {
        !matches!(self, Self::Federated(_) | Self::Service(_) | Self::Anonymous)
    }
}

/// What people call a provider: without the ARN in front of its name.
fn provider_name(provider: &str) -> &str {
    match provider {
        "accounts.google.com" => "Google",
        "www.amazon.com" => "Amazon",
        "graph.facebook.com" => "Facebook",
        _ => provider.split_once("-provider/").map_or(provider, |(_, name)| name),
    }
}

impl World {
    /// The account of this id.
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.get(id).map(|account| &**account)
    }

    /// The resource that an ARN stands for, with the account it is in. An object belongs to its bucket, and a bucket to
    /// whichever account has it.
    pub fn resource(&self, arn: &str) -> Option<(&Account, &Resource)> {
        let found = |arn: &str| {
            let mut accounts = self.accounts.values();
            accounts
                .find_map(|account| Some((&**account, account.resources.get(arn).filter(|known| *known.arn == *arn)?)))
        };
        found(arn).or_else(|| {
            let bucket = arn.strip_prefix("arn:aws:s3:::")?.split_once('/')?.0;
            found(&format!("arn:aws:s3:::{bucket}"))
        })
    }

    /// The role of an ARN, with the account it is in.
    pub fn role(&self, arn: &str) -> Option<(&Account, &Role)> {
        let named = Arn::parse(arn).filter(|arn| arn.service == "iam")?;
        let account = self.account(&AccountId::parse(named.account).ok()?)?;
        let role = account.roles.get(named.after_type("role")?.rsplit('/').next()?)?;
        (account.arn("role", &role.path, &role.name) == arn).then_some((account, role))
    }
}

impl Account {
    /// The permissions of a holder, if it exists.
    pub fn permissions(&self, holder: &Holder) -> Option<&Permissions> {
        match holder {
            Holder::User(name) => self.users.get(name).map(|user| &user.permissions),
            Holder::Group(name) => self.groups.get(name).map(|group| &group.permissions),
            Holder::Role(name) => self.roles.get(name).map(|role| &role.permissions),
        }
    }

    /// Whose policies count for a principal: its own, then those of a user's groups by name. None for the root user.
    pub fn holders_of(&self, principal: &PrincipalRef) -> Vec<Holder> {
        let user = match principal {
            PrincipalRef::User(name) => self.users.get(name),
            _ => None,
        };
        let groups = user.into_iter().flat_map(|user| &user.groups).cloned().map(Holder::Group);
        principal.holder().into_iter().chain(groups).collect()
    }

    /// Every user, group and role.
    pub fn holders(&self) -> Vec<Holder> {
        let users = self.users.names().cloned().map(Holder::User);
        let groups = self.groups.names().cloned().map(Holder::Group);
        users.chain(groups).chain(self.roles.names().cloned().map(Holder::Role)).collect()
    }

    /// ARN of the policy that bounds a user or role.
    pub fn boundary_of(&self, holder: &Holder) -> Option<&Arc<str>> {
        match holder {
            Holder::Group(_) => None,
            Holder::User(name) => self.users.get(name)?.boundary.as_ref(),
            Holder::Role(name) => self.roles.get(name)?.boundary.as_ref(),
        }
    }

    /// Whether a principal is there.
    pub fn has(&self, principal: &PrincipalRef) -> bool {
        match principal {
            PrincipalRef::Root | PrincipalRef::Federated(_) | PrincipalRef::Service(_) | PrincipalRef::Anonymous => {
                true
            }
            PrincipalRef::User(name) => self.users.contains(name),
            PrincipalRef::Role(name) | PrincipalRef::FederatedSession { role: name, .. } => self.roles.contains(name),
        }
    }

    /// All permissions in the account.
    fn all_permissions(&self) -> impl Iterator<Item = &Permissions> {
        let users = self.users.iter().map(|user| &user.permissions);
        let groups = self.groups.iter().map(|group| &group.permissions);
        users.chain(groups).chain(self.roles.iter().map(|role| &role.permissions))
    }

    /// ARNs of every managed policy that anything is attached to or bounded by.
    pub fn attached_arns(&self) -> BTreeSet<&Arc<str>> {
        let boundaries = self.users.iter().filter_map(|user| user.boundary.as_ref());
        let boundaries = boundaries.chain(self.roles.iter().filter_map(|role| role.boundary.as_ref()));
        self.all_permissions().flat_map(|permissions| &permissions.attached).chain(boundaries).collect()
    }

    /// The customer managed policy of this ARN.
    pub fn policy(&self, arn: &str) -> Option<&ManagedPolicy> {
        let named = Arn::parse(arn).filter(|arn| arn.account == self.id.as_str())?;
        let policy = self.policies.get(named.after_type("policy")?.rsplit('/').next()?)?;
        (*self.policy_arn(policy) == *arn).then_some(policy)
    }

    /// ARN of a customer managed policy.
    pub fn policy_arn(&self, policy: &ManagedPolicy) -> String {
        self.arn("policy", &policy.path, &policy.name)
    }

    /// ARN of a user, group, role or instance profile.
    pub fn arn(&self, kind: &str, path: &str, name: &str) -> String {
        format!("arn:aws:iam::{}:{kind}{path}{name}", self.id)
    }

    /// The ARN of a principal; that of a session of a role is made from the role's. Whoever is not of the account has none,
    /// and is named by the provider or service.
    pub fn arn_of(&self, principal: &PrincipalRef) -> String {
        let path = |path: Option<&Arc<str>>| path.map_or("/", |path| path).to_owned();
        match principal {
            PrincipalRef::Root => format!("arn:aws:iam::{}:root", self.id),
            PrincipalRef::User(name) => self.arn("user", &path(self.users.get(name).map(|user| &user.path)), name),
            PrincipalRef::Role(name) | PrincipalRef::FederatedSession { role: name, .. } => {
                self.arn("role", &path(self.roles.get(name).map(|role| &role.path)), name)
            }
            PrincipalRef::Federated(name) | PrincipalRef::Service(name) => name.to_string(),
            PrincipalRef::Anonymous => "*".to_owned(),
        }
    }

    /// Names of the members of a group.
    pub fn members<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Arc<str>> {
        let is_member = move |user: &&User| user.groups.iter().any(|known| known.eq_ignore_ascii_case(group));
        self.users.iter().filter(is_member).map(|user| &user.name)
    }

    /// What the console prints for the account: the alias, or the id in groups of four (CON-44).
    pub fn shown(&self) -> String {
        self.alias.as_ref().map_or_else(|| self.id.grouped(), |alias| alias.to_string())
    }

    /// Where its IAM users sign in (CON-40).
    pub fn sign_in_address(&self) -> String {
        format!("https://{}.signin.aws.amazon.com/console/", self.alias.as_deref().unwrap_or(self.id.as_str()))
    }
}

impl Holder {
    /// The name of the user, group or role.
    pub fn name(&self) -> &Arc<str> {
        match self {
            Self::User(name) | Self::Group(name) | Self::Role(name) => name,
        }
    }

    /// `user`, `group` or `role`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
            Self::Role(_) => "role",
        }
    }
}
