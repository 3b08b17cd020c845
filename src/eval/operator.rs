//! Condition operators: one file a family for reading values, and here the logic that all share (POL-75…107).

pub mod binary;
pub mod boolean;
pub mod date;
pub mod ip;
pub mod number;

use crate::eval::ContextValue;
use crate::eval::compile::{ArnParts, ArnTest, Bindings, CompiledCondition, RESOLVED_BYTES, Values, arn_parts};
use crate::eval::trace::{ConditionReason, Resolved};
use crate::ident::{Pattern, Slots, Token};
use crate::policy::{BaseOperator, Comparison, Condition, Operator, Qualifier};

/// Whether a condition holds for what the request has under its key, and why; [`refine`] says more of a comparison.
pub(crate) fn holds(
    condition: &CompiledCondition,
    actual: Option<&ContextValue>,
    bindings: &Bindings<'_>,
) -> (bool, ConditionReason) {
    let Some(operator) = condition.operator else {
        return (false, ConditionReason::UnknownOperator);
    };
    if let Values::Null(expected) = &condition.values {
        return (null(operator, expected, actual), ConditionReason::Compared);
    }
    match (actual, operator.qualifier) {
        (None, _) => (absent(operator), ConditionReason::KeyAbsent),
        (Some(ContextValue::Many(list)), _) if list.is_empty() => (absent(operator), ConditionReason::NoValues),
        (Some(ContextValue::Many(_)), None) => (false, ConditionReason::ListWithoutQualifier),
        (Some(ContextValue::Many(list)), Some(qualifier)) => {
            let mut satisfied = list.iter().map(|value| satisfies(operator, &condition.values, value, bindings));
            let matched = match qualifier {
                Qualifier::ForAllValues => satisfied.all(|one| one),
                Qualifier::ForAnyValue => satisfied.any(|one| one),
            };
            (matched, ConditionReason::Compared)
        }
        (Some(ContextValue::One(value)), _) => {
            (satisfies(operator, &condition.values, value, bindings), ConditionReason::Compared)
        }
    }
}

/// POL-80, POL-81: what an operator makes of a key that is absent or has no values.
fn absent(operator: Operator) -> bool {
    operator.if_exists
        || match operator.qualifier {
            Some(Qualifier::ForAllValues) => true,
            Some(Qualifier::ForAnyValue) => false,
            None => operator.negated,
        }
}

/// POL-104, POL-199: `Null` asks whether the key is absent, and an empty value counts as absent.
fn null(operator: Operator, expected: &[Option<bool>], actual: Option<&ContextValue>) -> bool {
    match operator.qualifier {
        Some(Qualifier::ForAllValues) => return true,
        Some(Qualifier::ForAnyValue) => return false,
        None => {}
    }
    let is_absent = match actual {
        None => true,
        Some(ContextValue::One(text)) => text.is_empty(),
        Some(ContextValue::Many(list)) => list.is_empty(),
    };
    expected.contains(&Some(is_absent))
}

/// Whether one value of the request satisfies: it equals any value of the policy, or none of them for the Not form.
/// A value that is not of the operator's type satisfies neither (POL-106, POL-107).
fn satisfies(operator: Operator, values: &Values, actual: &str, bindings: &Bindings<'_>) -> bool {
    let (any_equal, well_typed) = compare(operator.base, values, actual, bindings);
    if operator.negated { well_typed && !any_equal } else { any_equal }
}

/// Whether any value equals one of the request, a Not form not considered.
pub(crate) fn equals_any(
    operator: Operator,
    condition: &CompiledCondition,
    actual: &str,
    bindings: &Bindings<'_>,
) -> bool {
    compare(operator.base, &condition.values, actual, bindings).0
}

/// Whether any value equals `actual`, and whether all of them are of the right type.
fn compare(base: BaseOperator, values: &Values, actual: &str, bindings: &Bindings<'_>) -> (bool, bool) {
    match values {
        Values::Exact(texts) => (texts.contains(actual), true),
        Values::Text(patterns) => (patterns.iter().any(|pattern| text_equals(base, pattern, actual, bindings)), true),
        Values::Bool(patterns) => {
            let wanted: Vec<Option<bool>> = patterns.iter().map(|pattern| boolean_of(pattern, bindings)).collect();
            any_typed(boolean::parse(actual), &wanted, |a, b| a == b)
        }
        Values::Number(numbers) => any_typed(number::parse(actual), numbers, |a, b| in_order(base, a.cmp(b))),
        Values::Date(dates) => any_typed(date::parse(actual), dates, |a, b| in_order(base, a.cmp(b))),
        Values::Binary(blobs) => any_typed(binary::parse(actual), blobs, |a, b| **a == **b),
        Values::Ip(ranges) => any_typed(ip::parse_address(actual), ranges, |address, range| range.contains(address)),
        Values::Arn(tests) => any_arn(tests, actual, bindings),
        Values::Null(_) => (false, false),
    }
}

fn any_typed<A, B>(actual: Option<A>, values: &[Option<B>], test: impl Fn(&A, &B) -> bool) -> (bool, bool) {
    let Some(actual) = actual else {
        return (false, false);
    };
    let mut well_typed = true;
    for value in values {
        match value {
            Some(value) if test(&actual, value) => return (true, well_typed),
            Some(_) => {}
            None => well_typed = false,
        }
    }
    (false, well_typed)
}

/// What a value stands for once its variables are filled (POL-100, POL-197).
fn boolean_of(pattern: &Pattern, bindings: &Bindings<'_>) -> Option<bool> {
    [true, false].into_iter().find(|value| pattern.matches_with(if *value { "true" } else { "false" }, bindings))
}

fn any_arn(tests: &[ArnTest], actual: &str, bindings: &Bindings<'_>) -> (bool, bool) {
    let Some(parts) = split_arn(actual) else {
        return (false, false);
    };
    let mut well_typed = true;
    for test in tests {
        match arn_matches(test, &parts, bindings) {
            Some(true) => return (true, well_typed),
            Some(false) => {}
            None => well_typed = false,
        }
    }
    (false, well_typed)
}

fn in_order(base: BaseOperator, order: std::cmp::Ordering) -> bool {
    let (BaseOperator::Numeric(comparison) | BaseOperator::Date(comparison)) = base else {
        return false;
    };
    match comparison {
        Comparison::Equals => order.is_eq(),
        Comparison::LessThan => order.is_lt(),
        Comparison::LessThanEquals => order.is_le(),
        Comparison::GreaterThan => order.is_gt(),
        Comparison::GreaterThanEquals => order.is_ge(),
    }
}

/// Letters outside ASCII are folded only where a text has any, because folding them needs a copy.
fn text_equals(base: BaseOperator, pattern: &Pattern, actual: &str, bindings: &Bindings<'_>) -> bool {
    if base == BaseOperator::StringEqualsIgnoreCase && !actual.is_ascii() {
        return pattern.equals_folded(actual, bindings);
    }
    pattern.matches_with(actual, bindings)
}

/// The six parts of an ARN, or `None` for any other text (POL-107).
fn split_arn(text: &str) -> Option<[&str; 6]> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next();
    Some([next().filter(|prefix| *prefix == "arn")?, next()?, next()?, next()?, next()?, next()?])
}

/// POL-103: part by part, without crossing from one into the next; `None` when the value is no ARN.
fn arn_matches(test: &ArnTest, actual: &[&str; 6], bindings: &Bindings<'_>) -> Option<bool> {
    match test {
        ArnTest::Parts(parts) => parts.as_ref().map(|parts| parts_match(parts, actual)),
        ArnTest::Template(tokens) => {
            // What is longer than the whole ARN before its wildcards cannot match, and is not copied.
            let literal = tokens.iter().map(|token| match token {
                Token::Slot(index, _) => bindings.slot(*index).map_or(0, str::len),
                _ => 0,
            });
            if literal.fold(0, usize::saturating_add) > actual.iter().map(|part| part.len() + 1).sum() {
                return Some(false);
            }
            let filled: Option<Vec<Token>> = tokens
                .iter()
                .map(|token| match token {
                    Token::Slot(index, case) => Some(Token::Text(bindings.slot(*index)?.into(), *case)),
                    other => Some(other.clone()),
                })
                .collect();
            // A variable without text equals nothing, and is not ill-typed (POL-127).
            match filled {
                Some(tokens) => arn_parts(tokens).map(|parts| parts_match(&parts, actual)),
                None => Some(false),
            }
        }
    }
}

fn parts_match(parts: &ArnParts, actual: &[&str; 6]) -> bool {
    parts.iter().zip(actual).all(|(part, text)| part.matches(text))
}

/// How much of an ill-typed value is told.
const ILL_TYPED_CHARACTERS: usize = 200;

/// Says more of a comparison in which no value was equal: a variable without text (POL-127), or a value of the wrong type
/// on either side (POL-106, POL-121).
pub(crate) fn refine(
    condition: &CompiledCondition,
    source: &Condition,
    actual: Option<&ContextValue>,
    matched: bool,
    bindings: &Bindings<'_>,
) -> ConditionReason {
    let negated = condition.operator.is_some_and(|operator| operator.negated);
    if matched && !negated {
        return ConditionReason::Compared;
    }
    if let Some(key) = unresolved(&condition.values, bindings) {
        return ConditionReason::Unresolved { key: key.to_owned() };
    }
    let actual = match actual {
        Some(ContextValue::One(text)) => std::slice::from_ref(text),
        Some(ContextValue::Many(list)) => list,
        None => &[],
    };
    let expected = source.values.iter().enumerate().filter(|(at, _)| !is_typed(&condition.values, *at, bindings));
    let ill_typed = actual.iter().find(|text| !takes(&condition.values, text));
    match ill_typed.or(expected.map(|(_, value)| &value.value).next()) {
        Some(value) if !matched => {
            ConditionReason::IllTyped { value: value.chars().take(ILL_TYPED_CHARACTERS).collect() }
        }
        _ => ConditionReason::Compared,
    }
}

/// The first key without text that a value needs.
fn unresolved<'a>(values: &Values, bindings: &'a Bindings<'_>) -> Option<&'a str> {
    match values {
        Values::Text(patterns) | Values::Bool(patterns) => {
            patterns.iter().find_map(|pattern| bindings.unresolved(pattern.slots()))
        }
        Values::Arn(tests) => tests.iter().find_map(|test| match test {
            ArnTest::Template(tokens) => tokens.iter().find_map(|token| match token {
                Token::Slot(index, _) => bindings.unresolved(&[*index]),
                _ => None,
            }),
            ArnTest::Parts(_) => None,
        }),
        _ => None,
    }
}

/// Whether the value of the policy at a position is of the operator's type.
fn is_typed(values: &Values, at: usize, bindings: &Bindings<'_>) -> bool {
    match values {
        Values::Bool(patterns) => patterns.get(at).is_none_or(|pattern| {
            bindings.unresolved(pattern.slots()).is_some() || boolean_of(pattern, bindings).is_some()
        }),
        Values::Number(numbers) => numbers.get(at).is_none_or(Option::is_some),
        Values::Date(dates) => dates.get(at).is_none_or(Option::is_some),
        Values::Binary(blobs) => blobs.get(at).is_none_or(Option::is_some),
        Values::Ip(ranges) => ranges.get(at).is_none_or(Option::is_some),
        Values::Arn(tests) => !matches!(tests.get(at), Some(ArnTest::Parts(None))),
        Values::Exact(_) | Values::Text(_) | Values::Null(_) => true,
    }
}

/// Whether a value of the request is of the operator's type.
fn takes(values: &Values, actual: &str) -> bool {
    match values {
        Values::Exact(_) | Values::Text(_) | Values::Null(_) => true,
        Values::Number(_) => number::parse(actual).is_some(),
        Values::Date(_) => date::parse(actual).is_some(),
        Values::Bool(_) => boolean::parse(actual).is_some(),
        Values::Binary(_) => binary::parse(actual).is_some(),
        Values::Ip(_) => ip::parse_address(actual).is_some(),
        Values::Arn(_) => split_arn(actual).is_some(),
    }
}

/// Positions of values with variables, with their text.
pub(crate) fn resolved(values: &Values, count: usize, bindings: &Bindings<'_>) -> Resolved {
    if bindings.variables.is_empty() {
        return Resolved::new();
    }
    let mut room = RESOLVED_BYTES;
    let found = (0..count).filter_map(|at| {
        let text = resolved_at(values, at, bindings, room)?;
        room = room.saturating_sub(text.len());
        Some((at, text))
    });
    found.collect()
}

/// The value at a position with its variables filled, where it has any.
fn resolved_at(values: &Values, at: usize, bindings: &Bindings<'_>, room: usize) -> Option<String> {
    let filled = |pattern: &Pattern| if pattern.slots().is_empty() { None } else { pattern.resolved(bindings, room) };
    match values {
        _ if room == 0 => None,
        Values::Text(patterns) | Values::Bool(patterns) => patterns.get(at).and_then(filled),
        Values::Arn(tests) => match tests.get(at)? {
            ArnTest::Template(tokens) => Pattern::new(tokens.iter().cloned()).resolved(bindings, room),
            ArnTest::Parts(_) => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests;
