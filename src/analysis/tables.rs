//! Tables of decisions: principals against actions, who can, what can, and what differs between two principals or two
//! versions of a policy. All of them ask the one evaluator, and every cell is a question that can be put by itself.
//!
//! [`run`] does the work and tells how far it has come; what it returns is nothing but the verdicts, so that it can be done
//! elsewhere. [`Grid`], [`Survey`] and [`Differences`] put names to them.
//!
//! ```
//! use iam_playground::analysis::tables::{Grid, Inputs, Job, Terms, run};
//! use iam_playground::catalog::Catalog;
//! use iam_playground::eval::{Verdict, situation::{Library, Memo}};
//! use iam_playground::model::{Asking, PrincipalRef, example};
//!
//! let catalog = Catalog::parse("S\tdynamodb\tDynamoDB\nR\ttable\tarn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}\nA\tCreateTable\tW\t0!").unwrap();
//! let (world, library, memo) = (example::primer(), Library::default(), Memo::default());
//! let inputs = Inputs { world: &world, library: &library, catalog: &catalog, memo: &memo };
//! let asking = Asking::new(PrincipalRef::Root, "dynamodb:CreateTable", "arn:aws:dynamodb:us-east-1:123456789012:table/Music");
//! let terms = Terms { asking, signed_in: None, now: "2026-11-24T12:00:00Z".to_owned() };
//! let marks = run(&inputs, &terms, &Job::WhoCan, &mut |_, _| {});
//! let grid = Grid::new(&inputs, &terms, &Job::WhoCan, &marks).unwrap();
//! let who: Vec<String> = grid.allowed().map(|caller| caller.principal.to_string()).collect();
//! assert_eq!(who, ["user TableMaker", "root user"]);
//! assert_eq!(grid.verdict(0, 0), Some(Verdict::ImplicitlyDenied));
//! ```

mod columns;
mod differences;
mod grid;
mod sheet;
mod survey;
mod tally;
mod targets;

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::eval::situation::{Library, Memo, Question, value_of};
use crate::eval::{Resource, Verdict};
use crate::ident::{AccountId, ActionName};
use crate::model::{Asking, PrincipalRef, Proof, Session, World};

pub use columns::{Column, Columns, MOST_COLUMNS};
pub use differences::{Difference, Differences, Rival, rivals};
pub use grid::{Caller, Grid};
pub use sheet::{Sheet, csv, markdown};
pub use survey::{ActionRow, Survey};
pub use tally::{Heat, Outcome, Tally};
pub use targets::{Origin, Target};

/// What tables are made from.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The world.
    pub world: &'a World,
    /// The AWS managed policies at hand; what others say does not count.
    pub library: &'a Library,
    /// All actions.
    pub catalog: &'a Catalog,
    /// Texts that were compiled before.
    pub memo: &'a Memo,
}

/// On what terms a table asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The question that it begins with: whose account, who, what on what, and the values set in its context, which hold for
    /// every cell.
    pub asking: Asking,
    /// Who has signed in, and with what; everyone else asks with access keys.
    pub signed_in: Option<(PrincipalRef, Proof)>,
    /// When, as ISO 8601 in UTC.
    pub now: String,
}

/// Which table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Everyone in the account against the actions that a text names, as [`Columns`] reads it.
    Matrix(String),
    /// Everyone against the action and resource of the question.
    WhoCan,
    /// The principal of the question against every action there is.
    Survey,
    /// What the principal of the question may and its rival may not, or the other way round, of all actions.
    Differences(Rival),
}

impl Terms {
    /// The question of one cell, as the evaluator takes it.
    fn question(&self, account: &AccountId, principal: &PrincipalRef, action: &ActionName) -> Question {
        let signed_in = self.signed_in.as_ref().filter(|(known, _)| known == principal);
        let session = self.session(account, principal);
        let proof = session.proof.or(signed_in.map(|(_, proof)| *proof));
        let changes = self.asking.changes.iter();
        Question {
            account: account.clone(),
            principal: principal.clone(),
            action: action.clone(),
            resource: Resource::None,
            session: Session { proof, ..session },
            changes: changes
                .map(|(key, value)| (key.clone(), value.as_deref().map(|text| value_of(key, text))))
                .collect(),
            off: Default::default(),
            now: self.now.clone(),
        }
    }

    /// What a principal brings beside its name: what the question says, where it is about this principal.
    fn session(&self, account: &AccountId, principal: &PrincipalRef) -> Session {
        match *principal == self.asking.principal && *account == self.asking.account {
            true => self.asking.session.clone(),
            false => Session::default(),
        }
    }

    /// The question of one cell, to be put.
    fn asking(&self, account: &AccountId, principal: &PrincipalRef, action: &str, resource: &Resource) -> Asking {
        Asking {
            account: account.clone(),
            principal: principal.clone(),
            session: self.session(account, principal),
            action: action.into(),
            resource: resource_text(resource),
            changes: self.asking.changes.clone(),
        }
    }

    /// What the question is about; `None` where its action makes no sense.
    fn target(&self) -> Option<(ActionName, Resource)> {
        let action = ActionName::parse(&self.asking.action).ok()?;
        let resource = match &*self.asking.resource {
            "*" => Resource::None,
            _ => Resource::Arn(self.asking.resource.clone()),
        };
        Some((action, resource))
    }
}

/// A resource as it is shown: its ARN or `*`.
fn resource_text(resource: &Resource) -> Arc<str> {
    match resource {
        Resource::Arn(arn) => arn.clone(),
        Resource::None => "*".into(),
    }
}

/// Does a job. What comes of it are letters, one a decision, in an order that follows from inputs, terms and job; `progress`
/// hears how many steps of how many are done.
pub fn run(inputs: &Inputs<'_>, terms: &Terms, job: &Job, progress: &mut dyn FnMut(usize, usize)) -> String {
    match job {
        Job::Matrix(_) | Job::WhoCan => grid::run(inputs, terms, job, progress),
        Job::Survey => survey::run(inputs, terms, &terms.asking.principal, progress),
        Job::Differences(rival) => differences::run(inputs, terms, rival, progress),
    }
}

/// How many decisions a job takes at most, roughly: what is worth doing elsewhere.
pub fn size(inputs: &Inputs<'_>, terms: &Terms, job: &Job) -> usize {
    match job {
        Job::Matrix(_) | Job::WhoCan => grid::size(inputs, terms, job),
        Job::Survey | Job::Differences(_) => {
            inputs.catalog.services().iter().map(|service| service.actions.len()).sum()
        }
    }
}

fn mark(verdict: Verdict) -> char {
    match verdict {
        Verdict::Allowed => 'a',
        Verdict::ExplicitlyDenied => 'e',
        Verdict::ImplicitlyDenied => 'i',
    }
}

fn verdict(mark: u8) -> Option<Verdict> {
    match mark {
        b'a' => Some(Verdict::Allowed),
        b'e' => Some(Verdict::ExplicitlyDenied),
        b'i' => Some(Verdict::ImplicitlyDenied),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
