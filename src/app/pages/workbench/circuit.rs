//! The gates as a circuit: in a row, on two tracks of which one is enough, or in the frames of two accounts that both must
//! let through. Everything is a list in the order of the frames, so that it reads the same without the drawing.

use yew::prelude::*;

use crate::eval::trace::{Circuit, GateKind, Stage, Step};
use crate::explain::Frames;

/// The circuit; `draw` makes the list item of a gate.
pub fn circuit(circuit: &Circuit, frames: Option<&Frames>, draw: impl Fn(GateKind) -> Html) -> Html {
    let two = |kind, above: &[Step], below: &[Step]| frames.map(|words| two_frames(kind, words, [above, below], &draw));
    let stage = |stage: &Stage| match stage {
        Stage::One(step) => draw(step.gate),
        Stage::Either { resource, own } => two("either", resource, own).unwrap_or_default(),
        Stage::Both { caller, owner } => two("both", caller, owner).unwrap_or_default(),
    };
    html! {
        <ol class="gates">
            for found in &circuit.stages {
                { stage(found) }
            }
        </ol>
    }
}

/// Two lists of gates with a word between them.
fn two_frames(
    kind: &'static str,
    words: &Frames,
    [above, below]: [&[Step]; 2],
    draw: &impl Fn(GateKind) -> Html,
) -> Html {
    let [first, second] = &words.names;
    html! {
        <li class="frames" key={kind} data-kind={kind}>
            { frame(first, above, draw) }
            <p class="frames__join"><span>{ words.join }</span></p>
            { frame(second, below, draw) }
        </li>
    }
}

fn frame(name: &str, steps: &[Step], draw: &impl Fn(GateKind) -> Html) -> Html {
    html! {
        <div class="frames__frame" role="group" aria-label={name.to_owned()}>
            <p class="frames__name" aria-hidden="true">{ name }</p>
            <ol class="gates">
                for step in steps {
                    { draw(step.gate) }
                }
            </ol>
        </div>
    }
}
