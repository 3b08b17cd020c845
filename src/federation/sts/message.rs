//! DecodeAuthorizationMessage: what EC2 hides in its refusals (ERR-20, ERR-58).

use serde_json::{Map, Value, json};

use crate::eval::{ContextValue, Verdict};
use crate::federation::digest::{base64url, from_base64url};
use crate::federation::outcome::{Decided, Failure};

/// What marks a message of the playground; AWS's are encrypted, so that only AWS can read them.
const MARK: &str = "iam-playground ";

/// The encoded message of a refusal.
pub fn encoded(decided: &Decided) -> String {
    base64url(format!("{MARK}{}", report(decided)).as_bytes())
}

/// What DecodeAuthorizationMessage gives for an encoded message: JSON, as indented text.
pub fn decoded(message: &str) -> Result<String, Failure> {
    let text = from_base64url(message.trim()).and_then(|bytes| String::from_utf8(bytes).ok());
    let report = text.as_deref().and_then(|text| text.strip_prefix(MARK));
    match report.and_then(|report| serde_json::from_str::<Value>(report).ok()) {
        Some(report) => Ok(format!("{report:#}")),
        None => {
            let words = "The message cannot be decoded: it is cut off, or no service has made it.";
            Err(Failure::new("InvalidAuthorizationMessageException", 400, words, "ERR-58").approximately())
        }
    }
}

/// The decision in the form that AWS reports it.
fn report(decided: &Decided) -> Value {
    let request = &decided.request;
    let conditions: Vec<Value> = request
        .context
        .iter()
        .map(|(key, value)| {
            let values = match value {
                ContextValue::One(text) => vec![text.as_str()],
                ContextValue::Many(texts) => texts.iter().map(String::as_str).collect(),
            };
            let values: Vec<Value> = values.into_iter().map(|value| json!({ "value": value })).collect();
            json!({ "key": key, "values": { "items": values } })
        })
        .collect();
    let matched: Vec<Value> = decided
        .trace
        .decisive()
        .and_then(|at| decided.trace.statement(at))
        .map(|(policy, statement)| json!({ "policy": &*policy.source.name, "statementId": statement.sid() }))
        .into_iter()
        .collect();
    let mut principal = Map::new();
    principal.insert("id".to_owned(), request.context.get("aws:userid").map(ContextValue::line).into());
    principal.insert("arn".to_owned(), request.principal.for_message().into());
    json!({
        "allowed": decided.allows(),
        "explicitDeny": decided.trace.decision.verdict == Verdict::ExplicitlyDenied,
        "matchedStatements": { "items": matched },
        "failures": { "items": [] },
        "context": {
            "principal": principal,
            "action": request.action.for_message(),
            "resource": request.resource_text(),
            "conditions": { "items": conditions },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_is_none_is_refused() {
        for message in ["", "not base64 !", "bm90aGluZw"] {
            let failure = decoded(message).expect_err("refused");
            assert_eq!((&*failure.code, failure.status), ("InvalidAuthorizationMessageException", 400));
        }
    }
}
