//! A second sentence, where the first would let people expect the wrong thing next time.

use super::circuit::{Shape, shape};
use super::names::{place_name, policy_name};
use super::{element_name, layer_name};
use crate::eval::trace::{ConditionReason, ConditionTrace, ElementKind, GateKind, GateState, StatementTrace};
use crate::eval::{LayerKind, Request, StatementRef, Trace, Verdict};
use crate::policy::Effect;

/// What to know besides about a statement that decided; empty when it speaks for itself.
pub(super) fn note(trace: &Trace, request: &Request, at: StatementRef) -> String {
    let Some((_, statement)) = trace.statement(at) else { return String::new() };
    let held =
        by_absence(statement).map(|condition| format!("its condition holds because {}", super::condition(condition)));
    let found = match trace.decision.verdict {
        Verdict::ExplicitlyDenied => match (reach(statement), held) {
            (Some(reach), Some(held)) => Some(format!("{reach}, and {held}")),
            (Some(one), None) | (None, Some(one)) => Some(one),
            (None, None) => overridden(trace, request),
        },
        _ => {
            held.or_else(|| past_limits(trace)).or_else(|| both(trace, request)).or_else(|| silent_deny(trace, request))
        }
    };
    found.map(|words| format!(" {}.", super::names::capital(&words))).unwrap_or_default()
}

/// A condition that holds although the request says nothing about its key.
fn by_absence(statement: StatementTrace<'_>) -> Option<ConditionTrace<'_>> {
    statement.conditions().find(|condition| condition.matched && is_absent(*condition))
}

fn is_absent(condition: ConditionTrace<'_>) -> bool {
    matches!(condition.reason, ConditionReason::KeyAbsent | ConditionReason::NoValues)
}

/// How far an element in its Not form reaches (POL-28).
fn reach(statement: StatementTrace<'_>) -> Option<String> {
    let negated = |element: Option<crate::eval::trace::ElementTrace<'_>>| element.is_some_and(|found| found.negated);
    let (kind, what) = match () {
        () if negated(Some(statement.action())) => (ElementKind::Action, "every action"),
        () if negated(statement.resource()) => (ElementKind::Resource, "every resource"),
        () if negated(statement.principal()) => (ElementKind::Principal, "every caller"),
        () => return None,
    };
    let exempt = if kind == ElementKind::Principal { "exempt" } else { "list" };
    Some(format!("it reaches {what} that its `{}` does not {exempt}", element_name(kind, true)))
}

/// An allow that the deny beats.
fn overridden(trace: &Trace, request: &Request) -> Option<String> {
    let allow = |layer: LayerKind| {
        trace
            .statements()
            .find(|(at, _, statement)| at.layer == layer && statement.matched() && statement.effect() == Effect::Allow)
    };
    let (at, ..) = allow(LayerKind::Identity).or_else(|| allow(LayerKind::Resource))?;
    Some(format!("a deny wins over every allow, also over that of {}", policy_name(trace, request, at)))
}

/// A grant to the caller itself that boundary or session policies would not have allowed (EVAL-55, EVAL-57).
fn past_limits(trace: &Trace) -> Option<String> {
    let passed = |layer: LayerKind| {
        let silent = GateState::Moot { allows: false };
        trace.gates.iter().any(|gate| gate.kind == GateKind::Layer(layer) && gate.state == silent)
    };
    let limits = [LayerKind::Boundary, LayerKind::Session].into_iter().find(|layer| passed(*layer))?;
    Some(format!("it allows the caller itself, and such a grant is not limited by the {}", layer_name(limits)))
}

/// The resource policy, where it must allow besides the statement that decided.
fn both(trace: &Trace, request: &Request) -> Option<String> {
    trace.decisive().filter(|decisive| decisive.layer == LayerKind::Identity)?;
    let resource = GateKind::Layer(LayerKind::Resource);
    let at = trace.gates.iter().find(|gate| gate.kind == resource)?.statement?;
    let by = policy_name(trace, request, at);
    match (shape(trace, request), request.other_account()) {
        (Shape::Accounts, Some(owner)) => Some(format!("both accounts must allow, and {by} does in account `{owner}`")),
        (Shape::OwnPolicyAndIdentity, _) => {
            Some(format!("{by} names the account, and so lets its identity policies decide"))
        }
        _ => None,
    }
}

/// A deny that only the absence of a key keeps from applying.
fn silent_deny(trace: &Trace, request: &Request) -> Option<String> {
    trace.statements().filter(|(.., statement)| statement.effect() == Effect::Deny).find_map(|(at, _, statement)| {
        if !statement.failing().eq([ElementKind::Condition]) {
            return None;
        }
        let mut failed = statement.conditions().filter(|condition| !condition.matched);
        let condition = failed.next().filter(|condition| is_absent(*condition) && failed.next().is_none())?;
        let deny = place_name(trace, request, at);
        Some(format!("the deny of {deny} does not apply, because {}", super::condition(condition)))
    })
}
