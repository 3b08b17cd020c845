//! What about operators and entries mattered in a comparison and is easily overlooked. Nothing is said where it changed
//! nothing.

use crate::eval::Request;
use crate::eval::compare::{self, Compared};
use crate::eval::trace::{ConditionTrace, ElementKind, PolicyTrace};
use crate::ident::pattern::PieceKind;
use crate::policy::{BaseOperator, Operator, Qualifier};

/// About an entry of an element.
pub(super) fn of_entry(kind: ElementKind, compared: &Compared) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(alignment) = &compared.alignment else { return notes };
    let other_case = alignment.pieces.iter().any(|piece| piece.kind == PieceKind::Text && piece.pattern != piece.text);
    match kind {
        ElementKind::Action if other_case => {
            notes.push("Actions are compared without regard to upper and lower case.".to_owned());
        }
        ElementKind::Resource if other_case => {
            notes.push("Up to the fifth colon ARNs are compared without regard to upper and lower case.".to_owned());
        }
        _ => {}
    }
    let Some(difference) = &alignment.difference else { return notes };
    let stopped = alignment.pieces.last().is_some_and(|piece| piece.kind == PieceKind::RunInSegment);
    if stopped && difference.text.starts_with(':') {
        notes.push("A `*` inside a part of an ARN does not reach across a colon.".to_owned());
    }
    if kind == ElementKind::Resource && difference.pattern.eq_ignore_ascii_case(&difference.text) {
        notes.push("After the fifth colon upper and lower case count, and they differ in nothing else.".to_owned());
    }
    notes
}

/// About one value of a condition.
pub(super) fn of_value(
    condition: ConditionTrace<'_>,
    at: usize,
    actual: &str,
    policy: &PolicyTrace,
    request: &Request,
    compared: &Compared,
) -> Option<String> {
    let operator = condition.operator?;
    let wanted = condition.expected().nth(at)?;
    let wild = wanted.text.contains(['*', '?']);
    let would = |base| compare::value(condition, at, actual, policy, request, Operator { base, ..operator }).equal;
    match operator.base {
        BaseOperator::StringEquals if !compared.equal && wild && would(BaseOperator::StringLike) => {
            Some("`StringEquals` takes `*` and `?` as plain characters; `StringLike` reads them as wildcards.".to_owned())
        }
        BaseOperator::StringEquals if !compared.equal && would(BaseOperator::StringEqualsIgnoreCase) => Some(
            "They differ only in upper and lower case, which `StringEquals` tells apart and `StringEqualsIgnoreCase` does not."
                .to_owned(),
        ),
        BaseOperator::ArnEquals if compared.equal && wild => {
            Some("`ArnEquals` reads wildcards, just as `ArnLike` does.".to_owned())
        }
        _ => None,
    }
}

/// About the operator as a whole.
pub(super) fn of_operator(condition: ConditionTrace<'_>) -> Vec<String> {
    let Some(operator) = condition.operator else { return Vec::new() };
    let name = condition.operator_text;
    let several = condition.expected().len() > 1;
    let mut notes = Vec::new();
    match (operator.negated, several) {
        (true, true) => notes.push(format!("`{name}` holds where none of the values is equal.")),
        (true, false) => notes.push(format!("`{name}` holds where the value is not equal.")),
        (false, true) => notes.push("One equal value is enough.".to_owned()),
        (false, false) => {}
    }
    match operator.qualifier {
        Some(Qualifier::ForAllValues) => {
            notes.push("`ForAllValues`: each value of the request must satisfy the operator.".to_owned());
        }
        Some(Qualifier::ForAnyValue) => {
            notes.push("`ForAnyValue`: one value of the request that satisfies the operator is enough.".to_owned());
        }
        None => {}
    }
    notes
}
