//! Decisions as JSON lines: one case in, one answer out. The door for scripts, tests and other programs.

mod answer;
mod fields;
mod wire;
mod wire_trace;
mod writing;

use serde::Serialize;
use thiserror::Error;

use crate::eval::{Policies, Request, trace};
use crate::text::json;

pub use answer::{Answer, By};
pub use wire::Case;
pub use writing::{OF_WORLD, line};

/// Whether a text may be a file of cases: its first line is an object with a request, or begins like one.
pub fn looks_like_cases(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.trim_start().starts_with('{') && first.contains("\"request\"")
}

/// Why a line is no case.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CaseError {
    /// Not JSON, or JSON of another shape.
    #[error("{0}")]
    Shape(String),
    /// A field whose text breaks its grammar.
    #[error("`{field}`: {problem}")]
    Field {
        /// Which field.
        field: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// A policy that cannot be read.
    #[error("policy `{name}`: {problem}")]
    Policy {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
}

/// Reads one case.
pub fn parse(line: &str) -> Result<Case, CaseError> {
    if line.len() > json::MAX_BYTES {
        return Err(CaseError::Shape(format!("the case has more than {} bytes", json::MAX_BYTES)));
    }
    Case::read(line)
}

/// The policies and the request of a case, ready for the evaluator.
pub fn prepare(case: &Case) -> Result<(Policies, Request), CaseError> {
    let request = case.request.read()?;
    Ok((case.policies.compile(&request.action)?, request))
}

/// The codes of all findings in the policies of a case.
pub fn findings(case: &Case) -> Result<Vec<&'static str>, CaseError> {
    Ok(case.policies.findings(&case.request.read()?.action))
}

/// Answers one case.
///
/// ```
/// let line = r#"{"id": "1", "request": {
///   "principal": {"kind": "user", "arn": "arn:aws:iam::111122223333:user/ann", "account": "111122223333"},
///   "action": "s3:ListAllMyBuckets", "resource": "*", "resourceAccount": "111122223333", "resourceless": true}}"#;
/// let case = iam_playground::case::parse(line).unwrap();
/// let answer = iam_playground::case::answer(&case).unwrap();
/// assert_eq!(answer.decision, "ImplicitlyDenied");
/// assert_eq!(answer.by.layer.as_deref(), Some("identity"));
/// ```
pub fn answer(case: &Case) -> Result<Answer, CaseError> {
    let (policies, request) = prepare(case)?;
    Ok(Answer::new(&case.id, &trace(&policies, &request), &request))
}

/// Answers one line with one line; an error is a line too.
pub fn answer_line(line: &str) -> Result<String, String> {
    line_of(line, |policies, request, id| serde_json::to_string(&Answer::new(id, &trace(policies, request), request)))
}

/// The same with the whole trace.
pub fn answer_line_with_trace(line: &str) -> Result<String, String> {
    line_of(line, |policies, request, id| {
        let trace = trace(policies, request);
        let answer = Answer::new(id, &trace, request);
        serde_json::to_string(&WithTrace { answer, trace: wire_trace::of(&trace) })
    })
}

#[derive(Serialize)]
struct WithTrace<'a> {
    #[serde(flatten)]
    answer: Answer,
    trace: wire_trace::WireTrace<'a>,
}

fn line_of(
    line: &str,
    answer: impl FnOnce(&Policies, &Request, &str) -> serde_json::Result<String>,
) -> Result<String, String> {
    let case = parse(line).map_err(|error| error_line(id_of(line).as_deref(), &error))?;
    let (policies, request) = prepare(&case).map_err(|error| error_line(Some(&case.id), &error))?;
    answer(&policies, &request, &case.id)
        .map_err(|error| error_line(Some(&case.id), &CaseError::Shape(error.to_string())))
}

/// The id of a line that is JSON but no case.
fn id_of(line: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(line).ok()?;
    value.get("id")?.as_str().map(str::to_owned)
}

fn error_line(id: Option<&str>, error: &CaseError) -> String {
    serde_json::json!({ "id": id, "error": error.to_string() }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &str = r#""request":{"principal":{"kind":"anonymous"},"action":"s3:GetObject","resource":"arn:aws:s3:::b/k","resourceAccount":"111122223333"}"#;

    #[test]
    fn a_line_that_is_no_case_is_answered_with_its_id_and_its_error() {
        assert_eq!(answer_line("{").map_err(|line| line.starts_with(r#"{"id":null,"error":""#)), Err(true));
        let bad_action = format!(r#"{{"id":"7",{}}}"#, REQUEST.replace("s3:GetObject", "GetObject"));
        let expected = r#"{"id":"7","error":"`action`: `GetObject` names no service: write `service:Action`, such as `s3:GetObject`"}"#;
        assert_eq!(answer_line(&bad_action), Err(expected.to_owned()));
    }

    #[test]
    fn an_answer_has_the_documented_shape() {
        let line = format!(r#"{{"id":"1",{REQUEST}}}"#);
        let expected =
            r#"{"id":"1","decision":"ImplicitlyDenied","by":{"layer":"resource"},"message":"Access Denied"}"#;
        assert_eq!(answer_line(&line), Ok(expected.to_owned()));
    }

    #[test]
    fn a_trace_names_gates_layers_and_spans() {
        let policy = r#""policies":{"resource":{"name":"bucket","document":{"Version":"2012-10-17","Statement":{"Sid":"Read","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}}}}"#;
        let line = answer_line_with_trace(&format!(r#"{{"id":"1",{REQUEST},{policy}}}"#)).expect("an answer");
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let statement = &value["trace"]["layers"][0]["levels"][0]["policies"][0]["statements"][0];
        assert_eq!(value["trace"]["gates"][0], serde_json::json!({ "gate": "deny", "state": "open" }));
        assert_eq!((&statement["sid"], &statement["matched"]), (&"Read".into(), &true.into()));
        assert_eq!(statement["resource"]["entries"][0]["text"], "arn:aws:s3:::b/*");
    }
}
