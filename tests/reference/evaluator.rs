//! The slow, plain evaluator: evaluation.md §2, line by line, on the JSON of a case.
//!
//! It shares no code with the crate and takes no shortcut. Ids such as EVAL-12 and POL-64 are the specification's.

mod condition;
mod fault;
mod glob;
mod operator;
mod principal;
mod question;
mod resource;
mod scope;
mod statement;
mod value;
mod variable;

use serde_json::Value;

pub use fault::{Fault, Faults};
use principal::Class;
use question::{Caller, Question};
use statement::{Effect, Origin, matching};

/// The answer: `Allowed`, `ExplicitlyDenied` or `ImplicitlyDenied`, and the layer or rule that decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// As case-format.md names it.
    pub decision: &'static str,
    /// `scp`, `rcp`, `endpoint`, `resource`, `identity`, `boundary`, `session`, or the name of a rule.
    pub layer: &'static str,
}

/// The actions on a role that have to be signed (EVAL-94, EVAL-99), unlike those of EVAL-95.
const SIGNED_TRUST_ACTIONS: [&str; 4] = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"];

const fn allowed(layer: &'static str) -> Outcome {
    Outcome { decision: "Allowed", layer }
}

const fn lacking(layer: &'static str) -> Outcome {
    Outcome { decision: "ImplicitlyDenied", layer }
}

/// Decides a case without mistakes.
pub fn decide(case: &Value) -> Outcome {
    decide_with(case, Faults::default())
}

/// Decides a case, with a mistake.
pub fn decide_with(case: &Value, faults: Faults) -> Outcome {
    let question = Question::read(case, faults);
    // EVAL-101: not even an explicit deny counts. EVAL-102: no policy has an effect.
    if question.is_action(&["sts:GetCallerIdentity"]) && !faults.has(Fault::CallerIdentityCanBeDenied) {
        return allowed("CallerIdentity");
    }
    let long_term = matches!(question.caller, Caller::User { .. } | Caller::Root { .. });
    if long_term && question.is_action(&["sts:GetSessionToken"]) && !faults.has(Fault::SessionTokenCanBeDenied) {
        return allowed("SessionToken");
    }
    // EVAL-167, ERR-65: temporary credentials get neither, whatever policies say.
    let temporary = question.account().is_some() && !long_term && !faults.has(Fault::SessionsGetTokens);
    if temporary && question.is_action(&["sts:GetSessionToken", "sts:GetFederationToken"]) {
        return lacking("NoTokenForSessions");
    }
    // EVAL-1, EVAL-94, EVAL-100: refused before any policy is looked at. The specification does not say which comes
    // first, such a refusal or an explicit deny; since it has a message of its own (ERR-61), it is taken for the first.
    let root = matches!(question.caller, Caller::Root { .. });
    if root && question.is_action(&["sts:AssumeRole"]) && !faults.has(Fault::RootMayAssumeRole) {
        return lacking("RootCannotAssumeRoles");
    }
    let anonymous = matches!(question.caller, Caller::Anonymous);
    if anonymous && question.is_action(&SIGNED_TRUST_ACTIONS) && !faults.has(Fault::AnonymousMayAssume) {
        return lacking("MustBeSigned");
    }
    // EVAL-12, EVAL-18.
    if let Some(layer) = first_denying_layer(&question) {
        return Outcome { decision: "ExplicitlyDenied", layer };
    }
    // EVAL-168: whatever is allowed.
    let federated_user = matches!(question.caller, Caller::FederatedUser { .. });
    if federated_user && question.is_of_service(&["iam", "sts"]) && !faults.has(Fault::FederatedUserCallsIam) {
        return lacking("NotForFederatedUsers");
    }
    // EVAL-13 never stops anything, since RCPFullAWSAccess is at every level (EVAL-46).
    // EVAL-14, EVAL-30: every level has to allow.
    if scope::scp_applies(&question) {
        let levels = question.levels("scp");
        let allows = |level: &Vec<&Value>| any_allow(&question, Origin::Organization, level);
        let passes = match faults.has(Fault::ScpAnyLevelSuffices) {
            true => levels.is_empty() || levels.iter().any(allows),
            false if faults.has(Fault::ScpOnlyAtAccountLevel) => levels.last().is_none_or(allows),
            false => levels.iter().all(allows),
        };
        if !passes {
            return lacking("scp");
        }
    }
    // EVAL-15, EVAL-155.
    let endpoint = question.documents("endpoint");
    let spared = faults.has(Fault::EndpointGrantNotNeeded)
        || faults.has(Fault::EndpointAfterRoot) && scope::is_root_of_resource(&question);
    if !endpoint.is_empty() && !spared && scope::endpoint_class(&question, &endpoint, Effect::Allow) == Class::None {
        return lacking("endpoint");
    }
    by_principal(&question)
}

/// EVAL-19: the order in which denials are reported.
fn first_denying_layer(question: &Question) -> Option<&'static str> {
    let faults = question.faults;
    let denies = |origin, document: &Value| !matching(question, origin, document, Effect::Deny).is_empty();
    let any = |list: &str| question.documents(list).into_iter().any(|document| denies(Origin::Account, document));
    let in_levels =
        |list: &str| question.levels(list).concat().into_iter().any(|document| denies(Origin::Organization, document));
    let endpoint = || scope::endpoint_class(question, &question.documents("endpoint"), Effect::Deny) != Class::None;

    let scp = !faults.has(Fault::ScpDenyIgnored) && scope::scp_applies(question) && in_levels("scp");
    let rcp = !faults.has(Fault::RcpDenyIgnored) && scope::rcp_applies(question) && in_levels("rcp");
    let endpoint = !faults.has(Fault::EndpointDenyIgnored) && endpoint();
    let resource =
        !faults.has(Fault::ResourceDenyIgnored) && !scope::resource_deny_is_void(question) && any("resource");
    let identity = any("identity");
    let boundary = !faults.has(Fault::BoundaryDenyIgnored) && any("boundary");
    let session = !faults.has(Fault::SessionDenyIgnored) && any("session");
    let mut order = [
        (scp, "scp"),
        (rcp, "rcp"),
        (endpoint, "endpoint"),
        (resource, "resource"),
        (identity, "identity"),
        (boundary, "boundary"),
        (session, "session"),
    ];
    if faults.has(Fault::DenyReportedByIdentityFirst) {
        order.swap(3, 4);
    }
    order.into_iter().find(|(denies, _)| *denies).map(|(_, layer)| layer)
}

fn any_allow(question: &Question, origin: Origin, documents: &[&Value]) -> bool {
    documents.iter().any(|document| !matching(question, origin, document, Effect::Allow).is_empty())
}

/// Whether a policy of the caller's own allows: identity, boundary or session.
fn own_allow(question: &Question, list: &str) -> bool {
    any_allow(question, Origin::Account, &question.documents(list))
}

/// EVAL-66: the strongest of the resource policy's grants.
fn grant(question: &Question) -> Class {
    // EVAL-83: grants do not reach into other partitions.
    if scope::crosses_partitions(question) && !question.faults.has(Fault::PartitionsCrossed) {
        return Class::None;
    }
    let documents = question.documents("resource");
    let origin = if question.is_of_service(&["sts"]) { Origin::Trust } else { Origin::Account };
    let classes = documents.iter().flat_map(|document| matching(question, origin, document, Effect::Allow));
    match question.faults.has(Fault::WeakestClassWins) {
        true => classes.min().unwrap_or(Class::None),
        false => classes.max().unwrap_or(Class::None),
    }
}

/// What the kind of the caller makes of the rest (EVAL-16, EVAL-17).
fn by_principal(question: &Question) -> Outcome {
    let faults = question.faults;
    let granted = grant(question);
    match question.caller {
        Caller::Service { .. } if faults.has(Fault::ServiceUsesIdentity) => allowed("resource"),
        // EVAL-95, EVAL-116, EVAL-117: only the resource policy can allow.
        Caller::Anonymous | Caller::Service { .. } | Caller::Federated { .. } => match granted {
            Class::None => lacking("resource"),
            _ => allowed("resource"),
        },
        // EVAL-130, EVAL-198: not even the root user gets at a key without its policy.
        Caller::Root { account } if account == question.resource_account => {
            if faults.has(Fault::RootNeedsIdentity) {
                return lacking("identity");
            }
            let needs_key_policy = scope::is_key(question) && !faults.has(Fault::RootNeedsNoKeyPolicy);
            match (needs_key_policy, granted) {
                (true, Class::None) => lacking("resource"),
                (true, _) => allowed("resource"),
                (false, _) => allowed("RootUser"),
            }
        }
        // EVAL-110, EVAL-80: all is allowed on the root user's side.
        Caller::Root { .. } => match granted {
            Class::None => lacking("resource"),
            _ => allowed("resource"),
        },
        _ if question.account() == Some(question.resource_account) => same_account(question, granted),
        _ => cross_account(question, granted),
    }
}

/// `same_account()` of evaluation.md §2.
fn same_account(question: &Question, granted: Class) -> Outcome {
    let faults = question.faults;
    let everyone_limited = faults.has(Fault::EveryoneGrantIsLimited)
        || faults.has(Fault::UserGrantIsLimited) && matches!(question.caller, Caller::User { .. });
    // EVAL-55, EVAL-57, EVAL-58, EVAL-61: a direct grant bypasses all three.
    if granted == Class::Direct && !everyone_limited {
        return allowed("resource");
    }
    let role_grant = granted >= Class::Role && !faults.has(Fault::RoleGrantNeedsIdentity)
        || granted == Class::Account && faults.has(Fault::AccountGrantSuffices);
    let identity =
        own_allow(question, "identity") || faults.has(Fault::BoundaryGrants) && own_allow(question, "boundary");
    // EVAL-21, EVAL-92, EVAL-130.
    if scope::needs_resource_policy(question) && granted == Class::None {
        return lacking("resource");
    }
    // EVAL-97.
    let own_role = match question.caller {
        Caller::RoleSession { role, .. } => Some(role),
        Caller::Role { arn, .. } => Some(arn),
        _ => None,
    };
    let itself = question.is_action(&["sts:AssumeRole"]) && own_role.is_some() && own_role == question.resource;
    if itself && granted == Class::Account && !faults.has(Fault::AccountLetsRoleAssumeItself) {
        return lacking("resource");
    }
    // EVAL-56, EVAL-60a.
    if !identity && !role_grant {
        return lacking("identity");
    }
    let past_boundary = role_grant && faults.has(Fault::RoleGrantBypassesBoundary);
    if !past_boundary && !boundary_allows(question) {
        return lacking("boundary");
    }
    let past_session = role_grant && faults.has(Fault::RoleGrantBypassesSession);
    if !past_session && !session_allows(question) {
        return lacking("session");
    }
    // Which of two grants is named is not specified; the closer one is.
    allowed(if granted >= Class::Role { "resource" } else { "identity" })
}

/// `cross_account()` of evaluation.md §2 (EVAL-80).
fn cross_account(question: &Question, granted: Class) -> Outcome {
    let faults = question.faults;
    // EVAL-104: the root user of another account has no policy that could allow it.
    let one_side = question.is_action(&["sts:AssumeRoot"]) || faults.has(Fault::CrossAccountNeedsOneSide);
    if granted == Class::None && !one_side {
        return lacking("resource");
    }
    if granted == Class::Direct && faults.has(Fault::CrossAccountDirectBypasses) {
        return allowed("resource");
    }
    if !own_allow(question, "identity") {
        return lacking("identity");
    }
    if !faults.has(Fault::CrossAccountBoundaryIgnored) && !boundary_allows(question) {
        return lacking("boundary");
    }
    if !faults.has(Fault::CrossAccountSessionIgnored) && !session_allows(question) {
        return lacking("session");
    }
    allowed("identity")
}

/// EVAL-22, EVAL-70.
fn boundary_allows(question: &Question) -> bool {
    question.documents("boundary").is_empty()
        || question.faults.has(Fault::BoundaryIgnored)
        || own_allow(question, "boundary")
}

/// EVAL-65: the session gate.
fn session_allows(question: &Question) -> bool {
    let faults = question.faults;
    let documents = question.documents("session");
    match question.caller {
        Caller::RoleSession { .. } if documents.is_empty() => !faults.has(Fault::NoSessionPolicyDeniesRole),
        Caller::FederatedUser { .. } if documents.is_empty() => faults.has(Fault::FederatedUserNeedsNoSession),
        // EVAL-23: inline and managed session policies add up.
        Caller::RoleSession { .. } | Caller::FederatedUser { .. } => {
            faults.has(Fault::SessionIgnored) || own_allow(question, "session")
        }
        _ => true,
    }
}
