//! Words for the gates.

use super::statement_name;
use crate::eval::trace::{Absence, Gate, GateKind, GateState};
use crate::eval::{LayerKind, Request, StatementRef, Trace};

/// The gate by name.
pub fn gate_name(kind: GateKind) -> &'static str {
    match kind {
        GateKind::DenySweep => "Explicit deny",
        GateKind::Layer(LayerKind::ServiceControl) => "Service control policies",
        GateKind::Layer(LayerKind::ResourceControl) => "Resource control policies",
        GateKind::Layer(LayerKind::Endpoint) => "VPC endpoint policy",
        GateKind::Layer(LayerKind::Resource) => "Resource policy",
        GateKind::Layer(LayerKind::Identity) => "Identity policies",
        GateKind::Layer(LayerKind::Boundary) => "Permissions boundary",
        GateKind::Layer(LayerKind::Session) => "Session policies",
    }
}

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
    let action = &request.action;
    let by = gate.statement.and_then(|at| named(trace, at)).unwrap_or_default();
    match (gate.kind, gate.state) {
        (GateKind::DenySweep, GateState::Stop) => format!("{by} denies, and a deny wins over every allow."),
        (GateKind::DenySweep, GateState::Moot { .. }) => "Not asked: a rule of AWS decides.".to_owned(),
        (GateKind::DenySweep, _) => match trace.layers.is_empty() {
            true => "There is no policy that could deny.".to_owned(),
            false => "No statement of any policy denies.".to_owned(),
        },
        (GateKind::Layer(_), GateState::Open) => format!("{by} allows."),
        (GateKind::Layer(_), GateState::Stop) => format!("{by} denies."),
        (GateKind::Layer(kind), GateState::Shut) if trace.layers.iter().any(|layer| layer.kind == kind) => {
            format!("No statement allows `{action}`.")
        }
        (GateKind::Layer(_), GateState::Shut) => format!("There is no policy, and one must allow `{action}`."),
        (GateKind::Layer(kind), GateState::Absent(absence)) => absent(kind, absence).to_owned(),
        (GateKind::Layer(_), GateState::Moot { allows: true }) => {
            "Would allow, but the matter is already decided.".to_owned()
        }
        (GateKind::Layer(_), GateState::Moot { allows: false }) => {
            "Does not allow, which changes nothing here.".to_owned()
        }
    }
}

fn named(trace: &Trace, at: StatementRef) -> Option<String> {
    let (policy, statement) = trace.statement(at)?;
    let name = &policy.source.name;
    Some(match policy.statements().len() {
        1 => format!("`{name}`"),
        _ => format!("{} of `{name}`", capital(&statement_name(statement))),
    })
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// Why a layer that is not there does not block.
fn absent(kind: LayerKind, absence: Absence) -> &'static str {
    match (kind, absence) {
        (_, Absence::Exempt) => "Does not apply to this caller or action.",
        (_, Absence::NotForCaller) => "This caller has none: it is not limited by policies of its own.",
        (LayerKind::ServiceControl, _) => "The account has none above it, so none limits it.",
        (LayerKind::ResourceControl, _) => "None guards the resource.",
        (LayerKind::Endpoint, _) => "The request does not come through a VPC endpoint.",
        (LayerKind::Resource, _) => "None on the resource; inside one account an identity policy is enough.",
        (LayerKind::Identity, _) => "None is attached.",
        (LayerKind::Boundary, _) => "None is set, so none limits the identity policies.",
        (LayerKind::Session, _) => "None was passed, so none limits the session.",
    }
}
