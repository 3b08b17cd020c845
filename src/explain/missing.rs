//! Words for an allow that is missing: where, what does not make up for it, and the statement that came nearest.

use super::circuit::{Shape, grants_to_role, shape};
use super::names::{policy_name, trusted_role};
use super::{layer_name, listed, statement_name};
use crate::eval::trace::{ElementKind, GateKind, GateState, PolicyTrace, StatementTrace};
use crate::eval::{LayerKind, Principal, Request, StatementRef, Trace};

/// What is missing, as a clause without a stop.
pub(super) fn nothing_allows(trace: &Trace, request: &Request, layer: LayerKind, level: u32) -> String {
    let action = &request.action;
    let on = match request.resource_text() {
        "*" => String::new(),
        arn => format!(" on `{arn}`"),
    };
    let present = trace.layers.iter().find(|known| known.kind == layer);
    let name = layer_name(layer);
    match layer {
        LayerKind::Resource => by_resource(trace, request, &on),
        LayerKind::Identity => by_identity(trace, request, present.is_some(), &on),
        LayerKind::Session if present.is_none() => {
            "the session was made without a session policy, and such a session may do nothing".to_owned()
        }
        LayerKind::Boundary | LayerKind::Session => limited(trace, request, layer, &on),
        LayerKind::ServiceControl | LayerKind::ResourceControl
            if present.is_some_and(|layer| layer.levels.len() > 1) =>
        {
            let levels = present.map_or(0, |layer| layer.levels.len());
            format!("no {name} at level {} of {levels} allows `{action}`{on}, and every level must", level + 1)
        }
        _ => format!("no {name} allows `{action}`{on}"),
    }
}

/// The statement at a gate that allows, or would.
fn allowing(trace: &Trace, layer: LayerKind) -> Option<StatementRef> {
    let gate = trace.gates.iter().find(|gate| gate.kind == GateKind::Layer(layer))?;
    gate.statement.filter(|_| matches!(gate.state, GateState::Open | GateState::Moot { allows: true }))
}

/// The trust policy or resource policy does not allow.
fn by_resource(trace: &Trace, request: &Request, on: &str) -> String {
    let action = &request.action;
    let role = trusted_role(request);
    // Every role has a trust policy; only a trial leaves it out.
    if let (Some(role), false) = (role, trace.layers.iter().any(|layer| layer.kind == LayerKind::Resource)) {
        let account = request.resource_account.as_ref().map(|account| format!(" in account `{account}`"));
        let account = account.unwrap_or_default();
        return format!("there is no role `{role}`{account}, or its trust policy is switched off");
    }
    let names_account = trace.statements().any(|(at, _, statement)| {
        at.layer == LayerKind::Resource && statement.matched() && statement.effect() == crate::policy::Effect::Allow
    });
    if let (Some(role), true) = (role, names_account) {
        return format!(
            "the trust policy of role `{role}` names only its account, and a role that assumes itself must be named itself"
        );
    }
    let own = allowing(trace, LayerKind::Identity).map(|at| policy_name(trace, request, at));
    let missing = match (role, request.other_account()) {
        (Some(role), None) => format!("the trust policy of role `{role}` does not allow `{action}` to this caller"),
        (Some(role), Some(owner)) => format!(
            "role `{role}` belongs to account `{owner}`, and its trust policy does not allow `{action}` to this caller"
        ),
        (None, Some(owner)) => {
            format!("the resource belongs to account `{owner}`, where no resource policy allows `{action}`")
        }
        (None, None) => format!("no resource policy allows `{action}`{on}"),
    };
    match (own, shape(trace, request)) {
        (Some(own), Shape::Accounts) => format!("{missing}; {own} allows it, but both accounts must"),
        (Some(own), Shape::OwnPolicy) if role.is_none() => {
            format!("{missing}, and {own} counts only where the key's policy names the account")
        }
        (Some(own), Shape::OwnPolicy) => format!("{missing}, and {own} cannot make up for that"),
        _ => missing,
    }
}

fn by_identity(trace: &Trace, request: &Request, present: bool, on: &str) -> String {
    let action = &request.action;
    let account = match (request.other_account(), request.principal.account()) {
        (Some(_), Some(own)) => format!(" in account `{own}`"),
        _ => String::new(),
    };
    let silent = trace.layers.iter().any(|layer| layer.kind == LayerKind::Resource) && account.is_empty();
    let missing = match present {
        true => format!("no identity policy{account} allows `{action}`{on}"),
        false if shape(trace, request) == Shape::Either && silent => {
            format!("no identity policy is attached, and the resource policy does not allow `{action}` either")
        }
        false if account.is_empty() => {
            format!("no identity policy is attached, and without one nothing allows `{action}`")
        }
        false => {
            format!("no identity policy is attached{account}, and without one nothing there allows `{action}`")
        }
    };
    let other = allowing(trace, LayerKind::Resource).map(|at| policy_name(trace, request, at));
    match (other, shape(trace, request), request.other_account()) {
        (Some(other), Shape::Accounts, Some(owner)) => {
            format!("{missing}; {other} allows it in account `{owner}`, but both accounts must")
        }
        (Some(other), Shape::Delegated | Shape::OwnPolicyAndIdentity, _) => {
            format!("{missing}; {other} names only the account, which leaves it to identity policies")
        }
        _ => missing,
    }
}

/// A boundary or session policy does not allow.
fn limited(trace: &Trace, request: &Request, layer: LayerKind, on: &str) -> String {
    let (name, action) = (layer_name(layer), &request.action);
    let missing = format!("no {name} allows `{action}`{on}");
    let (who, narrower) = match request.principal {
        Principal::FederatedUser { .. } => ("the user behind the session", "the session itself"),
        Principal::RoleSession { .. } => ("the role", "the session itself"),
        _ => ("the role", "one of its sessions"),
    };
    let granted = allowing(trace, LayerKind::Resource).filter(|_| grants_to_role(trace, request));
    match granted.map(|at| policy_name(trace, request, at)) {
        Some(by) => format!("{missing}, and it limits what {by} grants to {who}, unlike a grant that names {narrower}"),
        None => format!("{missing}, and it limits whatever else allows"),
    }
}

/// The statement that came nearest, as a sentence; empty when there is none.
pub(super) fn closest(trace: &Trace, request: &Request) -> String {
    let Some(at) = trace.nearest_miss() else { return String::new() };
    let Some((policy, statement)) = trace.statement(at) else { return String::new() };
    near(policy, statement, &policy_name(trace, request, at))
}

fn near(policy: &PolicyTrace, statement: StatementTrace<'_>, name: &str) -> String {
    let failing: Vec<ElementKind> = statement.failing().collect();
    let but = match failing.as_slice() {
        [ElementKind::Principal] => "would allow it, but to another principal".to_owned(),
        [ElementKind::Action] => "covers the resource, but not the action".to_owned(),
        [ElementKind::Resource] => "allows the action, but not on this resource".to_owned(),
        [ElementKind::Condition] => {
            let failed = statement.conditions().find(|condition| !condition.matched);
            let words = failed.map(super::condition).unwrap_or_default();
            format!("would allow it, but for its condition: {words}")
        }
        several => {
            let and = match several.contains(&ElementKind::Condition) {
                true => ", and its condition does not hold either",
                false => "",
            };
            let names: Vec<String> = several.iter().filter_map(|kind| noun(*kind)).map(str::to_owned).collect();
            format!("is about another {}{and}", listed(&names))
        }
    };
    // A policy with one statement often bears its name.
    let of = match statement.sid() {
        Some(sid) if *sid == *policy.source.name => String::new(),
        _ => format!(" of {name}"),
    };
    format!(" Closest: {}{of} {but}.", statement_name(statement))
}

fn noun(kind: ElementKind) -> Option<&'static str> {
    match kind {
        ElementKind::Principal => Some("principal"),
        ElementKind::Action => Some("action"),
        ElementKind::Resource => Some("resource"),
        ElementKind::Condition => None,
    }
}
