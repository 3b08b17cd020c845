//! The cell of the table that is looked at from near: the one whose part of the JSON is selected.

use crate::eval::StatementRef;
use crate::eval::trace::StatementTrace;
use crate::explain::{self, Alignment, Cell};
use crate::text::Span;

use super::marks::telling_entry;
use super::{Answer, Selection};

/// The selected cell of the statement at `at`, laid beside what the request has; `None` when none of its cells is selected.
pub fn near(answer: &Answer, at: StatementRef, selected: Option<&Selection>) -> Option<Alignment> {
    let selected = selected.filter(|selected| answer.policy_of(at).as_ref() == Some(&selected.policy))?;
    let (_, statement) = answer.trace.statement(at)?;
    let cell = cell_at(statement, answer.request.resource_text(), selected.span)?;
    explain::alignment(&answer.trace, &answer.request, at, cell)
}

/// The cell that shows a part of the text.
fn cell_at(statement: StatementTrace<'_>, resource: &str, span: Span) -> Option<Cell> {
    let entry = statement.elements().find_map(|element| {
        let (_, place) = telling_entry(element, resource).filter(|(entry, _)| entry.span == span)?;
        Some(Cell::Entry(element.kind, place))
    });
    let condition = || statement.conditions().position(|condition| condition.span == span).map(Cell::Condition);
    entry.or_else(condition)
}
