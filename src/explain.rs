//! From a trace to words. All English about decisions is made here; everything else passes enums.
//!
//! Names, actions and JSON stand in backticks, so that a page can set them as code.

mod alignment;
mod circuit;
mod gate;
mod message;
mod missing;
mod names;
mod note;
mod sentence;
mod statement;

pub use alignment::{Alignment, Cell, Comparison, Resolved, Segment, SegmentKind, alignment};
pub use circuit::{Frames, circuit, circuit_frames};
pub use gate::{denying_gate, denying_place, gate_detail, gate_state};
pub use message::aws_message;
pub use names::{gate_name, layer_name, statement_name, statement_title};
pub use sentence::{absent, place, sentence, verdict_name};
pub use statement::{condition, element_name, entry, statement_result};

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
