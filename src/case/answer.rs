//! The shape of an answer.

use serde::Serialize;

use crate::eval::{Basis, Request, Trace};
use crate::explain;

/// The answer to one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The id of the case.
    pub id: String,
    /// `Allowed`, `ExplicitlyDenied` or `ImplicitlyDenied`.
    pub decision: &'static str,
    /// What decided.
    pub by: By,
    /// AWS's access-denied text.
    pub message: Option<String>,
}

/// What decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct By {
    /// The layer; `null` where a rule beside the policies decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// The policy, where a statement decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// Its statement, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<u32>,
    /// The rule, where no policy decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

impl Answer {
    pub(super) fn new(id: &str, trace: &Trace, request: &Request) -> Self {
        let decision = trace.decision.verdict.id();
        let by = match trace.decision.basis {
            Basis::Statement(at) => By {
                layer: Some(at.layer.id().to_owned()),
                policy: trace.statement(at).map(|(policy, _)| policy.source.name.to_string()),
                statement: Some(at.statement),
                rule: None,
            },
            Basis::NothingAllows(kind, _) => By { layer: Some(kind.id().to_owned()), ..By::default() },
            Basis::Rule(rule) => By { rule: Some(format!("{rule:?}")), ..By::default() },
        };
        Self { id: id.to_owned(), decision, by, message: explain::aws_message(trace, request) }
    }
}
