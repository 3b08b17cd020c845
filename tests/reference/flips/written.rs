//! What edits write, and what texts then say.

use iam_playground::analysis::flip::{Change, Edit, PolicyEdit, apply, rewrite};
use iam_playground::eval::{ContextValue, Policies, Policy, Principal, Request, Resource};
use iam_playground::policy::{parse_document, print_document};
use serde::Serialize;
use serde_json::Value;

use super::{all_statements, denials, entries, how_many, level, prepared};

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

/// JSON with four spaces a level.
fn spaced(value: &Value) -> String {
    let mut out = Vec::new();
    let format = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, format)).expect("JSON");
    String::from_utf8(out).expect("text")
}

#[test]
fn rewritten_text_says_what_the_edited_policy_says() {
    for (case, flips) in denials(how_many()) {
        let (policies, request) = prepared(&case);
        for flip in &flips {
            let mut before = policies.clone();
            for edit in &flip.edits {
                let (after, _) = apply(&before, &request, std::slice::from_ref(edit));
                if let Edit::Policy(PolicyEdit { place, change, .. }) = edit
                    && let Some(at) = place.policy
                {
                    let of = |policies| {
                        let policy: &Policy = &level(policies, place.layer, place.level)[at as usize];
                        (print_document(policy.compiled.document()), policy.compiled.kind())
                    };
                    let ((text, kind), (expected, _)) = (of(&before), of(&after));
                    let json: Value = serde_json::from_str(&text).expect("JSON");
                    for text in [text, json.to_string(), spaced(&json)] {
                        let read = parse_document(&rewrite(&text, change), kind).value.expect("a document");
                        assert_eq!(print_document(&read), expected, "{text}");
                    }
                }
                before = after;
            }
        }
    }
}
