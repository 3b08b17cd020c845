//! Values of condition keys that make conditions hold, or fail.

use super::edit::Edit;
use crate::eval::operator::{date, ip};
use crate::eval::{CompiledPolicy, Context, ContextValue};
use crate::policy::{BaseOperator, Condition};

/// Keys that follow from who asks for what: with another value it would be another question.
const OF_THE_QUESTION: [&str; 9] = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principaltype",
    "aws:principalisawsservice",
    "aws:principalservicename",
    "aws:principalservicenameslist",
    "aws:userid",
    "aws:username",
    "aws:resourceaccount",
];

/// Whether a request could carry another value of a key and still be the same question.
pub(super) fn can_change(key: &str) -> bool {
    !OF_THE_QUESTION.contains(&key.to_lowercase().as_str())
}

/// What a search wants of the conditions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    /// All conditions on the key hold.
    Hold,
    /// One condition on the key fails.
    Fail,
}

/// What a search may choose.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Among {
    All,
    Absence,
    Values,
}

/// Changes of the context with which all conditions of the statement at a position of the document hold; `None` where
/// none is found.
pub(super) fn satisfy(policy: &CompiledPolicy, at: usize, context: &Context) -> Option<Vec<Edit>> {
    let conditions = &policy.document().statements.get(at)?.conditions;
    let mut context = context.clone();
    let mut edits = Vec::new();
    for key in keys(conditions) {
        let is_of_key = |condition: &Condition| condition.key.value.to_lowercase() == key;
        let held = policy.conditions_hold(at, &context);
        if conditions.iter().zip(held).all(|(condition, holds)| holds || !is_of_key(condition)) {
            continue;
        }
        let (written, value) = find(policy, at, &context, &key, Want::Hold, Among::All)?;
        set(&mut context, &written, value.as_ref());
        edits.push(Edit::Context { key: written, value });
    }
    policy.conditions_hold(at, &context).iter().all(|holds| *holds).then_some(edits)
}

/// For each key of the statement's conditions in their order, a change with which one of them fails.
pub(super) fn unsatisfy(policy: &CompiledPolicy, at: usize, context: &Context) -> Vec<Edit> {
    let Some(statement) = policy.document().statements.get(at) else { return Vec::new() };
    let found = keys(&statement.conditions).into_iter().filter_map(|key| {
        let (key, value) = find(policy, at, context, &key, Want::Fail, Among::All)?;
        Some(Edit::Context { key, value })
    });
    found.collect()
}

/// The same, told apart: for each key its absence, and another value, where a condition then fails.
pub(super) fn lose(policy: &CompiledPolicy, at: usize, context: &Context) -> Vec<Edit> {
    let Some(statement) = policy.document().statements.get(at) else { return Vec::new() };
    let each = keys(&statement.conditions).into_iter().flat_map(|key| {
        [Among::Absence, Among::Values].into_iter().filter_map(move |among| {
            let (key, value) = find(policy, at, context, &key, Want::Fail, among)?;
            Some(Edit::Context { key, value })
        })
    });
    each.collect()
}

/// The keys in lower case, each once, in the order of the text.
fn keys(conditions: &[Condition]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for key in conditions.iter().map(|condition| condition.key.value.to_lowercase()) {
        if !found.contains(&key) {
            found.push(key);
        }
    }
    found
}

fn set(context: &mut Context, key: &str, value: Option<&ContextValue>) {
    match value {
        Some(value) => context.set(key, value.clone()),
        None => context.remove(key),
    }
}

/// The first value of a key, given in lower case, that does what is wanted, under the key as it is spelled.
fn find(
    policy: &CompiledPolicy,
    at: usize,
    context: &Context,
    key: &str,
    want: Want,
    among: Among,
) -> Option<(String, Option<ContextValue>)> {
    if !can_change(key) {
        return None;
    }
    let conditions = &policy.document().statements.get(at)?.conditions;
    let of_key: Vec<bool> = conditions.iter().map(|condition| condition.key.value.to_lowercase() == key).collect();
    let own: Vec<&Condition> =
        conditions.iter().zip(&of_key).filter_map(|(condition, of_key)| of_key.then_some(condition)).collect();
    let current = context.get(key);
    let mut trial = context.clone();
    let does = |trial: &Context| {
        let held = policy.conditions_hold(at, trial);
        let mut of_this = held.iter().zip(&of_key).filter_map(|(holds, of_key)| of_key.then_some(*holds));
        match want {
            Want::Hold => of_this.all(|holds| holds),
            Want::Fail => of_this.any(|holds| !holds),
        }
    };
    let written = context.iter().map(|(name, _)| name).find(|name| name.to_lowercase() == key);
    let written = written.or(own.first().map(|condition| condition.key.value.as_str()))?.to_owned();
    let found = candidates(&own, context, key).into_iter().find(|value| {
        let is_allowed = match among {
            Among::All => true,
            Among::Absence => value.is_none(),
            Among::Values => value.is_some(),
        };
        if !is_allowed || value.as_ref() == current {
            return false;
        }
        set(&mut trial, &written, value.as_ref());
        does(&trial)
    })?;
    Some((written, found))
}

/// Values worth a try, the most natural first: those of the policy, their neighbours, none, anything else.
fn candidates(conditions: &[&Condition], context: &Context, key: &str) -> Vec<Option<ContextValue>> {
    let mut texts: Vec<String> = Vec::new();
    let expected = || {
        conditions.iter().filter_map(|condition| Some((condition.operator.ok()?.base, condition))).flat_map(
            |(base, condition)| condition.values.iter().map(move |value| (base, filled(&value.value, context))),
        )
    };
    texts
        .extend(expected().filter(|(base, _)| *base != BaseOperator::Null).flat_map(|(base, text)| equal(base, &text)));
    texts.extend(expected().flat_map(|(base, text)| near(base, &text)));
    let with_qualifier =
        conditions.iter().any(|condition| condition.operator.is_ok_and(|found| found.qualifier.is_some()));
    let many = |text: &String| Some(ContextValue::Many(vec![text.clone()]));
    let one = |text: &String| Some(ContextValue::One(text.clone()));
    let in_form = |texts: &[String]| -> Vec<Option<ContextValue>> {
        let (first, second): (Vec<_>, Vec<_>) = match context.get(key) {
            Some(ContextValue::Many(_)) => (texts.iter().map(many).collect(), texts.iter().map(one).collect()),
            None if with_qualifier => (texts.iter().map(many).collect(), texts.iter().map(one).collect()),
            _ if with_qualifier => (texts.iter().map(one).collect(), texts.iter().map(many).collect()),
            _ => (texts.iter().map(one).collect(), Vec::new()),
        };
        first.into_iter().chain(second).collect()
    };
    let mut found = in_form(&texts);
    found.push(None);
    found.extend(in_form(&anything(key)));
    if with_qualifier {
        found.push(Some(ContextValue::Many(Vec::new())));
    }
    found
}

/// A value of a policy with its variables and escapes filled, as far as the request knows them.
fn filled(text: &str, context: &Context) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((inside, after)) = after.split_once('}') else { break };
        out.push_str(before);
        let (key, default) = inside.split_once(',').unwrap_or((inside, ""));
        match (inside, context.get(key.trim())) {
            ("*" | "?" | "$", _) => out.push_str(inside),
            (_, Some(ContextValue::One(value))) => out.push_str(value),
            _ => out.push_str(default.trim().trim_matches('\'')),
        }
        rest = after;
    }
    out + rest
}

/// Texts that equal a value of a policy.
fn equal(base: BaseOperator, text: &str) -> Vec<String> {
    match base {
        BaseOperator::StringLike | BaseOperator::ArnEquals | BaseOperator::ArnLike if text.contains(['*', '?']) => {
            let shortest = text.replace('*', "").replace('?', "x");
            let filled = if text.starts_with("arn:") { arn(text) } else { text.replace(['*', '?'], "x") };
            vec![filled, shortest, text.to_owned()]
        }
        BaseOperator::IpAddress => {
            let range = ip::parse_range(text);
            let first = range.and_then(|range| range.hosts().next()).map(|address| address.to_string());
            first.into_iter().chain(range.map(|range| range.addr().to_string())).collect()
        }
        _ => vec![text.to_owned()],
    }
}

/// An ARN that a pattern matches, with plausible parts.
fn arn(pattern: &str) -> String {
    let parts = pattern.splitn(6, ':').enumerate().map(|(at, part)| match (at, part) {
        (1, "*") => "aws".to_owned(),
        (3, "*") => "us-east-1".to_owned(),
        (4, "*") => "123456789012".to_owned(),
        (_, part) => part.replace(['*', '?'], "x"),
    });
    let mut parts: Vec<String> = parts.collect();
    parts.resize(6, "x".to_owned());
    parts.join(":")
}

/// Texts of the operator's type beside a value of a policy.
fn near(base: BaseOperator, text: &str) -> Vec<String> {
    const DAY: i64 = 86_400;
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    match base {
        BaseOperator::Numeric(_) => {
            let whole: Option<i64> = text.split('.').next().and_then(|whole| whole.parse().ok());
            let beside = whole.into_iter().flat_map(|whole| [whole.saturating_sub(1), whole.saturating_add(1)]);
            beside.map(|number| number.to_string()).chain(["1".to_owned()]).collect()
        }
        BaseOperator::Date(_) => {
            let seconds = date::parse(text).and_then(|moment| i64::try_from(moment / 1_000_000_000).ok());
            let beside = seconds.into_iter().flat_map(|now| [-DAY, DAY, -1, 1].map(|by| now.saturating_add(by)));
            // Whether a moment before 1970 is a date, nobody needs to ask.
            beside.filter(|seconds| *seconds >= 0).filter_map(date::text).collect()
        }
        BaseOperator::Bool => texts(&["true", "false"]),
        BaseOperator::BinaryEquals => texts(&["AA=="]),
        BaseOperator::IpAddress => {
            texts(&["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "2001:db8:1::1", "3fff::1"])
        }
        BaseOperator::ArnEquals | BaseOperator::ArnLike if text.starts_with("arn:") => {
            vec![format!("{}-other", arn(text))]
        }
        _ => Vec::new(),
    }
}

/// Values of a key of which the policy only asks that it is there, or that it is something else.
fn anything(key: &str) -> Vec<String> {
    let typed = match key {
        "aws:multifactorauthage" => "300",
        "aws:currenttime" | "aws:tokenissuetime" | "aws:epochtime" => "2026-01-01T00:00:00Z",
        "aws:sourceip" | "aws:vpcsourceip" => "192.0.2.1",
        "aws:sourcearn" => "arn:aws:sns:us-east-1:123456789012:topic",
        "aws:securetransport" | "aws:multifactorauthpresent" | "aws:viaawsservice" => "true",
        _ => "value",
    };
    ["other", "x"].iter().fold(vec![typed.to_owned()], |mut texts, text| {
        texts.push((*text).to_owned());
        texts
    })
}
