//! Conditions and the names of their operators (POL-75…108).

use std::fmt;

use thiserror::Error;

use crate::text::{Span, Spanned};

/// One operator applied to one key: the smallest part of a Condition that can be true or false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator, or why its name is none; an unknown operator never matches.
    pub operator: Result<Operator, OperatorError>,
    /// The operator as written.
    pub operator_text: Spanned<String>,
    /// The key as written.
    pub key: Spanned<String>,
    /// The values; numbers and booleans as the text that was written (POL-6).
    pub values: Vec<Spanned<String>>,
    /// The key with its values.
    pub span: Span,
}

/// Set qualifier of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// Every value of the request must satisfy (POL-84).
    ForAllValues,
    /// One value of the request is enough (POL-85).
    ForAnyValue,
}

/// How two numbers or dates are compared: request value, comparison, policy value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Equal.
    Equals,
    /// Smaller or earlier.
    LessThan,
    /// Smaller, earlier or equal.
    LessThanEquals,
    /// Greater or later.
    GreaterThan,
    /// Greater, later or equal.
    GreaterThanEquals,
}

/// What is tested, without qualifier, negation and `IfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BaseOperator {
    /// Exact text (POL-95).
    StringEquals,
    /// Exact text without regard to case (POL-96).
    StringEqualsIgnoreCase,
    /// Text with wildcards (POL-97).
    StringLike,
    /// Numbers (POL-98).
    Numeric(Comparison),
    /// Dates (POL-99).
    Date(Comparison),
    /// Booleans (POL-100).
    Bool,
    /// Bytes in base64 (POL-101).
    BinaryEquals,
    /// Address ranges (POL-102).
    IpAddress,
    /// ARNs, part by part (POL-103).
    ArnEquals,
    /// ARNs again: the same test under another name.
    ArnLike,
    /// Whether the key is absent (POL-104).
    Null,
}

/// A complete condition operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// Set qualifier, if any.
    pub qualifier: Option<Qualifier>,
    /// What is tested.
    pub base: BaseOperator,
    /// Whether this is the Not form.
    pub negated: bool,
    /// Whether an absent key satisfies it (POL-105).
    pub if_exists: bool,
}

/// Why a text names no operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OperatorError {
    /// There is no such operator (POL-108).
    #[error("there is no such condition operator")]
    Unknown,
    /// `Null` takes no `IfExists` (POL-88).
    #[error("`Null` asks whether a key exists and takes no `IfExists`")]
    NullIfExists,
}

const NAMES: [(&str, BaseOperator, bool); 27] = {
    use BaseOperator::*;
    use Comparison::*;
    [
        ("StringEquals", StringEquals, false),
        ("StringNotEquals", StringEquals, true),
        ("StringEqualsIgnoreCase", StringEqualsIgnoreCase, false),
        ("StringNotEqualsIgnoreCase", StringEqualsIgnoreCase, true),
        ("StringLike", StringLike, false),
        ("StringNotLike", StringLike, true),
        ("NumericEquals", Numeric(Equals), false),
        ("NumericNotEquals", Numeric(Equals), true),
        ("NumericLessThan", Numeric(LessThan), false),
        ("NumericLessThanEquals", Numeric(LessThanEquals), false),
        ("NumericGreaterThan", Numeric(GreaterThan), false),
        ("NumericGreaterThanEquals", Numeric(GreaterThanEquals), false),
        ("DateEquals", Date(Equals), false),
        ("DateNotEquals", Date(Equals), true),
        ("DateLessThan", Date(LessThan), false),
        ("DateLessThanEquals", Date(LessThanEquals), false),
        ("DateGreaterThan", Date(GreaterThan), false),
        ("DateGreaterThanEquals", Date(GreaterThanEquals), false),
        ("Bool", Bool, false),
        ("BinaryEquals", BinaryEquals, false),
        ("IpAddress", IpAddress, false),
        ("NotIpAddress", IpAddress, true),
        ("ArnEquals", ArnEquals, false),
        ("ArnNotEquals", ArnEquals, true),
        ("ArnLike", ArnLike, false),
        ("ArnNotLike", ArnLike, true),
        ("Null", Null, false),
    ]
};

impl Operator {
    /// Reads an operator name, without regard to case (POL-76).
    ///
    /// ```
    /// use iam_playground::policy::{Operator, Qualifier};
    /// let operator = Operator::parse("ForAnyValue:StringNotLikeIfExists").unwrap();
    /// assert_eq!(operator.qualifier, Some(Qualifier::ForAnyValue));
    /// assert!(operator.negated && operator.if_exists);
    /// assert!(Operator::parse("NotBool").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, OperatorError> {
        let (qualifier, rest) = match text.split_once(':') {
            Some((word, rest)) if word.eq_ignore_ascii_case("ForAllValues") => (Some(Qualifier::ForAllValues), rest),
            Some((word, rest)) if word.eq_ignore_ascii_case("ForAnyValue") => (Some(Qualifier::ForAnyValue), rest),
            Some(_) => return Err(OperatorError::Unknown),
            None => (None, text),
        };
        let find = |name: &str| NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        let suffix = rest.len().saturating_sub("IfExists".len());
        let (name, if_exists) = match (rest.get(..suffix), rest.get(suffix..)) {
            (Some(name), Some(end)) if end.eq_ignore_ascii_case("IfExists") => (name, true),
            _ => (rest, false),
        };
        let (_, base, negated) = find(name).ok_or(OperatorError::Unknown)?;
        if *base == BaseOperator::Null && if_exists {
            return Err(OperatorError::NullIfExists);
        }
        Ok(Self { qualifier, base: *base, negated: *negated, if_exists })
    }

    /// The names that exist, for messages and completion.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, ..)| *name)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.qualifier {
            Some(Qualifier::ForAllValues) => "ForAllValues:",
            Some(Qualifier::ForAnyValue) => "ForAnyValue:",
            None => "",
        })?;
        let name = NAMES.iter().find(|(_, base, negated)| *base == self.base && *negated == self.negated);
        f.write_str(name.map_or("", |(name, ..)| name))?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back_as_it_prints() {
        for name in Operator::names() {
            assert_eq!(Operator::parse(name).map(|operator| operator.to_string()), Ok(name.to_owned()));
        }
    }

    #[test]
    fn names_are_read_in_any_case() {
        assert_eq!(
            Operator::parse("forallvalues:stringlikeifexists"),
            Operator::parse("ForAllValues:StringLikeIfExists")
        );
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        for name in ["NotBool", "NotNull", "StringMatches", "Some:StringEquals", "", "IfExists"] {
            assert_eq!(Operator::parse(name), Err(OperatorError::Unknown), "{name}");
        }
        assert_eq!(Operator::parse("NullIfExists"), Err(OperatorError::NullIfExists));
    }
}
