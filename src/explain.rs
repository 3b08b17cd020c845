//! From a trace to words. All English about decisions is made here; everything else passes enums.
//!
//! Names, actions and JSON stand in backticks, so that a page can set them as code.

mod gate;
mod message;
mod sentence;
mod statement;

pub use gate::{gate_detail, gate_name, gate_state};
pub use message::aws_message;
pub use sentence::{absent, place, sentence, verdict_name};
pub use statement::{condition, element_name, entry, layer_name, statement_name, statement_result, statement_title};

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
