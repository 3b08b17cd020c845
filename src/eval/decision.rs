//! The answer and what it rests on.

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Something allowed it, and nothing denied it.
    Allowed,
    /// A statement denied it.
    ExplicitlyDenied,
    /// Nothing denied it, and an allow is missing.
    ImplicitlyDenied,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Allowed, Self::ExplicitlyDenied, Self::ImplicitlyDenied];

    /// Its name in the case format.
    pub fn id(self) -> &'static str {
        match self {
            Self::Allowed => "Allowed",
            Self::ExplicitlyDenied => "ExplicitlyDenied",
            Self::ImplicitlyDenied => "ImplicitlyDenied",
        }
    }

    /// The verdict of a name of the case format.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.id() == id)
    }
}

/// A kind of policy, as a step of the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LayerKind {
    /// Service control policies.
    ServiceControl,
    /// Resource control policies.
    ResourceControl,
    /// VPC endpoint policies.
    Endpoint,
    /// Policy of the resource; for `sts:AssumeRole…` the trust policy of the role.
    Resource,
    /// Identity policies.
    Identity,
    /// Permissions boundary.
    Boundary,
    /// Session policies.
    Session,
}

impl LayerKind {
    /// In the order in which AWS names the layer of a denial (EVAL-19).
    pub const REPORTING_ORDER: [Self; 7] = [
        Self::ServiceControl,
        Self::ResourceControl,
        Self::Endpoint,
        Self::Resource,
        Self::Identity,
        Self::Boundary,
        Self::Session,
    ];

    /// Its name in the case format.
    pub fn id(self) -> &'static str {
        match self {
            Self::ServiceControl => "scp",
            Self::ResourceControl => "rcp",
            Self::Endpoint => "endpoint",
            Self::Resource => "resource",
            Self::Identity => "identity",
            Self::Boundary => "boundary",
            Self::Session => "session",
        }
    }
}

/// Points at one statement of one applicable policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementRef {
    /// Layer.
    pub layer: LayerKind,
    /// Level in an organization, from the root; 0 in every other layer.
    pub level: u32,
    /// Policy in that level.
    pub policy: u32,
    /// Statement in the policy, as [`crate::policy::Statement::index`] counts.
    pub statement: u32,
}

/// A rule of AWS that decides without any policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The root user may do everything in its own account (EVAL-16).
    RootUser,
    /// `sts:GetCallerIdentity` always answers (EVAL-101).
    CallerIdentity,
    /// `sts:GetSessionToken` needs no permission (EVAL-102).
    SessionToken,
    /// GetSessionToken and GetFederationToken want long-term credentials (EVAL-167, ERR-65).
    NoTokenForSessions,
    /// With a session of GetFederationToken: nothing of IAM, and of STS only GetCallerIdentity (EVAL-168).
    NotForFederatedUsers,
    /// Root users cannot assume roles (EVAL-100).
    RootCannotAssumeRoles,
    /// STS takes unsigned requests only with a token or an assertion (EVAL-94, ERR-44).
    MustBeSigned,
    /// The root user has not opened billing information to users and roles (CON-68).
    BillingClosed,
}

/// What a decision rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A statement that allowed or denied.
    Statement(StatementRef),
    /// No statement of this layer allows, and one must; the level is that of an organization.
    NothingAllows(LayerKind, u32),
    /// A rule beside the policies.
    Rule(Rule),
}

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decision {
    /// The answer.
    pub verdict: Verdict,
    /// What it rests on.
    pub basis: Basis,
}
