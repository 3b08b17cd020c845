//! Tables of decisions: which one is shown, what it is about, how far it has come. What it takes to make one is an [`Order`],
//! what came of it a [`Done`].

mod done;
mod order;

use std::rc::Rc;

use crate::analysis::tables::{Job, Rival, Terms, rivals};
use crate::app::ByPtr;
use crate::catalog::{AccessLevel, Catalog};
use crate::eval::Resource;
use crate::ident::AccountId;
use crate::model::{Asking, PrincipalRef, Proof};

use super::checks::{self, Missing, WhyMissing};
use super::{Asked, State, Tab};

pub use done::Done;
pub use order::{Desk, Known, Order};

/// A table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Principals against actions.
    #[default]
    Matrix,
    /// Everyone for the question.
    WhoCan,
    /// The principal of the question: what it may.
    WhatCan,
    /// The same counted for every service and level.
    HeatMap,
    /// The principal of the question and another one, or another version of a policy.
    Differences,
}

impl Which {
    /// In the order of the choice.
    pub const ALL: [Self; 5] = [Self::Matrix, Self::WhoCan, Self::WhatCan, Self::HeatMap, Self::Differences];
    /// Their names, in the same order.
    pub const WORDS: [&'static str; 5] = ["Matrix", "Who can", "What can", "Heat map", "Differences"];
}

/// The tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Which is shown.
    pub which: Which,
    /// The actions of the matrix, as they were typed.
    pub columns: String,
    /// Which services are listed: those whose name has this, as it was typed.
    pub services: String,
    /// With whom differences are looked for; `None` for whoever comes first.
    pub rival: Option<Rival>,
    /// The cell of what can and heat map whose actions are listed.
    pub opened: Option<Opened>,
    /// The question that the tables are about. Opening a cell puts another question and leaves this one, so that the table
    /// stays as it is.
    pub seed: Option<ByPtr<Terms>>,
    /// How far the work has come.
    pub work: Work,
    /// The last table of each kind.
    pub done: Vec<ByPtr<Done>>,
}

/// A service whose actions are listed, all or those of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its prefix.
    pub service: Rc<str>,
    /// The level.
    pub level: Option<AccessLevel>,
}

/// How far the work has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Work {
    /// Nothing that anyone would notice.
    #[default]
    Quiet,
    /// It takes a while: steps that are done, of how many; nothing of nothing before the first.
    Running(ByPtr<Order>, usize, usize),
    /// Somebody stopped it.
    Cancelled(ByPtr<Order>),
    /// It broke off.
    Failed(ByPtr<Order>, String),
}

/// What happens to tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TablesEvent {
    /// Another one is to be shown.
    Chosen(Which),
    /// The actions of the matrix, or the services to be listed, were typed.
    Typed(String),
    /// Differences are to be looked for with somebody else.
    RivalChosen(Rival),
    /// The actions of a cell are to be listed, or none.
    Opened(Option<Opened>),
    /// Work takes a while.
    Progress(ByPtr<Order>, usize, usize),
    /// Work is done; its marks.
    Done(ByPtr<Order>, Rc<str>),
    /// Work broke off.
    Failed(ByPtr<Order>, String),
    /// It is to stop.
    Cancelled,
    /// What was stopped is to be done after all.
    Again,
}

impl Tables {
    /// What the shown table takes; `None` before anything was asked about.
    pub fn job(&self, state: &State) -> Option<Job> {
        let seed = self.seed.as_ref()?;
        Some(match self.which {
            Which::Matrix => Job::Matrix(self.columns.clone()),
            Which::WhoCan => Job::WhoCan,
            Which::WhatCan | Which::HeatMap => Job::Survey,
            Which::Differences => {
                let all = rivals(state.world.account(&seed.asking.account)?, &seed.asking.principal);
                let chosen = self.rival.as_ref().filter(|rival| all.contains(rival)).or(all.first())?;
                Job::Differences(chosen.clone())
            }
        })
    }

    /// The last table for a job of this kind, be it older.
    pub fn last(&self, job: &Job) -> Option<&ByPtr<Done>> {
        self.done.iter().find(|done| done.order.is_like(job))
    }
}

/// AWS managed policies without which tables would say too little.
pub fn missing(state: &State) -> Vec<Missing> {
    checks::missing(&state.world, &state.site)
}

/// The order for the shown table, once everything is there that it takes.
pub fn order(state: &State) -> Option<Order> {
    let tables = &state.tables;
    if state.view.tab != Tab::Tables || missing(state).iter().any(|one| one.why != WhyMissing::Unknown) {
        return None;
    }
    let passed = &state.asked.session.managed;
    let at_hand = |arn| state.site.library.contains(arn) || state.account().policy(arn).is_some();
    if !passed.iter().all(|arn| at_hand(arn)) {
        return None;
    }
    let (seed, catalog) = (tables.seed.as_ref()?, state.site.actions.ready()?);
    Order::new(state.world.clone(), state.site.library.clone(), catalog.clone(), seed, tables.job(state)?)
}

/// The terms of the question as it stands: of several actions, the one whose reasons were chosen or the first.
pub fn terms(asked: &Asked, catalog: Option<&Catalog>) -> Terms {
    let signed_in = asked.signed_in.as_ref().filter(|signed_in| signed_in.proof != Proof::Keys);
    let mut questions = asked.questions(catalog);
    let chosen = asked.focus.as_ref();
    let at = questions.iter().position(|question| chosen.is_some_and(|focus| question.action.is_same_as(focus)));
    let question = questions.swap_remove(at.unwrap_or_default());
    let resource = match question.resource {
        Resource::Arn(arn) => arn,
        Resource::None => "*".into(),
    };
    Terms {
        asking: Asking { action: question.action.as_str().into(), resource, ..asked.asking() },
        signed_in: signed_in.map(|signed_in| (signed_in.principal.clone(), signed_in.proof)),
        now: asked.now.clone(),
    }
}

/// Whose name a row bears, where there are more accounts than one.
pub fn name(principal: &PrincipalRef, account: &AccountId, own: &AccountId) -> String {
    match account == own {
        true => principal.to_string(),
        false => format!("{principal} of {}", account.grouped()),
    }
}

/// What a principal is compared with, in words.
pub fn rival_words(rival: &Rival) -> String {
    match rival {
        Rival::Principal(principal) => principal.to_string(),
        Rival::Version { policy, number } => format!("version v{number} of {policy}"),
    }
}
