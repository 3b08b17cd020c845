//! What one may and another may not.

use yew::prelude::*;

use super::cells;
use crate::analysis::tables::{Difference, Differences, Rival};
use crate::app::components::Act;
use crate::app::state::Event as StateEvent;
use crate::model::Command;

/// The table without its frame; `of` names the two.
pub fn parts(all: &Differences, of: [&str; 2], shown: usize) -> Html {
    html! {
        <>
            <caption class="tables__caption">
                { caption(all, all.found.len()) }
                { "Every action was asked on everything that this world has of its resource types and on an example of each type." }
            </caption>
            <thead>
                <tr>
                    <th scope="col" class="tables__corner">{ "Action" }</th>
                    for one in of { <th scope="col">{ one }</th> }
                </tr>
            </thead>
            <tbody>
                for (row, one) in all.found.iter().enumerate().take(shown) { { line(all, row, one, of) } }
            </tbody>
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
pub fn version(rival: &Rival) -> Html {
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
