//! The answer in one sentence, and the nearest miss in a second.

use super::missing::{closest, nothing_allows};
use super::names::{place_name, trusted_role};
use super::{layer_name, note};
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

/// Why, in one sentence. A second one names the statement that came nearest to a missing allow, or says what about a
/// decisive statement is easily misread.
pub fn sentence(trace: &Trace, request: &Request) -> String {
    let verdict = verdict_name(trace.decision.verdict);
    match trace.decision.basis {
        Basis::Statement(at) => {
            format!("{verdict}, by {}.{}", place(trace, request, at), note::note(trace, request, at))
        }
        Basis::Rule(rule) => format!("{verdict}: {}.", rule_words(rule)),
        Basis::NothingAllows(layer, level) => {
            format!("{verdict}: {}.{}", nothing_allows(trace, request, layer, level), closest(trace, request))
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
pub fn place(trace: &Trace, request: &Request, at: StatementRef) -> String {
    let words = place_name(trace, request, at);
    let group = trace.statement(at).and_then(|(policy, _)| policy.source.group.as_ref());
    match (group, at.layer) {
        (Some(group), _) => format!("{words}, through group `{group}`"),
        (None, LayerKind::Identity) => words,
        (None, LayerKind::Resource) if trusted_role(request).is_some() => words,
        (None, layer) => format!("{words} ({})", layer_name(layer)),
    }
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
