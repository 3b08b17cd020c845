//! How the gates of a request combine (EVAL-13…17, EVAL-55…61).

use super::{Gate, GateKind, GateState};

/// The gates as a circuit: the request is allowed when current flows through all stages, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circuit {
    /// In the order in which they are shown; every gate of the trace stands in one of them.
    pub stages: Vec<Stage>,
}

/// A stretch of the circuit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// One gate in series.
    One(Step),
    /// Two parallel tracks: one that lets through is enough (EVAL-17, inside one account).
    Either {
        /// The resource policy.
        resource: Vec<Step>,
        /// The caller's own policies.
        own: Vec<Step>,
    },
    /// Two accounts, in both of which everything must let through (EVAL-80).
    Both {
        /// The account of the caller.
        caller: Vec<Step>,
        /// The account that owns the resource.
        owner: Vec<Step>,
    },
}

/// A gate in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which gate.
    pub gate: GateKind,
    /// What is asked of it there.
    pub part: Part,
}

/// What is asked of a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It must allow; where it is absent, nothing does.
    Grants,
    /// It lets through when it is absent, or allows.
    Limits,
    /// The current goes past it, whatever it says.
    Aside,
}

impl Circuit {
    /// Every gate in its place, in the order in which they are shown.
    pub fn steps(&self) -> impl Iterator<Item = Step> + Clone {
        self.stages.iter().flat_map(|stage| {
            let (one, first, second): (_, &[Step], &[Step]) = match stage {
                Stage::One(step) => (Some(*step), &[], &[]),
                Stage::Either { resource, own } => (None, resource, own),
                Stage::Both { caller, owner } => (None, caller, owner),
            };
            one.into_iter().chain(first.iter().copied()).chain(second.iter().copied())
        })
    }

    /// The part of a gate.
    pub fn part(&self, gate: GateKind) -> Option<Part> {
        self.steps().find(|step| step.gate == gate).map(|step| step.part)
    }

    /// Whether current flows, given what happened at the gates.
    pub fn conducts(&self, gates: &[Gate]) -> bool {
        let all = |steps: &[Step]| steps.iter().all(|step| step.conducts(gates));
        self.stages.iter().all(|stage| match stage {
            Stage::One(step) => step.conducts(gates),
            Stage::Either { resource, own } => all(resource) || all(own),
            Stage::Both { caller, owner } => all(caller) && all(owner),
        })
    }
}

impl Step {
    /// Whether the gate lets through here.
    pub fn conducts(self, gates: &[Gate]) -> bool {
        let state = gates.iter().find(|gate| gate.kind == self.gate).map(|gate| gate.state);
        let allows = matches!(state, Some(GateState::Open | GateState::Moot { allows: true }));
        match self.part {
            Part::Grants => allows,
            Part::Limits => allows || matches!(state, Some(GateState::Absent(_))),
            Part::Aside => true,
        }
    }
}
