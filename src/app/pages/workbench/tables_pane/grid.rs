//! Principals against actions, and everyone against one.

use yew::prelude::*;

use super::cells;
use crate::analysis::tables::{Grid, MOST_COLUMNS};
use crate::app::ByPtr;
use crate::app::components::prose;
use crate::app::hooks::use_dispatch;
use crate::app::state::tables::{Done, name};
use crate::eval::Verdict;

/// Rows that are drawn at first, and that are added at a time.
const PAGE: usize = 50;

/// Properties of [`GridTable`].
#[derive(Properties, PartialEq)]
pub struct GridTableProps {
    /// The verdicts.
    pub done: ByPtr<Done>,
    /// Whether it is about one action, whoever may it first.
    pub who_can: bool,
}

/// The grid.
#[component]
pub fn GridTable(props: &GridTableProps) -> Html {
    let dispatch = use_dispatch();
    let shown = use_state_eq(|| PAGE);
    let grid = use_memo(props.done.clone(), |done| done.grid());
    let onclick = use_callback((dispatch, grid.clone()), |event: MouseEvent, (dispatch, grid)| {
        let cell = cells::pressed(&event).zip((**grid).as_ref());
        cells::ask(dispatch, cell.and_then(|((row, column), grid)| grid.asking(row, column)));
    });
    let onmore = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(shown.saturating_add(PAGE)))
    };
    let Some(grid) = &*grid else { return Html::default() };
    let own = &props.done.order.terms.asking.account;
    let mut rows: Vec<usize> = (0..grid.callers.len()).collect();
    if props.who_can {
        rows.sort_by_key(|row| match grid.verdict(*row, 0) {
            Some(Verdict::Allowed) => 0,
            Some(Verdict::ExplicitlyDenied) => 1,
            _ => 2,
        });
    }
    let all = rows.len();
    rows.truncate(*shown);
    html! {
        <>
            { strangers(grid) }
            <div class="tables__region" role="region" aria-label={if props.who_can { "Who can" } else { "Matrix" }} tabindex="0">
                <table class="tables__table" {onclick}>
                    <caption class="tables__caption">{ caption(grid, props.who_can) }</caption>
                    { head(grid, props.who_can) }
                    <tbody>
                        for row in &rows { { line(grid, *row, &grid.callers.get(*row).map(|caller| name(&caller.principal, &caller.account, own)).unwrap_or_default()) } }
                    </tbody>
                </table>
            </div>
            if all > *shown {
                <button type="button" class="link" onclick={onmore}>{ format!("Show {} more of {all}", PAGE.min(all - *shown)) }</button>
            }
        </>
    }
}

fn strangers(grid: &Grid) -> Html {
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
