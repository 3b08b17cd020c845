//! The statements of a gate in the order in which they tell something.

use std::cmp::Reverse;

use crate::eval::StatementRef;
use crate::eval::trace::{GateKind, StatementTrace};
use crate::policy::Effect;

use super::Answer;

/// Rows that are always in sight; the others fold.
const IN_SIGHT: usize = 3;

/// What a statement means for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The answer rests on it.
    Decisive,
    /// It came nearest, where an allow is missing.
    Nearest,
    /// Another one.
    Other,
}

/// A statement of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub at: StatementRef,
    /// Its part in the answer.
    pub role: Role,
}

/// The statements of a gate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// In sight: the decisive one, the nearest one, and the next ones.
    pub shown: Vec<Row>,
    /// Folded.
    pub rest: Vec<Row>,
}

/// The statements of `gate`: decisive, nearest, then those that match, then by how far they miss.
pub fn rows(answer: &Answer, gate: GateKind) -> Rows {
    let trace = &answer.trace;
    let (decisive, nearest) = (trace.decisive(), trace.nearest_miss());
    let belongs = |at: &StatementRef, statement: StatementTrace<'_>| match gate {
        GateKind::DenySweep => statement.effect() == Effect::Deny,
        GateKind::Layer(layer) => at.layer == layer,
    };
    let role = |at| match () {
        () if decisive == Some(at) => Role::Decisive,
        () if nearest == Some(at) => Role::Nearest,
        () => Role::Other,
    };
    let mut keys = Vec::new();
    let mut shown = Vec::new();
    for (at, _, statement) in trace.statements().filter(|(at, _, statement)| belongs(at, *statement)) {
        let role = role(at);
        let key = (role, Reverse(statement.matched()), statement.distance(), at);
        // A sort would be a hundred times the code, for a handful of statements.
        let place = keys.partition_point(|known| *known < key);
        keys.insert(place, key);
        shown.insert(place, Row { at, role });
    }
    let rest = shown.split_off(shown.len().min(IN_SIGHT));
    Rows { shown, rest }
}
