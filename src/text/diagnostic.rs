//! What is wrong with a text, where, and what to do about it.

use crate::text::Span;

/// How much a finding matters, in the four classes of policy validation (POL-185…188), gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Does not work.
    Error,
    /// Grants too much.
    Security,
    /// Works, though probably not as meant.
    Warning,
    /// Could be tidier.
    Suggestion,
}

/// One located finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable identifier, such as `policy/missing-effect`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence: what is wrong.
    pub message: String,
    /// The characters it is about.
    pub span: Span,
    /// One sentence: what to do next.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a remedy yet; add one with [`Diagnostic::help`].
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), span, help: None }
    }

    /// A warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// The same finding with a remedy.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// The outcome of parsing, which never fails: what could be understood, and what was found on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<T> {
    /// What was understood; `None` only when nothing was.
    pub value: Option<T>,
    /// Findings in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Parsed<T> {
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|finding| finding.severity == Severity::Error)
    }
}
