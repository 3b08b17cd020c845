//! Words for statements and their elements.

use super::listed;
use crate::eval::ContextValue;
use crate::eval::trace::{
    ArnPart, ConditionReason, ConditionTrace, ElementKind, EntryOutcome, EntryTrace, StatementTrace,
};
use crate::policy::{BaseOperator, Effect, Qualifier};

/// The element as the JSON names it.
pub fn element_name(kind: ElementKind, negated: bool) -> &'static str {
    match (kind, negated) {
        (ElementKind::Principal, false) => "Principal",
        (ElementKind::Principal, true) => "NotPrincipal",
        (ElementKind::Action, false) => "Action",
        (ElementKind::Action, true) => "NotAction",
        (ElementKind::Resource, false) => "Resource",
        (ElementKind::Resource, true) => "NotResource",
        (ElementKind::Condition, _) => "Condition",
    }
}

/// What came of a statement.
pub fn statement_result(statement: StatementTrace<'_>, decisive: bool) -> String {
    let not = || {
        let failing: Vec<String> = statement.failing().map(|kind| element_name(kind, false).to_lowercase()).collect();
        format!("differs in {}", listed(&failing))
    };
    match (statement.effect(), statement.matched()) {
        (Effect::Allow, true) if decisive => "allows: this decides".to_owned(),
        (Effect::Allow, true) => "allows".to_owned(),
        (Effect::Deny, true) if decisive => "denies: this decides".to_owned(),
        (Effect::Deny, true) => "denies".to_owned(),
        (Effect::Allow, false) => format!("does not allow: {}", not()),
        (Effect::Deny, false) => format!("this deny does not apply: {}", not()),
    }
}

/// Why one entry of an element equals the request, or not.
pub fn entry(entry: &EntryTrace<'_>) -> String {
    let text = entry.resolved.unwrap_or(entry.text);
    match entry.outcome {
        EntryOutcome::Matches => format!("`{text}` matches"),
        EntryOutcome::OtherService => format!("`{text}` is about another service"),
        EntryOutcome::OtherAction => format!("`{text}` is another action"),
        EntryOutcome::OtherArnPart(part) => format!("`{text}` differs in the {}", arn_part(*part)),
        EntryOutcome::NotAnArn => format!("`{text}` is not a whole ARN, and matches nothing"),
        EntryOutcome::ActionHasNoResource => {
            format!("the action is not about one resource, so that only `*` matches, not `{text}`")
        }
        EntryOutcome::Unresolved { key } => {
            let key = as_written(key, std::iter::once(entry.text));
            format!("`{text}` needs one value of `{key}`, and the request has none")
        }
        EntryOutcome::OtherPrincipal => format!("`{text}` is another principal"),
        EntryOutcome::Malformed => format!("`{text}` breaks the grammar, and matches nothing"),
    }
}

/// The key of a variable, which a trace has in lower case, as the texts of the policy write it.
fn as_written<'a>(key: &'a str, mut texts: impl Iterator<Item = &'a str>) -> &'a str {
    let found = texts.find_map(|text| {
        let at = text.to_ascii_lowercase().find(key)?;
        text.get(at..at.saturating_add(key.len()))
    });
    found.unwrap_or(key)
}

fn arn_part(part: ArnPart) -> &'static str {
    match part {
        ArnPart::Partition => "partition",
        ArnPart::Region => "region",
        ArnPart::Account => "account",
        ArnPart::Resource => "resource part",
    }
}

/// Why a condition holds or not.
pub fn condition(condition: ConditionTrace<'_>) -> String {
    let ConditionTrace { operator_text, key, .. } = condition;
    let wanted = wanted(condition);
    let absent = match condition.operator {
        Some(operator) if operator.base == BaseOperator::Null => String::new(),
        Some(operator) if operator.if_exists => ", and `IfExists` counts that as holding".to_owned(),
        Some(operator) if operator.qualifier == Some(Qualifier::ForAllValues) => {
            ", and of no values all satisfy `ForAllValues`".to_owned()
        }
        Some(operator) if operator.negated && operator.qualifier.is_none() => {
            ", and what is absent differs from every value".to_owned()
        }
        _ => ", and an absent key equals nothing".to_owned(),
    };
    match (condition.reason, condition.actual) {
        (ConditionReason::UnknownOperator, _) => format!("`{operator_text}` is no operator, and never holds"),
        (ConditionReason::KeyAbsent, _) => format!("`{key}` is absent{}{absent}", usually_absent(key)),
        (ConditionReason::NoValues, _) => format!("`{key}` has no values{absent}"),
        (ConditionReason::ListWithoutQualifier, _) => {
            format!(
                "`{key}` has a list of values, which `{operator_text}` without `ForAllValues` or `ForAnyValue` never matches"
            )
        }
        (ConditionReason::IllTyped { value }, _) => {
            format!("`{value}` is not of the type that `{operator_text}` compares")
        }
        (ConditionReason::Unresolved { key: variable }, _) => {
            let variable = as_written(variable, condition.expected().map(|value| value.text));
            format!("its value needs one value of `{variable}`, and the request has none")
        }
        (ConditionReason::Compared, None) => {
            format!("`{key}` is absent; `{operator_text}` asks for {wanted}")
        }
        (ConditionReason::Compared, Some(ContextValue::One(value))) => {
            format!("`{key}` is `{value}`; `{operator_text}` asks for {wanted}")
        }
        (ConditionReason::Compared, Some(ContextValue::Many(values))) => {
            let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            format!("`{key}` is {}; `{operator_text}` asks for {wanted}", listed(&values))
        }
    }
}

/// Who never sends a key that many think always there (KEY-86, KEY-87, EVAL-169).
fn usually_absent(key: &str) -> &'static str {
    match key.to_ascii_lowercase().as_str() {
        "aws:multifactorauthpresent" => {
            " (requests with long-term access keys and sessions of roles carry no such key)"
        }
        "aws:multifactorauthage" => " (only requests made with MFA carry such a key)",
        _ => "",
    }
}

/// At most three values, and how many more.
fn wanted(condition: ConditionTrace<'_>) -> String {
    const SHOWN: usize = 3;
    let values = condition.expected().map(|value| match value.resolved {
        Some(resolved) => format!("`{}` (here `{resolved}`)", value.text),
        None => format!("`{}`", value.text),
    });
    let shown: Vec<String> = values.take(SHOWN).collect();
    match condition.expected().len() {
        0 => "no value".to_owned(),
        count if count > SHOWN => format!("{} or {} more", shown.join(", "), count - SHOWN),
        _ => shown.join(" or "),
    }
}
