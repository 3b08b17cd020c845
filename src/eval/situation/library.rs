//! AWS managed policies at hand.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::eval::CompiledPolicy;
use crate::policy::{PolicyDocument, PolicyKind, Version, parse_document};
use crate::text::{Diagnostic, Parsed};

/// The managed policies at hand, each parsed and compiled once. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Library {
    policies: Arc<IndexMap<Arc<str>, Compiled>>,
}

/// A text with what was made of it.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub text: Arc<str>,
    pub policy: Arc<CompiledPolicy>,
    pub diagnostics: Arc<[Diagnostic]>,
}

impl Library {
    /// The library with one more policy.
    #[must_use]
    pub fn with(mut self, arn: Arc<str>, text: Arc<str>) -> Self {
        Arc::make_mut(&mut self.policies).insert(arn, Compiled::new(text, PolicyKind::Identity));
        self
    }

    /// The text of a policy.
    pub fn text(&self, arn: &str) -> Option<&Arc<str>> {
        self.policies.get(arn).map(|compiled| &compiled.text)
    }

    /// Whether a policy is at hand.
    pub fn contains(&self, arn: &str) -> bool {
        self.policies.contains_key(arn)
    }

    pub(super) fn get(&self, arn: &str) -> Option<&Compiled> {
        self.policies.get(arn)
    }
}

impl Compiled {
    pub(super) fn new(text: Arc<str>, kind: PolicyKind) -> Self {
        let Parsed { value, diagnostics } = parse_document(&text, kind);
        let nothing = || PolicyDocument { version: Version::V2012, statements: Vec::new() };
        let document = Arc::new(value.unwrap_or_else(nothing));
        Self { text, policy: Arc::new(CompiledPolicy::new(document, kind)), diagnostics: diagnostics.into() }
    }
}
