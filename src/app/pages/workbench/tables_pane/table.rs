//! A table in its frame: what is pressed in it puts a question or opens a list; below it can be copied or downloaded.

use std::rc::Rc;

use yew::prelude::*;

use super::{cells, differences, grid, survey};
use crate::analysis::tables::{ActionRow, Differences, Grid, Job, Sheet, csv, markdown};
use crate::app::ByPtr;
use crate::app::hooks::use_dispatch;
use crate::app::platform::{clipboard, drag, file, task};
use crate::app::state::Event as StateEvent;
use crate::app::state::tables::{Done, Opened, TablesEvent, Which, rival_words};
use crate::model::Asking;

/// Rows that are drawn at first, and that are added at a time.
const PAGE: usize = 50;

/// Properties of [`Table`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// The verdicts.
    pub done: ByPtr<Done>,
    /// In which form.
    pub which: Which,
    /// Which services are listed.
    pub services: String,
    /// The cell whose actions are listed.
    pub opened: Option<Opened>,
}

/// What is drawn, worked out once.
enum Content {
    Grid(Grid, Vec<usize>),
    Survey(Vec<survey::Line>),
    Differences(Differences),
    /// The verdicts are of something else.
    None,
}

impl Content {
    fn of(done: &Done, which: Which) -> Self {
        let content = match done.order.job {
            Job::Matrix(_) | Job::WhoCan => done.grid().map(|grid| {
                let rows = grid::rows(&grid, which == Which::WhoCan);
                Self::Grid(grid, rows)
            }),
            Job::Survey => Some(Self::Survey(survey::lines(done))),
            Job::Differences(_) => done.differences().map(Self::Differences),
        };
        content.unwrap_or(Self::None)
    }

    /// The question of a cell.
    fn asking(&self, (row, column): (usize, usize), done: &Done, actions: &[ActionRow]) -> Option<Asking> {
        match self {
            Self::Grid(grid, _) => grid.asking(row, column),
            Self::Survey(_) => {
                let row = actions.get(row)?;
                let (target, _) = row.asked.get(column)?;
                done.survey(|survey| survey.asking(&row.action, target))
            }
            Self::Differences(all) => {
                let one = all.found.get(row)?;
                if column == 0 { Some(all.asking_before(one)) } else { all.asking_after(one) }
            }
            Self::None => None,
        }
    }
}

/// The table.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let TableProps { done, which, services, opened } = props;
    let heat = *which == Which::HeatMap;
    let dispatch = use_dispatch();
    let shown = use_state_eq(|| PAGE);
    let says = use_state_eq(|| "");
    let running = use_mut_ref(|| None);
    let content = use_memo((done.clone(), *which), |(done, which)| ByPtr::new(Content::of(done, *which)));
    let actions = use_memo((done.clone(), opened.clone(), heat), |(done, opened, heat)| {
        ByPtr::new(survey::actions(done, opened.as_ref(), *heat))
    });
    let deps = (dispatch, done.clone(), (*content).clone(), (*actions).clone(), opened.clone());
    let onclick = use_callback(deps, |event: MouseEvent, (dispatch, done, content, actions, opened)| {
        if let Some(cell) = drag::value_around(&event, "data-open") {
            let next = survey::of_cell(&cell).filter(|next| Some(next) != opened.as_ref());
            return dispatch.dispatch(StateEvent::Tables(TablesEvent::Opened(next)));
        }
        if let Some(asking) = cells::pressed(&event).and_then(|cell| content.asking(cell, done, actions)) {
            dispatch.dispatch(StateEvent::QuestionAsked(Rc::new(asking)));
        }
    });
    let onmore = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(shown.saturating_add(PAGE)))
    };
    let name = Which::WORDS.get(*which as usize).copied().unwrap_or_default();
    // Written out only when somebody wants it.
    let onout = {
        let (says, done, which) = (says.setter(), done.clone(), *which);
        Callback::from(move |event: MouseEvent| {
            let (Some(form), Some(sheet)) = (drag::value_around(&event, "data-out"), done.sheet(which)) else { return };
            if form == "file" {
                file::download(&format!("{}.csv", name.to_lowercase().replace(' ', "-")), &csv(&sheet));
                return says.set("Downloaded.");
            }
            let (write, copied): (fn(&Sheet) -> String, _) =
                if form == "csv" { (csv, "Copied as CSV.") } else { (markdown, "Copied as Markdown.") };
            let says = says.clone();
            let then = Callback::from(move |written: Result<_, _>| {
                says.set(if written.is_ok() { copied } else { "The browser refused: download it instead." });
            });
            *running.borrow_mut() = Some(task::spawn(clipboard::write(write(&sheet)), then));
        })
    };
    let terms = &done.order.terms;
    let (before, parts, all) = match &**content {
        Content::Grid(table, rows) => {
            let drawn = rows.get(..*shown).unwrap_or(rows);
            let parts = grid::parts(table, *which == Which::WhoCan, drawn, &terms.asking.account);
            (grid::strangers(table), parts, rows.len())
        }
        Content::Survey(lines) => {
            let listed: Vec<&survey::Line> = lines.iter().filter(|line| line.is_listed(heat, services)).collect();
            let drawn = listed.get(..*shown).unwrap_or(&listed);
            let caption = survey::caption(lines, &terms.asking.principal.to_string());
            let rows = survey::parts(drawn, &survey::Shown { heat, opened: opened.as_ref(), actions: &actions });
            let parts = html! { <><caption class="tables__caption">{ caption }</caption>{ rows }</> };
            (Html::default(), parts, listed.len())
        }
        Content::Differences(all) => {
            let Job::Differences(rival) = &done.order.job else { return Html::default() };
            let of = [terms.asking.principal.to_string(), rival_words(rival)];
            let parts = differences::parts(all, of.each_ref().map(String::as_str), *shown);
            (differences::version(rival), parts, all.found.len())
        }
        Content::None => return Html::default(),
    };
    html! {
        <>
            { note(done) }
            { before }
            <div class="tables__region" role="region" aria-label={name} tabindex="0">
                <table class="tables__table" {onclick}>{ parts }</table>
            </div>
            if all > *shown {
                <button type="button" class="link" onclick={onmore}>{ format!("Show {} more of {all}", PAGE.min(all - *shown)) }</button>
            }
            <div class="tables__out" onclick={onout}>
                <button type="button" class="button" data-out="csv">{ "Copy as CSV" }</button>
                <button type="button" class="button" data-out="markdown">{ "Copy as Markdown" }</button>
                <button type="button" class="button" data-out="file">{ "Download CSV" }</button>
                <span class="tables__note" role="status">{ *says }</span>
            </div>
        </>
    }
}

/// On what terms everything was asked that is not as AWS would send it.
fn note(done: &Done) -> Html {
    let terms = &done.order.terms;
    let signed_in = terms.signed_in.as_ref().map(|(principal, _)| format!("{principal} is signed in. "));
    let values = match terms.asking.changes.len() {
        0 => String::new(),
        1 => "1 value of the request is set as in the question.".to_owned(),
        set => format!("{set} values of the request are set as in the question."),
    };
    let words = signed_in.unwrap_or_default() + &values;
    match words.is_empty() {
        true => Html::default(),
        false => html! { <p class="tables__note">{ words }</p> },
    }
}
