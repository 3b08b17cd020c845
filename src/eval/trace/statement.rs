//! Statements as a trace shows them: what the document says beside what came of it.

use std::cmp::Reverse;

use indexmap::IndexMap;

use super::{ConditionReason, ElementKind, EntryOutcome};
use super::{ConditionRecord, ElementRecord, Outcomes, StatementRecord};
use crate::eval::ContextValue;
use crate::policy::{Condition, Effect, Element, Operator, PrincipalElement, PrincipalEntry, Statement};
use crate::text::{Span, Spanned};

/// One statement against the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementTrace<'a> {
    pub(super) source: &'a Statement,
    pub(super) record: &'a StatementRecord,
}

impl<'a> StatementTrace<'a> {
    /// Position in the document.
    pub fn index(self) -> u32 {
        self.source.index
    }

    /// Statement id.
    pub fn sid(self) -> Option<&'a str> {
        self.source.sid.as_ref().map(|sid| &*sid.value)
    }

    /// Effect.
    pub fn effect(self) -> Effect {
        self.source.effect.value
    }

    /// The statement in the text.
    pub fn span(self) -> Span {
        self.source.span
    }

    /// Whether it applies to the request.
    pub fn matched(self) -> bool {
        self.record.matched
    }

    /// Principal or NotPrincipal, where the policy has one.
    pub fn principal(self) -> Option<ElementTrace<'a>> {
        let (source, record) = self.source.principal.as_ref().zip(self.record.principal.as_deref())?;
        Some(ElementTrace::of_principal(source, record))
    }

    /// Action or NotAction.
    pub fn action(self) -> ElementTrace<'a> {
        ElementTrace::new(ElementKind::Action, &self.source.action, &self.record.action, &[])
    }

    /// Resource or NotResource; `None` where the policy has none (trust policies).
    pub fn resource(self) -> Option<ElementTrace<'a>> {
        let (source, record) = self.source.resource.as_ref().zip(self.record.resource.as_ref())?;
        let resolved = self.record.variables.as_ref().map_or(&[][..], |variables| &variables.resolved);
        Some(ElementTrace::new(ElementKind::Resource, source, record, resolved))
    }

    /// Principal, Action and Resource, those that the statement has.
    pub fn elements(self) -> impl Iterator<Item = ElementTrace<'a>> {
        [self.principal(), Some(self.action()), self.resource()].into_iter().flatten()
    }

    /// Every condition.
    pub fn conditions(self) -> impl ExactSizeIterator<Item = ConditionTrace<'a>> {
        let both = self.source.conditions.iter().zip(&self.record.conditions);
        both.map(|(source, record)| ConditionTrace::new(source, record))
    }

    /// The keys that conditions and variables ask for and the request lacks; a variable with a default lacks nothing.
    pub fn missing_keys(self) -> impl Iterator<Item = &'a str> {
        let in_conditions = self.conditions().filter(|condition| condition.actual.is_none());
        let in_variables = self.record.variables.iter().flat_map(|variables| &variables.missing);
        let mut missing = IndexMap::new();
        for key in in_conditions.map(|condition| condition.key).chain(in_variables.map(|key| &**key)) {
            missing.entry(key.to_lowercase()).or_insert(key);
        }
        missing.into_values()
    }

    /// The elements that do not admit the request.
    pub fn failing(self) -> impl Iterator<Item = ElementKind> {
        let record = self.record;
        [
            (ElementKind::Principal, record.principal.as_ref().is_some_and(|element| !element.matched)),
            (ElementKind::Action, !record.action.matched),
            (ElementKind::Resource, record.resource.as_ref().is_some_and(|element| !element.matched)),
            (ElementKind::Condition, record.conditions.iter().any(|condition| !condition.matched)),
        ]
        .into_iter()
        .filter_map(|(kind, failed)| failed.then_some(kind))
    }

    /// The element at which the statement first fails.
    pub fn first_failing(self) -> Option<ElementKind> {
        self.failing().next()
    }

    /// How far from matching: number of failing elements, then how early the first one fails.
    pub fn distance(self) -> (usize, Reverse<Option<ElementKind>>) {
        (self.failing().count(), Reverse(self.first_failing()))
    }
}

/// An element that lists entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ElementTrace<'a> {
    /// Which element.
    pub kind: ElementKind,
    /// Whether this is the Not form.
    pub negated: bool,
    /// Whether the element admits the request, the Not form considered.
    pub matched: bool,
    /// The element in the text.
    pub span: Span,
    entries: Entries<'a>,
    outcomes: &'a Outcomes,
    resolved: &'a [(usize, String)],
}

/// The entries as the document has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entries<'a> {
    Texts(&'a [Spanned<String>]),
    Principals(&'a [Spanned<PrincipalEntry>]),
}

/// One entry of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryTrace<'a> {
    /// As written.
    pub text: &'a str,
    /// With its variables replaced, where it has any and all are known.
    pub resolved: Option<&'a str>,
    /// Where it stands.
    pub span: Span,
    /// Why it equals the request, or not.
    pub outcome: &'a EntryOutcome,
}

impl<'a> ElementTrace<'a> {
    fn new(kind: ElementKind, source: &'a Element, record: &'a ElementRecord, resolved: &'a [(usize, String)]) -> Self {
        Self {
            kind,
            negated: source.negated,
            matched: record.matched,
            span: source.span,
            entries: Entries::Texts(&source.entries),
            outcomes: &record.outcomes,
            resolved,
        }
    }

    fn of_principal(source: &'a PrincipalElement, record: &'a ElementRecord) -> Self {
        Self {
            kind: ElementKind::Principal,
            negated: source.negated,
            matched: record.matched,
            span: source.span,
            entries: Entries::Principals(&source.entries),
            outcomes: &record.outcomes,
            resolved: &[],
        }
    }

    /// Every entry, in order.
    pub fn entries(self) -> impl ExactSizeIterator<Item = EntryTrace<'a>> {
        (0..self.entries.len()).map(move |at| {
            let (text, span) = self.entries.get(at).unwrap_or_default();
            EntryTrace { text, resolved: resolved_at(self.resolved, at), span, outcome: self.outcomes.at(at) }
        })
    }
}

impl<'a> Entries<'a> {
    fn len(self) -> usize {
        match self {
            Self::Texts(entries) => entries.len(),
            Self::Principals(entries) => entries.len(),
        }
    }

    fn get(self, at: usize) -> Option<(&'a str, Span)> {
        match self {
            Self::Texts(entries) => entries.get(at).map(|entry| (&*entry.value, entry.span)),
            Self::Principals(entries) => entries.get(at).map(|entry| (entry.value.text(), entry.span)),
        }
    }
}

/// One operator applied to one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionTrace<'a> {
    /// The operator as written.
    pub operator_text: &'a str,
    /// The operator, where it exists.
    pub operator: Option<Operator>,
    /// The key as written.
    pub key: &'a str,
    /// Key and values in the text.
    pub span: Span,
    /// What the request has; `None` for an absent key.
    pub actual: Option<&'a ContextValue>,
    /// Whether the condition holds.
    pub matched: bool,
    /// Why.
    pub reason: &'a ConditionReason,
    values: &'a [Spanned<String>],
    resolved: &'a [(usize, String)],
}

/// One value of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedValue<'a> {
    /// As written.
    pub text: &'a str,
    /// With its variables replaced, where it has any and all are known.
    pub resolved: Option<&'a str>,
    /// Where it stands.
    pub span: Span,
}

impl<'a> ConditionTrace<'a> {
    fn new(source: &'a Condition, record: &'a ConditionRecord) -> Self {
        Self {
            operator_text: &source.operator_text.value,
            operator: source.operator.ok(),
            key: &source.key.value,
            span: source.span,
            actual: record.actual.as_deref(),
            matched: record.matched,
            reason: &record.reason,
            values: &source.values,
            resolved: &record.resolved,
        }
    }

    /// The values that the policy asks for, in order.
    pub fn expected(self) -> impl ExactSizeIterator<Item = ExpectedValue<'a>> {
        self.values.iter().enumerate().map(move |(at, value)| ExpectedValue {
            text: &value.value,
            resolved: resolved_at(self.resolved, at),
            span: value.span,
        })
    }
}

fn resolved_at(resolved: &[(usize, String)], at: usize) -> Option<&str> {
    let found = resolved.binary_search_by_key(&at, |(known, _)| *known).ok()?;
    resolved.get(found).map(|(_, text)| text.as_str())
}
