//! What flips a denial, in the eyes of the second evaluator.

mod probes;
mod written;

use iam_playground::analysis::flip::{Change, Edit, Flip, PolicyEdit, flips, fresh, rewrite};
use iam_playground::case;
use iam_playground::eval::{ContextValue, LayerKind, Policies, Policy, Request};
use iam_playground::policy::Statement;
use serde_json::{Value, json};

use crate::evaluator::decide;
use crate::{crate_answer, generator};

/// How many denials to flip; `DENIALS=5000` flips that many.
fn how_many() -> usize {
    std::env::var("DENIALS").ok().and_then(|number| number.parse().ok()).unwrap_or(500)
}

/// Of how many of 100 denials a flip has to be found.
const SHARE: usize = 95;

fn prepared(case: &Value) -> (Policies, Request) {
    let parsed = case::parse(&case.to_string()).expect("a case");
    case::prepare(&parsed).expect("policies")
}

fn is_allowed(case: &Value) -> bool {
    decide(case).decision == "Allowed"
}

/// The case as open as policies make it: whoever is still denied then is denied by a rule of AWS.
fn as_open_as_can_be(case: &Value) -> Value {
    let mut open = case.clone();
    let caller = &case["request"]["principal"];
    let mut principal = json!({ "AWS": ["*"] });
    for field in ["arn", "role"] {
        if let (Some(arn), Some(list)) = (caller[field].as_str(), principal["AWS"].as_array_mut()) {
            list.push(json!(arn));
        }
    }
    for (field, kind) in [("provider", "Federated"), ("service", "Service")] {
        if let Some(name) = caller[field].as_str() {
            principal[kind] = json!(name);
        }
    }
    let own = json!({ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } });
    let mut shared = own.clone();
    shared["Statement"]["Principal"] = principal;
    let named = |document: &Value| json!({ "name": "open", "document": document });
    open["policies"] = json!({ "identity": [named(&own)], "session": [named(&own)], "resource": named(&shared) });
    open
}

/// Denials that policies or the request can change, with their flips.
fn denials(count: usize) -> impl Iterator<Item = (Value, Vec<Flip>)> {
    let denied = (0..).map(generator::case).filter(|case| !is_allowed(case) && is_allowed(&as_open_as_can_be(case)));
    denied.take(count).map(|case| {
        let (policies, request) = prepared(&case);
        let found = flips(&policies, &request);
        (case, found)
    })
}

/// Where the policies of a layer stand in a case.
fn field(layer: LayerKind) -> &'static str {
    match layer {
        LayerKind::ServiceControl => "scp",
        LayerKind::ResourceControl => "rcp",
        LayerKind::Endpoint => "endpoint",
        LayerKind::Resource => "resource",
        LayerKind::Identity => "identity",
        LayerKind::Boundary => "boundary",
        LayerKind::Session => "session",
    }
}

fn edit_policy(policies: &mut Value, edit: &PolicyEdit) {
    let of_layer = &mut policies[field(edit.place.layer)];
    let list = match edit.place.layer {
        LayerKind::ServiceControl | LayerKind::ResourceControl => &mut of_layer[edit.place.level as usize]["policies"],
        _ => of_layer,
    };
    match (edit.place.policy, list) {
        (Some(at), list) => {
            let policy = if list.is_array() { &mut list[at as usize] } else { list };
            let text = serde_json::to_string_pretty(&policy["document"]).expect("JSON");
            policy["document"] = serde_json::from_str(&rewrite(&text, &edit.change)).expect("JSON");
        }
        (None, list) => {
            let Change::Append(statement) = &edit.change else { panic!("a new policy begins with a statement") };
            let document: Value = serde_json::from_str(&fresh(statement)).expect("JSON");
            let new = json!({ "name": "new", "document": document });
            match (edit.place.layer, list) {
                (LayerKind::Resource | LayerKind::Boundary, place) => *place = new,
                (_, Value::Array(list)) => list.push(new),
                (_, place) => *place = json!([new]),
            }
        }
    }
}

/// The case after the edits, of which those of the request may be left out.
fn edited(case: &Value, flip: &Flip, with_context: bool) -> Value {
    let mut case = case.clone();
    if case["policies"].is_null() {
        case["policies"] = json!({});
    }
    for edit in &flip.edits {
        match edit {
            Edit::Policy(edit) => edit_policy(&mut case["policies"], edit),
            Edit::Context { .. } if !with_context => {}
            Edit::Context { key, value } => {
                let context = case["request"]["context"].as_object_mut().expect("a context");
                context.retain(|known, _| !known.eq_ignore_ascii_case(key));
                match value {
                    Some(ContextValue::One(text)) => drop(context.insert(key.clone(), json!(text))),
                    Some(ContextValue::Many(list)) => drop(context.insert(key.clone(), json!(list))),
                    None => {}
                }
            }
            Edit::BillingAccess => {}
        }
    }
    case
}

#[test]
fn denials_are_flipped_in_the_eyes_of_both_evaluators() {
    let count = how_many();
    let (mut found, mut exact, mut without, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for (case, flips) in denials(count) {
        exact += usize::from(flips.iter().any(|flip| !flip.lifts_more()));
        assert!(flips.len() <= 5, "{case}");
        for flip in &flips {
            let after = edited(&case, flip, true);
            let crate_allows = crate_answer(&after).is_ok_and(|(decision, _)| decision == "Allowed");
            if !crate_allows || !is_allowed(&after) {
                wrong.push(format!("crate {crate_allows}, reference {:?}\n{case}\n{after}\n{flip:?}", decide(&after)));
            }
        }
        match flips.is_empty() {
            true => without.push(case.to_string()),
            false => found += 1,
        }
    }
    let (first_wrong, first_without) = (wrong.first(), without.first());
    println!("{found} of {count} denials have a flip, {exact} one that lets through nothing else");
    assert!(wrong.is_empty(), "{} flips do not hold; the first: {}", wrong.len(), first_wrong.expect("one"));
    assert!(
        found * 100 >= count * SHARE,
        "{found} of {count} denials have a flip; the first without: {}",
        first_without.expect("one")
    );
    for case in &without {
        println!("{case}");
    }
}

/// The policies of a layer and level.
fn level(policies: &Policies, layer: LayerKind, level: u32) -> &[Policy] {
    match layer {
        LayerKind::ServiceControl => policies.service_control[level as usize].policies.as_slice(),
        LayerKind::ResourceControl => policies.resource_control[level as usize].policies.as_slice(),
        LayerKind::Endpoint => policies.endpoint.as_slice(),
        LayerKind::Resource => policies.resource.as_slice(),
        LayerKind::Identity => policies.identity.as_slice(),
        LayerKind::Boundary => policies.boundary.as_slice(),
        LayerKind::Session => policies.session.as_slice(),
    }
}

fn all_policies(policies: &Policies) -> impl Iterator<Item = &Policy> {
    let levels = policies.service_control.iter().chain(&policies.resource_control).map(|level| &level.policies);
    let single = [&policies.endpoint, &policies.resource, &policies.identity, &policies.boundary, &policies.session];
    levels.chain(single).flat_map(|list| list.as_slice())
}

fn all_statements(policies: &Policies) -> impl Iterator<Item = &Statement> {
    all_policies(policies).flat_map(|policy| &policy.compiled.document().statements)
}

/// Action, Resource and Principal entries of a statement, each with the name of its element.
fn entries(statement: &Statement) -> Vec<(&'static str, &str)> {
    let action = statement.action.entries.iter().map(|entry| ("action", &*entry.value));
    let resource = statement.resource.iter().flat_map(|element| &element.entries);
    let principal = statement.principal.iter().flat_map(|element| &element.entries);
    action
        .chain(resource.map(|entry| ("resource", &*entry.value)))
        .chain(principal.map(|entry| ("principal", entry.value.text())))
        .collect()
}
