//! One principal against every action there is.

use crate::catalog::{AccessLevel, Service};
use crate::eval::situation::{Aim, Asker};
use crate::eval::{Resource, Verdict};
use crate::ident::ActionName;
use crate::model::{Asking, PrincipalRef};

use super::targets::{Target, Things};
use super::{Heat, Inputs, Outcome, Sheet, Tally, Terms, mark, verdict};

/// Between the marks of two actions.
const NEXT: char = ',';

/// What one principal may do, of everything: each action was asked on all that the world has of its resource types, and on one
/// example of each.
#[derive(Clone, Debug)]
pub struct Survey<'a> {
    inputs: Inputs<'a>,
    terms: &'a Terms,
    /// Marks of every action, in the order of the catalogue.
    marks: Vec<&'a str>,
}

/// An action with all that it was asked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionRow {
    /// `service:Name`.
    pub action: String,
    /// Its level.
    pub level: AccessLevel,
    /// What it was asked on, with the answers.
    pub asked: Vec<(Target, Verdict)>,
}

impl ActionRow {
    /// The answers, counted.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.asked.iter().for_each(|(_, verdict)| tally.add(*verdict));
        tally
    }

    /// The one to open first: what allows it, else what denies it.
    pub fn telling(&self) -> Option<&(Target, Verdict)> {
        let of = |wanted| self.asked.iter().find(|(_, verdict)| *verdict == wanted);
        of(Verdict::Allowed).or_else(|| of(Verdict::ExplicitlyDenied)).or_else(|| self.asked.first())
    }
}

pub(super) fn run(
    inputs: &Inputs<'_>,
    terms: &Terms,
    principal: &PrincipalRef,
    progress: &mut dyn FnMut(usize, usize),
) -> String {
    let Inputs { world, library, memo, catalog } = *inputs;
    let mut marks = String::new();
    let account = &terms.asking.account;
    let Some((action, _)) = terms.target() else { return marks };
    let question = terms.question(account, principal, &action);
    let Some(mut asker) = Asker::new(world, library, memo, question) else { return marks };
    let things = Things::new(world, account);
    let all: usize = catalog.services().iter().map(|service| service.actions.len()).sum();
    let mut done = 0;
    for service in catalog.services() {
        let kinds = things.kinds(service);
        let mut aims: Vec<Option<Aim>> = vec![None; kinds.targets().len()];
        for action in &service.actions {
            if done > 0 {
                marks.push(NEXT);
            }
            done += 1;
            let Ok(name) = ActionName::parse(&format!("{}:{}", service.prefix, action.name)) else { continue };
            let positions = kinds.of(action);
            if positions.is_empty() {
                let nothing = Resource::None;
                let aim = asker.aim(&name, &nothing);
                marks.extend(aim.and_then(|aim| asker.decide(aim, &name, &nothing)).map(|made| mark(made.verdict)));
            }
            for at in positions {
                let (Some(target), Some(known)) = (kinds.targets().get(at), aims.get_mut(at)) else { continue };
                if known.is_none() {
                    *known = asker.aim(&name, &target.resource);
                }
                let decision = known.and_then(|aim| asker.decide(aim, &name, &target.resource));
                marks.extend(decision.map(|made| mark(made.verdict)));
            }
        }
        progress(done, all);
    }
    marks
}

impl<'a> Survey<'a> {
    /// The survey that [`super::run`] made. `None` when the marks are of other inputs.
    pub fn new(inputs: Inputs<'a>, terms: &'a Terms, marks: &'a str) -> Option<Self> {
        let marks: Vec<&str> = marks.split(NEXT).collect();
        let all: usize = inputs.catalog.services().iter().map(|service| service.actions.len()).sum();
        (marks.len() == all).then_some(Self { inputs, terms, marks })
    }

    /// Every service with its actions by level, in the order of the catalogue.
    pub fn heat(&self) -> Vec<(&'a Service, [Heat; AccessLevel::ALL.len()])> {
        let mut marks = self.marks.iter();
        let rows = self.inputs.catalog.services().iter().map(|service| {
            let mut heat = [Heat::default(); AccessLevel::ALL.len()];
            for (action, marks) in service.actions.iter().zip(marks.by_ref()) {
                if let Some(heat) = heat.get_mut(action.level as usize) {
                    heat.add(tally(marks).outcome());
                }
            }
            (service, heat)
        });
        rows.collect()
    }

    /// All actions of a service, or those of one level, with what each was asked on.
    pub fn actions(&self, service: &str, level: Option<AccessLevel>) -> Vec<ActionRow> {
        let things = Things::new(self.inputs.world, &self.terms.asking.account);
        self.of_service(&things, service, level)
    }

    /// Whether another survey has other answers for a service.
    pub(super) fn differs(&self, other: &Self, prefix: &str) -> bool {
        self.marks_of(prefix) != other.marks_of(prefix)
    }

    fn marks_of(&self, prefix: &str) -> &[&'a str] {
        let services = self.inputs.catalog.services();
        let before = services.iter().take_while(|service| *service.prefix != *prefix);
        let start: usize = before.map(|service| service.actions.len()).sum();
        let of = services.iter().find(|service| *service.prefix == *prefix);
        let count = of.map_or(0, |service| service.actions.len());
        self.marks.get(start..start + count).unwrap_or_default()
    }

    pub(super) fn of_service(&self, things: &Things, prefix: &str, level: Option<AccessLevel>) -> Vec<ActionRow> {
        let found = self.inputs.catalog.services().iter().find(|service| *service.prefix == *prefix);
        let Some(service) = found else { return Vec::new() };
        let kinds = things.kinds(service);
        let actions = service.actions.iter().zip(self.marks_of(prefix));
        let wanted = actions.filter(|(action, _)| level.is_none_or(|level| action.level == level));
        let rows = wanted.map(|(action, marks)| ActionRow {
            action: format!("{prefix}:{}", action.name),
            level: action.level,
            asked: kinds.of_action(action).into_iter().zip(marks.bytes().filter_map(verdict)).collect(),
        });
        rows.collect()
    }

    /// The question of one answer.
    pub fn asking(&self, action: &str, target: &Target) -> Asking {
        let asking = &self.terms.asking;
        self.terms.asking(&asking.account, &asking.principal, action, &target.resource)
    }

    /// The heat map, to be handed out.
    pub fn heat_sheet(&self) -> Sheet {
        let mut sheet = Sheet::new([
            "Service",
            "Name",
            "Access level",
            "Allowed",
            "Everywhere",
            "On some",
            "Nowhere, explicitly denied",
            "Nowhere, implicitly denied",
            "Actions",
        ]);
        for (service, levels) in self.heat() {
            for (level, heat) in AccessLevel::ALL.into_iter().zip(levels).filter(|(_, heat)| heat.count() > 0) {
                let counts = [heat.allowed(), heat.everywhere, heat.some, heat.explicit, heat.implicit, heat.count()];
                let texts = [service.prefix.to_string(), service.name.to_string(), level.words().to_owned()];
                sheet.rows.push(texts.into_iter().chain(counts.map(|count| count.to_string())).collect());
            }
        }
        sheet
    }

    /// Every action that is allowed on anything, to be handed out, with what it was asked on; `says` names a verdict.
    pub fn sheet(&self, says: fn(Verdict) -> &'static str) -> Sheet {
        let mut sheet = Sheet::new(["Service", "Access level", "Action", "Resource", "Answer"]);
        let things = Things::new(self.inputs.world, &self.terms.asking.account);
        for service in self.inputs.catalog.services() {
            for row in self.of_service(&things, &service.prefix, None) {
                if row.tally().outcome() > Outcome::Some {
                    continue;
                }
                for (target, verdict) in &row.asked {
                    let texts = [&*service.prefix, row.level.words(), &row.action, &target.text(), says(*verdict)];
                    sheet.rows.push(texts.map(str::to_owned).into());
                }
            }
        }
        sheet
    }
}

fn tally(marks: &str) -> Tally {
    let mut tally = Tally::default();
    marks.bytes().filter_map(verdict).for_each(|verdict| tally.add(verdict));
    tally
}
