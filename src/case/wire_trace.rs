//! The trace as JSON: names instead of enums, spans as pairs of byte offsets into the policy's text.

use serde::Serialize;

use crate::eval::trace::{ConditionTrace, ElementTrace, Gate, GateKind, LayerTrace, PolicyTrace, StatementTrace};
use crate::eval::{ContextValue, Trace};
use crate::explain;
use crate::policy::Effect;
use crate::text::Span;

#[derive(Serialize)]
pub(super) struct WireTrace<'a> {
    gates: Vec<WireGate>,
    layers: Vec<WireLayer<'a>>,
}

#[derive(Serialize)]
struct WireGate {
    gate: &'static str,
    state: &'static str,
}

#[derive(Serialize)]
struct WireLayer<'a> {
    layer: &'static str,
    levels: Vec<WireLevel<'a>>,
}

#[derive(Serialize)]
struct WireLevel<'a> {
    policies: Vec<WirePolicy<'a>>,
}

#[derive(Serialize)]
struct WirePolicy<'a> {
    name: &'a str,
    statements: Vec<WireStatement<'a>>,
}

#[derive(Serialize)]
struct WireStatement<'a> {
    index: u32,
    sid: Option<&'a str>,
    effect: &'static str,
    matched: bool,
    span: (u32, u32),
    #[serde(skip_serializing_if = "Option::is_none")]
    principal: Option<WireElement<'a>>,
    action: WireElement<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<WireElement<'a>>,
    conditions: Vec<WireCondition<'a>>,
}

#[derive(Serialize)]
struct WireElement<'a> {
    negated: bool,
    matched: bool,
    span: (u32, u32),
    entries: Vec<WireEntry<'a>>,
}

#[derive(Serialize)]
struct WireEntry<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<&'a str>,
    span: (u32, u32),
    outcome: String,
}

#[derive(Serialize)]
struct WireCondition<'a> {
    operator: &'a str,
    key: &'a str,
    expected: Vec<&'a str>,
    actual: Option<&'a [String]>,
    matched: bool,
    reason: String,
    span: (u32, u32),
}

pub(super) fn of(trace: &Trace) -> WireTrace<'_> {
    WireTrace { gates: trace.gates.iter().map(gate).collect(), layers: trace.layers.iter().map(of_layer).collect() }
}

fn gate(gate: &Gate) -> WireGate {
    let name = match gate.kind {
        GateKind::DenySweep => "deny",
        GateKind::Layer(kind) => kind.id(),
    };
    WireGate { gate: name, state: explain::gate_state(gate.state) }
}

fn of_layer(trace: &LayerTrace) -> WireLayer<'_> {
    let levels =
        trace.levels.iter().map(|level| WireLevel { policies: level.policies.iter().map(of_policy).collect() });
    WireLayer { layer: trace.kind.id(), levels: levels.collect() }
}

fn of_policy(trace: &PolicyTrace) -> WirePolicy<'_> {
    WirePolicy { name: &trace.source.name, statements: trace.statements().map(of_statement).collect() }
}

fn of_statement(trace: StatementTrace<'_>) -> WireStatement<'_> {
    WireStatement {
        index: trace.index(),
        sid: trace.sid(),
        effect: match trace.effect() {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        },
        matched: trace.matched(),
        span: pair(trace.span()),
        principal: trace.principal().map(element),
        action: element(trace.action()),
        resource: trace.resource().map(element),
        conditions: trace.conditions().map(condition).collect(),
    }
}

fn element(trace: ElementTrace<'_>) -> WireElement<'_> {
    let entries = trace.entries().map(|entry| WireEntry {
        text: entry.text,
        resolved: entry.resolved,
        span: pair(entry.span),
        outcome: format!("{:?}", entry.outcome),
    });
    WireElement { negated: trace.negated, matched: trace.matched, span: pair(trace.span), entries: entries.collect() }
}

fn condition(trace: ConditionTrace<'_>) -> WireCondition<'_> {
    WireCondition {
        operator: trace.operator_text,
        key: trace.key,
        expected: trace.expected().map(|value| value.resolved.unwrap_or(value.text)).collect(),
        actual: match trace.actual {
            None => None,
            Some(ContextValue::One(value)) => Some(std::slice::from_ref(value)),
            Some(ContextValue::Many(values)) => Some(values),
        },
        matched: trace.matched,
        reason: format!("{:?}", trace.reason),
        span: pair(trace.span),
    }
}

fn pair(span: Span) -> (u32, u32) {
    (span.start, span.end)
}
