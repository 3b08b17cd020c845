//! The step that is looked at: what happens, what was sent, what was decided, and what can be changed.

use yew::prelude::*;

use super::decision::decision;
use super::exchange::exchange;
use super::host::Host;
use super::paper::paper;
use super::stand::Stand;
use super::values::values;
use super::walk::Act;
use crate::app::ByPtr;
use crate::app::components::{IconName, icon_with, prose};
use crate::federation::{Failure, Outcome, Played, Run};

/// What every part of a flow is shown from.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Where somebody stands.
    pub stand: &'a Stand,
    /// What comes of it.
    pub run: &'a ByPtr<Run>,
    /// What can be done.
    pub act: &'a Act,
    /// The page.
    pub host: &'a Host,
}

impl Look<'_> {
    /// The step that is looked at; `None` before the first.
    pub fn played(&self) -> Option<&Played> {
        self.stand.at.checked_sub(1).and_then(|at| self.run.played.get(at))
    }

    /// What people call a lane.
    pub fn lane(&self, lane: &str) -> &'static str {
        self.stand.flow.lane_name(lane, self.stand.inputs.variant)
    }
}

/// An outcome in a word or two.
pub fn outcome_words(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Sent => "sent",
        Outcome::Accepted => "accepted",
        Outcome::Allowed => "allowed",
        Outcome::Failed(failure) if failure.decided => "denied",
        Outcome::Failed(_) => "failed",
        Outcome::NotReached => "not reached",
    }
}

/// Its drawing.
pub fn outcome_icon(outcome: &Outcome) -> IconName {
    match outcome {
        Outcome::Sent => IconName::Chevron,
        Outcome::Accepted => IconName::Check,
        Outcome::Allowed => IconName::Allowed,
        Outcome::Failed(failure) if failure.decided => IconName::ImplicitlyDenied,
        Outcome::Failed(_) => IconName::Cross,
        Outcome::NotReached => IconName::Dash,
    }
}

/// The verdict that a step ended with, for its colour.
pub fn outcome_state(played: &Played) -> &'static str {
    use crate::eval::Verdict;
    let verdict = played.decision().map(|decided| decided.trace.decision.verdict);
    match (&played.outcome, verdict) {
        (Outcome::Allowed, _) => "allowed",
        (Outcome::Failed(failure), Some(Verdict::ExplicitlyDenied)) if failure.decided => "explicit",
        (Outcome::Failed(failure), _) if failure.decided => "implicit",
        (Outcome::Failed(_), _) => "failed",
        (Outcome::NotReached, _) => "unreached",
        (Outcome::Sent | Outcome::Accepted, _) => "plain",
    }
}

/// The step.
pub fn step(look: &Look) -> Html {
    let Some(played) = look.played() else { return beginning(look) };
    let step = played.step;
    let (from, to) = (look.lane(step.from), look.lane(step.to));
    html! {
        <section class="step" aria-labelledby="step-title" data-state={outcome_state(played)} key={step.id}>
            <h2 class="step__title" id="step-title" tabindex="-1">
                <span class="step__number">{ format!("{} ", look.stand.at) }</span>
                { step.message }
            </h2>
            <p class="step__between">{ between(from, to) }</p>
            <p class="step__outcome">
                { icon_with(outcome_icon(&played.outcome), "step__icon") }
                <strong>{ outcome_words(&played.outcome) }</strong>
            </p>
            <p class="step__about">{ prose(step.about) }</p>
            if let Some(failure) = played.failure() {
                { refusal(look, failure) }
            }
            for note in &played.notes {
                <p class="step__note">{ prose(note) }</p>
            }
            for (at, decided) in played.decisions.iter().enumerate() {
                { decision(look, decided, (at, played.decisions.len())) }
            }
            for found in &played.papers {
                { paper(found, look.run, played.now) }
            }
            { values(look, step.id) }
            if let Some(found) = &played.exchange {
                { exchange(found) }
            }
            { delta(look, played) }
        </section>
    }
}

/// Who sends what to whom.
pub fn between(from: &str, to: &str) -> String {
    if from == to { from.to_owned() } else { format!("{from} → {to}") }
}

fn beginning(look: &Look) -> Html {
    let first = look.stand.flow.steps_of(look.stand.inputs.variant).next();
    html! {
        <section class="step" aria-labelledby="step-title" data-state="plain">
            <h2 class="step__title" id="step-title" tabindex="-1">{ "Before the first step" }</h2>
            <p class="step__about">{ look.stand.flow.about }</p>
            if let Some(first) = first {
                <p class="step__about">{ format!("It begins with {}: {}. Press Next.", look.lane(first.from), first.message) }</p>
            }
            <p class="step__keys">
                { "Keys, among the steps: " }<kbd>{ "←" }</kbd>{ " " }<kbd>{ "→" }</kbd>{ " one step, " }
                <kbd>{ "Home" }</kbd>{ " " }<kbd>{ "End" }</kbd>{ ", " }<kbd>{ "P" }</kbd>{ " play, " }
                <kbd>{ "F" }</kbd>{ " what fails, " }<kbd>{ "L" }</kbd>{ " list." }
            </p>
        </section>
    }
}

fn refusal(look: &Look, failure: &Failure) -> Html {
    let fault = look.stand.inputs.fault;
    let status = if failure.status == 0 { String::new() } else { format!(" · HTTP {}", failure.status) };
    html! {
        <div class="refusal">
            <p class="refusal__code"><strong>{ &failure.code }</strong>{ status }</p>
            <p class="refusal__message"><code>{ &failure.message }</code></p>
            // A decision gives its own reasons below.
            if failure.why != failure.message && !failure.decided {
                <p class="refusal__why">{ prose(&failure.why) }</p>
            }
            if let Some(fault) = fault {
                <p class="refusal__fix"><strong>{ "Remedy: " }</strong>{ prose(fault.fix) }</p>
            }
            <p class="refusal__fact">{ if failure.approximate { "Illustrative wording: AWS's own is not documented." } else { "AWS's own wording." } }</p>
        </div>
    }
}

/// What changed hands.
fn delta(look: &Look, played: &Played) -> Html {
    if played.gained.is_empty() && played.lost.is_empty() {
        return Html::default();
    }
    let before = look.run.wallet(look.stand.at.checked_sub(2));
    html! {
        <>
            <h3 class="step__heading">{ "What changed hands" }</h3>
            <ul class="step__delta">
                for holding in &played.gained {
                    <li>{ format!("{} now holds: {}", look.lane(holding.owner), holding.name) }</li>
                }
                for holding in before.iter().filter(|holding| played.lost.contains(&(holding.owner, holding.id))) {
                    <li>{ format!("{} no longer holds: {}", look.lane(holding.owner), holding.name) }</li>
                }
            </ul>
        </>
    }
}
