//! A first value for a context key that a statement asks for.

use crate::eval::trace::{ConditionTrace, StatementTrace};
use crate::policy::{BaseOperator, Operator};

/// A value that the statement would take for `key`, where it names one in plain text; otherwise an example of the kind that
/// its operator compares, or nothing.
pub fn value(statement: StatementTrace<'_>, key: &str) -> String {
    let asks = |condition: &ConditionTrace<'_>| condition.key.eq_ignore_ascii_case(key);
    let Some(condition) = statement.conditions().find(asks) else { return String::new() };
    let plain = |text: &str| !text.contains(['*', '?', '$', '/']);
    let wanted = condition.expected().next().map(|expected| expected.text);
    match condition.operator {
        Some(Operator { base: BaseOperator::Null, .. }) => "example".to_owned(),
        Some(Operator { negated: true, .. }) => String::new(),
        _ => wanted.filter(|text| plain(text)).unwrap_or_default().to_owned(),
    }
}
