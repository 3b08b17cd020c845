//! What one may and another may not.

use yew::prelude::*;

use super::cells;
use crate::analysis::tables::Job;
use crate::analysis::tables::{Difference, Differences, Rival};
use crate::app::ByPtr;
use crate::app::components::Act;
use crate::app::hooks::use_dispatch;
use crate::app::state::Event as StateEvent;
use crate::app::state::tables::{Done, rival_words};
use crate::model::Command;

/// Rows that are drawn at first, and that are added at a time.
const PAGE: usize = 100;

/// Properties of [`DifferencesTable`].
#[derive(Properties, PartialEq)]
pub struct DifferencesTableProps {
    /// The verdicts.
    pub done: ByPtr<Done>,
}

/// The differences.
#[component]
pub fn DifferencesTable(props: &DifferencesTableProps) -> Html {
    let dispatch = use_dispatch();
    let shown = use_state_eq(|| PAGE);
    let found = use_memo(props.done.clone(), |done| done.differences());
    let onclick = use_callback((dispatch, found.clone()), |event: MouseEvent, (dispatch, found)| {
        let Some(((row, column), all)) = cells::pressed(&event).zip((**found).as_ref()) else { return };
        let asking = all.found.get(row).and_then(|one| match column {
            0 => Some(all.asking_before(one)),
            _ => all.asking_after(one),
        });
        cells::ask(dispatch, asking);
    });
    let onmore = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(shown.saturating_add(PAGE)))
    };
    let (Some(all), Job::Differences(rival)) = (&*found, &props.done.order.job) else { return Html::default() };
    let (before, after) = (props.done.order.terms.asking.principal.to_string(), rival_words(rival));
    let count = all.found.len();
    html! {
        <>
            { version(rival) }
            <div class="tables__region" role="region" aria-label="Differences" tabindex="0">
                <table class="tables__table" {onclick}>
                    <caption class="tables__caption">
                        { caption(all, count) }
                        { "Every action was asked on everything that this world has of its resource types and on an example of each type." }
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col" class="tables__corner">{ "Action" }</th>
                            <th scope="col">{ &before }</th>
                            <th scope="col">{ &after }</th>
                        </tr>
                    </thead>
                    <tbody>
                        for (row, one) in all.found.iter().enumerate().take(*shown) { { line(all, row, one, [&before, &after]) } }
                    </tbody>
                </table>
            </div>
            if count > *shown {
                <button type="button" class="link" onclick={onmore}>{ format!("Show {} more of {count}", PAGE.min(count - *shown)) }</button>
            }
        </>
    }
}

fn caption(all: &Differences, count: usize) -> String {
    let mut services: Vec<&str> = all.found.iter().map(|one| &*one.service).collect();
    services.dedup();
    match (count, services.len()) {
        (0, _) => "All answers are the same. ".to_owned(),
        (1, _) => "One answer differs. ".to_owned(),
        (_, 1) => format!("{count} answers differ, in one service. "),
        (_, services) => format!("{count} answers differ, in {services} services. "),
    }
}

/// Only a version that counts has traces.
fn version(rival: &Rival) -> Html {
    let Rival::Version { policy, number } = rival else { return Html::default() };
    let counts = Command::SetDefaultPolicyVersion { name: policy.clone(), number: *number };
    html! {
        <p class="tables__note">
            { format!("Version v{number} of {policy} does not count now, so its answers open no trace. ") }
            <Act event={StateEvent::Changed(counts)}>{ format!("Let v{number} count") }</Act>
        </p>
    }
}

fn line(all: &Differences, row: usize, one: &Difference, [before, after]: [&str; 2]) -> Html {
    let about = |who: &str| format!("{who}, {}", one.action);
    html! {
        <tr key={row}>
            <th scope="row"><code>{ &one.action }</code><span class="tables__on">{ one.level.words() }</span>{ cells::asked_on(&one.target) }</th>
            <td>{ cells::verdict(one.before, (row, 0), &about(before)) }</td>
            <td>
                if all.asking_after(one).is_some() {
                    { cells::verdict(one.after, (row, 1), &about(after)) }
                } else {
                    { cells::closed(one.after) }
                }
            </td>
        </tr>
    }
}
