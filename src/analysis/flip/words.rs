//! Edits in words, with names, actions and JSON in backticks.

use super::apply::list;
use super::edit::{Change, Edit, ElementChange, Lifts, Place, PolicyEdit};
use crate::eval::{ContextValue, Policies};
use crate::explain::layer_name;
use crate::policy::{Element, PrincipalElement, Statement};

/// An edit as an instruction; `policies` are those before it.
pub fn edit_words(edit: &Edit, policies: &Policies) -> String {
    match edit {
        Edit::Context { key, value: None } => format!("The request does not carry `{key}`."),
        Edit::Context { key, value: Some(ContextValue::One(value)) } => {
            format!("The request carries `{key}` with the value `{value}`.")
        }
        Edit::Context { key, value: Some(ContextValue::Many(values)) } => match values.as_slice() {
            [] => format!("The request carries `{key}` without any value."),
            values => format!("The request carries `{key}` with `{}`.", values.join("`, `")),
        },
        Edit::BillingAccess => "The root user activates IAM access to billing information.".to_owned(),
        Edit::Policy(edit) => policy_words(edit, policies),
    }
}

/// What an edit lets through beside the request.
pub fn lifts_words(lifts: Lifts) -> &'static str {
    match lifts {
        Lifts::Everyone => "Everybody gets what is granted to an unsigned request.",
        Lifts::RestForCaller => "It lifts everything else, too, that the statement denies to this caller.",
        Lifts::SameForOthers => {
            "It lifts the deny of this request for other callers too, as far as their own policies allow it."
        }
        Lifts::RestForOthers => "It lifts more that the statement denies, for other callers too.",
    }
}

fn policy_words(edit: &PolicyEdit, policies: &Policies) -> String {
    let name = name(&edit.place, policies);
    match &edit.change {
        Change::Append(statement) => match name {
            Some(name) => format!("`{name}` gets a statement that {}.", grants(statement)),
            None => format!("A new {} {}.", layer_name(edit.place.layer), grants(statement)),
        },
        Change::Replace { index, with } => {
            let of = format!("statement {} of `{}`", index + 1, name.unwrap_or_default());
            match (with.len(), edit.elements.iter().flatten().collect::<Vec<_>>().as_slice()) {
                (0, _) => format!("Take {of} out."),
                (1, [one]) => format!("In {of}, {}.", change_words(one)),
                (1, several) => {
                    let words: Vec<String> = several.iter().map(|one| change_words(one)).collect();
                    format!("In {of}, {}.", words.join(", and "))
                }
                (parts, _) => format!("Split {of} into {parts}, so that it is about everything but this request."),
            }
        }
    }
}

fn name(place: &Place, policies: &Policies) -> Option<String> {
    let list = list(policies, place.layer, place.level);
    list.get(place.policy? as usize).map(|policy| policy.source.name.to_string())
}

/// "allows `s3:GetObject` on `arn:…` to `arn:…`".
fn grants(statement: &Statement) -> String {
    let entries = |element: &Element| {
        element.entries.iter().map(|entry| format!("`{}`", entry.value)).collect::<Vec<_>>().join(", ")
    };
    let on = statement.resource.as_ref().map(|resource| format!(" on {}", entries(resource))).unwrap_or_default();
    let to = |principal: &PrincipalElement| {
        principal.entries.iter().map(|entry| format!("`{}`", entry.value.text())).collect::<Vec<_>>().join(", ")
    };
    let to = statement.principal.as_ref().map(|principal| format!(" to {}", to(principal))).unwrap_or_default();
    format!("allows {}{on}{to}", entries(&statement.action))
}

fn change_words(change: &ElementChange) -> String {
    match change {
        ElementChange::Added { element, entry } => format!("add `{entry}` to `{element}`"),
        ElementChange::Removed { element, entry } => format!("take `{entry}` out of `{element}`"),
        ElementChange::Became { element, entry } => format!("write `{element}` with `{entry}` alone"),
        ElementChange::Exempts { operator, key, value } => {
            format!("add the condition `{operator}` that `{key}` is not `{value}`")
        }
    }
}
