//! Many decisions at once: which table, what it is about, how far it has come, and the table.

mod cells;
mod differences;
mod grid;
mod survey;
mod table;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use self::table::Table;
use crate::analysis::tables::{Job, Rival, rivals};
use crate::app::ByPtr;
use crate::app::components::{Act, IconName, icon, notice, prose, segments};
use crate::app::hooks::use_dispatch;
use crate::app::platform::select;
use crate::app::state::checks::{Missing, WhyMissing};
use crate::app::state::tables::{self, TablesEvent, Which, Work, rival_words};
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
    let node = use_node_ref();
    let onwhich = use_callback(dispatch.clone(), |at: usize, dispatch| {
        if let Some(which) = Which::ALL.get(at) {
            dispatch.dispatch(StateEvent::Tables(TablesEvent::Chosen(*which)));
        }
    });
    let oninput = use_callback(dispatch.clone(), |event: InputEvent, dispatch| {
        let text = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
        dispatch.dispatch(StateEvent::Tables(TablesEvent::Typed(text)));
    });
    let rivals = compared(state);
    let job = shown.job(state);
    let chosen = match &job {
        Some(Job::Differences(rival)) => Some(rival_words(rival)),
        _ => None,
    };
    {
        let node = node.clone();
        use_effect_with((chosen.clone(), rivals.clone()), move |(chosen, _)| {
            select::show(&node, chosen.as_deref().unwrap_or_default());
        });
    }
    let onchange = use_callback((dispatch, rivals.clone()), |event: Event, (dispatch, rivals)| {
        let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
        if let Some(rival) = rivals.iter().find(|rival| rival_words(rival) == value) {
            dispatch.dispatch(StateEvent::Tables(TablesEvent::RivalChosen(rival.clone())));
        }
    });
    let done = job.as_ref().and_then(|job| shown.last(job));
    let order = tables::order(state);
    let is_older = done.is_some_and(|done| order.as_ref() != Some(&done.order));
    let about = match shown.which {
        Which::Matrix => columns_field(&shown.columns, &oninput),
        Which::WhatCan | Which::HeatMap => services_field(&shown.services, &oninput),
        Which::Differences if !rivals.is_empty() => rival_field(state, &rivals, chosen.as_deref(), &node, &onchange),
        Which::WhoCan | Which::Differences => Html::default(),
    };
    html! {
        <div class="tables">
            { segments("tables-which", "Which table", &Which::WORDS, shown.which as usize, &onwhich) }
            { about }
            { waiting(state) }
            if job.is_none() && shown.seed.is_some() {
                <p class="policy__empty">{ "There is nobody else to compare with." }</p>
            }
            { work(&shown.work, order.is_some() && done.is_none(), is_older) }
            if let Some(done) = done {
                <div class="tables__shown" data-older={(is_older && shown.work != Work::Quiet).to_string()} aria-busy={is_older.to_string()}>
                    <Table key={shown.which as usize} {done} which={shown.which} services={shown.services.clone()} opened={shown.opened.clone()} />
                </div>
            }
        </div>
    }
}

/// With whom the principal of the question can be compared, where that is the question.
fn compared(state: &State) -> Vec<Rival> {
    let Some(seed) = state.tables.seed.as_ref().filter(|_| state.tables.which == Which::Differences) else {
        return Vec::new();
    };
    let account = state.world.account(&seed.asking.account);
    account.map(|account| rivals(account, &seed.asking.principal)).unwrap_or_default()
}

fn columns_field(text: &str, oninput: &Callback<InputEvent>) -> Html {
    html! {
        <div class="tables__about">
            <label class="label" for="tables-columns">{ "Actions" }</label>
            <input class="field" id="tables-columns" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
                placeholder="s3:Get*, dynamodb:CreateTable" aria-describedby="tables-columns-help" value={text.to_owned()} {oninput} />
            <p class="tables__note" id="tables-columns-help">
                { "Names and wildcards, with commas or spaces between. Left empty: the action of the question, and of its service two more of each access level." }
            </p>
        </div>
    }
}

fn services_field(text: &str, oninput: &Callback<InputEvent>) -> Html {
    html! {
        <div class="tables__about">
            <label class="label" for="tables-services">{ "Services" }</label>
            <input class="field" id="tables-services" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
                placeholder="dynamodb" value={text.to_owned()} {oninput} />
        </div>
    }
}

fn rival_field(
    state: &State,
    rivals: &[Rival],
    chosen: Option<&str>,
    node: &NodeRef,
    onchange: &Callback<Event>,
) -> Html {
    let principal = state.tables.seed.as_ref().map(|seed| seed.asking.principal.to_string()).unwrap_or_default();
    let option = |rival: &Rival| {
        let words = rival_words(rival);
        html! { <option key={words.clone()} value={words.clone()} selected={chosen == Some(&words)}>{ &words }</option> }
    };
    html! {
        <div class="tables__about">
            <label class="label" for="tables-rival">{ format!("{principal} compared with") }</label>
            <span class="select">
                <select class="field field--select" id="tables-rival" ref={node} {onchange}>
                    for rival in rivals { { option(rival) } }
                </select>
                { icon(IconName::Down) }
            </span>
        </div>
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
