//! What comes of a run: for every step what was sent, what was decided, and who holds what.

use std::sync::Arc;

use super::flow::Step;
use super::instant;
use crate::eval::situation::{Gathered, Question};
use crate::eval::{Basis, LayerKind, Request, Trace, Verdict};
use crate::model::Time;

/// What an act comes to.
pub type Did = Result<Happened, Failure>;

/// How a step ended well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// Something went from one to the other.
    Sent,
    /// Something was checked and found right.
    Accepted,
    /// A policy decision was made, and it allows.
    Allowed,
}

/// A step after a run.
#[derive(Clone, Debug)]
pub struct Played {
    /// Which.
    pub step: &'static Step,
    /// What came of it.
    pub outcome: Outcome,
    /// The request and the response, where some were sent.
    pub exchange: Option<Exchange>,
    /// Every decision of the engine, in order.
    pub decisions: Vec<Decided>,
    /// Texts to look at: tokens, assertions, documents.
    pub papers: Vec<Paper>,
    /// What somebody holds from now on.
    pub gained: Vec<Holding>,
    /// What somebody does not hold any longer: lane and name.
    pub lost: Vec<(&'static str, &'static str)>,
    /// What was noticed, in sentences.
    pub notes: Vec<String>,
    /// When it happened.
    pub now: Time,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something went from one to the other.
    Sent,
    /// Something was checked and found right.
    Accepted,
    /// A policy decision was made, and it allows.
    Allowed,
    /// It was refused or broke.
    Failed(Failure),
    /// An earlier step failed.
    NotReached,
}

/// A refusal as the one who refuses words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Error code.
    pub code: String,
    /// HTTP status; 0 where nothing was asked over HTTP.
    pub status: u16,
    /// The message.
    pub message: String,
    /// The fact that has the code and the message.
    pub fact: &'static str,
    /// Whether the wording is remembered rather than quoted (ERR-213).
    pub approximate: bool,
    /// Whether a policy decision refused: the last one of the step.
    pub decided: bool,
    /// Why, in a sentence of ours.
    pub why: String,
}

/// An HTTP exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// What was asked.
    pub request: Http,
    /// What was answered; `None` before the answer.
    pub response: Option<Http>,
    /// Who signed the request, for Signature Version 4; `None` for one that is not signed so.
    pub signed: Option<Signed>,
}

/// The credentials that sign a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Access key id.
    pub id: String,
    /// Secret access key.
    pub secret: String,
    /// Session token of temporary credentials.
    pub token: Option<String>,
    /// Region of the scope.
    pub region: String,
    /// Service of the scope.
    pub service: String,
    /// When.
    pub time: Time,
}

/// An HTTP message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Http {
    /// Method and address, or status.
    pub start: String,
    /// Headers in order.
    pub headers: Vec<(String, String)>,
    /// Body, as it is shown.
    pub body: String,
}

/// One decision of the engine.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The question, for the simulator.
    pub question: Question,
    /// What the engine was asked.
    pub request: Arc<Request>,
    /// The policies that applied.
    pub gathered: Arc<Gathered>,
    /// The record.
    pub trace: Arc<Trace>,
}

/// A text to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// For people.
    pub title: String,
    /// What it is.
    pub kind: PaperKind,
    /// The text.
    pub text: String,
}

/// Kinds of papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// A signed JSON Web Token.
    Jwt,
    /// A token that only its issuer can read.
    Opaque,
    /// A SAML response.
    Saml,
    /// JSON.
    Json,
    /// Plain text.
    Text,
}

/// What somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Lane of the holder.
    pub owner: &'static str,
    /// Stable name.
    pub id: &'static str,
    /// For people.
    pub name: String,
    /// What about it, line by line.
    pub about: Vec<String>,
    /// When it stops being good, where it does.
    pub until: Option<Time>,
}

impl Holding {
    /// Something that does not expire.
    pub fn new(owner: &'static str, id: &'static str, name: impl Into<String>, about: impl Into<String>) -> Self {
        Self { owner, id, name: name.into(), about: vec![about.into()], until: None }
    }

    /// The same, good until then.
    #[must_use]
    pub fn until(self, until: Time) -> Self {
        Self { until: Some(until), ..self }
    }
}

impl Failure {
    /// A refusal worded as the facts quote it; the reason is the message.
    pub fn new(code: &str, status: u16, message: impl Into<String>, fact: &'static str) -> Self {
        let message = message.into();
        Self { code: code.into(), status, why: message.clone(), message, fact, approximate: false, decided: false }
    }

    /// The same, worded as somebody remembers it (ERR-213).
    #[must_use]
    pub fn approximately(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// The same with a reason of ours.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self { why: why.into(), ..self }
    }
}

impl Decided {
    /// Whether it allows.
    pub fn allows(&self) -> bool {
        self.trace.decision.verdict == Verdict::Allowed
    }

    /// The layer whose policy decides, or whose allow is missing.
    pub fn layer(&self) -> Option<LayerKind> {
        match self.trace.decision.basis {
            Basis::Statement(at) => Some(at.layer),
            Basis::NothingAllows(layer, _) => Some(layer),
            Basis::Rule(_) => None,
        }
    }
}

impl Played {
    /// The decision that the step ended with.
    pub fn decision(&self) -> Option<&Decided> {
        self.decisions.last()
    }

    /// The refusal, where the step ended with one.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.outcome {
            Outcome::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

impl Outcome {
    /// Its name, for files and the command line.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Allowed => "allowed",
            Self::Failed(failure) if failure.decided => "denied",
            Self::Failed(_) => "failed",
            Self::NotReached => "not reached",
        }
    }
}

impl Http {
    /// A request or response.
    pub fn new(start: impl Into<String>, headers: &[(&str, &str)], body: impl Into<String>) -> Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { start: start.into(), headers, body: body.into() }
    }
}

/// `1 h`, `59 min 30 s`, `45 s`.
pub fn span(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds % 3_600 / 60, seconds % 60);
    let parts = [(hours, "h"), (minutes, "min"), (seconds, "s")];
    let words: Vec<String> =
        parts.iter().filter(|(count, _)| *count != 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if words.is_empty() { "0 s".to_owned() } else { words.join(" ") }
}

/// How long something is still good for.
pub fn remaining(until: Time, now: Time) -> String {
    match now.until(until) {
        left if left <= 0 => format!("expired at {}", instant::extended(until)),
        left => format!("{} left", span(left)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_written_in_the_largest_units_that_fit() {
        assert_eq!([span(3_600), span(3_570), span(45), span(0)], ["1 h", "59 min 30 s", "45 s", "0 s"]);
    }
}
