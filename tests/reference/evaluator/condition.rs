//! The Condition element: how operators, keys and values combine (POL-75 to POL-90).

use serde_json::Value;

use super::fault::{Fault, Faults};
use super::operator::{Answer, Operator, compare};
use super::question::{Found, Question, many};
use super::variable::Variables;

/// How the values of the request are gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    None,
    All,
    Any,
}

/// POL-75: all operators and all their keys have to hold.
pub fn holds(question: &Question, element: &Value, variables: Variables) -> bool {
    let faults = question.faults;
    let Some(operators) = element.as_object() else {
        return true;
    };
    let test_operator = |(name, keys): (&String, &Value)| {
        let Some(keys) = keys.as_object() else {
            return true;
        };
        let test_key = |(key, values): (&String, &Value)| {
            let values: Vec<String> = many(values).map(plain).collect();
            test(question, name, key, &values, variables)
        };
        match faults.has(Fault::OneKeySuffices) && !keys.is_empty() {
            true => keys.iter().any(test_key),
            false => keys.iter().all(test_key),
        }
    };
    match faults.has(Fault::OneOperatorSuffices) && !operators.is_empty() {
        true => operators.iter().any(test_operator),
        false => operators.iter().all(test_operator),
    }
}

/// POL-6: numbers and booleans may stand without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// One operator, one key.
fn test(question: &Question, name: &str, key: &str, values: &[String], variables: Variables) -> bool {
    let faults = question.faults;
    let found = question.find(key, faults.has(Fault::KeyMatchesCase));
    if name.eq_ignore_ascii_case("Null") {
        return test_null(&found, values, faults);
    }
    // POL-76: operator names ignore case.
    let lower = match faults.has(Fault::OperatorMatchesCase) && name.to_lowercase() == name {
        true => return false,
        false => name.to_lowercase(),
    };
    let (set, rest) = match lower.split_once(':') {
        Some(("forallvalues", rest)) => (Set::All, rest),
        Some(("foranyvalue", rest)) => (Set::Any, rest),
        _ => (Set::None, lower.as_str()),
    };
    let (base, if_exists) = match rest.strip_suffix("ifexists") {
        Some(base) => (base, !faults.has(Fault::IfExistsIgnored)),
        None => (rest, false),
    };
    let Some(operator) = Operator::named(base) else {
        return false;
    };
    let single = |value: &str| test_value(question, operator, value, values, variables);
    let given: Vec<&str> = match &found {
        Found::Absent => Vec::new(),
        Found::One(value) => vec![value],
        Found::Many(list) => list.clone(),
    };
    // POL-80, POL-81, POL-105: an empty set is like no key.
    if given.is_empty() {
        return if_exists || test_absence(set, operator, faults);
    }
    if if_exists && faults.has(Fault::IfExistsIgnoresValue) {
        return true;
    }
    match (set, &found) {
        // POL-84, POL-85.
        (Set::All, _) if faults.has(Fault::ForAllIsForAny) => given.iter().any(|value| single(value)),
        (Set::Any, _) if faults.has(Fault::ForAnyIsForAll) => given.iter().all(|value| single(value)),
        (Set::All, _) => given.iter().all(|value| single(value)),
        (Set::Any, _) => given.iter().any(|value| single(value)),
        // POL-83, POL-89: several values need a set operator.
        (Set::None, Found::Many(_)) => {
            faults.has(Fault::ManyWithoutSetOperator) && given.iter().any(|value| single(value))
        }
        (Set::None, _) => single(given[0]),
    }
}

/// The rows POL-80 and POL-81.
fn test_absence(set: Set, operator: Operator, faults: Faults) -> bool {
    match set {
        Set::All => !faults.has(Fault::ForAllFalseWhenAbsent),
        Set::Any => faults.has(Fault::ForAnyTrueWhenAbsent),
        Set::None => operator.negated && !faults.has(Fault::NegatedFalseWhenAbsent),
    }
}

/// POL-82: one value of the request against all of the policy.
fn test_value(question: &Question, operator: Operator, value: &str, values: &[String], variables: Variables) -> bool {
    let faults = question.faults;
    let answers: Vec<Answer> =
        values.iter().map(|wanted| compare(question, operator, value, wanted, variables)).collect();
    let differs = |answer: &Answer| match answer {
        Answer::Same => false,
        Answer::Differs => true,
        // POL-106, POL-201: malformed values match neither way.
        Answer::Malformed => faults.has(Fault::IllTypedMatchesNegated),
        // POL-107.
        Answer::NoArn => faults.has(Fault::NotArnMatchesNegated),
        // POL-127.
        Answer::Unresolved => !faults.has(Fault::UnresolvedFailsNegated),
    };
    match operator.negated {
        false => answers.contains(&Answer::Same),
        true if faults.has(Fault::NegatedAnyValue) => answers.iter().any(differs),
        true => answers.iter().all(differs),
    }
}

/// POL-80, POL-81, POL-90, POL-199: an empty set and an empty text are null too.
fn test_null(found: &Found, values: &[String], faults: Faults) -> bool {
    let null = match found {
        Found::Absent => true,
        Found::One(text) => text.is_empty() && !faults.has(Fault::NullEmptyTextIsThere),
        Found::Many(list) => list.is_empty() && !faults.has(Fault::NullEmptySetIsThere),
    };
    let null = null != faults.has(Fault::NullInverted);
    let values = if faults.has(Fault::NullOneValue) { &values[..1] } else { values };
    values.iter().any(|value| value.eq_ignore_ascii_case(if null { "true" } else { "false" }))
}
