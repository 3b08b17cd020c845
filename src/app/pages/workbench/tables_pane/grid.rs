//! Principals against actions, and everyone against one.

use yew::prelude::*;

use super::cells;
use crate::analysis::tables::{Grid, MOST_COLUMNS};
use crate::app::components::prose;
use crate::app::state::tables::name;
use crate::eval::Verdict;
use crate::ident::AccountId;

/// The rows of a grid; for one action whoever may it first, then whom a statement denies it.
pub fn rows(grid: &Grid, who_can: bool) -> Vec<usize> {
    let all = 0..grid.callers.len();
    if !who_can {
        return all.collect();
    }
    let of = |wanted| all.clone().filter(move |row| grid.verdict(*row, 0) == Some(wanted));
    of(Verdict::Allowed).chain(of(Verdict::ExplicitlyDenied)).chain(of(Verdict::ImplicitlyDenied)).collect()
}

/// The table without its frame; `own` is the account whose rows do not name it.
pub fn parts(grid: &Grid, who_can: bool, rows: &[usize], own: &AccountId) -> Html {
    let name_of = |row: usize| grid.callers.get(row).map(|caller| name(&caller.principal, &caller.account, own));
    html! {
        <>
            <caption class="tables__caption">{ caption(grid, who_can) }</caption>
            { head(grid, who_can) }
            <tbody>
                for row in rows { { line(grid, *row, &name_of(*row).unwrap_or_default()) } }
            </tbody>
        </>
    }
}

/// Words that name no action, and actions that are too many.
pub fn strangers(grid: &Grid) -> Html {
    let columns = &grid.columns;
    html! {
        <>
            if !columns.strangers.is_empty() {
                <p class="tables__note">{ prose(&format!("These name no action: `{}`.", columns.strangers.join("`, `"))) }</p>
            }
            if columns.named > columns.columns.len() {
                <p class="tables__note">{ format!("{} actions are named; the first {MOST_COLUMNS} are shown.", columns.named) }</p>
            }
        </>
    }
}

fn caption(grid: &Grid, who_can: bool) -> Html {
    match grid.columns.columns.first().filter(|_| who_can) {
        Some(column) => html! {
            <>
                { format!("{} of {} may do ", grid.allowed().count(), grid.callers.len()) }<code>{ column.action.as_str() }</code>{ " " }
                { cells::asked_on(&column.target) }{ "." }
            </>
        },
        None => {
            html! { { "Each cell answers for its principal, its action and the resource below the action, and opens its trace." } }
        }
    }
}

fn head(grid: &Grid, who_can: bool) -> Html {
    if who_can {
        return html! { <thead><tr><th scope="col">{ "Principal" }</th><th scope="col">{ "Answer" }</th></tr></thead> };
    }
    html! {
        <thead>
            <tr>
                <td class="tables__corner"></td>
                for (level, count) in grid.levels() {
                    <th scope="colgroup" colspan={count.to_string()} class="tables__level">{ level.map_or("Not in the list", |level| level.words()) }</th>
                }
            </tr>
            <tr>
                <th scope="col" class="tables__corner">{ "Principal" }</th>
                for column in &grid.columns.columns {
                    <th scope="col" class="tables__action"><code>{ column.action.as_str() }</code>{ cells::asked_on(&column.target) }</th>
                }
            </tr>
        </thead>
    }
}

fn line(grid: &Grid, row: usize, name: &str) -> Html {
    let cell = |at: usize| {
        let (Some(verdict), Some(column)) = (grid.verdict(row, at), grid.columns.columns.get(at)) else {
            return Html::default();
        };
        let about = format!("{name}, {}", column.action);
        html! { <td>{ cells::verdict(verdict, (row, at), &about) }</td> }
    };
    html! {
        <tr key={row}>
            <th scope="row">{ name }</th>
            for at in 0..grid.columns.columns.len() { { cell(at) } }
        </tr>
    }
}
