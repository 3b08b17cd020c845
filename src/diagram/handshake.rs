//! Permission and trust: the two sides of assuming a role.

use std::sync::Arc;

use crate::eval::trace::{GateKind, StatementTrace};
use crate::eval::{Basis, LayerKind, Resource, StatementRef, Trace, Verdict};
use crate::policy::Effect;

use super::graph::{Reason, Relation, Says, Side, Sides};
use super::question::{Asked, action_name, is_stopped};

/// The role that a question is about assuming.
pub(super) struct Assumed {
    pub name: Arc<str>,
    /// Whether it is one of the caller's account.
    pub own: bool,
}

/// The role that a question is about assuming, if it is about that.
pub(super) fn role(asked: &Asked) -> Option<Assumed> {
    let Resource::Arn(arn) = &asked.question.resource else { return None };
    if !asked.question.action.folded().starts_with("sts:assumerole") {
        return None;
    }
    let (owner, role) = asked.world.role(arn)?;
    Some(Assumed { name: role.name.clone(), own: owner.id == asked.question.account })
}

/// The statement that a layer speaks with: its deny, else its allow.
pub(super) fn speaks(trace: &Trace, layer: LayerKind) -> Option<StatementRef> {
    let denies = |statement: StatementTrace<'_>| statement.matched() && statement.effect() == Effect::Deny;
    let deny = trace.statements().find(|(at, _, statement)| at.layer == layer && denies(*statement));
    let gate = || trace.gates.iter().find(|gate| gate.kind == GateKind::Layer(layer)).and_then(|gate| gate.statement);
    deny.map(|(at, ..)| at).or_else(gate)
}

/// What both sides say.
pub(super) fn sides(asked: &Asked) -> Sides {
    let trace = asked.trace;
    let (permission, trust) = (speaks(trace, LayerKind::Identity), speaks(trace, LayerKind::Resource));
    let effect = |at: Option<StatementRef>| at.and_then(|at| trace.statement(at)).map(|(_, found)| found.effect());
    let own = [LayerKind::Identity, LayerKind::Boundary, LayerKind::ServiceControl, LayerKind::Session];
    let permission: Side = match effect(permission) {
        _ if matches!(trace.decision.basis, Basis::Rule(_)) => (Some(Says::Silent), Reason::Rule),
        _ if own.into_iter().any(|layer| is_stopped(trace, layer)) => (Some(Says::Deny), Reason::Denied),
        Some(Effect::Deny) => (Some(Says::Deny), Reason::Denied),
        _ if !asked.question.principal.is_inside() => (None, Reason::NoPolicies),
        _ if limited(asked) => (Some(Says::Silent), Reason::NothingAllows),
        Some(Effect::Allow) => (Some(Says::Allow), Reason::Allowed),
        None if trace.decision.verdict == Verdict::Allowed => (None, Reason::TrustIsEnough),
        None => (Some(Says::Silent), Reason::NothingAllows),
    };
    let trust = match effect(trust) {
        Some(Effect::Deny) => (Some(Says::Deny), Reason::Denied),
        Some(Effect::Allow) => (Some(Says::Allow), Reason::Allowed),
        None => (Some(Says::Silent), Reason::NothingAllows),
    };
    let action = action_name(asked.request);
    let relation = if permission.0 == Some(Says::Allow) { Relation::On(action) } else { Relation::MayAssume };
    Sides { relation, permission, trust }
}

/// Whether boundary, control policy or session shuts what an identity policy allows.
fn limited(asked: &Asked) -> bool {
    matches!(
        asked.trace.decision.basis,
        Basis::NothingAllows(LayerKind::Boundary | LayerKind::ServiceControl | LayerKind::Session, _)
    )
}
