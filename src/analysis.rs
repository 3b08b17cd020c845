//! Questions beyond one decision: many callers, many targets, two versions. All of them ask the one evaluator.

mod ask;

pub use ask::{Caller, Change, Matrix, Target, changes, matrix, what_can, who_can};
