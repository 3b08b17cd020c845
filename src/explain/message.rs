//! The access-denied text that AWS would answer with (ERR-1…31).

use super::layer_name;
use crate::eval::{Basis, LayerKind, Principal, Request, Resource, Rule, Trace, Verdict};

/// The message of a denial; `None` when the request is allowed.
pub fn aws_message(trace: &Trace, request: &Request) -> Option<String> {
    let cross_account = request.other_account().is_some();
    let context = match (trace.decision.verdict, trace.decision.basis) {
        (Verdict::Allowed, _) => return None,
        (_, Basis::Rule(Rule::RootCannotAssumeRoles)) => {
            return Some("Roles may not be assumed by root accounts.".to_owned());
        }
        // ERR-65.
        (_, Basis::Rule(Rule::NoTokenForSessions)) => {
            let name = request.action.as_str().split(':').nth(1).unwrap_or_default();
            return Some(format!("Cannot call {name} with session credentials"));
        }
        (_, Basis::Rule(Rule::MustBeSigned)) => return Some("Request is missing Authentication Token".to_owned()),
        // The rules that allow have no message; this one has none of its own (ERR-1).
        (
            _,
            Basis::Rule(
                Rule::NotForFederatedUsers
                | Rule::BillingClosed
                | Rule::RootUser
                | Rule::CallerIdentity
                | Rule::SessionToken,
            ),
        ) => String::new(),
        // ERR-60.
        _ if cross_account && request.action.service() == "sts" => String::new(),
        (_, Basis::Statement(at)) => explicit(at.layer, request),
        // ERR-26, ERR-28: nothing is told about the other account's policies.
        (_, Basis::NothingAllows(LayerKind::Resource, _)) if cross_account => String::new(),
        (_, Basis::NothingAllows(layer, _)) => implicit(layer, request),
    };
    if let Some(message) = plain(request, cross_account) {
        return Some(message);
    }
    let on = match &request.resource {
        Resource::None => String::new(),
        // ERR-31.
        Resource::Arn(arn) if request.action.service() == "s3" => format!(" on resource: \"{arn}\""),
        Resource::Arn(arn) => format!(" on resource: {arn}"),
    };
    let user = request.principal.for_message();
    Some(format!("User: {user} is not authorized to perform: {}{on}{context}", request.action.for_message()))
}

/// Callers and services that tell nothing but the refusal (ERR-29, ERR-30, ERR-69, ERR-82).
fn plain(request: &Request, cross_account: bool) -> Option<String> {
    let organization = |key| request.context.text(key);
    let same_organization =
        organization("aws:principalorgid").is_some_and(|own| organization("aws:resourceorgid") == Some(own));
    match (&request.principal, request.action.service()) {
        (Principal::Anonymous, "s3") => Some("Access Denied".to_owned()),
        (_, "s3") if cross_account && !same_organization => Some("Access Denied".to_owned()),
        (Principal::Federated { .. }, "sts") => {
            Some(format!("Not authorized to perform {}", request.action.for_message()))
        }
        _ => None,
    }
}

fn is_trust(layer: LayerKind, request: &Request) -> bool {
    layer == LayerKind::Resource && request.action.service() == "sts"
}

fn explicit(layer: LayerKind, request: &Request) -> String {
    match layer {
        _ if is_trust(layer, request) => " with an explicit deny in the role trust policy".to_owned(),
        LayerKind::Identity => " with an explicit deny in an identity-based policy".to_owned(),
        LayerKind::Resource => " with an explicit deny in a resource-based policy".to_owned(),
        _ => format!(" with an explicit deny in a {}", layer_name(layer)),
    }
}

fn implicit(layer: LayerKind, request: &Request) -> String {
    let name = match layer {
        _ if is_trust(layer, request) => "role trust policy",
        LayerKind::Identity => "identity-based policy",
        LayerKind::Resource => "resource-based policy",
        _ => layer_name(layer),
    };
    format!(" because no {name} allows the {} action", request.action.for_message())
}
