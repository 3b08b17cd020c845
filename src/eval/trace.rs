//! The record of a deciding run: every gate, policy, statement, element and value, with its reason and its place.

mod circuit;
mod record;
mod statement;

use std::sync::Arc;

use crate::eval::{Basis, Decision, LayerKind, Policy, PolicySource, StatementRef};
use crate::policy::{Effect, PolicyDocument, Version};

pub use circuit::{Circuit, Part, Stage, Step};
pub use statement::{ConditionTrace, ElementTrace, EntryTrace, ExpectedValue, StatementTrace};

pub(crate) use record::{ConditionRecord, ElementRecord, Outcomes, Resolved, StatementRecord, VariablesRecord};

/// Everything that led to a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The decision.
    pub decision: Decision,
    /// The gates in the order AWS documents (EVAL-10).
    pub gates: Vec<Gate>,
    /// How the gates combine; `None` where a rule beside the policies decides.
    pub circuit: Option<Circuit>,
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
    /// What it says, which the record need not repeat.
    document: Arc<PolicyDocument>,
    /// What came of each of its statements.
    records: Vec<StatementRecord>,
}

impl PolicyTrace {
    pub(crate) fn new(policy: &Policy, records: Vec<StatementRecord>) -> Self {
        Self { source: policy.source.clone(), document: policy.compiled.document().clone(), records }
    }

    /// The version of the language that it is written in.
    pub fn version(&self) -> Version {
        self.document.version
    }

    /// Its statements in their order.
    pub fn statements(&self) -> impl ExactSizeIterator<Item = StatementTrace<'_>> {
        self.document.statements.iter().zip(&self.records).map(|(source, record)| StatementTrace { source, record })
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
    pub fn statement(&self, at: StatementRef) -> Option<(&PolicyTrace, StatementTrace<'_>)> {
        let layer = self.layers.iter().find(|layer| layer.kind == at.layer)?;
        let policy = layer.levels.get(at.level as usize)?.policies.get(at.policy as usize)?;
        let statement = policy.statements().find(|statement| statement.index() == at.statement)?;
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
    pub fn statements(&self) -> impl Iterator<Item = (StatementRef, &PolicyTrace, StatementTrace<'_>)> {
        self.layers.iter().flat_map(|layer| {
            (0u32..).zip(&layer.levels).flat_map(move |(level, in_level)| {
                (0u32..).zip(&in_level.policies).flat_map(move |(policy, in_policy)| {
                    in_policy.statements().map(move |statement| {
                        let at = StatementRef { layer: layer.kind, level, policy, statement: statement.index() };
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
                at.layer == layer && at.level == level && statement.effect() == Effect::Allow && !statement.matched()
            })
            .min_by_key(|(at, _, statement)| (statement.distance(), *at))
            .map(|(at, ..)| at)
    }
}
