//! Words for what happened at the gates.

use super::circuit::{Shape, shape};
use super::layer_name;
use super::names::{capital, place_name, trusted_role};
use crate::eval::trace::{Absence, Gate, GateKind, GateState, Part};
use crate::eval::{LayerKind, Request, Trace, Verdict};

/// The state in one word.
pub fn gate_state(state: GateState) -> &'static str {
    match state {
        GateState::Open => "open",
        GateState::Stop => "stopped",
        GateState::Shut => "shut",
        GateState::Absent(_) => "none",
        GateState::Moot { .. } => "moot",
    }
}

/// What happened at the gate, in one sentence.
pub fn gate_detail(gate: &Gate, trace: &Trace, request: &Request) -> String {
    let by = gate.statement.map(|at| capital(&place_name(trace, request, at))).unwrap_or_default();
    let kind = match gate.kind {
        GateKind::DenySweep => return sweep(gate.state, trace, &by),
        GateKind::Layer(kind) => kind,
    };
    match gate.state {
        GateState::Open => open(kind, trace, request, &by),
        GateState::Stop => format!("{by} denies."),
        GateState::Shut => shut(kind, trace, request),
        GateState::Absent(absence) => absent(kind, absence, trace, request).to_owned(),
        GateState::Moot { allows: true } => "Would allow, but the matter is already decided.".to_owned(),
        GateState::Moot { allows: false } => ignored(kind, trace, request).to_owned(),
    }
}

fn sweep(state: GateState, trace: &Trace, by: &str) -> String {
    match state {
        GateState::Stop => format!("{by} denies, and a deny wins over every allow, wherever it stands."),
        GateState::Moot { .. } => "Not asked: a rule of AWS decides.".to_owned(),
        _ if trace.layers.is_empty() => "There is no policy that could deny.".to_owned(),
        _ => "No statement of any policy denies.".to_owned(),
    }
}

fn open(kind: LayerKind, trace: &Trace, request: &Request, by: &str) -> String {
    let more = match (kind, shape(trace, request)) {
        (LayerKind::Resource, Shape::EitherPastLimits) => ", and the caller itself: that is enough",
        (LayerKind::Resource, Shape::Either) => ", which is enough beside the limits below",
        (LayerKind::Resource, Shape::Delegated) => " the account, which leaves it to its identity policies",
        (LayerKind::Resource, Shape::OwnPolicyAndIdentity) => " the account, whose identity policies must allow too",
        _ => "",
    };
    format!("{by} allows{more}.")
}

fn shut(kind: LayerKind, trace: &Trace, request: &Request) -> String {
    let action = &request.action;
    if trace.layers.iter().any(|layer| layer.kind == kind) {
        return format!("No statement allows `{action}`.");
    }
    match (kind, request.other_account()) {
        (LayerKind::Resource, _) if trusted_role(request).is_some() => {
            "There is none: no role of this name is there, or its trust policy is switched off.".to_owned()
        }
        (LayerKind::Resource, Some(_)) => {
            format!("There is none, and across accounts the owner's side must allow `{action}` too.")
        }
        (LayerKind::Identity, Some(_)) => {
            format!("None is attached, and across accounts the caller's side must allow `{action}` too.")
        }
        (LayerKind::Session, _) => "None was passed, and such a session may do only what one allows.".to_owned(),
        _ => format!("There is no policy, and one must allow `{action}`."),
    }
}

/// Why a layer that is not there does not block.
fn absent(kind: LayerKind, absence: Absence, trace: &Trace, request: &Request) -> &'static str {
    let part = trace.circuit.as_ref().and_then(|circuit| circuit.part(GateKind::Layer(kind)));
    let granted = trace.decision.verdict == Verdict::Allowed;
    match (kind, absence) {
        (_, Absence::Exempt) => "Does not apply to this caller or action.",
        (_, Absence::NotForCaller) => "This caller has none: it is not limited by policies of its own.",
        (LayerKind::ServiceControl, _) => "The account has none above it, so none limits it.",
        (LayerKind::ResourceControl, _) => "None guards the resource.",
        (LayerKind::Endpoint, _) => "The request does not come through a VPC endpoint.",
        (LayerKind::Resource, _) => match (part, shape(trace, request)) {
            (_, Shape::Either) => "None on the resource; inside one account an identity policy is enough.",
            (Some(Part::Grants), _) => "There is none, and one would have to allow.",
            _ => "None on the resource, and none is needed.",
        },
        (LayerKind::Identity, _) => match part {
            Some(Part::Grants) if granted => "None is attached, and none is needed: the resource policy is enough.",
            Some(Part::Aside) => "None is attached, and none would count.",
            _ => "None is attached.",
        },
        (LayerKind::Boundary, _) => "None is set, so none limits the identity policies.",
        (LayerKind::Session, _) => match part {
            Some(Part::Grants) => "None was passed: only a resource policy that names the session can allow.",
            _ => "None was passed, so none limits the session.",
        },
    }
}

/// What a layer that does not allow means, where it is not what decided.
fn ignored(kind: LayerKind, trace: &Trace, request: &Request) -> &'static str {
    let part = trace.circuit.as_ref().and_then(|circuit| circuit.part(GateKind::Layer(kind)));
    match (kind, shape(trace, request)) {
        _ if trace.decision.verdict != Verdict::Allowed => match part {
            Some(Part::Grants | Part::Limits) => "Does not allow either, but the matter is already decided.",
            Some(Part::Aside) | None => "Does not allow, which changes nothing here.",
        },
        (LayerKind::Resource, Shape::Either | Shape::EitherPastLimits) => {
            "Does not allow, and need not: inside one account an identity policy is enough."
        }
        (LayerKind::Identity, Shape::Either | Shape::EitherPastLimits) => {
            "Does not allow, and need not: the resource policy is enough."
        }
        (LayerKind::Identity, Shape::OwnPolicy) => {
            "Does not allow, and need not: the resource's own policy names the caller."
        }
        (LayerKind::Boundary | LayerKind::Session, Shape::EitherPastLimits | Shape::OwnPolicy) => {
            "Does not allow, but what the resource policy grants to the caller itself is not limited by it."
        }
        _ => "Does not allow, which changes nothing here.",
    }
}

/// The gate where the deny of the sweep stands.
pub fn denying_gate(trace: &Trace) -> Option<GateKind> {
    let denied = trace.decision.verdict == Verdict::ExplicitlyDenied;
    trace.decisive().filter(|_| denied).map(|at| GateKind::Layer(at.layer))
}

/// Where the deny stands, as words for a link: "It stands in a service control policy".
pub fn denying_place(trace: &Trace, request: &Request) -> Option<String> {
    let Some(GateKind::Layer(layer)) = denying_gate(trace) else { return None };
    Some(match (layer, trusted_role(request)) {
        (LayerKind::Resource, Some(role)) => format!("It stands in the trust policy of role {role}"),
        (LayerKind::Identity, _) => "It stands in an identity policy".to_owned(),
        _ => format!("It stands in a {}", layer_name(layer)),
    })
}
