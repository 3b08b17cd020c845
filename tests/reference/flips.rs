//! What flips a denial, in the eyes of the second evaluator.

use iam_playground::analysis::flip::{Change, Edit, Flip, PolicyEdit, apply, flips, fresh, rewrite};
use iam_playground::case;
use iam_playground::eval::{ContextValue, LayerKind, Policies, Policy, Principal, Request, Resource, Verdict};
use iam_playground::ident::{AccountId, ActionName};
use iam_playground::policy::{PolicyKind, Statement};
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

/// Whether an entry that an edit writes is what was asked: the action, the resource or the caller, and no pattern.
fn is_asked(element: &str, entry: &str, request: &Request) -> bool {
    match (element, &request.resource) {
        ("action", _) => entry.eq_ignore_ascii_case(request.action.as_str()),
        ("resource", Resource::None) => entry == "*",
        ("resource", Resource::Arn(arn)) => {
            let plain = entry.replace("${*}", "").replace("${?}", "");
            !plain.contains(['*', '?']) && entry.replace("${*}", "*").replace("${?}", "?") == **arn
        }
        _ => {
            let (arn, role) = match &request.principal {
                Principal::RoleSession { arn, role, .. } => (Some(arn), role.as_ref()),
                Principal::User { arn, .. } | Principal::Role { arn, .. } | Principal::FederatedUser { arn, .. } => {
                    (Some(arn), None)
                }
                Principal::Federated { provider } => (Some(provider), None),
                Principal::Service { name } => (Some(name), None),
                Principal::Root { .. } | Principal::Anonymous => (None, None),
            };
            let is_root =
                request.principal.account().is_some_and(|account| entry == format!("arn:aws:iam::{account}:root"));
            let is_anonymous = request.principal == Principal::Anonymous && entry == "*";
            is_root || is_anonymous || arn.into_iter().chain(role).any(|own| **own == *entry)
        }
    }
}

/// What an edit writes that it should not.
fn written_beside(edit: &PolicyEdit, policies: &Policies, request: &Request) -> Vec<String> {
    let policy = edit.place.policy.map(|at| &level(policies, edit.place.layer, edit.place.level)[at as usize]);
    let known = match (&edit.change, policy) {
        (Change::Replace { index, .. }, Some(policy)) => {
            policy.compiled.document().statements.iter().find(|statement| statement.index == *index)
        }
        _ => None,
    };
    let known_entries = known.map(entries).unwrap_or_default();
    let mut found = Vec::new();
    for statement in edit.change.statements() {
        assert_eq!(known.map_or(statement.effect.value, |known| known.effect.value), statement.effect.value);
        let new = entries(statement).into_iter().filter(|entry| !known_entries.contains(entry));
        let new = new.filter(|(element, entry)| !is_asked(element, entry, request));
        found.extend(new.map(|(element, entry)| format!("{element} {entry}")));
        for condition in &statement.conditions {
            let of_known = known.iter().flat_map(|known| &known.conditions);
            let before = of_known.clone().find(|known| {
                (&known.operator_text, &known.key.value) == (&condition.operator_text, &condition.key.value)
            });
            let new = condition.values.iter().filter(|value| before.is_none_or(|known| !known.values.contains(value)));
            for value in new {
                let own = request.context.get(&condition.key.value);
                if own != Some(&ContextValue::One(value.value.clone())) {
                    found.push(format!("condition {} {}", condition.key.value, value.value));
                }
            }
        }
    }
    found
}

#[test]
fn edits_write_what_was_asked_and_nothing_else() {
    let mut wrong = Vec::new();
    for (case, flips) in denials(how_many()) {
        for flip in &flips {
            let (mut policies, mut request) = prepared(&case);
            for edit in &flip.edits {
                match edit {
                    Edit::Policy(edit) => {
                        assert_eq!(edit.elements.len(), edit.change.statements().len(), "{edit:?}");
                        wrong.extend(
                            written_beside(edit, &policies, &request).into_iter().map(|text| (text, case.clone())),
                        );
                    }
                    Edit::Context { key, .. } => {
                        let mut conditions = all_statements(&policies).flat_map(|statement| &statement.conditions);
                        let asked_for = conditions.any(|condition| condition.key.value.eq_ignore_ascii_case(key));
                        assert!(asked_for, "{key} {case}");
                    }
                    Edit::BillingAccess => {}
                }
                (policies, request) = apply(&policies, &request, std::slice::from_ref(edit));
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {:?}", wrong.len(), wrong.first());
}

const OTHER_ACTIONS: [&str; 4] = ["s3:GetObject", "s3:DeleteObject", "sqs:SendMessage", "sts:AssumeRole"];

const OTHER_RESOURCES: [&str; 5] = [
    "arn:aws:s3:::data/home/axxb",
    "arn:aws:s3:::data/ann",
    "arn:aws:sqs:us-east-1:111122223333:jobs",
    "arn:aws:iam::111122223333:role/app",
    "arn:aws:kms:us-east-1:444455556666:key/1234-ann",
];

/// How many entries of the case's own policies are added to each.
const OWN_ENTRIES: usize = 4;

/// Callers who are not the one who asks, nor a session of the same role.
fn other_callers() -> Vec<(Principal, &'static str)> {
    let account = |text| AccountId::parse(text).expect("an account");
    let (own, other) = (account("111122223333"), account("444455556666"));
    vec![
        (Principal::User { arn: "arn:aws:iam::111122223333:user/bob".into(), account: own.clone() }, "AIDAEXAMPLEBOB"),
        (Principal::User { arn: "arn:aws:iam::444455556666:user/eve".into(), account: other }, "AIDAEXAMPLEEVE"),
        (
            Principal::RoleSession {
                arn: "arn:aws:sts::111122223333:assumed-role/audit/alice".into(),
                role: Some("arn:aws:iam::111122223333:role/audit".into()),
                account: own,
            },
            "AROAEXAMPLEAUDIT:alice",
        ),
        (Principal::Service { name: "events.amazonaws.com".into() }, ""),
        (Principal::Anonymous, "anonymous"),
    ]
}

/// POL-66: the first five parts of an ARN are compared without regard to case.
fn is_same(a: &Resource, b: &Resource) -> bool {
    match (a, b) {
        (Resource::Arn(a), Resource::Arn(b)) => {
            let last = |arn: &str| arn.splitn(6, ':').nth(5).map(str::to_owned);
            a.eq_ignore_ascii_case(b) && last(a) == last(b)
        }
        _ => a == b,
    }
}

/// Requests beside the one of a case: other actions, other resources, other callers, and every mixture.
fn probes(policies: &Policies, asked: &Request) -> Vec<Request> {
    let is_name = |text: &&str| !text.contains(['*', '?', '$']);
    let own = |wanted: &str| -> Vec<String> {
        let all = all_statements(policies).flat_map(entries).filter(|(element, _)| *element == wanted);
        all.map(|(_, entry)| entry).filter(is_name).take(OWN_ENTRIES).map(str::to_owned).collect()
    };
    let actions = own("action").into_iter().chain(OTHER_ACTIONS.map(str::to_owned));
    let mut actions: Vec<ActionName> = actions.filter_map(|text| ActionName::parse(&text).ok()).collect();
    actions.push(asked.action.clone());
    let mut resources = vec![asked.resource.clone()];
    // A trust policy hangs on its role, and there is no asking it about another.
    let is_trust = policies.resource.as_slice().iter().any(|policy| policy.compiled.kind() == PolicyKind::Trust);
    if let (Resource::Arn(arn), false) = (&asked.resource, is_trust || asked.action.service() == "sts") {
        let beside = [format!("{arn}x"), arn.replace("ann", "bob")];
        let all = own("resource").into_iter().chain(beside).chain(OTHER_RESOURCES.map(str::to_owned));
        resources.extend(all.map(|text| Resource::Arn(text.into())));
    }
    let mut found = Vec::new();
    let callers = std::iter::once(None).chain(other_callers().into_iter().map(Some));
    for caller in callers {
        let mut base = asked.clone();
        if let Some((principal, id)) = caller {
            let arn = match &principal {
                Principal::RoleSession { role: Some(role), .. } => Some(role.to_string()),
                other => other.arn().map(str::to_owned),
            };
            for (key, value) in
                [("aws:PrincipalArn", arn.as_deref()), ("aws:userid", Some(id).filter(|id| !id.is_empty()))]
            {
                match value {
                    Some(value) => base.context.set(key, value),
                    None => base.context.remove(key),
                }
            }
            base.context.remove("aws:username");
            base.principal = principal;
        }
        for action in &actions {
            for resource in &resources {
                let probe = Request { action: action.clone(), resource: resource.clone(), ..base.clone() };
                let same_target = probe.action.is_same_as(&asked.action) && is_same(&probe.resource, &asked.resource);
                if !same_target || probe.principal != asked.principal {
                    found.push(probe);
                }
            }
        }
    }
    found
}

#[test]
fn flips_let_nothing_through_that_was_not_asked() {
    let (mut probed, mut opened, mut flips_probed) = (0, Vec::new(), 0);
    for (case, flips) in denials(how_many() / 2) {
        let (policies, request) = prepared(&case);
        let denied: Vec<Request> = probes(&policies, &request)
            .into_iter()
            .filter(|probe| iam_playground::eval::decide(&policies, probe).verdict != Verdict::Allowed)
            .collect();
        for flip in flips.iter().filter(|flip| !flip.lifts_more()) {
            let (after, _) = prepared(&edited(&case, flip, false));
            // What hangs on the caller hangs on nobody else.
            let (identity, boundary, session) =
                (policies.identity.clone(), policies.boundary.clone(), policies.session.clone());
            let for_others = Policies { identity, boundary, session, ..after.clone() };
            flips_probed += 1;
            for probe in &denied {
                probed += 1;
                let after = if probe.principal == request.principal { &after } else { &for_others };
                if iam_playground::eval::decide(after, probe).verdict == Verdict::Allowed {
                    opened.push(format!("{probe:?}\n{flip:?}\n{case}"));
                }
            }
        }
    }
    println!("{probed} probes of {flips_probed} flips");
    assert!(opened.is_empty(), "{} of {probed} probes: {}", opened.len(), opened.first().expect("one"));
}
