//! What a policy document says, element by element, each with its place in the text.

use crate::policy::Condition;
use crate::text::{Span, Spanned};

/// Where a policy hangs; the same document is right in one place and wrong in another (POL-20…25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PolicyKind {
    /// Identity policy, permissions boundary or session policy.
    Identity,
    /// Policy of a resource, such as a bucket or a key.
    Resource,
    /// Trust policy of a role.
    Trust,
    /// Service control policy.
    ServiceControl,
    /// Resource control policy.
    ResourceControl,
    /// VPC endpoint policy.
    Endpoint,
}

impl PolicyKind {
    /// Whether statements say whom they are for; elsewhere that follows from where the policy hangs.
    pub fn names_principals(self) -> bool {
        !matches!(self, Self::Identity | Self::ServiceControl)
    }
}

/// Version of the policy language (POL-10, POL-11); not the version of a managed policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 2008-10-17, also meant when the element is missing: `${…}` is literal text.
    V2008,
    /// 2012-10-17, with policy variables.
    V2012,
}

/// What a statement does when it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Denies, whatever else grants.
    Deny,
}

/// A whole policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDocument {
    /// Language version.
    pub version: Version,
    /// Statements that could be understood, in the order of the text.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Position in the document, counting statements that could not be understood.
    pub index: u32,
    /// Statement id.
    pub sid: Option<Spanned<String>>,
    /// Allow or Deny.
    pub effect: Spanned<Effect>,
    /// Principal or NotPrincipal.
    pub principal: Option<PrincipalElement>,
    /// Action or NotAction.
    pub action: Element,
    /// Resource or NotResource.
    pub resource: Option<Element>,
    /// All conditions, in the order of the text; every one must hold.
    pub conditions: Vec<Condition>,
    /// The statement with its braces.
    pub span: Span,
}

/// Action, NotAction, Resource or NotResource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Whether this is the Not form: it applies only if no entry matches (POL-29).
    pub negated: bool,
    /// The property, name and value.
    pub span: Span,
    /// The entries; one string stands for a list of one (POL-5).
    pub entries: Vec<Spanned<String>>,
}

/// Principal or NotPrincipal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalElement {
    /// Whether this is NotPrincipal.
    pub negated: bool,
    /// The property, name and value.
    pub span: Span,
    /// The entries; any one is enough (POL-50).
    pub entries: Vec<Spanned<PrincipalEntry>>,
}

/// One principal of a policy (POL-40…49).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalEntry {
    /// `"*"` or `{"AWS": "*"}` (POL-200).
    Everyone,
    /// An account id, an ARN or a unique id under `AWS`.
    Aws(String),
    /// A service principal.
    Service(String),
    /// An identity provider.
    Federated(String),
    /// A canonical user id of S3.
    CanonicalUser(String),
}

impl PrincipalEntry {
    /// Whom it names, as written.
    pub fn text(&self) -> &str {
        match self {
            Self::Everyone => "*",
            Self::Aws(text) | Self::Service(text) | Self::Federated(text) | Self::CanonicalUser(text) => text,
        }
    }
}
