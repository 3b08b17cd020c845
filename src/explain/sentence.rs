//! The answer in one sentence, and the nearest miss in a second.

use super::{layer_name, listed, statement_name};
use crate::eval::trace::{ElementKind, PolicyTrace, StatementTrace};
use crate::eval::{Basis, LayerKind, Request, Rule, StatementRef, Trace, Verdict};
use crate::model::PrincipalRef;

/// The verdict by name.
pub fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "Allowed",
        Verdict::ExplicitlyDenied => "Explicitly denied",
        Verdict::ImplicitlyDenied => "Implicitly denied",
    }
}

/// Why, in one sentence; for a missing allow, a second one names the statement that came nearest.
pub fn sentence(trace: &Trace, request: &Request) -> String {
    let verdict = verdict_name(trace.decision.verdict);
    match trace.decision.basis {
        Basis::Statement(at) => format!("{verdict}, by {}.", place(trace, at)),
        Basis::Rule(rule) => format!("{verdict}: {}.", rule_words(rule)),
        Basis::NothingAllows(layer, _) => {
            let nearest = trace
                .nearest_miss()
                .and_then(|at| trace.statement(at))
                .map(|(policy, statement)| near(policy, statement))
                .unwrap_or_default();
            format!("{verdict}: {}.{nearest}", nothing_allows(trace, request, layer))
        }
    }
}

/// The answer about somebody who is not in the account: no request can come from there.
pub fn absent(principal: &PrincipalRef) -> String {
    let (kind, name) = match principal {
        PrincipalRef::User(name) => ("user", name),
        PrincipalRef::Role(name) | PrincipalRef::FederatedSession { role: name, .. } => ("role", name),
        _ => return "Implicitly denied.".to_owned(),
    };
    format!("Implicitly denied: there is no {kind} `{name}` in this account yet.")
}

/// "`AdministratorAccess`, through group `Administrators`"; the statement is named where the policy has several.
pub fn place(trace: &Trace, at: StatementRef) -> String {
    let Some((policy, statement)) = trace.statement(at) else {
        return format!("a {}", layer_name(at.layer));
    };
    let name = &policy.source.name;
    let mut words = if policy.statements().len() > 1 {
        format!("{} of `{name}`", statement_name(statement))
    } else {
        format!("`{name}`")
    };
    match (&policy.source.group, at.layer) {
        (Some(group), _) => words.push_str(&format!(", through group `{group}`")),
        (None, LayerKind::Identity) => {}
        (None, layer) => words.push_str(&format!(" ({})", layer_name(layer))),
    }
    words
}

fn rule_words(rule: Rule) -> &'static str {
    match rule {
        Rule::RootUser => {
            "the root user may do everything in its own account, and no policy of the account can limit it"
        }
        Rule::CallerIdentity => "`sts:GetCallerIdentity` answers every signed caller, whatever policies say",
        Rule::SessionToken => "`sts:GetSessionToken` needs no permission",
        Rule::NoTokenForSessions => {
            "this action of STS takes long-term credentials only, and the caller has temporary ones"
        }
        Rule::NotForFederatedUsers => {
            "a session of `sts:GetFederationToken` reaches nothing of IAM, and of STS only `sts:GetCallerIdentity`"
        }
        Rule::RootCannotAssumeRoles => "the root user cannot assume roles",
        Rule::BillingClosed => {
            "the root user has not activated IAM access to billing information, and until then no policy opens it"
        }
        Rule::MustBeSigned => "this action of STS takes signed requests only",
    }
}

fn nothing_allows(trace: &Trace, request: &Request, layer: LayerKind) -> String {
    let action = &request.action;
    let on = match request.resource_text() {
        "*" => String::new(),
        arn => format!(" on `{arn}`"),
    };
    if let (LayerKind::Resource, Some(owner)) = (layer, request.other_account()) {
        return format!("the resource belongs to account `{owner}`, where no {} allows `{action}`", layer_name(layer));
    }
    if !trace.layers.iter().any(|known| known.kind == layer) {
        return match layer {
            LayerKind::Identity => format!("no policy is attached, and without one nothing allows `{action}`"),
            LayerKind::Session => "the session was made without a policy, and such a session may do nothing".to_owned(),
            _ => format!("there is no {} to allow `{action}`{on}", layer_name(layer)),
        };
    }
    format!("no {} allows `{action}`{on}", layer_name(layer))
}

fn near(policy: &PolicyTrace, statement: StatementTrace<'_>) -> String {
    let failing: Vec<ElementKind> = statement.failing().collect();
    let but = match failing.as_slice() {
        [ElementKind::Principal] => "would allow it, but to another principal".to_owned(),
        [ElementKind::Action] => "covers the resource, but not the action".to_owned(),
        [ElementKind::Resource] => "allows the action, but not on this resource".to_owned(),
        [ElementKind::Condition] => {
            let held = statement.conditions().find(|condition| !condition.matched);
            let words = held.map(super::condition).unwrap_or_default();
            format!("would allow it, but for its condition: {words}")
        }
        several => {
            let names: Vec<String> = several.iter().map(|kind| noun(*kind).to_owned()).collect();
            format!("is about another {}", listed(&names))
        }
    };
    let of = match statement.sid() {
        Some(sid) if !sid.is_empty() => String::new(),
        _ => format!(" of `{}`", policy.source.name),
    };
    format!(" Closest: {}{of} {but}.", statement_name(statement))
}

fn noun(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::Principal => "principal",
        ElementKind::Action => "action",
        ElementKind::Resource => "resource",
        ElementKind::Condition => "condition",
    }
}
