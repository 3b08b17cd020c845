//! Questions beyond one decision: tables of many, calls of several permissions, checks of an account. All of them ask the one
//! evaluator.

pub mod account;
mod ask;
mod call;
pub mod flip;
mod pins;
pub mod tables;

pub use ask::{Caller, Target};
pub use call::{Call, permissions_to_assume};
pub use flip::{Flip, Support, flips, hangs_on};
pub use pins::{Pin, Pinned};
