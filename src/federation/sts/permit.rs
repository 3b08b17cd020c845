//! The policies that a request to STS has to pass: trust, identity, SCPs, RCPs, and what is passed along (EVAL-90…103).

use super::{Bearer, Operation, Pending, refuse};
use crate::eval::{Basis, ContextValue, LayerKind};
use crate::federation::credentials::Keys;
use crate::federation::outcome::{Did, Failure, Happened};
use crate::federation::stage::Stage;
use crate::ident::Arn;

/// Decides the request that STS is working on.
pub fn authorize(stage: &mut Stage<'_>) -> Did {
    let Some(Pending { ask, bearer: Some(bearer) }) = stage.pending.clone() else {
        return Err(refuse(stage, super::errors::unsigned("sts")));
    };
    let name = ask.operation.name();
    let resource = match ask.operation {
        Operation::GetSessionToken => "*".to_owned(),
        Operation::GetFederationToken => {
            format!("arn:aws:sts::{}:federated-user/{}", bearer.caller.account, ask.name)
        }
        _ => ask.role.clone(),
    };
    let keys = keys(&ask, &bearer);
    let mut actions = vec![format!("sts:{name}")];
    if !ask.tags.is_empty() || !bearer.caller.transitive.is_empty() {
        actions.push("sts:TagSession".to_owned());
    }
    if !ask.source_identity.is_empty() || bearer.caller.session.source_identity.is_some() {
        actions.push("sts:SetSourceIdentity".to_owned());
    }
    for action in actions {
        if !stage.decide(&bearer.caller, &action, &resource, &keys) {
            let fact = if action.ends_with(name) { fact(ask.operation) } else { "ERR-67" };
            let failure = stage.refused("AccessDenied", 403, fact);
            let failure = without_role(stage, &ask.role, failure);
            return Err(refuse(stage, failure));
        }
    }
    // After the policies (FED-30).
    match kept_identity(&ask, &bearer).and_then(|()| inherited_tags(&ask, &bearer)) {
        Ok(()) => Ok(Happened::Allowed),
        Err(failure) => Err(refuse(stage, failure)),
    }
}

/// FED-31: AWS does not tell whether a role is missing or does not trust. The reason does.
fn without_role(stage: &Stage<'_>, role: &str, failure: Failure) -> Failure {
    let basis = stage.record.decisions.last().map(|decided| decided.trace.decision.basis);
    let is_trust = matches!(basis, Some(Basis::NothingAllows(LayerKind::Resource, _)));
    let Some(arn) = Arn::parse(role).filter(|_| failure.decided && is_trust && stage.world.role(role).is_none()) else {
        return failure;
    };
    let name = arn.after_type("role").and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    failure.because(format!(
        "There is no role `{name}` in account `{}`. AWS says the same as where a role does not trust the caller, so that nobody finds out which roles there are.",
        arn.account
    ))
}

/// Whether the request that STS is working on would pass if it came with other keys: to show whom else a trust policy lets in.
pub fn would_trust(stage: &mut Stage<'_>, changes: &Keys) -> bool {
    let Some(Pending { ask, bearer: Some(bearer) }) = stage.pending.clone() else { return false };
    let mut keys = keys(&ask, &bearer);
    keys.extend(changes.iter().map(|(key, value)| (key.clone(), value.clone())));
    stage.would(&bearer.caller, &format!("sts:{}", ask.operation.name()), &ask.role, &keys)
}

/// The fact that words a refusal.
fn fact(operation: Operation) -> &'static str {
    match operation {
        Operation::AssumeRoleWithWebIdentity => "ERR-69",
        Operation::AssumeRoleWithSaml => "ERR-82",
        _ => "ERR-60",
    }
}

/// ERR-66: once set, a source identity stays.
fn kept_identity(ask: &super::Ask, bearer: &Bearer) -> Result<(), Failure> {
    match &bearer.caller.session.source_identity {
        Some(known) if !ask.source_identity.is_empty() && **known != *ask.source_identity => {
            Err(super::check::invalid("The source identity is already set for this assume role session", "ERR-66"))
        }
        _ => Ok(()),
    }
}

/// EVAL-164: a tag that came along from an earlier session cannot be passed again. AWS's words are not known (ERR-77).
fn inherited_tags(ask: &super::Ask, bearer: &Bearer) -> Result<(), Failure> {
    let inherited = |key: &str| bearer.caller.transitive.iter().any(|known| known.eq_ignore_ascii_case(key));
    match ask.tags.iter().find(|(key, _)| inherited(key)) {
        Some((key, _)) => {
            let message = format!("One of the specified transitive tag keys can't be set: {key}");
            Err(Failure::new("AccessDenied", 403, message, "ERR-77").approximately().because(format!(
                "The tag `{key}` came along from the session before and cannot be given another value."
            )))
        }
        None => Ok(()),
    }
}

/// Keys of the request that follow from its parameters (KEY-110…113, EVAL-165).
fn keys(ask: &super::Ask, bearer: &Bearer) -> Keys {
    let mut keys = Keys::new();
    let mut one = |name: String, value: &str| {
        if !value.is_empty() {
            keys.insert(name, Some(ContextValue::One(value.to_owned())));
        }
    };
    if ask.operation.is_of_role() {
        one("sts:RoleSessionName".to_owned(), &ask.name);
    }
    one("sts:ExternalId".to_owned(), &ask.external_id);
    let kept = bearer.caller.session.source_identity.as_deref().unwrap_or_default();
    one("sts:SourceIdentity".to_owned(), if ask.source_identity.is_empty() { kept } else { &ask.source_identity });
    for (key, value) in &ask.tags {
        one(format!("aws:RequestTag/{key}"), value);
    }
    if bearer.mfa {
        one("aws:MultiFactorAuthPresent".to_owned(), "true");
        one("aws:MultiFactorAuthAge".to_owned(), "0");
    }
    let mut many = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            keys.insert(name.to_owned(), Some(ContextValue::Many(values)));
        }
    };
    many("aws:TagKeys", ask.tags.iter().map(|(key, _)| key.clone()).collect());
    many("sts:TransitiveTagKeys", ask.transitive.clone());
    keys
}
