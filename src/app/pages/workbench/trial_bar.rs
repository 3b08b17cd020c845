//! What is tried, against what was before.

use yew::prelude::*;

use super::verdict::drawing;
use crate::app::components::{Act, icon, prose};
use crate::app::state::trial::{PartRow, Tried};
use crate::app::state::{Event as StateEvent, policy_key, verdict_word};
use crate::eval::Verdict;
use crate::eval::situation::Part;
use crate::explain;

/// The answer without what is tried, what is tried, and what can be switched off; `now` is the verdict with it.
pub fn trial_bar(tried: &Tried, now: Option<Verdict>) -> Html {
    html! {
        <section class="trial" aria-labelledby="trial-title">
            <div class="trial__head">
                <h2 class="trial__title" id="trial-title" tabindex="-1">{ "What if" }</h2>
                <p class="trial__base">
                    if let Some(base) = &tried.base {
                        if Some(base.verdict()) == now { { "The verdict is as before." } } else {
                            <span class="trial__was" data-verdict={verdict_word(base.verdict())}>
                                { "Before: " }{ icon(drawing(base.verdict())) }<strong>{ explain::verdict_name(base.verdict()) }</strong>
                            </span>
                            { prose(base.because()) }
                        }
                    }
                </p>
                <span class="trial__tools">
                    <Act class="button button--primary" event={StateEvent::TrialKept} then_focus="verdict-tools">{ "Keep" }</Act>
                    <Act class="button" event={StateEvent::TrialDropped} then_focus="verdict-tools">{ "Discard" }</Act>
                </span>
            </div>
            if tried.steps.is_empty() {
                <p class="trial__hint">{ "Whatever you change now is only tried: policies, groups, values of the request. Keep it or discard it at the end." }</p>
            } else {
                <ol class="trial__steps" aria-label="Tried">
                    for (at, (label, turned)) in tried.steps.iter().enumerate() {
                        <li key={at}>{ prose(label) }if *turned { <strong>{ " changes the verdict" }</strong> }</li>
                    }
                </ol>
            }
            if !tried.parts.is_empty() {
                <details class="trial__parts">
                    <summary>{ "Switch off policies, statements or whole kinds" }</summary>
                    <ul class="trial__tree">{ for tried.parts.iter().map(|row| part(row, None)) }</ul>
                </details>
            }
        </section>
    }
}

fn part(row: &PartRow, of: Option<&PartRow>) -> Html {
    let words = if row.off { "Switch on" } else { "Switch off" };
    let name = row.name.replace('`', "");
    let label = match (&row.part, of) {
        (Part::Statement(..), Some(of)) => format!("{words}: {name} of {}", of.name.replace('`', "")),
        _ => format!("{words}: {name}"),
    };
    html! {
        <li key={part_key(&row.part)} data-off={row.off.to_string()}>
            <span class="trial__part">
                { prose(&row.name) }{ " " }
                <Act event={StateEvent::Switched(row.part.clone())} {label}>{ words }</Act>
            </span>
            if !row.inside.is_empty() && !row.off {
                <ul>{ for row.inside.iter().map(|inside| part(inside, Some(row))) }</ul>
            }
        </li>
    }
}

fn part_key(part: &Part) -> String {
    match part {
        Part::Layer(layer) => explain::layer_name(*layer).to_owned(),
        Part::Policy(policy) => policy_key(policy),
        Part::Statement(policy, at) => format!("{at} {}", policy_key(policy)),
    }
}
