//! What statements of trust and resource policies say about whom they admit.

use crate::policy::{BaseOperator, Effect, PrincipalEntry, Qualifier, Statement};

/// Keys that narrow an open principal to callers of one's own choice (LINT-20).
const NARROWING: [&str; 17] = [
    "aws:sourcearn",
    "aws:sourceaccount",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:userid",
    "aws:sourceip",
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
    "kms:calleraccount",
];

/// Whom an Allow statement names; nobody for Deny and NotPrincipal, which grants nothing (EVAL-125).
pub(super) fn admitted(statement: &Statement) -> impl Iterator<Item = &PrincipalEntry> {
    let element = statement.principal.as_ref().filter(|element| !element.negated && allows(statement));
    element.into_iter().flat_map(|element| &element.entries).map(|entry| &entry.value)
}

pub(super) fn allows(statement: &Statement) -> bool {
    statement.effect.value == Effect::Allow
}

/// Values of conditions that a caller must meet and that demand one of these keys: positive operators without `IfExists`
/// and `ForAllValues`, which hold without the key, and no `Null` (ACCT-22).
pub(super) fn demanded<'a>(statement: &'a Statement, keys: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let counts = |condition: &&crate::policy::Condition| {
        let Ok(operator) = condition.operator else { return false };
        let positive = !operator.negated && !operator.if_exists && operator.base != BaseOperator::Null;
        positive && operator.qualifier != Some(Qualifier::ForAllValues)
    };
    let of_keys =
        |condition: &&crate::policy::Condition| keys.iter().any(|key| condition.key.value.eq_ignore_ascii_case(key));
    let conditions = statement.conditions.iter().filter(counts).filter(move |condition| of_keys(condition));
    conditions.flat_map(|condition| condition.values.iter()).map(|value| &*value.value)
}

/// Whether a condition narrows whom an open principal admits (LINT-20).
pub(super) fn is_narrowed(statement: &Statement) -> bool {
    NARROWING.iter().any(|key| {
        let keys = [*key];
        let mut values = demanded(statement, &keys).peekable();
        values.peek().is_some() && values.all(|value| is_fixed(key, value))
    })
}

fn is_fixed(key: &str, value: &str) -> bool {
    match key {
        "aws:sourceip" => value.rsplit_once('/').is_none_or(|(_, bits)| bits.parse::<u8>().is_ok_and(|bits| bits > 1)),
        // Account, organization and user ids are compared as wholes.
        "aws:principalarn" | "aws:sourcearn" => {
            value.split(':').nth(4).is_some_and(|account| !account.is_empty() && !account.contains(['*', '?']))
                || value.starts_with("arn:aws:s3:::") && !value.contains(['*', '?'])
        }
        _ => !value.starts_with('*') && !value.is_empty(),
    }
}

/// Whether the Action element of a statement admits an action.
pub(super) fn is_about(statement: &Statement, action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let matches = |entry: &str| fits(&entry.to_ascii_lowercase(), &action);
    statement.action.entries.iter().any(|entry| matches(&entry.value)) != statement.action.negated
}

/// Whether a text fits a pattern with `*`, as actions have it (POL-55). The earliest place for each part between two stars
/// leaves most room for the next.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('*') else { return pattern == text };
    let (middle, after) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(inner) = text.strip_prefix(before).and_then(|text| text.strip_suffix(after)) else { return false };
    let mut parts = middle.split('*');
    parts.try_fold(inner, |text, part| text.find(part).and_then(|at| text.get(at + part.len()..))).is_some()
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_stand_for_any_text() {
        for pattern in ["*", "sts:*", "sts:assume*", "sts:*role", "s*:assume*ole", "*a*u*e*", "sts:assumerole"] {
            assert!(fits(pattern, "sts:assumerole"), "{pattern}");
        }
        for pattern in ["", "sts:", "sts:assumerole*x", "*x*", "iam:*", "sts:assumerole*e", "*role*role"] {
            assert!(!fits(pattern, "sts:assumerole"), "{pattern}");
        }
    }
}
