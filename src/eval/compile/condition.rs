//! Conditions with their values read once, by type.

use ipnet::IpNet;
use rustc_hash::FxHashSet;

use super::Variables;
use crate::eval::operator::number::Decimal;
use crate::eval::operator::{binary, boolean, date, ip, number};
use crate::ident::arn::RESOURCE_PART;
use crate::ident::{Case, Pattern, Slots, Token, pattern};
use crate::policy::variable::{Part, parts};
use crate::policy::{BaseOperator, Condition, Operator, Version};

/// One operator applied to one key.
#[derive(Debug)]
pub(crate) struct CompiledCondition {
    /// `None` when the name is no operator: the condition never holds.
    pub operator: Option<Operator>,
    /// The key in lower case (POL-77).
    pub key: Box<str>,
    pub values: Values,
}

/// The values of a condition by the family of its operator; `None` stands for one that is not of the type (POL-106).
#[derive(Debug)]
pub(crate) enum Values {
    /// Many plain texts: looked up, not compared one by one.
    Exact(FxHashSet<Box<str>>),
    Text(Box<[Pattern]>),
    Number(Box<[Option<Decimal>]>),
    Date(Box<[Option<i128>]>),
    /// Patterns, because a variable may stand here (POL-197).
    Bool(Box<[Pattern]>),
    Binary(Box<[Option<Box<[u8]>>]>),
    Ip(Box<[Option<IpNet>]>),
    Arn(Box<[ArnTest]>),
    Null(Box<[Option<bool>]>),
}

/// An ARN pattern: six parts compared one by one, or, when it has variables, a text that is split after they are filled.
#[derive(Debug)]
pub(crate) enum ArnTest {
    /// `None` when the text can be no ARN.
    Parts(Option<Box<ArnParts>>),
    Template(Box<[Token]>),
}

pub(crate) fn compile(source: &Condition, version: Version, variables: &mut Variables) -> CompiledCondition {
    let operator = source.operator.ok();
    let texts = source.values.iter().map(|value| value.value.as_str());
    let values = match operator.map(|operator| operator.base) {
        None => Values::Null(Box::default()),
        Some(BaseOperator::StringEquals) if source.values.len() >= SET_FROM && all_plain(source, version) => {
            Values::Exact(texts.map(Into::into).collect())
        }
        Some(BaseOperator::StringEquals) => {
            Values::Text(texts.map(|text| exact(text, Case::Sensitive, version, variables)).collect())
        }
        Some(BaseOperator::StringEqualsIgnoreCase) => {
            Values::Text(texts.map(|text| exact(text, Case::Insensitive, version, variables)).collect())
        }
        Some(BaseOperator::StringLike) => {
            Values::Text(texts.map(|text| Pattern::new(wild(text, version, variables))).collect())
        }
        Some(BaseOperator::Numeric(_)) => Values::Number(texts.map(number::parse).collect()),
        Some(BaseOperator::Date(_)) => Values::Date(texts.map(date::parse).collect()),
        Some(BaseOperator::Bool) => {
            Values::Bool(texts.map(|text| exact(text, Case::Insensitive, version, variables)).collect())
        }
        Some(BaseOperator::BinaryEquals) => Values::Binary(texts.map(binary::parse).collect()),
        Some(BaseOperator::IpAddress) => Values::Ip(texts.map(ip::parse_range).collect()),
        Some(BaseOperator::ArnEquals | BaseOperator::ArnLike) => {
            Values::Arn(texts.map(|text| arn(text, version, variables)).collect())
        }
        Some(BaseOperator::Null) => Values::Null(texts.map(boolean::parse).collect()),
    };
    CompiledCondition { operator, key: source.key.value.to_lowercase().into(), values }
}

/// From this many texts on a look-up is cheaper than comparing them all.
const SET_FROM: usize = 8;

fn all_plain(source: &Condition, version: Version) -> bool {
    let is_plain = |text: &str| parts(text, version).all(|part| matches!(part, Part::Text(_)));
    source.values.iter().all(|value| is_plain(&value.value))
}

/// Text without wildcards, variables filled.
fn exact(text: &str, case: Case, version: Version, variables: &mut Variables) -> Pattern {
    Pattern::new(exact_tokens(text, case, version, variables))
}

fn exact_tokens(text: &str, case: Case, version: Version, variables: &mut Variables) -> impl Iterator<Item = Token> {
    parts(text, version).map(move |part| match part {
        Part::Text(text) | Part::Literal(text) => Token::Text(text.into(), case),
        Part::Variable(variable) => Token::Slot(variables.slot(variable), case),
    })
}

/// Text with wildcards, variables filled.
fn wild(text: &str, version: Version, variables: &mut Variables) -> Vec<Token> {
    let mut tokens = Vec::new();
    for part in parts(text, version) {
        match part {
            Part::Text(text) => tokens.extend(pattern::tokens(text, Case::Sensitive)),
            Part::Literal(text) => tokens.push(Token::Text(text.into(), Case::Sensitive)),
            Part::Variable(variable) => tokens.push(Token::Slot(variables.slot(variable), Case::Sensitive)),
        }
    }
    tokens
}

fn arn(text: &str, version: Version, variables: &mut Variables) -> ArnTest {
    let tokens = wild(text, version, variables);
    if tokens.iter().any(|token| matches!(token, Token::Slot(..))) {
        return ArnTest::Template(tokens.into());
    }
    ArnTest::Parts(arn_parts(tokens).map(Box::new))
}

/// A value as the letters that are compared; `None` for an operator that compares none.
pub(crate) fn value_tokens(
    base: BaseOperator,
    text: &str,
    version: Version,
    variables: &mut Variables,
) -> Option<Vec<Token>> {
    match base {
        BaseOperator::StringEquals => Some(exact_tokens(text, Case::Sensitive, version, variables).collect()),
        BaseOperator::StringEqualsIgnoreCase => {
            Some(exact_tokens(text, Case::Insensitive, version, variables).collect())
        }
        BaseOperator::StringLike | BaseOperator::ArnEquals | BaseOperator::ArnLike => {
            Some(wild(text, version, variables))
        }
        _ => None,
    }
}

/// The six parts of an ARN in one line, its variables filled: a wildcard stays within its part (POL-103), but one at the
/// end of a short ARN stands for the parts that are missing. `None` while a variable has no text.
pub(crate) fn arn_line(tokens: Vec<Token>, slots: &impl Slots) -> Option<Pattern> {
    let mut part = 0;
    let mut line = Vec::with_capacity(tokens.len());
    for token in tokens {
        line.push(match token {
            Token::AnyRun if part < RESOURCE_PART => Token::RunInSegment,
            Token::AnyOne if part < RESOURCE_PART => Token::OneInSegment,
            Token::Slot(index, case) => {
                let text = slots.slot(index)?;
                part += text.matches(':').count();
                Token::Text(text.into(), case)
            }
            other => {
                if let Token::Text(text, _) = &other {
                    part += text.matches(':').count();
                }
                other
            }
        });
    }
    if let (Some(last @ Token::RunInSegment), true) = (line.last_mut(), part < RESOURCE_PART) {
        *last = Token::AnyRun;
    }
    Some(Pattern::new(line))
}

/// The six parts of an ARN.
pub(crate) type ArnParts = [Pattern; 6];

/// Splits at the first five colons. Missing parts are stars when the text ends in one; otherwise, and when it does not
/// start like an ARN, it is ill-typed (POL-107).
pub(crate) fn arn_parts(tokens: impl IntoIterator<Item = Token>) -> Option<ArnParts> {
    let mut split: Vec<Vec<Token>> = vec![Vec::new()];
    let mut ends_in_star = false;
    for token in tokens {
        ends_in_star = token == Token::AnyRun;
        let mut rest: &str = match &token {
            Token::Text(text, _) => text,
            _ => "",
        };
        while split.len() < 6 {
            let Some((before, after)) = rest.split_once(':') else { break };
            push(&mut split, Token::Text(before.into(), Case::Sensitive));
            split.push(Vec::new());
            rest = after;
        }
        let token = match token {
            Token::Text(..) => Token::Text(rest.into(), Case::Sensitive),
            other => other,
        };
        push(&mut split, token);
    }
    while ends_in_star && split.len() < 6 {
        split.push(vec![Token::AnyRun]);
    }
    let parts: Vec<Pattern> = split.into_iter().map(Pattern::new).collect();
    let parts: ArnParts = parts.try_into().ok()?;
    let [prefix, ..] = &parts;
    prefix.matches("arn").then_some(parts)
}

fn push(parts: &mut [Vec<Token>], token: Token) {
    let empty = matches!(&token, Token::Text(text, _) if text.is_empty());
    if let Some(last) = parts.last_mut().filter(|_| !empty) {
        last.push(token);
    }
}
