//! The statements of a gate: effect, elements and result, with the first failing element filled.

use yew::prelude::*;

use super::statement::statement;
use crate::app::state::{Answer, Row, Rows, Selection};

/// Tables of statements: those that tell, and the rest folded.
pub fn statements(answer: &Answer, rows: &Rows, selected: Option<&Selection>) -> Html {
    let rest = rows.rest.len();
    html! {
        <div class="statements">
            { table(answer, &rows.shown, selected, "Statements that tell the most") }
            if rest > 0 {
                <details class="statements__rest">
                    <summary>{ format!("{rest} more {}", if rest == 1 { "statement" } else { "statements" }) }</summary>
                    { table(answer, &rows.rest, selected, "More statements") }
                </details>
            }
        </div>
    }
}

fn table(answer: &Answer, rows: &[Row], selected: Option<&Selection>, caption: &'static str) -> Html {
    let has_principal =
        |row: &Row| answer.trace.statement(row.at).is_some_and(|(_, statement)| statement.principal().is_some());
    let principal = rows.iter().any(has_principal);
    html! {
        <table class="statements__table" role="table">
            <caption class="visually-hidden">{ caption }</caption>
            <thead class="statements__head" role="rowgroup">
                <tr role="row">
                    <th class="statements__effect" scope="col" role="columnheader">{ "Effect" }</th>
                    if principal {
                        <th scope="col" role="columnheader">{ "Principal" }</th>
                    }
                    <th scope="col" role="columnheader">{ "Action" }</th>
                    <th scope="col" role="columnheader">{ "Resource" }</th>
                    <th scope="col" role="columnheader">{ "Condition" }</th>
                    <th class="statements__result" scope="col" role="columnheader">{ "Result" }</th>
                </tr>
            </thead>
            for row in rows {
                { statement(answer, *row, principal, selected) }
            }
        </table>
    }
}
