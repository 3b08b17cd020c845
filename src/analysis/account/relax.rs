//! Callers and targets under an assumption: signed in with MFA, or with the right values in keys that no model can know.

use std::sync::Arc;

use crate::analysis::{Caller, Target};
use crate::eval::{CompiledPolicy, Policy, PolicyList};
use crate::policy::{Effect, PolicyDocument, PolicyKind};

/// Beginnings of keys whose values, or whose absence, the model knows.
const KNOWN: [&str; 17] = [
    "aws:principal",
    "aws:resource",
    "aws:username",
    "aws:userid",
    "aws:multifactorauth",
    "aws:tokenissuetime",
    "aws:securetransport",
    "aws:currenttime",
    "aws:epochtime",
    "aws:viaawsservice",
    "aws:source",
    "aws:federatedprovider",
    "iam:passedtoservice",
    "iam:policyarn",
    "iam:resourcetag",
    "saml:",
    "cognito-identity",
];

/// `aws:SourceIp` and its like begin as known keys do; whoever asks can come from anywhere.
const UNKNOWN: [&str; 4] = ["aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceidentity"];

fn is_unknown(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    // Keys of web identity providers begin with a host name.
    let of_provider = key.split(':').next().is_some_and(|prefix| prefix.contains('.'));
    UNKNOWN.contains(&&*key) || !(of_provider || KNOWN.iter().any(|known| key.starts_with(known)))
}

/// The caller after signing in with MFA; `None` where no policy of its own asks for it.
pub(super) fn with_mfa(caller: &Caller) -> Option<Caller> {
    let policies = &caller.policies;
    let controls = policies.service_control.iter().map(|level| &level.policies);
    let mut lists = [&policies.identity, &policies.boundary].into_iter().chain(controls);
    lists.any(asks_for_mfa).then(|| signed_in(caller))
}

/// Whether a condition of a policy is about MFA.
pub(super) fn asks_for_mfa(policies: &PolicyList) -> bool {
    let statements = policies.as_slice().iter().flat_map(|policy| &policy.compiled.document().statements);
    let mut keys = statements.flat_map(|statement| &statement.conditions).map(|condition| &condition.key.value);
    keys.any(|key| key.to_ascii_lowercase().starts_with("aws:multifactorauth"))
}

pub(super) fn signed_in(caller: &Caller) -> Caller {
    let mut caller = caller.clone();
    caller.context.set("aws:MultiFactorAuthPresent", "true");
    caller.context.set("aws:MultiFactorAuthAge", "60");
    caller
}

/// The caller for whom every unknown key has the value it needs (ACCT-42); `None` where no policy tests such a key.
pub(super) fn caller(caller: &Caller) -> Option<Caller> {
    let identity = list(&caller.policies.identity, PolicyKind::Identity);
    let boundary = list(&caller.policies.boundary, PolicyKind::Identity);
    if identity.is_none() && boundary.is_none() {
        return None;
    }
    let mut relaxed = signed_in(caller);
    if let Some(identity) = identity {
        relaxed.policies.identity = identity;
    }
    if let Some(boundary) = boundary {
        relaxed.policies.boundary = boundary;
    }
    Some(relaxed)
}

/// The same for a target: a trust policy that asks for an external id, for one.
pub(super) fn target(target: &Target) -> Option<Target> {
    let kind = if target.action.service() == "sts" { PolicyKind::Trust } else { PolicyKind::Resource };
    let resource_policy = list(&target.resource_policy, kind)?;
    Some(Target { resource_policy, ..target.clone() })
}

fn list(policies: &PolicyList, kind: PolicyKind) -> Option<PolicyList> {
    let relaxed: Vec<_> = policies.as_slice().iter().map(|policy| relaxed(&policy.compiled, kind)).collect();
    if relaxed.iter().all(Option::is_none) {
        return None;
    }
    let pairs = policies.as_slice().iter().zip(relaxed);
    let policies: Vec<Policy> = pairs
        .map(|(policy, relaxed)| Policy {
            source: policy.source.clone(),
            compiled: relaxed.unwrap_or_else(|| policy.compiled.clone()),
        })
        .collect();
    Some(policies.into())
}

/// Allow statements without their conditions on unknown keys, Deny statements with such conditions left out.
fn relaxed(policy: &CompiledPolicy, kind: PolicyKind) -> Option<Arc<CompiledPolicy>> {
    let document = policy.document();
    let mut all = document.statements.iter().flat_map(|statement| &statement.conditions);
    if !all.any(|condition| is_unknown(&condition.key.value)) {
        return None;
    }
    let statements = document.statements.iter().filter_map(|statement| {
        let mut statement = statement.clone();
        let before = statement.conditions.len();
        statement.conditions.retain(|condition| !is_unknown(&condition.key.value));
        let dropped = before != statement.conditions.len();
        (!dropped || statement.effect.value == Effect::Allow).then_some(statement)
    });
    let document = PolicyDocument { version: document.version, statements: statements.collect() };
    Some(Arc::new(CompiledPolicy::new(Arc::new(document), kind)))
}
