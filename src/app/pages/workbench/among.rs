//! What comes of each of several actions.

use yew::prelude::*;

use super::verdict::drawing;
use crate::app::components::{Act, icon};
use crate::app::state::{Answer, Event as StateEvent, verdict_word};
use crate::eval::Verdict;
use crate::explain;

/// Every action with its verdict; the one whose reasons are shown is marked. Nothing where one action is asked about.
pub fn among(answer: &Answer) -> Html {
    if answer.among.len() < 2 {
        return Html::default();
    }
    let allowed = answer.among.iter().filter(|one| one.decision.verdict == Verdict::Allowed).count();
    html! {
        <section class="among" aria-labelledby="among-title">
            <p class="among__title" id="among-title">
                { format!("{allowed} of {} actions are allowed. Below: ", answer.among.len()) }
                <code>{ answer.question.action.as_str() }</code>
            </p>
            <ul class="among__list" tabindex="0" aria-labelledby="among-title">
                for one in &answer.among {
                    <li key={one.question.action.folded()}>
                        <Act class="among__one" event={StateEvent::ActionFocused(one.question.action.clone())}
                            state={verdict_word(one.decision.verdict)} current={one.question.action.is_same_as(&answer.question.action)}>
                            { icon(drawing(one.decision.verdict)) }
                            <span class="mono">{ one.question.action.as_str() }</span>
                            <span class="visually-hidden">{ format!(": {}", explain::verdict_name(one.decision.verdict)) }</span>
                        </Act>
                    </li>
                }
            </ul>
        </section>
    }
}
