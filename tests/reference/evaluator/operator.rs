//! The condition operators on one value of the request and one of the policy (POL-95 to POL-107).

use std::cmp::Ordering;

use super::fault::Fault;
use super::glob::{Piece, chars, fits};
use super::question::Question;
use super::value::{address, binary, boolean, date, number};
use super::variable::{self, Variables};

/// What the values of an operator are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Text,
    TextAnyCase,
    Like,
    Number,
    Date,
    Bool,
    Binary,
    Address,
    Arn,
}

/// An operator without its affixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    family: Family,
    relation: Relation,
    /// ArnEquals, which is ArnLike by another name (POL-103).
    spelled_equals: bool,
    /// Whether it asks that no value matches (POL-75).
    pub negated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The relation holds.
    Same,
    /// It does not.
    Differs,
    /// One of the values is not of the operator's type.
    Malformed,
    /// One of the values is no ARN.
    NoArn,
    /// The value of the policy has a variable without a value.
    Unresolved,
}

impl Operator {
    /// By its name in lower case.
    pub fn named(name: &str) -> Option<Self> {
        let families =
            [("string", Family::Text), ("numeric", Family::Number), ("date", Family::Date), ("arn", Family::Arn)];
        let whole = |family, negated| Self { family, relation: Relation::Equal, spelled_equals: true, negated };
        match name {
            "stringequalsignorecase" => return Some(whole(Family::TextAnyCase, false)),
            "stringnotequalsignorecase" => return Some(whole(Family::TextAnyCase, true)),
            "stringlike" => return Some(whole(Family::Like, false)),
            "stringnotlike" => return Some(whole(Family::Like, true)),
            "arnlike" => return Some(Self { spelled_equals: false, ..whole(Family::Arn, false) }),
            "arnnotlike" => return Some(Self { spelled_equals: false, ..whole(Family::Arn, true) }),
            "bool" => return Some(whole(Family::Bool, false)),
            "binaryequals" => return Some(whole(Family::Binary, false)),
            "ipaddress" => return Some(whole(Family::Address, false)),
            "notipaddress" => return Some(whole(Family::Address, true)),
            _ => {}
        }
        let (word, family) = families.into_iter().find(|(word, _)| name.starts_with(word))?;
        let ordered = matches!(family, Family::Number | Family::Date);
        let relation = match &name[word.len()..] {
            "equals" | "notequals" => Relation::Equal,
            "lessthan" if ordered => Relation::Less,
            "lessthanequals" if ordered => Relation::LessOrEqual,
            "greaterthan" if ordered => Relation::Greater,
            "greaterthanequals" if ordered => Relation::GreaterOrEqual,
            _ => return None,
        };
        Some(Self { relation, ..whole(family, name.ends_with("notequals")) })
    }
}

/// Compares a value of the request with one of the policy.
pub fn compare(question: &Question, operator: Operator, value: &str, wanted: &str, variables: Variables) -> Answer {
    let faults = question.faults;
    // POL-120, POL-121, POL-197: variables are for texts, ARNs and Bool.
    let variables = match operator.family {
        Family::Text | Family::TextAnyCase | Family::Like | Family::Arn => variables,
        Family::Bool if faults.has(Fault::VariableInBoolIgnored) => Variables::Literal,
        Family::Bool => variables,
        _ if faults.has(Fault::VariableInNumbers) => variables,
        _ => Variables::Literal,
    };
    // POL-107: what is no ARN matches neither way, whatever it is compared with.
    if operator.family == Family::Arn && !is_arn(value) {
        return Answer::NoArn;
    }
    let Some(pattern) = variable::pattern(question, wanted, variables) else {
        return Answer::Unresolved;
    };
    let Some(plain) = variable::resolved(question, wanted, variables) else {
        return Answer::Unresolved;
    };
    match operator.family {
        // POL-95.
        Family::Text if faults.has(Fault::StringEqualsIgnoresCase) => {
            answer(value.to_lowercase() == plain.to_lowercase())
        }
        Family::Text if faults.has(Fault::StringEqualsWildcards) => answer(fits(&pattern, &chars(value))),
        Family::Text => answer(value == plain),
        // POL-96.
        Family::TextAnyCase if faults.has(Fault::IgnoreCaseMatchesCase) => answer(value == plain),
        Family::TextAnyCase => answer(value.to_lowercase() == plain.to_lowercase()),
        // POL-97.
        Family::Like if faults.has(Fault::LikeIsEquals) => answer(value == plain),
        Family::Like if faults.has(Fault::LikeIgnoresCase) => {
            let pattern: Vec<Piece> = pattern.into_iter().map(Piece::in_any_case).collect();
            answer(fits(&pattern, &chars(value)))
        }
        Family::Like => answer(fits(&pattern, &chars(value))),
        // POL-98.
        Family::Number => match (number(value), number(&plain)) {
            (Some(_), Some(_)) if faults.has(Fault::NumbersAsText) => related(question, operator, value.cmp(&plain)),
            (Some(left), Some(right)) if faults.has(Fault::NumericSidesSwapped) => {
                related(question, operator, right.cmp(&left))
            }
            (Some(left), Some(right)) => related(question, operator, left.cmp(&right)),
            _ => Answer::Malformed,
        },
        // POL-99.
        Family::Date => match (date(value, faults), date(&plain, faults)) {
            (Some(_), Some(_)) if faults.has(Fault::DatesAsText) => related(question, operator, value.cmp(&plain)),
            (Some(left), Some(right)) if faults.has(Fault::DateOrderReversed) => {
                related(question, operator, right.cmp(&left))
            }
            (Some(left), Some(right)) => related(question, operator, left.cmp(&right)),
            _ => Answer::Malformed,
        },
        // POL-100.
        Family::Bool if faults.has(Fault::BoolMatchesCase) => answer(value == plain),
        Family::Bool => both(boolean(value), boolean(&plain)),
        // POL-101.
        Family::Binary if faults.has(Fault::BinaryAsText) => answer(value == plain),
        Family::Binary => both(binary(value), binary(&plain)),
        // POL-102.
        Family::Address => addresses(question, value, &plain),
        // POL-103.
        Family::Arn => arns(question, operator, value, &pattern, &plain),
    }
}

fn answer(holds: bool) -> Answer {
    if holds { Answer::Same } else { Answer::Differs }
}

fn both<T: PartialEq>(left: Option<T>, right: Option<T>) -> Answer {
    match (left, right) {
        (Some(left), Some(right)) => answer(left == right),
        _ => Answer::Malformed,
    }
}

/// The value of the request stands on the left (POL-98).
fn related(question: &Question, operator: Operator, order: Ordering) -> Answer {
    answer(match operator.relation {
        Relation::Equal => order.is_eq(),
        Relation::Less if operator.family == Family::Number && question.faults.has(Fault::NumericLessOrEqual) => {
            order.is_le()
        }
        Relation::Less => order.is_lt(),
        Relation::LessOrEqual => order.is_le(),
        Relation::Greater => order.is_gt(),
        Relation::GreaterOrEqual => order.is_ge(),
    })
}

fn addresses(question: &Question, value: &str, range: &str) -> Answer {
    let faults = question.faults;
    let (Some(own), Some(range)) = (address(value), address(range)) else {
        return Answer::Malformed;
    };
    if own.width != range.width {
        return if faults.has(Fault::IpFamiliesMix) { Answer::Same } else { Answer::Differs };
    }
    let prefix = match range.prefix {
        Some(prefix) if !faults.has(Fault::IpPrefixIgnored) => prefix,
        None if faults.has(Fault::IpPlainMatchesAll) => 0,
        _ => range.width,
    };
    let cut = |bits: u128| bits.checked_shr(range.width - prefix).unwrap_or(0);
    answer(cut(own.bits) == cut(range.bits))
}

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.matches(':').count() >= 5
}

/// Component by component; a component border is never crossed.
fn arns(question: &Question, operator: Operator, value: &str, pattern: &[Piece], plain: &str) -> Answer {
    let faults = question.faults;
    let own: Vec<&str> = value.splitn(6, ':').collect();
    let mut wanted: Vec<&[Piece]> = pattern.splitn(6, |piece| *piece == Piece::Char(':')).collect();
    // A star at the end stands for the components that are missing; otherwise a short value is no ARN (POL-107).
    while wanted.len() < 6 && pattern.last() == Some(&Piece::Star) {
        wanted.push(&[Piece::Star]);
    }
    if wanted.len() < 6 || !fits(wanted[0], &chars("arn")) {
        return Answer::NoArn;
    }
    if faults.has(Fault::ArnEqualsLiteral) && operator.spelled_equals {
        return answer(value == plain);
    }
    if faults.has(Fault::ArnStarCrosses) {
        return answer(fits(pattern, &chars(value)));
    }
    let part = |pattern: &[Piece], text: &str| match faults.has(Fault::ArnIgnoresCase) {
        true => fits(&pattern.iter().map(|piece| piece.in_any_case()).collect::<Vec<_>>(), &chars(text)),
        false => fits(pattern, &chars(text)),
    };
    answer(wanted.iter().zip(own).all(|(pattern, text)| part(pattern, text)))
}
