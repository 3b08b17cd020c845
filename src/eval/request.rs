//! What is asked, by whom, and under which policies.

use std::sync::Arc;

use crate::eval::index::ActionIndex;
use crate::eval::{CompiledPolicy, Context};
use crate::ident::{AccountId, ActionName, Arn};

/// Who makes the request (EVAL-110…117).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The account's own sign-in identity.
    Root {
        /// Its account.
        account: AccountId,
    },
    /// An IAM user, with long-term keys or a session of GetSessionToken (EVAL-73).
    User {
        /// ARN with path.
        arn: Arc<str>,
        /// Its account.
        account: AccountId,
    },
    /// A role itself, as simulators ask.
    Role {
        /// ARN with path.
        arn: Arc<str>,
        /// Its account.
        account: AccountId,
    },
    /// A session of a role.
    RoleSession {
        /// `arn:aws:sts::A:assumed-role/R/S`.
        arn: Arc<str>,
        /// ARN of the role, with its path, where it is known (EVAL-67).
        role: Option<Arc<str>>,
        /// Account of the role.
        account: AccountId,
    },
    /// A session of GetFederationToken.
    FederatedUser {
        /// `arn:aws:sts::A:federated-user/N`.
        arn: Arc<str>,
        /// ARN of the user who made it, where it is known (EVAL-59).
        user: Option<Arc<str>>,
        /// Account of that user.
        account: AccountId,
    },
    /// A caller of AssumeRoleWithWebIdentity or AssumeRoleWithSAML: not yet an AWS identity (EVAL-95).
    Federated {
        /// Provider ARN, or the host name of a built-in one.
        provider: Arc<str>,
    },
    /// An AWS service acting for itself (EVAL-116).
    Service {
        /// Such as `lambda.amazonaws.com`.
        name: Arc<str>,
    },
    /// An unsigned request.
    Anonymous,
}

impl Principal {
    /// The account that the caller belongs to.
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Root { account }
            | Self::User { account, .. }
            | Self::Role { account, .. }
            | Self::RoleSession { account, .. }
            | Self::FederatedUser { account, .. } => Some(account),
            Self::Federated { .. } | Self::Service { .. } | Self::Anonymous => None,
        }
    }

    /// The ARN of the caller; the root user's is written from its account, and is not kept.
    pub fn arn(&self) -> Option<&str> {
        match self {
            Self::User { arn, .. }
            | Self::Role { arn, .. }
            | Self::RoleSession { arn, .. }
            | Self::FederatedUser { arn, .. } => Some(arn),
            Self::Root { .. } | Self::Federated { .. } | Self::Service { .. } | Self::Anonymous => None,
        }
    }

    /// The caller as access-denied messages print it (ERR-15).
    pub fn for_message(&self) -> String {
        match self {
            Self::Root { account } => format!("arn:aws:iam::{account}:root"),
            Self::Federated { provider } => provider.to_string(),
            Self::Service { name } => name.to_string(),
            Self::Anonymous => "anonymous".to_owned(),
            Self::User { arn, .. }
            | Self::Role { arn, .. }
            | Self::RoleSession { arn, .. }
            | Self::FederatedUser { arn, .. } => arn.to_string(),
        }
    }

    /// Whether this is a session of a service-linked role, which no SCP or RCP touches (EVAL-33, EVAL-49).
    pub fn is_service_linked(&self) -> bool {
        match self {
            Self::RoleSession { role: Some(arn), .. } | Self::Role { arn, .. } => {
                arn.contains(":role/aws-service-role/")
            }
            // The name is kept for such roles.
            Self::RoleSession { role: None, arn, .. } => arn.contains(":assumed-role/AWSServiceRoleFor"),
            _ => false,
        }
    }

    /// Whether `role` is the ARN of this role, or of the role of this session.
    pub fn is_or_is_session_of(&self, role: &str) -> bool {
        match self {
            Self::Role { arn, .. } | Self::RoleSession { role: Some(arn), .. } => **arn == *role,
            Self::RoleSession { role: None, arn, .. } => is_role_of(role, arn),
            _ => false,
        }
    }
}

/// Whether a role ARN names the role of a session ARN, which omits the role's path (EVAL-67).
fn is_role_of(role: &str, session: &str) -> bool {
    let name_of_session = Arn::parse(session).and_then(|arn| arn.after_type("assumed-role")?.split('/').next());
    let of_role = Arn::parse(role).and_then(|arn| Some((arn.account, arn.after_type("role")?.rsplit('/').next()?)));
    match (of_role, name_of_session, Arn::parse(session)) {
        (Some((account, role)), Some(name), Some(session)) => role == name && account == session.account,
        _ => false,
    }
}

/// What the request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// The ARN of one resource.
    Arn(Arc<str>),
    /// The action has no resource types: only `*` matches (EVAL-5).
    None,
}

/// One authorization request. Its context is complete: evaluation adds no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub principal: Principal,
    /// For what.
    pub action: ActionName,
    /// On what.
    pub resource: Resource,
    /// The account that owns the resource; for an action without one, the caller's own.
    pub resource_account: Option<AccountId>,
    /// Condition keys and values.
    pub context: Context,
}

impl Request {
    /// The resource as policies and messages see it: its ARN or `*`.
    pub fn resource_text(&self) -> &str {
        match &self.resource {
            Resource::Arn(arn) => arn,
            Resource::None => "*",
        }
    }

    /// Whether caller and resource are of different partitions, between which nothing can be granted (EVAL-83).
    pub fn crosses_partitions(&self) -> bool {
        let resource = match &self.resource {
            Resource::Arn(arn) => Arn::parse(arn),
            Resource::None => None,
        };
        self.caller_arn().zip(resource).is_some_and(|(caller, resource)| caller.partition != resource.partition)
    }

    /// The ARN of the caller; a root user's stands in the context alone.
    pub(crate) fn caller_arn(&self) -> Option<Arn<'_>> {
        self.principal.arn().or_else(|| self.context.text("aws:principalarn")).and_then(Arn::parse)
    }

    /// The account that owns the resource, where it is not the caller's (EVAL-80).
    pub fn other_account(&self) -> Option<&AccountId> {
        let own = self.principal.account()?;
        self.resource_account.as_ref().filter(|owner| *owner != own)
    }
}

/// Where a policy came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicySource {
    /// Its name.
    pub name: Arc<str>,
    /// ARN of a managed policy; inline policies have none (CON-105).
    pub arn: Option<Arc<str>>,
    /// The group it comes through, for a user's group policies (EVAL-28).
    pub group: Option<Arc<str>>,
}

impl PolicySource {
    /// Whether AWS keeps the policy, so that nobody can edit it.
    pub fn is_aws_managed(&self) -> bool {
        self.arn.as_deref().and_then(Arn::parse).is_some_and(|arn| arn.account == "aws")
    }
}

/// A compiled policy in its place.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Where it came from.
    pub source: PolicySource,
    /// What it says.
    pub compiled: Arc<CompiledPolicy>,
}

/// Policies that count as one: any of them may allow. Longer lists carry an index of all their statements, so that the
/// cost of a decision hardly grows with their number. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct PolicyList {
    policies: Arc<[Policy]>,
    index: Option<Arc<ActionIndex>>,
}

impl PolicyList {
    /// From this length on asking one common index beats asking each policy's own; below, building it would not pay.
    const INDEXED: usize = 16;

    /// The policies, in their order.
    pub fn as_slice(&self) -> &[Policy] {
        &self.policies
    }

    pub(crate) fn index(&self) -> Option<&ActionIndex> {
        self.index.as_deref()
    }
}

impl From<Vec<Policy>> for PolicyList {
    fn from(policies: Vec<Policy>) -> Self {
        let index = (policies.len() >= Self::INDEXED).then(|| {
            let statements = policies.iter().map(|policy| &*policy.compiled.statements);
            Arc::new(ActionIndex::new((0u32..).zip(statements)))
        });
        Self { policies: policies.into(), index }
    }
}

/// The policies on one node of an organization; every level must allow (EVAL-30).
#[derive(Clone, Debug, Default)]
pub struct Level {
    /// Root, OU or account id.
    pub id: Arc<str>,
    /// What is attached there.
    pub policies: PolicyList,
}

/// Every policy that applies to a request, by layer (EVAL-20…26).
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// SCPs of the caller's account, root first; empty outside an organization and in its management account.
    pub service_control: Vec<Level>,
    /// RCPs of the resource's account, root first; RCPFullAWSAccess is implied.
    pub resource_control: Vec<Level>,
    /// Policies of the VPC endpoint that the request came through.
    pub endpoint: PolicyList,
    /// Policy of the resource, or the trust policy of the role; none or one, and fragments of sharing beside it (EVAL-86).
    pub resource: PolicyList,
    /// Policies of the user, its groups, or the role.
    pub identity: PolicyList,
    /// Permissions boundary: none or one.
    pub boundary: PolicyList,
    /// Session policies; empty when the session was made without any.
    pub session: PolicyList,
    /// Whether the account keeps its users and roles from the billing pages, whatever their policies say (CON-68).
    pub billing_closed: bool,
}
