//! The picture of a flow: lanes from left to right, messages from top to bottom. It is for eyes; the list says the same.

use yew::prelude::*;

use super::head::emit;
use super::stand::{Action, Stand};
use super::step::{outcome_state, outcome_words};
use super::walk::Act;
use crate::federation::picture::{Arrow, Picture};
use crate::federation::{Run, Variant};

/// The picture of a run. With `act` its messages can be pressed; `before` is the first step that is otherwise than by itself.
pub fn diagram(stand: &Stand, run: &Run, variant: &'static Variant, act: Option<&Act>, before: Option<usize>) -> Html {
    let picture = Picture::of(stand.flow, variant, run);
    let (width, height) = (picture.width.to_string(), picture.height.to_string());
    let shown = stand.at;
    let summary = summary(stand, run, variant);
    html! {
        <figure class="picture">
            <svg class="picture__svg" viewBox={format!("0 0 {width} {height}")} role="img" aria-label={summary}>
                for lane in &picture.lanes {
                    <line class="picture__line" x1={lane.x.to_string()} x2={lane.x.to_string()} y1={picture.top.to_string()} y2={height.clone()} />
                    <rect class="picture__head" x={(lane.x - lane.half).to_string()} y="4" width={(2.0 * lane.half).to_string()} height="28" rx="6" />
                    <text class="picture__name" x={lane.x.to_string()} y="22" textLength={lane.squeezed().map(|width| width.to_string())}
                        lengthAdjust="spacingAndGlyphs">{ lane.name }</text>
                }
                for (at, arrow) in picture.arrows.iter().enumerate() {
                    { message(stand, run, (at, arrow), (shown, act), before == Some(at)) }
                }
            </svg>
            <figcaption class="picture__caption">{ variant.name }</figcaption>
        </figure>
    }
}

fn message(
    stand: &Stand,
    run: &Run,
    (at, arrow): (usize, &Arrow),
    (shown, act): (usize, Option<&Act>),
    differs: bool,
) -> Html {
    let Some(played) = run.played.get(at) else { return Html::default() };
    let place = if at + 1 == shown {
        "here"
    } else if at < shown {
        "past"
    } else {
        "ahead"
    };
    let onclick = act.map(|act| emit(act, Action::At(at + 1)));
    let (from, to, y) = (arrow.from, arrow.to, arrow.y);
    let number = (at + 1).to_string();
    html! {
        <g class="picture__message" key={format!("{}-{at}", stand.flow.id)} data-place={place} data-state={outcome_state(played)}
            data-differs={differs.to_string()} {onclick}>
            <rect class="picture__row" x="0" y={(y - 26.0).to_string()} width="100%" height={Picture::ROW.to_string()} />
            <text class="picture__number" x="4" y={(y + 4.0).to_string()}>{ number }</text>
            <path class="picture__arrow" d={arrow.path()} />
            <path class="picture__tip" d={arrow.tip()} />
            if arrow.gate {
                <path class="picture__gate" d={arrow.gate_path()} />
            }
            <text class="picture__text" x={arrow.text_x.to_string()} y={(y - 8.0).to_string()} text-anchor={arrow.anchor}>{ played.step.message }</text>
            if place == "here" && from != to {
                <circle class="picture__token" cx={to.to_string()} cy={y.to_string()} r="5" style={format!("--way: {}px", from - to)} />
            }
        </g>
    }
}

/// What the picture shows, in a sentence.
fn summary(stand: &Stand, run: &Run, variant: &Variant) -> String {
    let count = run.played.len();
    let ending = match run.failed().and_then(|at| Some((at, run.played.get(at)?))) {
        Some((at, played)) => format!("stops at step {}, {}", at + 1, outcome_words(&played.outcome)),
        None => "goes through".to_owned(),
    };
    format!("{}, {}: {count} steps; it {ending}. The list has every step.", stand.flow.title, variant.name)
}
