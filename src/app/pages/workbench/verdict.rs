//! The answer: the one saturated thing on the screen.

use yew::prelude::*;

use super::among::among;
use super::recent::recent;
use crate::analysis::Pinned;
use crate::app::components::{Act, CopyButton, IconName, icon_with, notice, prose};
use crate::app::state::{Answer, DataFile, Event as StateEvent, Outcome, State, Tab, verdict_word};
use crate::eval::Verdict;
use crate::explain;

/// The answer, or what is missing for one.
pub fn verdict(outcome: &Outcome, state: &State) -> Html {
    match outcome {
        Outcome::Answered(answer) => given(answer, state),
        Outcome::Waiting => html! {
            <section class="verdict verdict--waiting" aria-label="Answer" aria-busy="true">
                { icon_with(IconName::Absent, "verdict__icon") }
                <p>{ "The policies are on their way." }</p>
            </section>
        },
        Outcome::Failed(file, why) => {
            let text = format!(
                "There is no answer yet: {} did not load. Check the connection, then load it again.",
                what(*file)
            );
            notice(&text, Some(why), "Load it again", StateEvent::FileRetried(*file))
        }
    }
}

fn what(file: DataFile) -> &'static str {
    match file {
        DataFile::ManagedIndex => "the list of AWS managed policies",
        DataFile::ManagedShard(_) => "the text of an attached AWS managed policy",
        DataFile::Actions => "the list of AWS actions",
        DataFile::Manifest => "the list of data sources",
    }
}

fn given(answer: &Answer, state: &State) -> Html {
    let asked = &state.asked;
    let verdict = answer.verdict();
    html! {
        <section class="verdict" data-verdict={verdict_word(verdict)} aria-label="Answer">
            { icon_with(drawing(verdict), "verdict__icon") }
            <div class="verdict__body">
                <p class="verdict__sentence">
                    <strong class="verdict__word">{ explain::verdict_name(verdict) }</strong>
                    { prose(answer.because()) }
                </p>
                if asked.is_stale() {
                    <p class="verdict__stale">
                        { "What is being typed makes no question yet. This still answers " }
                        <code>{ answer.request.action.as_str() }</code>{ " on " }<code>{ answer.request.resource_text() }</code>{ "." }
                    </p>
                }
                if let Some(message) = &answer.aws_message {
                    <p class="verdict__message">
                        <span class="verdict__aws-label">{ "AWS would say " }</span>
                        <code class="verdict__aws">{ message }</code>
                        { " " }
                        <CopyButton text={message.clone()} what="the message" />
                    </p>
                }
                { among(answer) }
                { tools(answer, state) }
            </div>
        </section>
    }
}

/// What can be done with an answer.
fn tools(answer: &Answer, state: &State) -> Html {
    let pinned = answer.among.iter().all(|one| {
        let what = Pinned::Question(one.asking(&state.asked));
        state.pins.iter().any(|pin| pin.what == what)
    });
    html! {
        <div class="verdict__tools" id="verdict-tools" tabindex="-1">
            if state.trial.is_none() {
                if pinned {
                    <Act key="pin" event={StateEvent::TabShown(Tab::Pinned)}>{ "Pinned" }</Act>
                } else {
                    <Act key="pin" event={StateEvent::Pinned}>{ "Pin" }</Act>
                }
                <Act key="trial" event={StateEvent::TrialBegun} then_focus="trial-title">{ "What if…" }</Act>
            }
            { recent(state) }
        </div>
    }
}

/// The sign of a verdict.
pub fn drawing(verdict: Verdict) -> IconName {
    match verdict {
        Verdict::Allowed => IconName::Allowed,
        Verdict::ExplicitlyDenied => IconName::ExplicitlyDenied,
        Verdict::ImplicitlyDenied => IconName::ImplicitlyDenied,
    }
}
