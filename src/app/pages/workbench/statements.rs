//! The statements of a gate: effect, elements and result, with the first failing element filled.

use yew::prelude::*;

use super::statement::statement;
use crate::app::ByPtr;
use crate::app::state::{Answer, Row, Rows, Selection};

/// Tables of statements: those that tell, and the rest folded.
pub fn statements(answer: &ByPtr<Answer>, rows: &Rows, selected: Option<&Selection>) -> Html {
    html! {
        <div class="statements">
            { table(answer, &rows.shown, selected, "Statements that tell the most") }
            if !rows.rest.is_empty() {
                <Rest {answer} rows={rows.rest.clone()} selected={selected.cloned()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RestProps {
    answer: ByPtr<Answer>,
    rows: Vec<Row>,
    selected: Option<Selection>,
}

/// The folded statements. They are drawn once they are unfolded: hundreds of them would hold up every keystroke.
#[component]
fn Rest(props: &RestProps) -> Html {
    let open = use_state_eq(|| false);
    // The browser unfolds and folds at the same press.
    let onclick = {
        let set = open.setter();
        use_callback(*open, move |_: MouseEvent, open| set.set(!open))
    };
    let count = props.rows.len();
    html! {
        <details class="statements__rest">
            <summary {onclick}>{ format!("{count} more {}", if count == 1 { "statement" } else { "statements" }) }</summary>
            if *open {
                { table(&props.answer, &props.rows, props.selected.as_ref(), "More statements") }
            }
        </details>
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
