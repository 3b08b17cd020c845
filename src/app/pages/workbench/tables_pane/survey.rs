//! What one principal may, over every action: counted as a heat map, or listed by service.

use yew::prelude::*;

use super::cells;
use crate::analysis::tables::{ActionRow, Heat, Outcome};
use crate::app::components::icon;
use crate::app::state::tables::{Done, Opened};
use crate::catalog::AccessLevel;
use crate::eval::Verdict;

/// Resources of an action that are drawn.
const FEW: usize = 6;

/// A service with its actions by level.
pub struct Line {
    prefix: String,
    name: String,
    levels: [Heat; AccessLevel::ALL.len()],
}

/// The table without its frame: whether it is the heat map, which service is open and its actions.
pub struct Shown<'a> {
    pub heat: bool,
    pub opened: Option<&'a Opened>,
    pub actions: &'a [ActionRow],
}

impl Line {
    fn sum(&self, of: fn(&Heat) -> usize) -> usize {
        self.levels.iter().map(of).sum()
    }

    /// Whether it is listed: what has the text in its names, and for what can, what allows anything.
    pub fn is_listed(&self, heat: bool, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        let named = self.prefix.contains(&text) || self.name.to_lowercase().contains(&text);
        named && (heat || self.sum(|heat| heat.allowed()) > 0)
    }
}

/// The actions of what is open: all of them, or those that are allowed on anything.
pub fn actions(done: &Done, opened: Option<&Opened>, heat: bool) -> Vec<ActionRow> {
    let rows = opened.and_then(|opened| done.survey(|survey| survey.actions(&opened.service, opened.level)));
    let wanted = |row: &ActionRow| heat || row.tally().outcome() <= Outcome::Some;
    rows.unwrap_or_default().into_iter().filter(wanted).collect()
}

/// How much of everything is allowed, in words.
pub fn caption(lines: &[Line], principal: &str) -> String {
    let sum = |of: fn(&Heat) -> usize| grouped(lines.iter().map(|line| line.sum(of)).sum());
    let (allowed, all) = (sum(|heat| heat.allowed()), sum(|heat| heat.count()));
    format!(
        "{principal} may do {allowed} of {all} actions on anything. Each was asked on everything that this world has of its resource types and on an example of each type."
    )
}

/// The rows under their head.
pub fn parts(lines: &[&Line], shown: &Shown<'_>) -> Html {
    html! {
        <>
            { head(shown.heat) }
            <tbody>
                for line in lines { { service(line, shown) } }
            </tbody>
        </>
    }
}

/// Every service.
pub fn lines(done: &Done) -> Vec<Line> {
    let lines = done.survey(|survey| {
        let heat = survey.heat().into_iter();
        heat.map(|(service, levels)| Line {
            prefix: service.prefix.to_string(),
            name: service.name.to_string(),
            levels,
        })
        .collect()
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

/// The service and level of a cell that was pressed.
pub fn of_cell(cell: &str) -> Option<Opened> {
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

fn service(line: &Line, shown: &Shown<'_>) -> Html {
    let Line { prefix, name, levels } = line;
    let opened = shown.opened.filter(|opened| *opened.service == **prefix);
    let expanded = |level: Option<AccessLevel>| opened.is_some_and(|opened| opened.level == level).to_string();
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
    let width = if shown.heat { AccessLevel::ALL.len() + 1 } else { 4 };
    html! {
        <>
            <tr>
                <th scope="row"><code>{ prefix }</code><span class="tables__on">{ name }</span></th>
                if shown.heat {
                    { for shares }
                } else {
                    <td>
                        <button type="button" class="tables__share" aria-expanded={expanded(None)} data-open={cell(prefix, None)}>
                            { format!("{} of {}", line.sum(|heat| heat.allowed()), line.sum(|heat| heat.count())) }
                            <span class="visually-hidden">{ format!(" of {prefix}") }</span>
                        </button>
                    </td>
                    <td>{ line.sum(|heat| heat.everywhere) }</td>
                    <td>{ line.sum(|heat| heat.some) }</td>
                }
            </tr>
            if opened.is_some() {
                <tr>
                    <td colspan={width.to_string()} class="tables__inside">
                        <ul class="tables__actions" aria-label={format!("Actions of {prefix}")}>
                            for (at, row) in shown.actions.iter().enumerate() { { action(at, row) } }
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
    // What allows is among the first.
    let (allowed, others): (Vec<usize>, Vec<usize>) = (0..row.asked.len())
        .partition(|at| row.asked.get(*at).is_some_and(|(_, verdict)| *verdict == Verdict::Allowed));
    let mut places: Vec<usize> = allowed.into_iter().chain(others).collect();
    let more = places.len().saturating_sub(FEW);
    places.truncate(FEW);
    html! {
        <li class="tables__one" key={row.action.clone()}>
            <p class="tables__which">
                <code>{ &row.action }</code>{ " " }<span class="tables__on">{ row.level.words() }</span>
                if !says.is_empty() {
                    { " " }<span class="tables__outcome">{ icon(cells::look(outcome)) }{ says }</span>
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
