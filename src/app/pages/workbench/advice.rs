//! What would change the answer, and what it hangs on.

use yew::prelude::*;

use crate::app::components::{Act, prose};
use crate::app::state::advice::{Advice, Way};
use crate::eval::Verdict;

/// The ways to another answer than `verdict`.
pub fn advice(found: &Advice, verdict: Verdict) -> Html {
    let title = match verdict {
        Verdict::Allowed => "What the answer hangs on",
        _ => "What would change the answer",
    };
    html! {
        <section class="advice" aria-labelledby="advice-title">
            <h3 class="advice__title" id="advice-title" tabindex="-1">{ title }</h3>
            if found.ways.is_empty() && found.hangs.is_empty() {
                <p class="advice__none">{ none(verdict) }</p>
            }
            if !found.hangs.is_empty() {
                <ul class="advice__hangs">{ for found.hangs.iter().map(|words| html! { <li key={words.clone()}>{ prose(words) }</li> }) }</ul>
            }
            if !found.ways.is_empty() {
                <ol class="advice__ways">{ for found.ways.iter().enumerate().map(|(at, found)| way(at, found)) }</ol>
            }
        </section>
    }
}

fn none(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "A rule of AWS allows this: it hangs on no policy, and no value of the request ends it.",
        _ => "A rule of AWS decides this, or nothing smaller than another question changes it.",
    }
}

fn way(at: usize, found: &Way) -> Html {
    html! {
        <li class="advice__way" key={at}>
            for (number, step) in found.steps.iter().enumerate() {
                <div key={number}>
                    <p>{ prose(&step.words) }</p>
                    if let Some(json) = &step.json {
                        <details class="advice__json"><summary>{ "Show the statement" }</summary><pre class="mono">{ json }</pre></details>
                    }
                </div>
            }
            <p class="advice__then">
                { "Then: " }{ prose(&found.then) }
                if let Some(event) = &found.attempt {
                    { " " }<Act event={event.clone()} label={format!("Try way {}", at + 1)} then_focus="trial-title">{ "Try it" }</Act>
                }
            </p>
        </li>
    }
}
