//! What one may and another may not, over every action.

use std::sync::Arc;

use crate::catalog::AccessLevel;
use crate::eval::Verdict;
use crate::eval::situation::callers;
use crate::ident::AccountId;
use crate::model::{Account, Asking, Command, Occasion, PrincipalRef, Time, World, apply};

use super::targets::{Target, Things};
use super::{Inputs, Sheet, Survey, Terms, survey};

/// Between the two surveys.
const AND: char = ';';

/// What the principal of the question is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rival {
    /// Another principal of the account.
    Principal(PrincipalRef),
    /// Itself, if another version of one of its customer managed policies counted.
    Version {
        /// Name of the policy.
        policy: Arc<str>,
        /// 3 for `v3`.
        number: u32,
    },
}

/// An answer that is not the same for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Prefix of the service.
    pub service: Box<str>,
    /// `service:Name`.
    pub action: String,
    /// Its level.
    pub level: AccessLevel,
    /// What it was asked on.
    pub target: Target,
    /// For the principal of the question.
    pub before: Verdict,
    /// For its rival.
    pub after: Verdict,
}

/// All answers that differ, in the order of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differences {
    /// The answers.
    pub found: Vec<Difference>,
    rival: Rival,
    terms: Terms,
}

/// What a principal can be compared with: versions of its policies first, then everyone else.
pub fn rivals(account: &Account, principal: &PrincipalRef) -> Vec<Rival> {
    let mut arns: Vec<&Arc<str>> = Vec::new();
    for holder in account.holders_of(principal) {
        arns.extend(account.permissions(&holder).into_iter().flat_map(|permissions| &permissions.attached));
        arns.extend(account.boundary_of(&holder));
    }
    let counts = |arn: &str| arns.iter().any(|known| ***known == *arn);
    let held = account.policies.iter().filter(|policy| counts(&account.policy_arn(policy)));
    let versions = held.flat_map(|policy| {
        let others = policy.versions.iter().rev().filter(|version| version.number != policy.default);
        others.map(|version| Rival::Version { policy: policy.name.clone(), number: version.number })
    });
    let others = callers(account).into_iter().filter(|known| known != principal).map(Rival::Principal);
    versions.chain(others).collect()
}

/// The terms and the world of the rival; the world only where it is another one.
fn other(world: &World, terms: &Terms, rival: &Rival) -> (PrincipalRef, Option<World>) {
    match rival {
        Rival::Principal(principal) => (principal.clone(), None),
        Rival::Version { policy, number } => {
            (terms.asking.principal.clone(), with_version(world, &terms.asking.account, policy, *number))
        }
    }
}

/// The world in which another version counts.
fn with_version(world: &World, account: &AccountId, policy: &Arc<str>, number: u32) -> Option<World> {
    let command = Command::SetDefaultPolicyVersion { name: policy.clone(), number };
    apply(world, &command, &Occasion { account: account.clone(), now: Time::default() }).ok()
}

pub(super) fn run(inputs: &Inputs<'_>, terms: &Terms, rival: &Rival, progress: &mut dyn FnMut(usize, usize)) -> String {
    let (principal, world) = other(inputs.world, terms, rival);
    let first = survey::run(inputs, terms, &terms.asking.principal, &mut |done, all| progress(done, all * 2));
    let inputs = Inputs { world: world.as_ref().unwrap_or(inputs.world), ..*inputs };
    let second = survey::run(&inputs, terms, &principal, &mut |done, all| progress(all + done, all * 2));
    format!("{first}{AND}{second}")
}

impl Differences {
    /// The differences that [`super::run`] found. `None` when the marks are of other inputs.
    pub fn new(inputs: &Inputs<'_>, terms: &Terms, rival: &Rival, marks: &str) -> Option<Self> {
        let (first, second) = marks.split_once(AND)?;
        let (first, second) = (Survey::new(*inputs, terms, first)?, Survey::new(*inputs, terms, second)?);
        let things = Things::new(inputs.world, &terms.asking.account);
        let mut found = Vec::new();
        for service in inputs.catalog.services() {
            if !first.differs(&second, &service.prefix) {
                continue;
            }
            let rows = first.of_service(&things, &service.prefix, None);
            for (before, after) in rows.into_iter().zip(second.of_service(&things, &service.prefix, None)) {
                for ((target, was), (_, is)) in before.asked.into_iter().zip(after.asked) {
                    if was != is {
                        found.push(Difference {
                            service: service.prefix.clone(),
                            action: before.action.clone(),
                            level: before.level,
                            target,
                            before: was,
                            after: is,
                        });
                    }
                }
            }
        }
        Some(Self { found, rival: rival.clone(), terms: terms.clone() })
    }

    /// The question of what was answered for the principal of the question.
    pub fn asking_before(&self, of: &Difference) -> Asking {
        let asking = &self.terms.asking;
        self.terms.asking(&asking.account, &asking.principal, &of.action, &of.target.resource)
    }

    /// The question of what was answered for the rival; `None` for a version that does not count, of which the world as it is
    /// tells nothing.
    pub fn asking_after(&self, of: &Difference) -> Option<Asking> {
        let Rival::Principal(principal) = &self.rival else { return None };
        Some(self.terms.asking(&self.terms.asking.account, principal, &of.action, &of.target.resource))
    }

    /// The differences, to be handed out; `says` names a verdict, `of` the two that are compared.
    pub fn sheet(&self, of: [&str; 2], says: fn(Verdict) -> &'static str) -> Sheet {
        let [before, after] = of;
        let mut sheet = Sheet::new(["Service", "Access level", "Action", "Resource", before, after]);
        sheet.rows.extend(self.found.iter().map(|one| {
            let texts = [&*one.service, one.level.words(), &one.action, &one.target.text()];
            texts.into_iter().chain([says(one.before), says(one.after)]).map(str::to_owned).collect()
        }));
        sheet
    }
}
