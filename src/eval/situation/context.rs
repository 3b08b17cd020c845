//! The keys that AWS would put into the request of a user or root user with long-term keys (KEY-80…96).

use super::{Question, resource_account};
use crate::eval::operator::date;
use crate::eval::{ContextValue, Resource};
use crate::model::{PrincipalRef, World};

/// Where a value of the context comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Who asks.
    Principal,
    /// How the request arrives.
    Network,
    /// The request itself.
    Request,
    /// What it is about.
    Resource,
    /// Added by hand.
    Added,
}

/// One key of the context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextEntry {
    /// The key, as AWS spells it.
    pub key: String,
    /// Its value; `None` when it was taken away.
    pub value: Option<ContextValue>,
    /// What AWS would send.
    pub default: Option<ContextValue>,
    /// Where it comes from.
    pub origin: Origin,
}

impl ContextEntry {
    /// Whether a person changed it.
    pub fn changed(&self) -> bool {
        self.value != self.default
    }
}

/// Every key of the request, those that were taken away included.
pub fn context(world: &World, question: &Question) -> Vec<ContextEntry> {
    let mut entries: Vec<ContextEntry> = defaults(world, question)
        .into_iter()
        .map(|(key, value, origin)| {
            let default = Some(ContextValue::One(value));
            ContextEntry { key: key.to_owned(), value: default.clone(), default, origin }
        })
        .collect();
    for (key, value) in &question.changes {
        let value = value.as_deref().map(ContextValue::from);
        match entries.iter_mut().find(|entry| entry.key.eq_ignore_ascii_case(key)) {
            Some(entry) => entry.value = value,
            None => entries.push(ContextEntry { key: key.clone(), value, default: None, origin: Origin::Added }),
        }
    }
    entries
}

fn defaults(world: &World, question: &Question) -> Vec<(&'static str, String, Origin)> {
    let mut keys = Vec::new();
    let mut add = |key, value: String, origin| keys.push((key, value, origin));
    add("aws:PrincipalArn", world.arn_of(&question.principal), Origin::Principal);
    add("aws:PrincipalAccount", world.account.to_string(), Origin::Principal);
    match &question.principal {
        PrincipalRef::Root => {
            add("aws:PrincipalType", "Account".to_owned(), Origin::Principal);
            add("aws:userid", world.account.to_string(), Origin::Principal);
        }
        PrincipalRef::User(name) => {
            add("aws:PrincipalType", "User".to_owned(), Origin::Principal);
            if let Some(user) = world.users.get(name) {
                add("aws:userid", user.id.to_string(), Origin::Principal);
            }
            add("aws:username", name.to_string(), Origin::Principal);
        }
    }
    add("aws:PrincipalIsAWSService", "false".to_owned(), Origin::Principal);
    // An address of the range kept for documentation.
    add("aws:SourceIp", "203.0.113.10".to_owned(), Origin::Network);
    add("aws:SecureTransport", "true".to_owned(), Origin::Network);
    add("aws:UserAgent", "aws-cli/2".to_owned(), Origin::Network);
    add("aws:CurrentTime", question.now.clone(), Origin::Request);
    if let Some(nanoseconds) = date::parse(&question.now) {
        add("aws:EpochTime", nanoseconds.div_euclid(1_000_000_000).to_string(), Origin::Request);
    }
    add("aws:RequestedRegion", region(question), Origin::Request);
    add("aws:ViaAWSService", "false".to_owned(), Origin::Request);
    if let Resource::Arn(_) = question.resource {
        add("aws:ResourceAccount", resource_account(world, &question.resource).to_string(), Origin::Resource);
    }
    keys
}

/// The region of the resource, or the one that global services report (KEY-53).
fn region(question: &Question) -> String {
    let named = match &question.resource {
        Resource::Arn(arn) => crate::ident::Arn::parse(arn).map(|arn| arn.region).filter(|region| !region.is_empty()),
        Resource::None => None,
    };
    named.unwrap_or("us-east-1").to_owned()
}
