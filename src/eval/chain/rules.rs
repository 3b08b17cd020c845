//! Rules of AWS that stand beside the policies.

use crate::eval::layer::Voice;
use crate::eval::{Basis, Decision, LayerKind, Policies, Principal, Request, Resource, Rule, Verdict};
use crate::ident::Arn;

/// Service prefixes that resource control policies reach (EVAL-50, 2026-09-26).
pub const RCP_SERVICES: [&str; 62] = [
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
];

/// Decisions that no policy can change (EVAL-100…102).
pub(super) fn before_policies(request: &Request) -> Option<Decision> {
    let rule = |verdict, rule| Some(Decision { verdict, basis: Basis::Rule(rule) });
    match (request.action.folded(), &request.principal) {
        ("sts:getcalleridentity", principal) if principal.account().is_some() => {
            rule(Verdict::Allowed, Rule::CallerIdentity)
        }
        ("sts:getsessiontoken", Principal::User { .. } | Principal::Root { .. }) => {
            rule(Verdict::Allowed, Rule::SessionToken)
        }
        (
            "sts:getsessiontoken" | "sts:getfederationtoken",
            Principal::Role { .. } | Principal::RoleSession { .. } | Principal::FederatedUser { .. },
        ) => rule(Verdict::ImplicitlyDenied, Rule::NoTokenForSessions),
        ("sts:assumerole", Principal::Root { .. }) => rule(Verdict::ImplicitlyDenied, Rule::RootCannotAssumeRoles),
        (action, Principal::Anonymous) if action.starts_with("sts:") => {
            rule(Verdict::ImplicitlyDenied, Rule::MustBeSigned)
        }
        _ => None,
    }
}

/// The root user of a member account has no policy of its own that could let its organization in (EVAL-104).
pub(super) fn needs_no_resource_policy(request: &Request) -> bool {
    request.action.folded() == "sts:assumeroot"
}

/// EVAL-168.
pub(super) fn not_for_federated_users(request: &Request) -> Option<Decision> {
    let out_of_reach = matches!(request.action.service(), "iam" | "sts");
    (out_of_reach && matches!(request.principal, Principal::FederatedUser { .. }))
        .then_some(Decision { verdict: Verdict::ImplicitlyDenied, basis: Basis::Rule(Rule::NotForFederatedUsers) })
}

/// Services whose pages the account's switch for billing information opens and closes. Those with an API of their own, such
/// as Cost Explorer and Budgets, are not among them.
const BILLING: [&str; 8] =
    ["aws-portal", "billing", "consolidatedbilling", "freetier", "invoicing", "payments", "purchase-orders", "tax"];

/// CON-68.
pub(super) fn billing(policies: &Policies, request: &Request) -> Option<Decision> {
    let kept_out = policies.billing_closed
        && BILLING.contains(&request.action.service())
        && !matches!(request.principal, Principal::Root { .. });
    kept_out.then_some(Decision { verdict: Verdict::ImplicitlyDenied, basis: Basis::Rule(Rule::BillingClosed) })
}

/// EVAL-16.
pub(super) fn root_user() -> Decision {
    Decision { verdict: Verdict::Allowed, basis: Basis::Rule(Rule::RootUser) }
}

/// Whether a layer has no say over this caller or action.
pub(super) fn exempt(kind: LayerKind, request: &Request) -> bool {
    let principal = &request.principal;
    match kind {
        // EVAL-33.
        LayerKind::ServiceControl => principal.account().is_none() || principal.is_service_linked(),
        // EVAL-49, EVAL-50.
        LayerKind::ResourceControl => {
            principal.is_service_linked()
                || assumes_service_linked_role(request)
                || !RCP_SERVICES.contains(&request.action.service())
                || request.action.folded() == "kms:retiregrant"
        }
        // EVAL-110, EVAL-116, EVAL-117.
        LayerKind::Identity | LayerKind::Boundary | LayerKind::Session => {
            principal.account().is_none() || matches!(principal, Principal::Root { .. })
        }
        LayerKind::Endpoint | LayerKind::Resource => false,
    }
}

fn assumes_service_linked_role(request: &Request) -> bool {
    let Resource::Arn(arn) = &request.resource else {
        return false;
    };
    request.action.service() == "sts" && arn.contains(":role/aws-service-role/")
}

/// Whether a deny of this layer does not hold: the root user of the owner can always mend a bucket or queue policy that
/// locks everyone out (EVAL-118).
pub(super) fn forgoes_deny(kind: LayerKind, request: &Request) -> bool {
    let owner =
        matches!(&request.principal, Principal::Root { account } if Some(account) == request.resource_account.as_ref());
    kind == LayerKind::Resource
        && owner
        && matches!(
            request.action.folded(),
            "s3:getbucketpolicy" | "s3:putbucketpolicy" | "s3:deletebucketpolicy" | "sqs:setqueueattributes"
        )
}

/// Keys and roles: without an allow in their own policy nobody gets in (EVAL-92, EVAL-130).
pub(super) fn needs_resource_policy(request: &Request) -> bool {
    let (service, kind) = match request.action.service() {
        "kms" => ("kms", "key/"),
        "sts" => ("iam", "role/"),
        _ => return false,
    };
    let arn = match &request.resource {
        Resource::Arn(arn) => Arn::parse(arn),
        Resource::None => None,
    };
    arn.is_some_and(|arn| arn.service == service && arn.resource.starts_with(kind))
}

/// Only a key shuts its own account's root user out (EVAL-118, EVAL-198).
pub(super) fn limits_root(request: &Request) -> bool {
    request.action.service() == "kms" && needs_resource_policy(request)
}

/// A role that assumes itself must be named in its own trust policy; naming its account is not enough (EVAL-97).
pub(super) fn assumes_itself(request: &Request) -> bool {
    let Resource::Arn(assumed) = &request.resource else { return false };
    request.action.folded() == "sts:assumerole" && request.principal.is_or_is_session_of(assumed)
}

/// EVAL-65: a session made with policies must be allowed by them, and a federated user's session made without any has nothing.
pub(super) fn session_must_allow(session: Voice, request: &Request) -> bool {
    match request.principal {
        Principal::FederatedUser { .. } => true,
        Principal::RoleSession { .. } => session.present,
        _ => false,
    }
}
