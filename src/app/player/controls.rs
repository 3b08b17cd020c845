//! First, back, play, on, last, and a slider with a tick for every step.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::head::emit;
use super::stand::Action;
use super::step::{Look, outcome_state};
use super::walk::Act;
use crate::app::components::segments;

/// The controls of a flow.
pub fn controls(look: &Look) -> Html {
    let stand = look.stand;
    let (at, count) = (stand.at, stand.count());
    let marks: Vec<&'static str> = look.run.played.iter().map(outcome_state).collect();
    html! {
        <div class="controls" role="group" aria-label="Steps of the flow">
            <div class="controls__buttons">
                { go(look, "First", 0, at == 0) }
                { go(look, "Back", at.saturating_sub(1), at == 0) }
                <button type="button" class="button" aria-pressed={stand.playing.to_string()}
                    onclick={emit(look.act, Action::Played(!stand.playing))}>
                    { if stand.playing { "Pause" } else { "Play" } }
                </button>
                { go(look, "Next", at.saturating_add(1), at == count) }
                { go(look, "Last", count, at == count) }
            </div>
            <Slider {at} {count} {marks} act={look.act.clone()} />
            <p class="controls__count">{ format!("Step {at} of {count}") }</p>
            { segments("view", "Show the steps as", &["Diagram", "List"], usize::from(stand.list), &listed(look)) }
        </div>
    }
}

fn listed(look: &Look) -> Callback<usize> {
    let act = look.act.clone();
    Callback::from(move |chosen| act.emit(Action::Listed(chosen == 1)))
}

/// A button that stays in the order of the keyboard when it leads nowhere.
fn go(look: &Look, words: &'static str, to: usize, nowhere: bool) -> Html {
    html! {
        <button type="button" class="button" aria-disabled={nowhere.then_some("true")} onclick={emit(look.act, Action::At(to))}>
            { words }
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct SliderProps {
    at: usize,
    count: usize,
    marks: Vec<&'static str>,
    act: Act,
}

#[component]
fn Slider(props: &SliderProps) -> Html {
    let oninput = use_callback(props.act.clone(), |event: InputEvent, act| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        act.emit(Action::At(value.parse().unwrap_or_default()));
    });
    html! {
        <div class="controls__slider">
            <input type="range" class="controls__range" min="0" max={props.count.to_string()} step="1" value={props.at.to_string()}
                aria-label="Step" aria-valuetext={format!("{} of {}", props.at, props.count)} {oninput} />
            <div class="controls__ticks" aria-hidden="true">
                <span></span>
                for mark in &props.marks {
                    <span data-state={*mark}></span>
                }
            </div>
        </div>
    }
}
