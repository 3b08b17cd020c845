//! A flow as a sequence diagram, in numbers: where lanes and messages are. The page draws it, the export writes it.

use super::flow::{Flow, Variant};
use super::outcome::{Outcome, Played};
use super::run::Run;

/// Width that a lane takes, where there is room; many lanes stand closer.
const LANE: f64 = 128.0;
/// Widths of the lanes together, at most.
const ALL: f64 = 700.0;
/// Room on the left for numbers.
const LEFT: f64 = 72.0;
/// Height of the heads of the lanes, with room below.
const TOP: f64 = 40.0;

/// A picture. All numbers are pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
    /// Where the lines of the lanes begin.
    pub top: f64,
    /// The lanes, from left to right.
    pub lanes: Vec<LaneAt>,
    /// The messages, from top to bottom.
    pub arrows: Vec<Arrow>,
}

/// Where a lane is.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneAt {
    /// Its name.
    pub name: &'static str,
    /// Its line.
    pub x: f64,
    /// Half the width of its head.
    pub half: f64,
}

impl LaneAt {
    /// The width that its name is squeezed into, where it would not fit otherwise.
    pub fn squeezed(&self) -> Option<f64> {
        let room = 2.0 * self.half - 6.0;
        (number(self.name.chars().count()) * 6.6 > room).then_some(room)
    }
}

/// Where a message is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// Line of the sender.
    pub from: f64,
    /// Line of the receiver.
    pub to: f64,
    /// Height.
    pub y: f64,
    /// Where its text is anchored.
    pub text_x: f64,
    /// How: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// Whether a policy decision is made at its end.
    pub gate: bool,
    /// Whether it was not reached.
    pub unreached: bool,
}

impl Picture {
    /// Height that a message takes.
    pub const ROW: f64 = 40.0;

    /// The picture of a run.
    pub fn of(flow: &Flow, variant: &Variant, run: &Run) -> Self {
        let used = |id: &str| run.played.iter().any(|played| played.step.from == id || played.step.to == id);
        let known: Vec<&'static str> = flow.lanes.iter().map(|lane| lane.id).filter(|id| used(id)).collect();
        let gaps = number(known.len().saturating_sub(1));
        let lane = LANE.min(ALL / gaps.max(1.0));
        let x_of = |id: &str| {
            let place = known.iter().position(|known| *known == id).unwrap_or_default();
            LEFT + lane * number(place)
        };
        let width = LEFT + lane * gaps + LEFT;
        let lanes =
            known.iter().map(|id| LaneAt { name: flow.lane_name(id, variant), x: x_of(id), half: lane / 2.0 - 4.0 });
        let arrows = run.played.iter().enumerate().map(|(at, played)| arrow(at, played, &x_of, (width, lane)));
        Self {
            width,
            height: TOP + Self::ROW * (number(run.played.len()) + 0.4),
            top: 32.0,
            lanes: lanes.collect(),
            arrows: arrows.collect(),
        }
    }
}

fn arrow(at: usize, played: &Played, x_of: &impl Fn(&str) -> f64, (width, lane): (f64, f64)) -> Arrow {
    let (from, to) = (x_of(played.step.from), x_of(played.step.to));
    let middle = f64::midpoint(from, to);
    // Near the edges the text runs inwards.
    let (text_x, anchor) = match middle {
        _ if from == to && from + lane > width => (from - 12.0, "end"),
        _ if from == to => (from + 12.0, "start"),
        middle if middle < 110.0 => (f64::min(from, to) + 8.0, "start"),
        middle if middle > width - 110.0 => (f64::max(from, to) - 8.0, "end"),
        middle => (middle, "middle"),
    };
    Arrow {
        from,
        to,
        y: TOP + Picture::ROW * (number(at) + 0.75),
        text_x,
        anchor,
        gate: !played.decisions.is_empty(),
        unreached: played.outcome == Outcome::NotReached,
    }
}

impl Arrow {
    /// The way of the message; for what somebody does alone, a bow back to its own line.
    pub fn path(&self) -> String {
        let Self { from, to, y, .. } = self;
        match from == to {
            true => format!("M {from} {y} h 26 v 10 h -26"),
            false => format!("M {from} {y} H {to}"),
        }
    }

    /// The head of the arrow.
    pub fn tip(&self) -> String {
        let Self { from, to, y, .. } = self;
        let (y, back) = match from == to {
            true => (y + 10.0, 8.0),
            false if from < to => (*y, -8.0),
            false => (*y, 8.0),
        };
        format!("M {to} {y} l {back} -4 v 8 z")
    }

    /// A diamond before the receiver: there a decision is made.
    pub fn gate_path(&self) -> String {
        let x = match self.from == self.to {
            true => self.to + 26.0,
            false if self.from < self.to => self.to - 18.0,
            false => self.to + 18.0,
        };
        let y = if self.from == self.to { self.y + 5.0 } else { self.y };
        format!("M {} {y} l 7 -7 l 7 7 l -7 7 z", x - 7.0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen at most")]
fn number(count: usize) -> f64 {
    count as f64
}
