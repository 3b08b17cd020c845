//! Many decisions at once: which table, what it is about, how far it has come, and the table.

mod cells;
mod choose;
mod differences;
mod grid;
mod hand_out;
mod survey;

use yew::prelude::*;

use self::choose::{ColumnsField, RivalField};
use self::differences::DifferencesTable;
use self::grid::GridTable;
use self::hand_out::HandOut;
use self::survey::SurveyTable;
use crate::app::ByPtr;
use crate::app::components::{Act, notice, prose, segments};
use crate::app::hooks::use_dispatch;
use crate::app::state::checks::{Missing, WhyMissing};
use crate::app::state::tables::{self, Done, TablesEvent, Which, Work};
use crate::app::state::{DataFile, Event as StateEvent, State};

/// Properties of [`TablesPane`].
#[derive(Properties, PartialEq)]
pub struct TablesPaneProps {
    /// The state.
    pub state: ByPtr<State>,
}

/// The tables.
#[component]
pub fn TablesPane(props: &TablesPaneProps) -> Html {
    let dispatch = use_dispatch();
    let TablesPaneProps { state } = props;
    let shown = &state.tables;
    let onwhich = use_callback(dispatch, |at: usize, dispatch| {
        if let Some(which) = Which::ALL.get(at) {
            dispatch.dispatch(StateEvent::Tables(TablesEvent::Chosen(*which)));
        }
    });
    let job = shown.job(state);
    let done = job.as_ref().and_then(|job| shown.last(job));
    let order = tables::order(state);
    let is_older = done.is_some_and(|done| order.as_ref() != Some(&done.order));
    html! {
        <div class="tables">
            { segments("tables-which", "Which table", &Which::WORDS, shown.which as usize, &onwhich) }
            { about(state) }
            { waiting(state) }
            if job.is_none() && shown.seed.is_some() {
                <p class="policy__empty">{ "There is nobody else to compare with." }</p>
            }
            { work(&shown.work, order.is_some() && done.is_none(), is_older) }
            if let Some(done) = done {
                <div class="tables__shown" data-older={(is_older && shown.work != Work::Quiet).to_string()} aria-busy={is_older.to_string()}>
                    { table(done, state) }
                </div>
            }
        </div>
    }
}

/// What a table is about can be chosen.
fn about(state: &State) -> Html {
    match state.tables.which {
        Which::Matrix => html! { <ColumnsField text={state.tables.columns.clone()} /> },
        Which::Differences => {
            let seed = state.tables.seed.as_ref();
            match seed.map(|seed| seed.asking.principal.clone()) {
                Some(principal) => {
                    html! { <RivalField account={state.account()} {principal} rival={state.tables.rival.clone()} /> }
                }
                None => Html::default(),
            }
        }
        Which::WhoCan | Which::WhatCan | Which::HeatMap => Html::default(),
    }
}

/// Files without which there can be no table yet, and policies that will not come.
fn waiting(state: &State) -> Html {
    if let Some(why) = state.site.failure(DataFile::Actions) {
        let next = StateEvent::FileRetried(DataFile::Actions);
        return notice("The list of AWS actions did not load, and tables need it.", Some(why), "Load it again", next);
    }
    let missing = tables::missing(state);
    let names: Vec<&str> = missing.iter().map(|missing| missing.name.as_str()).collect();
    let names = names.join("`, `");
    let failed = missing.iter().find_map(|missing| match missing.why {
        WhyMissing::Failed(file) => Some(file),
        WhyMissing::Awaited | WhyMissing::Unknown => None,
    });
    let is_unknown = |missing: &Missing| missing.why == WhyMissing::Unknown;
    match failed {
        Some(file) => {
            let text = format!("The texts of these policies did not load, and tables need them: `{names}`.");
            notice(&text, None, "Load them again", StateEvent::FileRetried(file))
        }
        None if missing.is_empty() && state.site.actions.ready().is_some() => Html::default(),
        None if !missing.is_empty() && missing.iter().all(is_unknown) => html! {
            <p class="tables__note">{ prose(&format!("AWS's list does not have these policies, so what they allow does not count: `{names}`.")) }</p>
        },
        None => {
            html! { <p class="tables__note" role="status">{ "The list of actions and the policies are on their way." }</p> }
        }
    }
}

/// How far the work has come, once anyone would notice.
fn work(work: &Work, is_first: bool, is_older: bool) -> Html {
    let older = if is_older { " The table below is older." } else { "" };
    match work {
        Work::Running(_, done, all) => html! {
            <div class="tables__work">
                <progress class="tables__progress" aria-label="Decisions made" max={(*all).max(1).to_string()} value={(*all > 0).then(|| done.to_string())} />
                <span role="status">{ format!("Deciding.{older}") }</span>
                <Act class="button" event={StateEvent::Tables(TablesEvent::Cancelled)} then_focus="middle-title">{ "Cancel" }</Act>
            </div>
        },
        Work::Cancelled(_) if is_older || is_first => html! {
            <div class="tables__work">
                <span role="status">{ format!("Cancelled.{older}") }</span>
                <Act class="button" event={StateEvent::Tables(TablesEvent::Again)} then_focus="middle-title">{ "Make the table" }</Act>
            </div>
        },
        Work::Failed(_, why) => {
            let text = format!("The table could not be made.{older}");
            notice(&text, Some(why), "Try again", StateEvent::Tables(TablesEvent::Again))
        }
        Work::Quiet | Work::Cancelled(_) => Html::default(),
    }
}

fn table(done: &ByPtr<Done>, state: &State) -> Html {
    let which = state.tables.which;
    let shown = match which {
        Which::Matrix | Which::WhoCan => html! { <GridTable key="grid" {done} who_can={which == Which::WhoCan} /> },
        Which::WhatCan | Which::HeatMap => {
            let opened = state.tables.opened.clone();
            html! { <SurveyTable key={which as usize} {done} heat={which == Which::HeatMap} {opened} /> }
        }
        Which::Differences => html! { <DifferencesTable key="differences" {done} /> },
    };
    html! {
        <>
            { terms(done) }
            { shown }
            <HandOut {done} {which} />
        </>
    }
}

/// On what terms everything was asked that is not as AWS would send it.
fn terms(done: &Done) -> Html {
    let terms = &done.order.terms;
    let set = terms.asking.changes.len();
    let signed_in = terms.signed_in.as_ref().map(|(principal, _)| format!("{principal} is signed in."));
    let values = match set {
        0 => None,
        1 => Some("1 value of the request is set as in the question.".to_owned()),
        _ => Some(format!("{set} values of the request are set as in the question.")),
    };
    let words: Vec<String> = signed_in.into_iter().chain(values).collect();
    match words.is_empty() {
        true => Html::default(),
        false => html! { <p class="tables__note">{ words.join(" ") }</p> },
    }
}
