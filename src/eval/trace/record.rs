//! What a run writes down of a statement: only what came of it. What the statement says stays in its document, because a
//! large principal has a thousand entries and most of them are about something else.

use std::sync::Arc;

use super::{ConditionReason, EntryOutcome};
use crate::eval::ContextValue;

/// Positions of entries or values with variables, with their text.
pub(crate) type Resolved = Vec<(usize, String)>;

/// What came of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StatementRecord {
    /// Whether it applies to the request.
    pub matched: bool,
    /// Only resource policies have one.
    pub principal: Option<Box<ElementRecord>>,
    pub action: ElementRecord,
    pub resource: Option<ElementRecord>,
    /// In the order of the statement's conditions.
    pub conditions: Vec<ConditionRecord>,
    /// Where there is anything to tell of variables.
    pub variables: Option<Box<VariablesRecord>>,
}

/// What came of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ElementRecord {
    /// Whether the element admits the request, the Not form considered.
    pub matched: bool,
    pub outcomes: Outcomes,
}

/// What came of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConditionRecord {
    pub actual: Option<Arc<ContextValue>>,
    pub matched: bool,
    pub reason: ConditionReason,
    pub resolved: Resolved,
}

/// What the variables of a statement stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VariablesRecord {
    /// In the entries of Resource or NotResource.
    pub resolved: Resolved,
    /// The keys that have neither a value nor a default.
    pub missing: Vec<Box<str>>,
}

/// What came of the entries of an element. Most entries of a large policy are about another service, and many elements have
/// one outcome for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcomes {
    /// Every entry has this one; also where there is no entry.
    All(EntryOutcome),
    /// Every entry is about another service, but for those at these positions, in order.
    OtherServiceBut(Box<[(u32, EntryOutcome)]>),
    /// In the order of the entries.
    Each(Box<[EntryOutcome]>),
}

impl Default for Outcomes {
    fn default() -> Self {
        Self::All(EntryOutcome::Malformed)
    }
}

impl Outcomes {
    /// Whether any entry equals the request.
    pub fn any_matches(&self) -> bool {
        match self {
            Self::All(outcome) => *outcome == EntryOutcome::Matches,
            Self::OtherServiceBut(near) => near.iter().any(|(_, outcome)| *outcome == EntryOutcome::Matches),
            Self::Each(outcomes) => outcomes.contains(&EntryOutcome::Matches),
        }
    }

    pub fn at(&self, at: usize) -> &EntryOutcome {
        match self {
            Self::All(outcome) => outcome,
            Self::OtherServiceBut(near) => match near.binary_search_by_key(&at, |(known, _)| *known as usize) {
                Ok(found) => near.get(found).map_or(&EntryOutcome::OtherService, |(_, outcome)| outcome),
                Err(_) => &EntryOutcome::OtherService,
            },
            Self::Each(outcomes) => outcomes.get(at).unwrap_or(&EntryOutcome::Malformed),
        }
    }
}

impl FromIterator<EntryOutcome> for Outcomes {
    fn from_iter<I: IntoIterator<Item = EntryOutcome>>(outcomes: I) -> Self {
        let mut rest = outcomes.into_iter();
        let Some(first) = rest.next() else { return Self::default() };
        for (same, outcome) in (1..).zip(rest.by_ref()) {
            if outcome != first {
                let equal = std::iter::repeat_n(first, same);
                return Self::Each(equal.chain([outcome]).chain(rest).collect());
            }
        }
        Self::All(first)
    }
}
