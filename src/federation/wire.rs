//! Flows and runs as JSON, for the command line and the documentation.

use serde_json::{Value, json};

use super::flow::{Flow, InputKind};
use super::outcome::Played;
use super::run::{Inputs, Run};
use crate::eval::LayerKind;
use crate::explain;

/// Every flow with its providers, inputs and faults.
pub fn list(flows: &[&'static Flow]) -> Value {
    flows.iter().map(|flow| described(flow)).collect()
}

fn described(flow: &Flow) -> Value {
    let providers: Vec<Value> =
        flow.variants.iter().map(|variant| json!({ "id": variant.id, "name": variant.name })).collect();
    let inputs: Vec<Value> = flow
        .inputs
        .iter()
        .map(|input| {
            let mut value = json!({ "id": input.id, "label": input.label, "about": input.about });
            let defaults = flow
                .variants
                .iter()
                .filter_map(|variant| Some((variant.id.to_owned(), Value::from(input.default(variant.id)?))))
                .collect();
            if let Value::Object(members) = &mut value {
                members.insert("default".to_owned(), Value::Object(defaults));
                if let InputKind::Choice(values) = input.kind {
                    members.insert("values".to_owned(), values.iter().map(|(value, _)| *value).collect());
                }
            }
            value
        })
        .collect();
    let faults: Vec<Value> = flow
        .faults
        .iter()
        .map(|fault| {
            let providers: Vec<&str> = match fault.only {
                [] => flow.variants.iter().map(|variant| variant.id).collect(),
                only => only.to_vec(),
            };
            json!({ "id": fault.id, "title": fault.title, "providers": providers, "step": fault.expect.step, "error": fault.expect.code })
        })
        .collect();
    json!({ "flow": flow.id, "title": flow.title, "about": flow.about, "providers": providers, "inputs": inputs, "faults": faults })
}

/// What came of a run: one object a step.
pub fn outcomes(flow: &Flow, inputs: &Inputs, run: &Run) -> Value {
    let steps: Vec<Value> = run.played.iter().map(|played| step(flow, inputs, played)).collect();
    json!({
        "flow": flow.id,
        "provider": inputs.variant.id,
        "fault": inputs.fault.map(|fault| fault.id),
        "added": run.added,
        "steps": steps,
    })
}

fn step(flow: &Flow, inputs: &Inputs, played: &Played) -> Value {
    let step = played.step;
    let name = |lane| flow.lane_name(lane, inputs.variant);
    let mut value = json!({
        "step": step.id,
        "from": name(step.from),
        "to": name(step.to),
        "message": step.message,
        "outcome": played.outcome.id(),
    });
    let Value::Object(members) = &mut value else { return value };
    let mut member = |name: &str, value: Value| {
        members.insert(name.to_owned(), value);
    };
    if let Some(failure) = played.failure() {
        member("error", failure.code.as_str().into());
        member("status", failure.status.into());
        member("text", failure.message.as_str().into());
        member("why", failure.why.as_str().into());
    }
    if let Some(decided) = played.decision() {
        member("verdict", decided.trace.decision.verdict.id().into());
        member("layer", decided.layer().map(LayerKind::id).into());
        member("sentence", explain::sentence(&decided.trace, &decided.request).into());
    }
    value
}
