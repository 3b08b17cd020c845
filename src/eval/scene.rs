//! The context that AWS would give a request: which keys are there, and with what values, follows from who asks, how they
//! signed in, how the request travels and what it is about (KEY-10…101). Keys that the tables do not list are absent.

mod keys;
mod values;

use std::collections::BTreeMap;

use crate::eval::ContextValue;
use crate::ident::AccountId;

pub use keys::{Key, Origin, claim_names, keys};
pub use values::{is_list, value_of};

/// Tags, by key. Keys keep their case; two that differ only in case are one (EVAL-163, POL-77).
pub type Tags = BTreeMap<String, String>;

/// Everything that the keys of a request follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// Who asks.
    pub caller: Caller,
    /// The organization of the caller's account, if it is in one.
    pub caller_organization: Option<Organization>,
    /// How the request travels.
    pub network: Network,
    /// The services that made the call with the caller's credentials, first to last; empty for a direct call (EVAL-123).
    pub called_via: Vec<String>,
    /// The call itself.
    pub call: Call,
    /// What it is about; `None` for an action without a resource.
    pub resource: Option<ResourceFacts>,
}

/// Who asks, and with what credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The root user.
    Root {
        /// Its account.
        account: AccountId,
        /// With access keys or signed in.
        credentials: Credentials,
    },
    /// An IAM user.
    User {
        /// Its account.
        account: AccountId,
        /// ARN with path.
        arn: String,
        /// Name without path.
        name: String,
        /// Unique id, `AIDA…`.
        id: String,
        /// Tags of the user.
        tags: Tags,
        /// With what.
        credentials: Credentials,
    },
    /// A session of a role.
    RoleSession(RoleSession),
    /// A session of GetFederationToken.
    FederatedUser {
        /// Account of the user who made it.
        account: AccountId,
        /// Name of the session.
        name: String,
        /// The user's tags with the session's over them.
        tags: Tags,
        /// When the token was issued.
        issued: String,
    },
    /// An AWS service acting for itself.
    Service {
        /// All names of its principal, the first being the one it calls with.
        names: Vec<String>,
        /// The resource for which it calls, with its account and organization.
        source: Option<Source>,
    },
    /// Someone with a token or an assertion, who asks for a role and has none yet (EVAL-95).
    Federated {
        /// The keys of its claims, such as `accounts.google.com:aud` or `saml:iss` (KEY-120…140).
        claims: Vec<(String, ContextValue)>,
    },
    /// Nobody known.
    Anonymous,
}

/// How a user or root user proves who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Long-term access keys.
    Keys,
    /// The console.
    Console {
        /// When the session began.
        issued: String,
        /// Seconds since MFA was used, if it was.
        mfa_age: Option<u64>,
    },
    /// GetSessionToken.
    SessionToken {
        /// When the token was issued.
        issued: String,
        /// Seconds since MFA was used, if it was.
        mfa_age: Option<u64>,
    },
}

/// A session of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSession {
    /// Account of the role.
    pub account: AccountId,
    /// ARN of the role, with path.
    pub role: String,
    /// Unique id of the role, `AROA…`.
    pub role_id: String,
    /// Name of the session.
    pub name: String,
    /// The role's tags with the session's over them (EVAL-163).
    pub tags: Tags,
    /// Source identity, once set (EVAL-166).
    pub source_identity: Option<String>,
    /// When the credentials were issued.
    pub issued: String,
    /// How the role was assumed.
    pub through: Through,
}

/// How a role was assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Through {
    /// AssumeRole, also in a chain: keys of an earlier session are gone (KEY-101).
    AssumeRole,
    /// AssumeRoleWithWebIdentity.
    WebIdentity {
        /// Provider ARN, or host name of a built-in one (KEY-24).
        provider: String,
        /// Prefix of its keys: the issuer without scheme (KEY-120).
        prefix: String,
        /// Audience.
        audience: String,
        /// Subject.
        subject: String,
        /// Authentication methods.
        methods: Vec<String>,
    },
    /// AssumeRoleWithSAML.
    Saml {
        /// `saml:namequalifier`.
        name_qualifier: String,
        /// `saml:sub`.
        subject: String,
        /// `saml:sub_type`.
        subject_type: String,
    },
    /// An instance profile.
    Ec2 {
        /// ARN of the instance.
        instance: String,
        /// VPC of the instance.
        vpc: String,
        /// Private address of the instance.
        private_ip: String,
        /// `1.0` or `2.0`: which version of the metadata service gave the credentials.
        delivery: String,
    },
}

/// An organization and the place of an account in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// `o-…`.
    pub id: String,
    /// `o-…/r-…/ou-…/`, ending in a slash (KEY-13).
    pub path: String,
}

/// The resource for which a service calls (KEY-58…60).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its ARN.
    pub arn: String,
    /// Its account.
    pub account: AccountId,
    /// The organization of that account.
    pub organization: Option<Organization>,
}

/// How a request travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Network {
    /// Over the internet, from a public address.
    Internet {
        /// The address.
        ip: String,
    },
    /// Through a VPC endpoint: then there is no public address (KEY-35).
    Endpoint {
        /// `vpc-…`.
        vpc: String,
        /// `vpce-…`.
        endpoint: String,
        /// Private address.
        private_ip: String,
    },
}

/// The call itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// When, as ISO 8601 in UTC.
    pub time: String,
    /// Region asked; global services report us-east-1 (KEY-53).
    pub region: String,
    /// Over TLS.
    pub secure: bool,
    /// Client program.
    pub user_agent: String,
    /// Tags passed with the call (KEY-61).
    pub tags: Tags,
    /// Keys of the service that follow from parameters of the call, such as `sts:ExternalId` or `s3:prefix` (KEY-110…118).
    pub parameters: Vec<(String, ContextValue)>,
}

/// What a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceFacts {
    /// The account that owns it.
    pub account: AccountId,
    /// The organization of that account.
    pub organization: Option<Organization>,
    /// Its tags, where the service gives them to policies (EVAL-177).
    pub tags: Tags,
}

#[cfg(test)]
mod tests;
