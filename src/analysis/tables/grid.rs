//! Principals against actions.

use crate::catalog::AccessLevel;
use crate::eval::Verdict;
use crate::eval::situation::{Asker, callers};
use crate::ident::AccountId;
use crate::model::{Account, Asking, PrincipalRef};

use super::targets::Target;
use super::{Column, Columns, Inputs, Job, Origin, Sheet, Terms, mark, verdict};
use crate::eval::Resource;

/// Someone who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account; for those who are of none, that of the question.
    pub account: AccountId,
    /// Who.
    pub principal: PrincipalRef,
}

/// Decisions for every caller and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The rows.
    pub callers: Vec<Caller>,
    /// The columns.
    pub columns: Columns,
    terms: Terms,
    verdicts: Vec<Verdict>,
}

pub(super) fn run(inputs: &Inputs<'_>, terms: &Terms, job: &Job, progress: &mut dyn FnMut(usize, usize)) -> String {
    let (callers, columns) = sides(inputs, terms, job);
    let mut marks = String::new();
    let Some(first) = columns.columns.first() else { return marks };
    for (done, caller) in (1..).zip(&callers) {
        let question = terms.question(&caller.account, &caller.principal, &first.action);
        let Some(mut asker) = Asker::new(inputs.world, inputs.library, inputs.memo, question) else { continue };
        for Column { action, target, .. } in &columns.columns {
            let aim = asker.aim(action, &target.resource);
            let decision = aim.and_then(|aim| asker.decide(aim, action, &target.resource));
            marks.extend(decision.map(|made| mark(made.verdict)));
        }
        progress(done, callers.len());
    }
    marks
}

pub(super) fn size(inputs: &Inputs<'_>, terms: &Terms, job: &Job) -> usize {
    let (callers, columns) = sides(inputs, terms, job);
    callers.len() * columns.columns.len()
}

fn sides(inputs: &Inputs<'_>, terms: &Terms, job: &Job) -> (Vec<Caller>, Columns) {
    let id = &terms.asking.account;
    let Some(account) = inputs.world.account(id) else { return (Vec::new(), Columns::default()) };
    let inside = |account: &Account| of(account, callers(account).into_iter().filter(is_plain));
    match job {
        Job::Matrix(text) => (inside(account), Columns::read(inputs, terms, text)),
        _ => {
            let others = inputs.world.accounts.values().filter(|known| known.id != *id);
            let everyone = of(account, callers(account)).into_iter().chain(others.flat_map(|account| inside(account)));
            (everyone.collect(), question(inputs, terms))
        }
    }
}

fn of(account: &Account, principals: impl IntoIterator<Item = PrincipalRef>) -> Vec<Caller> {
    principals.into_iter().map(|principal| Caller { account: account.id.clone(), principal }).collect()
}

/// Whether it is of the account and nothing but itself: a session through a provider has the rights of its role.
fn is_plain(principal: &PrincipalRef) -> bool {
    principal.is_inside() && !matches!(principal, PrincipalRef::FederatedSession { .. })
}

/// The question's action on its resource as the one column.
fn question(inputs: &Inputs<'_>, terms: &Terms) -> Columns {
    let Some((action, resource)) = terms.target() else { return Columns::default() };
    let level = inputs.catalog.action(&action).map(|(_, action)| action.level);
    let origin = if resource == Resource::None { Origin::Nothing } else { Origin::Question };
    let column = Column { action, level, target: Target { resource, origin } };
    Columns { columns: vec![column], named: 1, strangers: Vec::new() }
}

impl Grid {
    /// The grid that [`super::run`] made. `None` when the marks are of other inputs.
    pub fn new(inputs: &Inputs<'_>, terms: &Terms, job: &Job, marks: &str) -> Option<Self> {
        let (callers, columns) = sides(inputs, terms, job);
        let verdicts: Vec<Verdict> = marks.bytes().filter_map(verdict).collect();
        let fits = verdicts.len() == callers.len() * columns.columns.len();
        fits.then(|| Self { callers, columns, terms: terms.clone(), verdicts })
    }

    /// The verdict for a row and a column.
    pub fn verdict(&self, row: usize, column: usize) -> Option<Verdict> {
        let width = self.columns.columns.len();
        (column < width).then(|| self.verdicts.get(row * width + column).copied()).flatten()
    }

    /// The question of a cell.
    pub fn asking(&self, row: usize, column: usize) -> Option<Asking> {
        let (caller, column) = (self.callers.get(row)?, self.columns.columns.get(column)?);
        Some(self.terms.asking(&caller.account, &caller.principal, column.action.as_str(), &column.target.resource))
    }

    /// Whoever may what the first column is about.
    pub fn allowed(&self) -> impl Iterator<Item = &Caller> {
        let rows = self.callers.iter().enumerate();
        rows.filter(|(row, _)| self.verdict(*row, 0) == Some(Verdict::Allowed)).map(|(_, caller)| caller)
    }

    /// Levels with the number of neighbouring columns that have them.
    pub fn levels(&self) -> Vec<(Option<AccessLevel>, usize)> {
        let mut levels: Vec<(Option<AccessLevel>, usize)> = Vec::new();
        for column in &self.columns.columns {
            match levels.last_mut() {
                Some((level, count)) if *level == column.level => *count += 1,
                _ => levels.push((column.level, 1)),
            }
        }
        levels
    }

    /// One row a caller, one column an action with what it was asked on, to be handed out; `says` names a verdict.
    pub fn sheet(&self, says: fn(Verdict) -> &'static str) -> Sheet {
        let mut sheet = Sheet::new(["Account", "Principal"]);
        let columns = self.columns.columns.iter();
        sheet.head.extend(columns.map(|column| format!("{} on {}", column.action, column.target.text())));
        for (row, caller) in self.callers.iter().enumerate() {
            let mut texts = vec![caller.account.to_string(), caller.principal.to_string()];
            let verdicts = (0..self.columns.columns.len()).filter_map(|column| self.verdict(row, column));
            texts.extend(verdicts.map(|verdict| says(verdict).to_owned()));
            sheet.rows.push(texts);
        }
        sheet
    }
}
