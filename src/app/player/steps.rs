//! The steps as a list of sentences, and as a conversation where there is no room for lanes.

use yew::prelude::*;

use super::head::emit;
use super::stand::Action;
use super::step::{Look, between, outcome_icon, outcome_state, outcome_words};
use crate::app::components::icon_with;
use crate::federation::Played;

/// The steps in order, a sentence each.
pub fn list(look: &Look, before: Option<usize>) -> Html {
    html! {
        <ol class="steps">
            for (at, played) in look.run.played.iter().enumerate() {
                { item(look, (at, played), before == Some(at)) }
            }
        </ol>
    }
}

fn item(look: &Look, (at, played): (usize, &Played), differs: bool) -> Html {
    let step = played.step;
    let current = (at + 1 == look.stand.at).then_some("step");
    html! {
        <li class="steps__item" key={step.id} data-state={outcome_state(played)}>
            <button type="button" class="steps__button" aria-current={current} onclick={emit(look.act, Action::At(at + 1))}>
                <span class="steps__number">{ at + 1 }</span>
                <span>
                    { format!("{}: {}", between(look.lane(step.from), look.lane(step.to)), step.message) }
                    if differs {
                        <em>{ " (first difference)" }</em>
                    }
                </span>
                <span class="steps__outcome">
                    { icon_with(outcome_icon(&played.outcome), "steps__icon") }
                    { outcome_words(&played.outcome) }
                </span>
            </button>
        </li>
    }
}

/// The steps one below the other: sender, message, receiver, and the one that is looked at in full.
pub fn conversation(look: &Look, before: Option<usize>) -> Html {
    html! {
        <ol class="talk">
            if look.stand.at == 0 {
                <li>{ super::step::step(look) }</li>
            }
            for (at, played) in look.run.played.iter().enumerate() {
                { turn(look, (at, played), before == Some(at)) }
            }
        </ol>
    }
}

fn turn(look: &Look, (at, played): (usize, &Played), differs: bool) -> Html {
    let step = played.step;
    let (from, to) = (look.lane(step.from), look.lane(step.to));
    let current = (at + 1 == look.stand.at).then_some("step");
    let place = if at < look.stand.at { "past" } else { "ahead" };
    html! {
        <li class="talk__turn" key={step.id} data-state={outcome_state(played)} data-place={place}>
            <button type="button" class="talk__button" aria-current={current} onclick={emit(look.act, Action::At(at + 1))}>
                <span class="talk__who">
                    <span class="talk__chip">{ from }</span>
                    if from != to {
                        { " → " }<span class="talk__chip">{ to }</span>
                    }
                </span>
                <span class="talk__outcome">
                    { icon_with(outcome_icon(&played.outcome), "steps__icon") }
                    { outcome_words(&played.outcome) }
                </span>
                <span class="talk__message">
                    { format!("{}. {}", at + 1, step.message) }
                    if differs {
                        <em>{ " (first difference)" }</em>
                    }
                </span>
            </button>
            if at + 1 == look.stand.at {
                { super::step::step(look) }
            }
        </li>
    }
}
