//! What one principal may, over every action: counted as a heat map, or listed by service.

use yew::prelude::*;

use super::cells;
use crate::analysis::tables::{ActionRow, Heat, Outcome};
use crate::app::ByPtr;
use crate::app::components::{IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::platform::drag;
use crate::app::state::Event as StateEvent;
use crate::app::state::tables::{Done, Opened, TablesEvent};
use crate::catalog::AccessLevel;

/// Resources of an action that are drawn at first.
const FEW: usize = 6;

/// Properties of [`SurveyTable`].
#[derive(Properties, PartialEq)]
pub struct SurveyTableProps {
    /// The verdicts.
    pub done: ByPtr<Done>,
    /// Whether it is the heat map; else only what is allowed is listed.
    pub heat: bool,
    /// The cell whose actions are listed.
    pub opened: Option<Opened>,
}

/// A service with its actions by level.
type Line = (String, String, [Heat; AccessLevel::ALL.len()]);

/// The survey.
#[component]
pub fn SurveyTable(props: &SurveyTableProps) -> Html {
    let dispatch = use_dispatch();
    let lines = use_memo(props.done.clone(), |done| lines(done));
    let actions = use_memo((props.done.clone(), props.opened.clone(), props.heat), |(done, opened, heat)| {
        let opened = opened.as_ref()?;
        let rows = done.survey(|survey| survey.actions(&opened.service, opened.level))?;
        let wanted = |row: &ActionRow| *heat || row.tally().outcome() <= Outcome::Some;
        Some(rows.into_iter().filter(wanted).collect::<Vec<_>>())
    });
    let deps = (dispatch, props.done.clone(), actions.clone(), props.opened.clone());
    let onclick = use_callback(deps, |event: MouseEvent, (dispatch, done, actions, opened)| {
        if let Some(cell) = drag::value_around(&event, "data-open") {
            let next = of_cell(&cell).filter(|next| Some(next) != opened.as_ref());
            return dispatch.dispatch(StateEvent::Tables(TablesEvent::Opened(next)));
        }
        let Some(((row, at), actions)) = cells::pressed(&event).zip((**actions).as_ref()) else { return };
        let asked = actions.get(row).and_then(|row| Some((row, row.asked.get(at)?)));
        let asking = asked.and_then(|(row, (target, _))| done.survey(|survey| survey.asking(&row.action, target)));
        cells::ask(dispatch, asking);
    });
    let principal = &props.done.order.terms.asking.principal;
    let allowed: usize = lines.iter().flat_map(|(.., levels)| levels).map(|heat| heat.allowed()).sum();
    let all: usize = lines.iter().flat_map(|(.., levels)| levels).map(|heat| heat.count()).sum();
    let listed = lines.iter().filter(|(.., levels)| props.heat || levels.iter().any(|heat| heat.allowed() > 0));
    html! {
        <div class="tables__region" role="region" aria-label={if props.heat { "Heat map" } else { "What can" }} tabindex="0">
            <table class="tables__table" {onclick}>
                <caption class="tables__caption">
                    { format!("{principal} may do {} of {} actions on anything. ", grouped(allowed), grouped(all)) }
                    { "Each was asked on everything that this world has of its resource types and on an example of each type." }
                </caption>
                { head(props.heat) }
                <tbody>
                    for line in listed { { service(line, props, (*actions).as_deref()) } }
                </tbody>
            </table>
        </div>
    }
}

fn lines(done: &Done) -> Vec<Line> {
    let lines = done.survey(|survey| {
        let heat = survey.heat().into_iter();
        heat.map(|(service, heat)| (service.prefix.to_string(), service.name.to_string(), heat)).collect()
    });
    lines.unwrap_or_default()
}

fn head(heat: bool) -> Html {
    html! {
        <thead>
            <tr>
                <th scope="col" class="tables__corner">{ "Service" }</th>
                if heat {
                    for level in AccessLevel::ALL { <th scope="col">{ level.words() }</th> }
                } else {
                    <th scope="col">{ "Allowed" }</th>
                    <th scope="col">{ "Everywhere" }</th>
                    <th scope="col">{ "On some" }</th>
                }
            </tr>
        </thead>
    }
}

/// `s3` or `s3 2`: service and level of a cell.
fn cell(service: &str, level: Option<AccessLevel>) -> String {
    match level {
        Some(level) => format!("{service} {}", level as usize),
        None => service.to_owned(),
    }
}

fn of_cell(cell: &str) -> Option<Opened> {
    let mut parts = cell.split(' ');
    let service = parts.next()?.into();
    let level = parts.next().and_then(|at| AccessLevel::ALL.get(at.parse::<usize>().ok()?).copied());
    Some(Opened { service, level })
}

/// `22,321`.
fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", number / 1_000, number % 1_000),
    }
}

fn service((prefix, name, levels): &Line, props: &SurveyTableProps, actions: Option<&[ActionRow]>) -> Html {
    let opened = props.opened.as_ref().filter(|opened| *opened.service == **prefix);
    let expanded = |level: Option<AccessLevel>| opened.is_some_and(|opened| opened.level == level).to_string();
    let sum = |of: fn(&Heat) -> usize| levels.iter().map(of).sum::<usize>();
    let shares = AccessLevel::ALL.into_iter().zip(levels).map(|(level, heat)| match heat.count() {
        0 => html! { <td class="tables__none">{ "none" }</td> },
        count => html! {
            <td data-shade={heat.shade().to_string()}>
                <button type="button" class="tables__share" aria-expanded={expanded(Some(level))} data-open={cell(prefix, Some(level))}>
                    { format!("{} of {count}", heat.allowed()) }<span class="visually-hidden">{ format!(" of {prefix}, {}", level.words()) }</span>
                </button>
            </td>
        },
    });
    let width = if props.heat { AccessLevel::ALL.len() + 1 } else { 4 };
    html! {
        <>
            <tr>
                <th scope="row"><code>{ prefix }</code><span class="tables__on">{ name }</span></th>
                if props.heat {
                    { for shares }
                } else {
                    <td>
                        <button type="button" class="tables__share" aria-expanded={expanded(None)} data-open={cell(prefix, None)}>
                            { format!("{} of {}", sum(|heat| heat.allowed()), sum(|heat| heat.count())) }
                            <span class="visually-hidden">{ format!(" of {prefix}") }</span>
                        </button>
                    </td>
                    <td>{ sum(|heat| heat.everywhere) }</td>
                    <td>{ sum(|heat| heat.some) }</td>
                }
            </tr>
            if let Some(actions) = actions.filter(|_| opened.is_some()) {
                <tr>
                    <td colspan={width.to_string()} class="tables__inside">
                        <ul class="tables__actions" aria-label={format!("Actions of {prefix}")}>
                            for (at, row) in actions.iter().enumerate() { { action(at, row) } }
                        </ul>
                    </td>
                </tr>
            }
        </>
    }
}

fn action(at: usize, row: &ActionRow) -> Html {
    let tally = row.tally();
    let outcome = tally.outcome();
    let says = match outcome {
        Outcome::Some => format!("on some: {} of {}", tally.allowed, tally.count()),
        _ if row.asked.len() == 1 => String::new(),
        _ => outcome.words().to_owned(),
    };
    // What is telling is among the first.
    let mut places: Vec<usize> = (0..row.asked.len()).collect();
    let rank = |place: &usize| row.asked.get(*place).map(|(_, verdict)| *verdict as usize);
    places.sort_by_key(rank);
    let more = places.len().saturating_sub(FEW);
    places.truncate(FEW);
    html! {
        <li class="tables__one" key={row.action.clone()}>
            <p class="tables__which">
                <code>{ &row.action }</code>{ " " }<span class="tables__on">{ row.level.words() }</span>
                if !says.is_empty() {
                    { " " }<span class="tables__outcome">{ icon(match outcome { Outcome::Some => IconName::Allowed, _ => super::super::verdict::drawing(cells::look(outcome)) }) }{ says }</span>
                }
            </p>
            for (place, (target, verdict)) in places.into_iter().filter_map(|place| Some((place, row.asked.get(place)?))) {
                <p class="tables__asked">
                    { cells::verdict(*verdict, (at, place), &format!("{} on {}", row.action, target.text())) }{ " " }
                    { cells::asked_on(target) }
                </p>
            }
            if more > 0 {
                <p class="tables__note">{ format!("Asked on {more} more; the table as CSV has them all.") }</p>
            }
        </li>
    }
}
