//! Questions beyond one decision: many callers, many targets, calls of several permissions, two versions. All of them ask
//! the one evaluator.

pub mod account;
mod ask;
mod call;
pub mod tables;

pub use ask::{Caller, Change, Matrix, Target, changes, matrix, what_can, who_can};
pub use call::{Call, permissions_to_assume};
