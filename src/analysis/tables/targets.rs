//! What an action is asked on: what the world has of its resource types, and one example of each.

use std::sync::Arc;

use crate::catalog::{Action, ResourceType, Service, fill_template};
use crate::eval::Resource;
use crate::ident::{AccountId, Arn, Case, Pattern};
use crate::model::World;

use super::resource_text;

/// Where a resource that is asked on comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is the question's.
    Question,
    /// The world has it.
    World,
    /// An ARN of the right kind that stands for whatever the world does not have.
    Example,
    /// The action takes none.
    Nothing,
}

/// Something that an action is asked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What.
    pub resource: Resource,
    /// Whence.
    pub origin: Origin,
}

impl Target {
    /// Its ARN or `*`.
    pub fn text(&self) -> Arc<str> {
        resource_text(&self.resource)
    }
}

/// Everything in a world that has an ARN which actions are about.
pub(super) struct Things {
    arns: Vec<Arc<str>>,
    /// The services that the ARNs name.
    services: Vec<Box<str>>,
    account: AccountId,
}

/// What the actions of one service are asked on.
pub(super) struct Kinds {
    targets: Vec<Target>,
    /// Positions in `targets`, by resource type.
    of_type: Vec<Vec<usize>>,
}

impl Things {
    /// Resources and roles of every account, since those let others in, and the other identities of `account`.
    pub fn new(world: &World, account: &AccountId) -> Self {
        let mut arns: Vec<Arc<str>> = Vec::new();
        // What belongs to the one who asks comes first.
        let own = world.accounts.values().filter(|known| known.id == *account);
        for of in own.chain(world.accounts.values().filter(|known| known.id != *account)) {
            arns.extend(of.resources.iter().map(|resource| resource.arn.clone()));
            arns.extend(of.roles.iter().map(|role| of.arn("role", &role.path, &role.name).into()));
            if of.id == *account {
                arns.extend(of.users.iter().map(|user| of.arn("user", &user.path, &user.name).into()));
                arns.extend(of.groups.iter().map(|group| of.arn("group", &group.path, &group.name).into()));
                arns.extend(of.policies.iter().map(|policy| of.policy_arn(policy).into()));
            }
        }
        let mut services: Vec<Box<str>> = Vec::new();
        for service in arns.iter().filter_map(|arn| Some(Arn::parse(arn)?.service)) {
            if !services.iter().any(|known| **known == *service) {
                services.push(service.into());
            }
        }
        Self { arns, services, account: account.clone() }
    }

    /// What the actions of a service are asked on.
    pub fn kinds(&self, service: &Service) -> Kinds {
        let types = service.resource_types.len();
        let mut kinds = Kinds { targets: Vec::new(), of_type: vec![Vec::new(); types] };
        for (arn, found) in self.of(service) {
            kinds.push(Target { resource: Resource::Arn(arn.clone()), origin: Origin::World }, &found);
            for (part, kind) in self.parts(service, &arn, &found) {
                kinds.push(Target { resource: Resource::Arn(part.into()), origin: Origin::Example }, &[kind]);
            }
        }
        for (at, kind) in service.resource_types.iter().enumerate() {
            // The shortest is the plain kind.
            let Some(pattern) = kind.arns.iter().min_by_key(|pattern| pattern.len()) else { continue };
            let arn: Arc<str> = fill_template(pattern, &self.account).into();
            let known =
                kinds.targets.iter().position(|known| matches!(&known.resource, Resource::Arn(known) if *known == arn));
            match known {
                Some(known) => {
                    if let Some(positions) = kinds.of_type.get_mut(at).filter(|positions| !positions.contains(&known)) {
                        positions.push(known);
                    }
                }
                None => kinds.push(Target { resource: Resource::Arn(arn), origin: Origin::Example }, &[at]),
            }
        }
        kinds
    }

    /// An example of each type that is a part of a thing: an object of a bucket, an index of a table.
    fn parts(&self, service: &Service, arn: &str, types: &[usize]) -> Vec<(String, usize)> {
        let mut found: Vec<(String, usize)> = Vec::new();
        let whole = types.iter().filter_map(|at| service.resource_types.get(*at));
        for pattern in whole.flat_map(|kind| &kind.arns) {
            for (at, kind) in service.resource_types.iter().enumerate() {
                let mut rests = kind.arns.iter().filter_map(|part| part.strip_prefix(&**pattern));
                if let Some(rest) = rests.find(|rest| rest.starts_with(['/', ':'])) {
                    found.push((format!("{arn}{}", fill_template(rest, &self.account)), at));
                }
            }
        }
        found
    }

    /// The things that a service has types for, with those types.
    fn of(&self, service: &Service) -> Vec<(Arc<str>, Vec<usize>)> {
        let concerned = |pattern: &str| {
            pattern.split(':').nth(2).is_some_and(|named| self.services.iter().any(|known| **known == *named))
        };
        if !service.resource_types.iter().any(|kind| kind.arns.iter().any(|pattern| concerned(pattern))) {
            return Vec::new();
        }
        let types = Types::new(service);
        let found = self.arns.iter().map(|arn| (arn.clone(), types.of(arn)));
        found.filter(|(_, types)| !types.is_empty()).collect()
    }
}

impl Kinds {
    fn push(&mut self, target: Target, types: &[usize]) {
        let at = self.targets.len();
        self.targets.push(target);
        for kind in types {
            if let Some(positions) = self.of_type.get_mut(*kind) {
                positions.push(at);
            }
        }
    }

    /// All targets of the service.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// Positions of what an action is asked on; none for one that takes no resource.
    pub fn of(&self, action: &Action) -> Vec<usize> {
        let types = || action.resources.iter().filter_map(|(at, _)| self.of_type.get(usize::from(*at)));
        if action.resources.len() == 1 {
            return types().flatten().copied().collect();
        }
        let mut wanted = vec![false; self.targets.len()];
        for at in types().flatten() {
            if let Some(wanted) = wanted.get_mut(*at) {
                *wanted = true;
            }
        }
        (0..wanted.len()).filter(|at| wanted.get(*at) == Some(&true)).collect()
    }

    /// What an action is asked on.
    pub fn of_action(&self, action: &Action) -> Vec<Target> {
        let found: Vec<Target> = self.of(action).into_iter().filter_map(|at| self.targets.get(at).cloned()).collect();
        match found.is_empty() {
            true => vec![Target { resource: Resource::None, origin: Origin::Nothing }],
            false => found,
        }
    }
}

/// The resource types of a service as patterns.
pub(super) struct Types {
    /// Type, how much of the pattern is plain text, and the pattern.
    patterns: Vec<(usize, usize, Pattern)>,
}

impl Types {
    pub fn new(service: &Service) -> Self {
        let of_kind = |(at, kind): (usize, &ResourceType)| {
            let arns = kind.arns.iter().map(move |arn| {
                let glob = glob(arn);
                (at, glob.replace('*', "").len(), Pattern::glob(&glob, Case::Sensitive))
            });
            arns.collect::<Vec<_>>()
        };
        Self { patterns: service.resource_types.iter().enumerate().flat_map(of_kind).collect() }
    }

    /// The types that an ARN is of: of all whose patterns it matches, those that say most about it. A bucket's pattern takes
    /// the ARNs of its objects too, and theirs says more.
    pub fn of(&self, arn: &str) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut most = 0;
        for (at, plain, pattern) in &self.patterns {
            if *plain < most || !pattern.matches(arn) {
                continue;
            }
            if *plain > most {
                found.clear();
                most = *plain;
            }
            if !found.contains(at) {
                found.push(*at);
            }
        }
        found
    }
}

/// `arn:${Partition}:s3:::${BucketName}` to `arn:*:s3:::*`.
fn glob(pattern: &str) -> String {
    let mut glob = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((_, after)) = after.split_once('}') else { break };
        glob.push_str(before);
        glob.push('*');
        rest = after;
    }
    glob.push_str(rest);
    glob
}
