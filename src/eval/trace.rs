//! The record of a deciding run: every gate, policy, statement, element and value, with its reason and its place.

use std::sync::Arc;

use crate::eval::{Basis, ContextValue, Decision, LayerKind, PolicySource, StatementRef};
use crate::policy::{Effect, Operator};
use crate::text::{Span, Spanned};

/// Everything that led to a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The decision.
    pub decision: Decision,
    /// The gates in the order AWS documents (EVAL-10).
    pub gates: Vec<Gate>,
    /// The layers that hold policies, in the same order.
    pub layers: Vec<LayerTrace>,
}

/// One step of the documented order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Which step.
    pub kind: GateKind,
    /// What happened there.
    pub state: GateState,
    /// The statement that opened or stopped it.
    pub statement: Option<StatementRef>,
}

/// The steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GateKind {
    /// The search for an explicit deny in all layers.
    DenySweep,
    /// A layer that may have to allow.
    Layer(LayerKind),
}

/// What happened at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateState {
    /// Passed: nothing denies, or an allow was found.
    Open,
    /// An explicit deny.
    Stop,
    /// An allow is missing.
    Shut,
    /// The layer does not exist for this request, and does not block.
    Absent(Absence),
    /// Exists and would have answered as given, but something else settled the matter.
    Moot {
        /// Whether the layer allows by itself.
        allows: bool,
    },
}

/// Why a layer does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// No policy of this kind applies.
    NoPolicy,
    /// The caller has no policies of its own: root user, service, federated or anonymous caller.
    NotForCaller,
    /// The rule exempts this caller or action.
    Exempt,
}

/// One layer with its policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerTrace {
    /// Which layer.
    pub kind: LayerKind,
    /// Levels of an organization, or a single one.
    pub levels: Vec<LevelTrace>,
}

/// One level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelTrace {
    /// Policies in their order.
    pub policies: Vec<PolicyTrace>,
}

/// One policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyTrace {
    /// Where it came from.
    pub source: PolicySource,
    /// Its statements in their order.
    pub statements: Vec<StatementTrace>,
}

/// One statement against the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementTrace {
    /// Position in the document.
    pub index: u32,
    /// Statement id.
    pub sid: Option<Arc<str>>,
    /// Effect.
    pub effect: Effect,
    /// The statement in the text.
    pub span: Span,
    /// Whether it applies to the request.
    pub matched: bool,
    /// Principal or NotPrincipal, where the policy has one.
    pub principal: Option<ElementTrace>,
    /// Action or NotAction.
    pub action: ElementTrace,
    /// Resource or NotResource; `None` where the policy has none (trust policies).
    pub resource: Option<ElementTrace>,
    /// Every condition.
    pub conditions: Vec<ConditionTrace>,
    /// The keys that the statement asks for and the request lacks, conditions and variables together.
    pub missing_keys: Vec<Arc<str>>,
}

/// An element that lists entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementTrace {
    /// Whether this is the Not form.
    pub negated: bool,
    /// Whether the element admits the request, the Not form considered.
    pub matched: bool,
    /// The element in the text.
    pub span: Span,
    /// The entries as the document has them.
    pub(crate) texts: Arc<[Spanned<String>]>,
    /// What came of each.
    pub(crate) outcomes: Outcomes,
    /// Positions of entries with variables, with their text.
    pub(crate) resolved: Vec<(usize, String)>,
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

impl ElementTrace {
    /// Every entry, in order.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = EntryTrace<'_>> {
        self.texts.iter().enumerate().map(|(at, entry)| EntryTrace {
            text: &entry.value,
            resolved: resolved_at(&self.resolved, at),
            span: entry.span,
            outcome: self.outcomes.at(at),
        })
    }
}

/// What came of the entries of an element. Most elements of a large policy are about another service as a whole, and one
/// outcome then stands for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcomes {
    /// Every entry has this one; also where there is no entry.
    All(EntryOutcome),
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
            Self::Each(outcomes) => outcomes.contains(&EntryOutcome::Matches),
        }
    }

    fn at(&self, at: usize) -> &EntryOutcome {
        match self {
            Self::All(outcome) => outcome,
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

/// How an entry compares with the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryOutcome {
    /// Equal.
    Matches,
    /// Another service (action) or another service field (ARN).
    OtherService,
    /// Another action of the service.
    OtherAction,
    /// Another ARN, first in this part.
    OtherArnPart(ArnPart),
    /// Not a full ARN, so it matches nothing.
    NotAnArn,
    /// The action has no resource types, so that only `*` matches (EVAL-5).
    ActionHasNoResource,
    /// A variable whose key the request lacks (POL-127).
    Unresolved {
        /// The key.
        key: String,
    },
    /// Another principal.
    OtherPrincipal,
    /// The grammar forbids it, so it matches nothing (POL-57, POL-51).
    Malformed,
}

/// A part of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArnPart {
    /// aws, aws-cn, …
    Partition,
    /// Region.
    Region,
    /// Account.
    Account,
    /// What follows the fifth colon.
    Resource,
}

/// One operator applied to one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionTrace {
    /// The operator as written.
    pub operator_text: Arc<str>,
    /// The operator, where it exists.
    pub operator: Option<Operator>,
    /// The key as written.
    pub key: Arc<str>,
    /// Key and values in the text.
    pub span: Span,
    /// The values that the policy asks for, as the document has them.
    pub(crate) texts: Arc<[Spanned<String>]>,
    /// Positions of values with variables, with their text.
    pub(crate) resolved: Vec<(usize, String)>,
    /// What the request has; `None` for an absent key.
    pub actual: Option<Arc<ContextValue>>,
    /// Whether the condition holds.
    pub matched: bool,
    /// Why.
    pub reason: ConditionReason,
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

impl ConditionTrace {
    /// The values that the policy asks for, in order.
    pub fn expected(&self) -> impl ExactSizeIterator<Item = ExpectedValue<'_>> {
        self.texts.iter().enumerate().map(|(at, value)| ExpectedValue {
            text: &value.value,
            resolved: resolved_at(&self.resolved, at),
            span: value.span,
        })
    }
}

fn resolved_at(resolved: &[(usize, String)], at: usize) -> Option<&str> {
    let found = resolved.binary_search_by_key(&at, |(known, _)| *known).ok()?;
    resolved.get(found).map(|(_, text)| text.as_str())
}

/// Why a condition holds or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionReason {
    /// The values were compared.
    Compared,
    /// The request lacks the key; the operator says what follows (POL-80).
    KeyAbsent,
    /// The key is there with no values (POL-81).
    NoValues,
    /// The key has a list and the operator no set qualifier (POL-83).
    ListWithoutQualifier,
    /// A value is not of the operator's type (POL-106).
    IllTyped {
        /// The value.
        value: String,
    },
    /// A variable in a value has no text in this request (POL-127).
    Unresolved {
        /// The key.
        key: String,
    },
    /// There is no such operator.
    UnknownOperator,
}

/// The elements of a statement, in the order they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ElementKind {
    /// Principal or NotPrincipal.
    Principal,
    /// Action or NotAction.
    Action,
    /// Resource or NotResource.
    Resource,
    /// Condition.
    Condition,
}

impl Trace {
    /// The statement that a reference points at, with its policy.
    pub fn statement(&self, at: StatementRef) -> Option<(&PolicyTrace, &StatementTrace)> {
        let layer = self.layers.iter().find(|layer| layer.kind == at.layer)?;
        let policy = layer.levels.get(at.level as usize)?.policies.get(at.policy as usize)?;
        let statement = policy.statements.iter().find(|statement| statement.index == at.statement)?;
        Some((policy, statement))
    }

    /// The statement that the decision rests on.
    pub fn decisive(&self) -> Option<StatementRef> {
        match self.decision.basis {
            Basis::Statement(at) => Some(at),
            _ => None,
        }
    }

    /// Every statement of every layer, in order.
    pub fn statements(&self) -> impl Iterator<Item = (StatementRef, &PolicyTrace, &StatementTrace)> {
        self.layers.iter().flat_map(|layer| {
            (0u32..).zip(&layer.levels).flat_map(move |(level, in_level)| {
                (0u32..).zip(&in_level.policies).flat_map(move |(policy, in_policy)| {
                    in_policy.statements.iter().map(move |statement| {
                        let at = StatementRef { layer: layer.kind, level, policy, statement: statement.index };
                        (at, in_policy, statement)
                    })
                })
            })
        })
    }

    /// Where an allow is missing, the Allow statement of that layer that came nearest: fewest failing elements, then the
    /// one that failed latest.
    pub fn nearest_miss(&self) -> Option<StatementRef> {
        let Basis::NothingAllows(layer, level) = self.decision.basis else {
            return None;
        };
        self.statements()
            .filter(|(at, _, statement)| {
                at.layer == layer && at.level == level && statement.effect == Effect::Allow && !statement.matched
            })
            .min_by_key(|(at, _, statement)| (statement.distance(), *at))
            .map(|(at, ..)| at)
    }
}

impl StatementTrace {
    /// The elements that do not admit the request.
    pub fn failing(&self) -> impl Iterator<Item = ElementKind> {
        let failed = |element: Option<&ElementTrace>| element.is_some_and(|element| !element.matched);
        [
            (ElementKind::Principal, failed(self.principal.as_ref())),
            (ElementKind::Action, failed(Some(&self.action))),
            (ElementKind::Resource, failed(self.resource.as_ref())),
            (ElementKind::Condition, self.conditions.iter().any(|condition| !condition.matched)),
        ]
        .into_iter()
        .filter_map(|(kind, failed)| failed.then_some(kind))
    }

    /// The element at which the statement first fails.
    pub fn first_failing(&self) -> Option<ElementKind> {
        self.failing().next()
    }

    /// How far from matching: number of failing elements, then how early the first one fails.
    pub fn distance(&self) -> (usize, std::cmp::Reverse<Option<ElementKind>>) {
        (self.failing().count(), std::cmp::Reverse(self.first_failing()))
    }
}
