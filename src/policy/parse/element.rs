//! Reading the elements of a statement: lists of strings, principals, conditions.

use std::collections::HashSet;

use super::object::{self, Property};
use crate::policy::{Condition, Element, Operator, PrincipalElement, PrincipalEntry};
use crate::text::json::{self, Json};
use crate::text::{Diagnostic, Spanned};

/// A string or a list of strings (POL-5).
pub(super) fn strings(property: Property<'_>, negated: bool, findings: &mut Vec<Diagnostic>) -> Element {
    let entries = items(property.value).filter_map(|item| string(item, property.name, findings)).collect();
    if let Json::Array(list) = property.value
        && list.elements.is_empty()
    {
        let code = match property.name {
            "Action" | "NotAction" => "policy/empty-array-action",
            _ => "policy/empty-array-resource",
        };
        let message = format!("`{}` is an empty list, and the statement does nothing.", property.name);
        findings.push(Diagnostic::warning(code, property.span, message).help("Name at least one entry."));
    }
    Element { negated, span: property.span, entries }
}

/// POL-40…50.
pub(super) fn principal(property: Property<'_>, negated: bool, findings: &mut Vec<Diagnostic>) -> PrincipalElement {
    let mut entries = Vec::new();
    match property.value {
        Json::StringLit(text) if text.value == "*" => {
            entries.push(Spanned::new(PrincipalEntry::Everyone, json::span(property.value)));
        }
        Json::Object(map) => {
            for kind in object::all(map) {
                let Some(make) = principal_type(kind.name) else {
                    findings.push(
                        Diagnostic::error(
                            "policy/invalid-principal-key",
                            kind.name_span,
                            format!("`{}` is no kind of principal.", kind.name),
                        )
                        .help("Use AWS, Service, Federated or CanonicalUser."),
                    );
                    continue;
                };
                let named = items(kind.value).filter_map(|item| string(item, kind.name, findings));
                entries.extend(named.map(|text| Spanned::new(make(text.value), text.span)));
            }
        }
        other => findings.push(
            Diagnostic::error(
                "policy/invalid-principal-format",
                json::span(other),
                "A principal is \"*\" or an object.",
            )
            .help("Write `{ \"AWS\": \"…\" }`, with Service, Federated or CanonicalUser where those are meant."),
        ),
    }
    PrincipalElement { negated, span: property.span, entries }
}

fn principal_type(name: &str) -> Option<fn(String) -> PrincipalEntry> {
    match name {
        "AWS" => Some(|text| if text == "*" { PrincipalEntry::Everyone } else { PrincipalEntry::Aws(text) }),
        "Service" => Some(PrincipalEntry::Service),
        "Federated" => Some(PrincipalEntry::Federated),
        "CanonicalUser" => Some(PrincipalEntry::CanonicalUser),
        _ => None,
    }
}

/// Every (operator, key) pair of a Condition element.
pub(super) fn conditions(property: Property<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Condition> {
    let Json::Object(operators) = property.value else {
        findings.push(
            Diagnostic::error(
                "policy/data-type-mismatch",
                json::span(property.value),
                format!("`Condition` is an object, and this is {}.", json::kind(property.value)),
            )
            .help("Write `{ \"StringEquals\": { \"aws:username\": \"ann\" } }`."),
        );
        return Vec::new();
    };
    let mut read = Vec::new();
    let mut operators_seen = HashSet::new();
    for operator in object::all(operators) {
        if !operators_seen.insert(operator.name) {
            findings.push(object::repeated(operator));
            continue;
        }
        let parsed = Operator::parse(operator.name);
        if let Err(error) = parsed {
            findings.push(
                Diagnostic::error("policy/invalid-condition-operator", operator.name_span, format!("`{}`: {error}.", operator.name))
                    .help("A condition with it never matches; operators are named StringEquals, ArnLike, IpAddress and so on."),
            );
        }
        let Json::Object(keys) = operator.value else {
            findings.push(
                Diagnostic::error(
                    "policy/data-type-mismatch",
                    json::span(operator.value),
                    format!("`{}` holds an object of keys, and this is {}.", operator.name, json::kind(operator.value)),
                )
                .help("Write the key and its values inside braces."),
            );
            continue;
        };
        let mut keys_seen = HashSet::new();
        for key in object::all(keys) {
            if !keys_seen.insert(key.name) {
                findings.push(object::repeated(key));
                continue;
            }
            let values = items(key.value).filter_map(|item| scalar(item, key.name, findings)).collect();
            read.push(Condition {
                operator: parsed,
                operator_text: Spanned::new(operator.name.to_owned(), operator.name_span),
                key: Spanned::new(key.name.to_owned(), key.name_span),
                values,
                span: key.span,
            });
        }
    }
    read
}

fn items<'a>(value: &'a Json<'a>) -> impl Iterator<Item = &'a Json<'a>> {
    match value {
        Json::Array(list) => list.elements.iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

fn string(value: &Json<'_>, owner: &str, findings: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    match value {
        Json::StringLit(text) => Some(Spanned::new(text.value.clone().into_owned(), json::span(value))),
        _ => {
            findings.push(mismatch(value, owner, "strings"));
            None
        }
    }
}

fn scalar(value: &Json<'_>, owner: &str, findings: &mut Vec<Diagnostic>) -> Option<Spanned<String>> {
    let text = match value {
        Json::StringLit(text) => text.value.clone().into_owned(),
        Json::NumberLit(number) => number.value.to_owned(),
        Json::BooleanLit(boolean) => boolean.value.to_string(),
        _ => {
            findings.push(mismatch(value, owner, "strings, numbers or booleans"));
            return None;
        }
    };
    Some(Spanned::new(text, json::span(value)))
}

fn mismatch(value: &Json<'_>, owner: &str, wanted: &str) -> Diagnostic {
    let message = format!("`{owner}` holds {wanted}, and this is {}.", json::kind(value));
    Diagnostic::error("policy/data-type-mismatch", json::span(value), message).help("Put the text in double quotes.")
}
