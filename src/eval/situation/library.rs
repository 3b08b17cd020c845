//! AWS managed policies at hand.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

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

    /// A policy, ready to be asked.
    pub fn policy(&self, arn: &str) -> Option<&Arc<CompiledPolicy>> {
        self.policies.get(arn).map(|compiled| &compiled.policy)
    }

    pub(super) fn get(&self, arn: &str) -> Option<&Compiled> {
        self.policies.get(arn)
    }
}

/// Texts that were parsed and compiled already, for many questions about worlds that differ little.
#[derive(Debug, Default)]
pub struct Memo(RefCell<HashMap<(PolicyKind, Arc<str>), Compiled, FxBuildHasher>>);

impl Memo {
    /// How many texts are kept; beyond that it begins anew.
    const MOST: usize = 4_096;

    pub(super) fn compiled(&self, text: &Arc<str>, kind: PolicyKind) -> Compiled {
        let place = (kind, text.clone());
        if let Some(known) = self.0.borrow().get(&place) {
            return known.clone();
        }
        let compiled = Compiled::new(text.clone(), kind);
        let mut known = self.0.borrow_mut();
        if known.len() >= Self::MOST {
            known.clear();
        }
        known.insert(place, compiled.clone());
        compiled
    }

    /// The policy of a text, ready to be asked; a text that is none says nothing.
    pub fn policy(&self, text: &Arc<str>, kind: PolicyKind) -> Arc<CompiledPolicy> {
        self.compiled(text, kind).policy
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
