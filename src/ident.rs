//! Names of AWS: accounts, ARNs, actions, and the wildcard patterns that match them.

pub mod account;
pub mod action;
pub mod arn;
pub mod pattern;

pub use account::AccountId;
pub use action::ActionName;
pub use arn::Arn;
pub use pattern::{Case, Pattern, Slots, Token};
