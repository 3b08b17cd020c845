//! Best-practice checks of a whole account (ACCT): the root user, users and their credentials, groups, policies, roles and
//! who may assume them, resources, and ways to more privilege. Whether somebody may do something is asked of the evaluator.
//!
//! ```
//! use iam_playground::analysis::account::{Check, check};
//! use iam_playground::eval::situation::Library;
//! use iam_playground::ident::AccountId;
//! use iam_playground::model::{Time, example};
//!
//! let found = check(&example::primer(), &AccountId::example(), &Library::default(), Time(1_768_000_000));
//! assert!(found.iter().any(|finding| finding.code == Check::AdminUserNoMfa));
//! ```

mod boundaries;
mod credentials;
mod escalation;
mod finding;
mod fixes;
mod groups;
mod policies;
mod proof;
mod providers;
mod relax;
mod resources;
mod roles;
mod root;
mod services;
mod statements;
mod survey;
mod trust;
mod users;
pub mod words;

use crate::eval::situation::{Library, Memo};
use crate::ident::AccountId;
use crate::model::{Time, World};

pub use escalation::{Edge, EdgeKind, Reach};
pub use finding::{Check, Detail, Finding, Place, Subject};
pub use proof::{Proof, proof};
pub use survey::Certainty;

use survey::Survey;

/// Everything that the checks find in an account at a time (ACCT-2), gravest first, then by subject. An account that is not
/// there has no findings.
pub fn check(world: &World, account: &AccountId, library: &Library, now: Time) -> Vec<Finding> {
    check_with(world, account, library, now, &Memo::default())
}

/// The same, where texts that were compiled for an earlier check are not compiled again.
pub fn check_with(world: &World, account: &AccountId, library: &Library, now: Time, memo: &Memo) -> Vec<Finding> {
    let Some(account) = world.account(account) else { return Vec::new() };
    let survey = Survey::new(world, account, library, memo, now);
    let mut found = Vec::new();
    for check in [
        root::check,
        credentials::check,
        users::check,
        groups::check,
        policies::check,
        roles::check,
        trust::check,
        services::check,
        providers::check,
        resources::check,
        boundaries::check,
        escalation::check,
    ] {
        check(&survey, &mut found);
    }
    crate::text::order::sort_by(&mut found, |a, b| {
        (a.severity, &a.subject, a.code).cmp(&(b.severity, &b.subject, b.code))
    });
    found
}

#[cfg(test)]
mod tests;
