//! What would turn a denial into an allow, and what an allow hangs on. Every answer is put to the evaluator before it is
//! given.
//!
//! ```
//! use iam_playground::analysis::flip::{Edit, flips, hangs_on};
//! use iam_playground::eval::{Policies, Principal, Request, Resource, Verdict};
//! use iam_playground::ident::{AccountId, ActionName};
//!
//! let account = AccountId::example();
//! let request = Request {
//!     principal: Principal::User { arn: "arn:aws:iam::123456789012:user/ann".into(), account: account.clone() },
//!     action: ActionName::parse("s3:GetObject").unwrap(),
//!     resource: Resource::Arn("arn:aws:s3:::photos/cat.jpg".into()),
//!     resource_account: Some(account),
//!     context: Default::default(),
//! };
//! let found = flips(&Policies::default(), &request);
//! assert_eq!(found[0].decision.verdict, Verdict::Allowed);
//! assert!(matches!(&found[0].edits[..], [Edit::Policy(edit)] if edit.place.policy.is_none()));
//! assert_eq!(hangs_on(&Policies::default(), &request), Default::default());
//! ```

mod allow;
mod apply;
mod deny;
mod edit;
mod minus;
mod name;
mod rewrite;
mod search;
mod step;
mod support;
mod value;
mod words;

pub use apply::apply;
pub use edit::{Change, Edit, ElementChange, Flip, Lifts, Place, PolicyEdit};
pub use name::of_new_policy;
pub use rewrite::{fresh, rewrite};
pub use search::{FLIPS, flips};
pub use support::{Break, Support, hangs_on};
pub use words::{edit_words, lifts_words};

#[cfg(test)]
mod tests;
