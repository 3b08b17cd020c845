//! The keys of a question's request, with what people changed.

use super::{Question, resource_account};
use crate::eval::scene::{Call, Caller, Credentials, Key, Network, Origin, ResourceFacts, Scene, Tags, keys};
use crate::eval::{ContextValue, Resource};
use crate::ident::Arn;
use crate::model::{PrincipalRef, World};

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
    let sent = keys(&scene(world, question)).into_iter();
    let mut entries: Vec<ContextEntry> = sent
        .map(|Key { name, value, origin }| ContextEntry {
            key: name,
            value: Some(value.clone()),
            default: Some(value),
            origin,
        })
        .collect();
    for (key, value) in &question.changes {
        let value = value.clone();
        match entries.iter_mut().find(|entry| entry.key.eq_ignore_ascii_case(key)) {
            Some(entry) => entry.value = value,
            None => entries.push(ContextEntry { key: key.clone(), value, default: None, origin: Origin::Added }),
        }
    }
    entries
}

/// A user or root user of the world, with long-term keys, over the internet.
fn scene(world: &World, question: &Question) -> Scene {
    let account = world.account.clone();
    let caller = match &question.principal {
        PrincipalRef::Root => Caller::Root { account, credentials: Credentials::Keys },
        PrincipalRef::User(name) => Caller::User {
            account,
            arn: world.arn_of(&question.principal),
            name: name.to_string(),
            id: world.users.get(name).map(|user| user.id.to_string()).unwrap_or_default(),
            tags: Tags::new(),
            credentials: Credentials::Keys,
        },
    };
    let resource = match question.resource {
        Resource::Arn(_) => Some(ResourceFacts {
            account: resource_account(world, &question.resource),
            organization: None,
            tags: Tags::new(),
        }),
        Resource::None => None,
    };
    Scene {
        caller,
        caller_organization: None,
        // An address of the range kept for documentation.
        network: Network::Internet { ip: "203.0.113.10".to_owned() },
        called_via: Vec::new(),
        call: Call {
            time: question.now.clone(),
            region: region(question),
            secure: true,
            user_agent: "aws-cli/2".to_owned(),
            tags: Tags::new(),
            parameters: Vec::new(),
        },
        resource,
    }
}

/// The region of the resource, or the one that global services report (KEY-53).
fn region(question: &Question) -> String {
    let named = match &question.resource {
        Resource::Arn(arn) => Arn::parse(arn).map(|arn| arn.region).filter(|region| !region.is_empty()),
        Resource::None => None,
    };
    named.unwrap_or("us-east-1").to_owned()
}
