//! Mistakes that can be put into the slow evaluator, to see whether the comparison would notice them.
//!
//! A new one is a line here and a [`Faults::has`] at the place where the mistake would be made.

macro_rules! faults {
    ($($name:ident: $text:literal,)+) => {
        /// One mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault { $(#[doc = $text] $name,)+ }

        impl Fault {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The mistake in words.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

faults! {
    ScpDenyIgnored: "an explicit deny in an SCP is ignored",
    RcpDenyIgnored: "an explicit deny in an RCP is ignored",
    EndpointDenyIgnored: "an explicit deny in an endpoint policy is ignored",
    ResourceDenyIgnored: "an explicit deny in a resource policy is ignored",
    BoundaryDenyIgnored: "an explicit deny in a boundary is ignored",
    SessionDenyIgnored: "an explicit deny in a session policy is ignored",
    DenyReportedByIdentityFirst: "the identity policies' deny is reported before the resource policy's",
    ScpOnlyAtAccountLevel: "SCPs are asked at the last level only",
    ScpAnyLevelSuffices: "one SCP level that allows is enough",
    ScpLimitsServiceLinkedRole: "SCPs limit service-linked roles",
    ScpSparesRoot: "SCPs do not limit the root user",
    ScpLimitsServices: "SCPs limit services and anonymous callers",
    RcpForEveryService: "RCPs guard resources of every service",
    RcpForFewServices: "RCPs guard the services of the launch only",
    RcpLimitsServiceLinkedRole: "RCPs limit service-linked roles",
    RcpGuardsServiceLinkedTrust: "RCPs guard the trust of service-linked roles",
    RcpGuardsRetireGrant: "RCPs guard kms:RetireGrant",
    EndpointGrantNotNeeded: "an endpoint policy without an allow lets pass",
    EndpointAfterRoot: "the root user passes an endpoint policy without an allow",
    RootNeedsIdentity: "the root user needs an identity policy",
    RootNeedsNoKeyPolicy: "the root user needs no key policy",
    RootMayAssumeRole: "the root user may assume roles",
    RootUnderBucketPolicyDeny: "a bucket policy's deny keeps its own root user from the policy",
    CallerIdentityCanBeDenied: "sts:GetCallerIdentity can be denied",
    SessionTokenCanBeDenied: "sts:GetSessionToken can be denied",
    SessionsGetTokens: "temporary credentials get session tokens by policies",
    FederatedUserCallsIam: "a session of GetFederationToken calls IAM and STS",
    EveryoneIsFederated: "a role that trusts everyone trusts whoever comes with a token",
    AccountLetsRoleAssumeItself: "a role assumes itself when its account is trusted",
    RoleGrantBypassesBoundary: "a grant to the role ARN bypasses the boundary",
    RoleGrantBypassesSession: "a grant to the role ARN bypasses session policies",
    RoleGrantNeedsIdentity: "a grant to the role ARN needs an identity policy too",
    SessionGrantIsLimited: "a grant to the session ARN is limited like one to the role",
    UserGrantIsLimited: "a grant to the user ARN is limited by the boundary",
    EveryoneGrantIsLimited: "a grant to everyone is limited by the boundary",
    AccountGrantSuffices: "a grant to the account needs no identity policy",
    WeakestClassWins: "the weakest class of the matching grants counts",
    CreatorGrantIsDirect: "a grant to the user is direct for the federated sessions the user made",
    KeyPolicyNotNeeded: "KMS keys can be used without their key policy",
    TrustNotNeeded: "roles can be assumed without their trust policy",
    AliasNeedsKeyPolicy: "aliases need a key policy",
    FederatedUserNeedsNoSession: "federated users need no session policy",
    NoSessionPolicyDeniesRole: "role sessions need a session policy",
    BoundaryGrants: "an allow in the boundary grants",
    BoundaryIgnored: "a boundary without an allow does not limit",
    SessionIgnored: "session policies without an allow do not limit",
    CrossAccountNeedsOneSide: "between accounts the identity policy alone is enough",
    CrossAccountDirectBypasses: "between accounts a direct grant needs no identity policy",
    CrossAccountBoundaryIgnored: "between accounts the boundary does not limit",
    CrossAccountSessionIgnored: "between accounts session policies do not limit",
    PartitionsCrossed: "grants reach into other partitions",
    ServiceUsesIdentity: "a service needs no resource policy in the account",
    AnonymousMayAssume: "an anonymous caller may assume a role that trusts everyone",
    PathMissingInRole: "the path of a role is left out when its ARN is compared",
    PrincipalIgnoresCase: "principal ARNs are compared without regard to case",
    PrincipalWildcards: "wildcards in principal ARNs work",
    AccountIdIsNoAccount: "a bare account id in a principal is not the account",
    UniqueIdIgnored: "unique ids in a principal match nobody",
    UniqueIdWithSession: "unique ids are compared with the whole user id",
    EveryoneIsNotAnonymous: "everyone does not include anonymous callers",
    NotPrincipalOneIsEnough: "one entry of NotPrincipal exempts",
    NotPrincipalForgetsBoundary: "NotPrincipal exempts principals with a boundary too",
    NotPrincipalForgetsAccount: "NotPrincipal needs no entry for the account",
    NotPrincipalForgetsRole: "NotPrincipal needs no entry for the role",
    ActionMatchesCase: "actions are compared with regard to case",
    ActionMarkIsLiteral: "a question mark in an action is literal",
    NotActionAny: "NotAction applies when one entry does not match",
    NotResourceAny: "NotResource applies when one entry does not match",
    ResourceIgnoresCase: "the resource part ignores case",
    RegionMatchesCase: "partition, service, region and account are compared with regard to case",
    ResourceStarStopsAtSlash: "a star in the resource part stops at a slash",
    ResourceStarStopsAtColon: "a star in the resource part stops at a colon",
    InnerStarCrossesColons: "a star inside a segment crosses colons",
    FinalStarStaysInside: "a star at the end of a segment stays inside it",
    SegmentMarkCrossesColon: "a question mark in a segment matches a colon",
    ServiceWildcards: "wildcards in the service of an ARN work",
    ShortArnMatches: "an ARN without all parts matches without a star",
    ShortArnInScp: "an ARN without all parts matches in SCPs and RCPs too",
    ResourcelessMatchesArn: "requests without a resource match every ARN",
    ResourcelessNotResource: "NotResource never applies to requests without a resource",
    VariablesIn2008: "variables are resolved in the old version",
    VariablesNowhere: "variables are literal in the new version",
    VariableStarIsWildcard: "a star in the value of a variable is a wildcard",
    VariableIsEmptyWhenAbsent: "a variable without a value is empty",
    VariableDefaultIgnored: "defaults of variables are ignored",
    VariableDefaultAlways: "defaults of variables win over values",
    VariableMatchesCase: "keys of variables are compared with regard to case",
    VariableTakesFirst: "a variable takes the first of several values",
    VariableEscapeIgnored: "an escaped star is a wildcard",
    VariableInNumbers: "variables are resolved in numbers, dates and addresses",
    VariableInBoolIgnored: "variables in Bool are literal",
    UnresolvedFailsNegated: "a negated operator fails on a variable without a value",
    KeyMatchesCase: "condition keys are compared with regard to case",
    OperatorMatchesCase: "operator names are compared with regard to case",
    OneOperatorSuffices: "one operator of a condition is enough",
    OneKeySuffices: "one key of an operator is enough",
    NegatedAnyValue: "a negated operator holds when one value differs",
    NegatedFalseWhenAbsent: "a negated operator fails without the key",
    IfExistsIgnored: "IfExists is taken for the plain operator",
    IfExistsIgnoresValue: "IfExists holds whatever the value is",
    ForAllFalseWhenAbsent: "ForAllValues fails without the key",
    ForAnyTrueWhenAbsent: "ForAnyValue holds without the key",
    ForAllIsForAny: "ForAllValues is taken for ForAnyValue",
    ForAnyIsForAll: "ForAnyValue is taken for ForAllValues",
    ManyWithoutSetOperator: "several values without a set operator hold when one does",
    NullInverted: "Null true means that the key is there",
    NullEmptyTextIsThere: "an empty text is not null",
    NullEmptySetIsThere: "an empty set is not null",
    NullOneValue: "only the first value of Null counts",
    StringEqualsIgnoresCase: "StringEquals ignores case",
    StringEqualsWildcards: "StringEquals knows wildcards",
    IgnoreCaseMatchesCase: "StringEqualsIgnoreCase regards case",
    LikeIgnoresCase: "StringLike ignores case",
    LikeIsEquals: "StringLike knows no wildcards",
    NumbersAsText: "numbers are compared as text",
    NumericSidesSwapped: "the sides of a numeric comparison are swapped",
    NumericLessOrEqual: "NumericLessThan holds for equal numbers",
    DatesAsText: "dates are compared as text",
    DateOffsetIgnored: "offsets of dates are ignored",
    DateEpochUnknown: "dates in epoch seconds are unknown",
    DateOrderReversed: "dates are compared in reverse",
    BoolMatchesCase: "Bool regards case",
    BinaryAsText: "binaries are compared as text",
    IpPrefixIgnored: "the length of an address prefix is ignored",
    IpPlainMatchesAll: "an address without a prefix length contains all",
    IpFamiliesMix: "NotIpAddress fails for the other family",
    ArnStarCrosses: "a star in ArnLike crosses components",
    ArnEqualsLiteral: "ArnEquals knows no wildcards",
    ArnIgnoresCase: "ArnLike ignores case",
    IllTypedMatchesNegated: "a negated operator holds for a malformed value",
    NotArnMatchesNegated: "ArnNotEquals holds for values that are no ARN",
}

/// The mistake of one run, if any.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults(pub Option<Fault>);

impl Faults {
    /// Whether this run makes the mistake.
    pub fn has(self, fault: Fault) -> bool {
        self.0 == Some(fault)
    }
}
