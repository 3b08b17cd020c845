//! The gates: what each step of the documented order did, given the decision (EVAL-10).

use super::wiring::{Limited, Wiring};
use super::{Voices, rules};
use crate::eval::trace::{Absence, Gate, GateKind, GateState};
use crate::eval::{Basis, Decision, LayerKind, Principal, Request, Verdict};

/// The order that AWS documents for the layers after the search for a deny.
pub(super) const ORDER: [LayerKind; 7] = [
    LayerKind::ResourceControl,
    LayerKind::ServiceControl,
    LayerKind::Endpoint,
    LayerKind::Resource,
    LayerKind::Identity,
    LayerKind::Boundary,
    LayerKind::Session,
];

pub(super) fn gates(decision: &Decision, voices: &Voices, request: &Request, wiring: Wiring) -> Vec<Gate> {
    let denied = match (decision.verdict, decision.basis) {
        (Verdict::ExplicitlyDenied, Basis::Statement(statement)) => Some(statement),
        _ => None,
    };
    let sweep = match (decision.basis, denied) {
        (Basis::Rule(_), _) => GateState::Moot { allows: true },
        (_, Some(_)) => GateState::Stop,
        _ => GateState::Open,
    };
    let mut gates = vec![Gate { kind: GateKind::DenySweep, state: sweep, statement: denied }];
    let mut decided = false;
    for kind in ORDER {
        let state = layer_state(kind, decision, voices, request, Past { decided, wiring });
        decided |= state == GateState::Shut;
        let voice = voices.get(kind);
        let statement = match state {
            GateState::Stop => voice.deny,
            GateState::Open | GateState::Moot { .. } => voice.allow.map(|(_, statement)| statement),
            GateState::Shut | GateState::Absent(_) => None,
        };
        gates.push(Gate { kind: GateKind::Layer(kind), state, statement });
    }
    gates
}

/// What is known when a gate is reached.
struct Past {
    /// Whether a gate before this one was shut.
    decided: bool,
    wiring: Wiring,
}

fn layer_state(kind: LayerKind, decision: &Decision, voices: &Voices, request: &Request, past: Past) -> GateState {
    let voice = voices.get(kind);
    let shut = matches!(decision.basis, Basis::NothingAllows(layer, _) if layer == kind);
    if shut {
        return GateState::Shut;
    }
    if !voice.present {
        return GateState::Absent(absence(kind, request));
    }
    let moot = GateState::Moot { allows: voice.allows() };
    match decision.basis {
        Basis::Rule(_) => moot,
        _ if voice.deny.is_some() && !rules::forgoes_deny(kind, request) => GateState::Stop,
        _ if past.decided
            || decision.verdict == Verdict::ExplicitlyDenied
            || bypassed(kind, decision, past.wiring)
            || !voice.allows() =>
        {
            moot
        }
        _ => GateState::Open,
    }
}

/// Whether a resource policy that names the caller made the caller's own policies not matter (EVAL-55…61).
fn bypassed(kind: LayerKind, decision: &Decision, wiring: Wiring) -> bool {
    let own = matches!(kind, LayerKind::Identity | LayerKind::Boundary | LayerKind::Session);
    let by_resource = matches!(decision.basis, Basis::Statement(statement) if statement.layer == LayerKind::Resource);
    own && by_resource && wiring.limited == Limited::Identity
}

fn absence(kind: LayerKind, request: &Request) -> Absence {
    let own = matches!(kind, LayerKind::Identity | LayerKind::Boundary | LayerKind::Session);
    match &request.principal {
        _ if !rules::exempt(kind, request) => Absence::NoPolicy,
        Principal::Root { .. } | Principal::Service { .. } | Principal::Federated { .. } | Principal::Anonymous
            if own =>
        {
            Absence::NotForCaller
        }
        _ => Absence::Exempt,
    }
}
