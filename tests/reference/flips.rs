//! What flips a denial, in the eyes of the second evaluator.

use std::collections::BTreeSet;

use iam_playground::analysis::flip::{Change, Edit, ElementChange, Flip, Lifts, PolicyEdit, flips, fresh, rewrite};
use iam_playground::case;
use iam_playground::eval::{ContextValue, LayerKind, Policies, Request};
use iam_playground::policy::Statement;
use serde_json::{Value, json};

use crate::evaluator::decide;
use crate::{crate_answer, generator};

/// How many denials to flip.
const DENIALS: usize = 500;

/// Of how many of 100 denials a flip has to be found.
const SHARE: usize = 95;

/// How many denials to put probes to.
const PROBED: usize = 250;

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
    let (mut found, mut without, mut wrong) = (0, Vec::new(), Vec::new());
    for (case, flips) in denials(DENIALS) {
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
    println!("{found} of {DENIALS} denials have a flip");
    assert!(wrong.is_empty(), "{} flips do not hold; the first: {}", wrong.len(), first_wrong.expect("one"));
    assert!(
        found * 100 >= DENIALS * SHARE,
        "{found} of {DENIALS} denials have a flip; the first without: {}",
        first_without.expect("one")
    );
    for case in &without {
        println!("{case}");
    }
}
