//! Names of layers, gates, policies and statements.

use crate::eval::trace::{GateKind, StatementTrace};
use crate::eval::{LayerKind, Request, Resource, StatementRef, Trace};
use crate::ident::Arn;
use crate::policy::Statement;

/// A layer in the singular, as in "no … allows".
pub fn layer_name(layer: LayerKind) -> &'static str {
    match layer {
        LayerKind::ServiceControl => "service control policy",
        LayerKind::ResourceControl => "resource control policy",
        LayerKind::Endpoint => "VPC endpoint policy",
        LayerKind::Resource => "resource policy",
        LayerKind::Identity => "identity policy",
        LayerKind::Boundary => "permissions boundary",
        LayerKind::Session => "session policy",
    }
}

/// The gate by name; the policy of a role is its trust policy (EVAL-90).
pub fn gate_name(kind: GateKind, request: &Request) -> String {
    let plain = match kind {
        GateKind::DenySweep => "Explicit deny",
        GateKind::Layer(LayerKind::ServiceControl) => "Service control policies",
        GateKind::Layer(LayerKind::ResourceControl) => "Resource control policies",
        GateKind::Layer(LayerKind::Endpoint) => "VPC endpoint policy",
        GateKind::Layer(LayerKind::Resource) => match trusted_role(request) {
            Some(role) => return format!("Trust policy of role {role}"),
            None => "Resource policy",
        },
        GateKind::Layer(LayerKind::Identity) => "Identity policies",
        GateKind::Layer(LayerKind::Boundary) => "Permissions boundary",
        GateKind::Layer(LayerKind::Session) => "Session policies",
    };
    plain.to_owned()
}

/// The role that somebody asks to become, by its name.
pub(super) fn trusted_role(request: &Request) -> Option<&str> {
    let Resource::Arn(arn) = &request.resource else { return None };
    let arn = Arn::parse(arn).filter(|arn| request.action.service() == "sts" && arn.service == "iam")?;
    arn.after_type("role")?.rsplit('/').next()
}

/// "`ReadWrite`", or "statement 2" where there is no id.
pub fn statement_name(statement: StatementTrace<'_>) -> String {
    named(statement.sid(), statement.index())
}

/// The same for a statement of a document.
pub fn statement_title(statement: &Statement) -> String {
    named(statement.sid.as_ref().map(|sid| &*sid.value), statement.index)
}

fn named(sid: Option<&str>, index: u32) -> String {
    match sid {
        Some(sid) if !sid.is_empty() => format!("`{sid}`"),
        _ => format!("statement {}", index + 1),
    }
}

/// "`AdministratorAccess`", or "the trust policy of role `Reader`".
pub(super) fn policy_name(trace: &Trace, request: &Request, at: StatementRef) -> String {
    match (trace.statement(at), trusted_role(request)) {
        (_, Some(role)) if at.layer == LayerKind::Resource => format!("the trust policy of role `{role}`"),
        (Some((policy, _)), _) => format!("`{}`", policy.source.name),
        (None, _) => format!("a {}", layer_name(at.layer)),
    }
}

/// The policy, and before it the statement where the policy has several.
pub(super) fn place_name(trace: &Trace, request: &Request, at: StatementRef) -> String {
    let policy = policy_name(trace, request, at);
    match trace.statement(at) {
        Some((found, statement)) if found.statements().len() > 1 => {
            format!("{} of {policy}", statement_name(statement))
        }
        _ => policy,
    }
}

/// With its first letter as a capital.
pub(super) fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
