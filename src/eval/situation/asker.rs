//! One caller who asks for many things.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::context::region;
use super::gather::aim;
use super::{Library, Memo, Question, gather_with, request, resource_account};
use crate::eval::{Decision, Policies, Request, Resource, decide};
use crate::ident::ActionName;
use crate::model::World;

/// A caller with everything that is theirs, gathered once. What depends on the resource is prepared once for each resource
/// that the world has, and once a region for all that it has not: between those, nothing differs but the ARN.
///
/// Its decisions are those that [`gather_with`], [`request`] and [`decide`] make for each question alone.
#[derive(Debug)]
pub struct Asker<'a> {
    world: &'a World,
    library: &'a Library,
    memo: &'a Memo,
    question: Question,
    own: Policies,
    absent: bool,
    known: HashMap<Place, usize, FxBuildHasher>,
    aims: Vec<Aimed>,
}

/// Where requests on some resources differ only in their ARN.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Place {
    /// No resource.
    Nowhere,
    /// Whatever the world does not have, in a region of the caller's account.
    Region(String),
    /// One resource; for STS the trust policy of a role is what hangs on it.
    One(String, bool),
}

#[derive(Debug)]
struct Aimed {
    request: Request,
    policies: Policies,
}

/// A prepared resource of an [`Asker`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim(usize);

impl<'a> Asker<'a> {
    /// The caller of `question`, with its proof, changes and time; action and resource come later. `None` when the account is
    /// not there.
    pub fn new(world: &'a World, library: &'a Library, memo: &'a Memo, question: Question) -> Option<Self> {
        let account = world.account(&question.account)?;
        let question = Question { resource: Resource::None, ..question };
        let absent = !account.has(&question.principal);
        // Nobody's policies apply to somebody who is not there.
        let own = if absent { Policies::default() } else { gather_with(world, library, memo, &question).policies };
        Some(Self { world, library, memo, question, own, absent, known: HashMap::default(), aims: Vec::new() })
    }

    /// Prepares requests of `action`'s service on `resource`. `None` only when the account is not there.
    pub fn aim(&mut self, action: &ActionName, resource: &Resource) -> Option<Aim> {
        self.question.resource.clone_from(resource);
        let place = self.place(action, resource);
        if let Some(known) = self.known.get(&place) {
            return Some(Aim(*known));
        }
        self.question.action.clone_from(action);
        let mut policies = self.own.clone();
        if !self.absent {
            aim(&mut policies, self.world, self.library, self.memo, &self.question);
        }
        self.aims.push(Aimed { request: request(self.world, &self.question)?, policies });
        let at = self.aims.len().saturating_sub(1);
        self.known.insert(place, at);
        Some(Aim(at))
    }

    /// Decides a request that was prepared by [`Asker::aim`] for this resource and an action of the same service.
    pub fn decide(&mut self, at: Aim, action: &ActionName, resource: &Resource) -> Option<Decision> {
        let aimed = self.aims.get_mut(at.0)?;
        aimed.request.action.clone_from(action);
        aimed.request.resource.clone_from(resource);
        Some(decide(&aimed.policies, &aimed.request))
    }

    fn place(&self, action: &ActionName, resource: &Resource) -> Place {
        let Resource::Arn(arn) = resource else { return Place::Nowhere };
        let is_known = self.world.resource(arn).is_some() || self.world.role(arn).is_some();
        match is_known || resource_account(self.world, &self.question) != self.question.account {
            true => Place::One(arn.to_string(), action.service() == "sts"),
            false => Place::Region(region(&self.question)),
        }
    }
}
