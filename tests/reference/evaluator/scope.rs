//! Which policies concern a request at all (evaluation.md §3 to §5, §9, §10, §12).

use serde_json::Value;

use super::fault::Fault;
use super::principal::Class;
use super::question::{Caller, Question};
use super::statement::{Effect, Origin, matching};

/// EVAL-50: the services whose resources RCPs guard, as of 2026-09-26.
const RCP_SERVICES: &str = "aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront \
    cloudsearch cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend \
    comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms \
    gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch \
    pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery signin \
    sqs sts support swf textract timestream-influxdb transcribe transfer translate wafv2 workspaces xray";

/// The services of the launch (EVAL-50).
const RCP_LAUNCH: &str = "s3 sts kms sqs secretsmanager";

/// The actions on a role that its trust policy has to allow (EVAL-90 to EVAL-99).
const TRUST_ACTIONS: [&str; 6] = [
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:SetContext",
];

/// EVAL-32, EVAL-33: users, roles and the root user of member accounts; not service-linked roles nor anybody else.
pub fn scp_applies(question: &Question) -> bool {
    let faults = question.faults;
    match question.caller {
        Caller::RoleSession { role: arn, .. } | Caller::Role { arn, .. } if is_service_linked(arn) => {
            faults.has(Fault::ScpLimitsServiceLinkedRole)
        }
        Caller::User { .. } | Caller::RoleSession { .. } | Caller::Role { .. } | Caller::FederatedUser { .. } => true,
        Caller::Root { .. } => !faults.has(Fault::ScpSparesRoot),
        Caller::Federated { .. } | Caller::Service { .. } | Caller::Anonymous => faults.has(Fault::ScpLimitsServices),
    }
}

/// EVAL-48 to EVAL-52: every caller but service-linked roles, on resources of the services of the list.
pub fn rcp_applies(question: &Question) -> bool {
    let faults = question.faults;
    let services = if faults.has(Fault::RcpForFewServices) { RCP_LAUNCH } else { RCP_SERVICES };
    let listed = services.split(' ').any(|service| service.eq_ignore_ascii_case(question.service));
    let by_service_linked_role = match question.caller {
        Caller::RoleSession { role: arn, .. } | Caller::Role { arn, .. } => is_service_linked(arn),
        _ => false,
    };
    let service_linked_trust = is_trust_question(question) && question.resource.is_some_and(is_service_linked);
    let retires_grant = question.is_action(&["kms:RetireGrant"]);
    (listed || faults.has(Fault::RcpForEveryService))
        && (!by_service_linked_role || faults.has(Fault::RcpLimitsServiceLinkedRole))
        && (!service_linked_trust || faults.has(Fault::RcpGuardsServiceLinkedTrust))
        && (!retires_grant || faults.has(Fault::RcpGuardsRetireGrant))
}

/// A role that belongs to a service, known by its path.
fn is_service_linked(arn: &str) -> bool {
    arn.splitn(6, ':').nth(5).is_some_and(|part| part.starts_with("role/aws-service-role/"))
}

/// Whether the request is about a role's trust policy.
pub fn is_trust_question(question: &Question) -> bool {
    question.is_action(&TRUST_ACTIONS) && question.resource_part().starts_with("role/")
}

/// Whether the resource is a KMS key (EVAL-130); aliases have no policy (EVAL-135).
pub fn is_key(question: &Question) -> bool {
    let part = question.resource_part();
    let alias = part.starts_with("alias/") && question.faults.has(Fault::AliasNeedsKeyPolicy);
    question.service.eq_ignore_ascii_case("kms") && (part.starts_with("key/") || alias)
}

/// EVAL-21: without a grant in these policies nothing is allowed, even in the account.
pub fn needs_resource_policy(question: &Question) -> bool {
    let faults = question.faults;
    is_key(question) && !faults.has(Fault::KeyPolicyNotNeeded)
        || is_trust_question(question) && !faults.has(Fault::TrustNotNeeded)
}

/// Whether the root user of the resource's account calls (EVAL-16).
pub fn is_root_of_resource(question: &Question) -> bool {
    matches!(question.caller, Caller::Root { account } if account == question.resource_account)
}

/// Whether caller and resource are in different partitions; services and anonymous callers are in all.
pub fn crosses_partitions(question: &Question) -> bool {
    let partition = |arn: &str| arn.split(':').nth(1).unwrap_or_default().to_lowercase();
    match (question.caller, question.resource) {
        (
            Caller::User { arn, .. }
            | Caller::RoleSession { arn, .. }
            | Caller::Role { arn, .. }
            | Caller::FederatedUser { arn, .. },
            Some(resource),
        ) => partition(arn) != partition(resource),
        _ => false,
    }
}

/// EVAL-118: no resource policy locks the root user out of itself.
pub fn resource_deny_is_void(question: &Question) -> bool {
    let unlocking = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "sqs:SetQueueAttributes"];
    is_root_of_resource(question)
        && question.is_action(&unlocking)
        && !question.faults.has(Fault::RootUnderBucketPolicyDeny)
}

/// EVAL-155: how directly endpoint policies name the caller.
pub fn endpoint_class(question: &Question, documents: &[&Value], effect: Effect) -> Class {
    let classes = documents.iter().flat_map(|document| matching(question, Origin::Account, document, effect));
    classes.max().unwrap_or(Class::None)
}
