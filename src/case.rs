//! Decisions as JSON lines: one case in, one answer out. The door for scripts, tests and other programs.

mod answer;
mod wire;

use serde::Serialize;
use thiserror::Error;

use crate::eval::{Policies, Request, decide, trace};
use crate::text::json;

pub use answer::{Answer, By};
pub use wire::Case;

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
    serde_json::from_str(line).map_err(|error| CaseError::Shape(error.to_string()))
}

/// The policies and the request of a case, ready for the evaluator.
pub fn prepare(case: &Case) -> Result<(Policies, Request), CaseError> {
    Ok((case.policies.compile()?, case.request.read()?))
}

/// The codes of all findings in the policies of a case.
pub fn findings(case: &Case) -> Vec<&'static str> {
    case.policies.findings()
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
    // The message of some denials needs the trace; most callers want it, and it costs little beside reading JSON.
    let trace = trace(&policies, &request);
    debug_assert_eq!(trace.decision, decide(&policies, &request));
    Ok(Answer::new(&case.id, &trace, &request))
}

/// The line that answers something that is no case.
pub fn error_line(id: Option<&str>, error: &CaseError) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        id: Option<&'a str>,
        error: String,
    }
    serde_json::to_string(&Line { id, error: error.to_string() }).unwrap_or_default()
}
