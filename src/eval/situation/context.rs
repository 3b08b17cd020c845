//! The keys of a question's request, with what people changed.

use super::caller::caller;
use super::{Question, resource_account};
use crate::eval::scene::{Call, Key, Network, Organization, Origin, ResourceFacts, Scene, Tags, keys};
use crate::eval::{ContextValue, Resource};
use crate::ident::{AccountId, Arn};
use crate::model::World;

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
    let sent = scene(world, question).map(|scene| keys(&scene)).unwrap_or_default().into_iter();
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

/// Who asks, over the internet: users and the root user with long-term keys, roles in a session.
fn scene(world: &World, question: &Question) -> Option<Scene> {
    let account = world.account(&question.account)?;
    let organization = |id: &AccountId| {
        let organization = world.organization.as_ref()?;
        let way = organization.way_to(id);
        let above = way.len().checked_sub(1).filter(|count| *count > 0)?;
        let nodes: Vec<&str> = way.iter().take(above).map(|node| &**node).collect();
        Some(Organization {
            id: organization.id.to_string(),
            path: format!("{}/{}/", organization.id, nodes.join("/")),
        })
    };
    let resource = match &question.resource {
        Resource::Arn(arn) => {
            let owner = resource_account(world, question);
            let tags = world.resource(arn).map(|(_, resource)| strings(&resource.tags));
            let of_role = || world.role(arn).map(|(_, role)| strings(&role.tags));
            Some(ResourceFacts {
                organization: organization(&owner),
                account: owner,
                tags: tags.or_else(of_role).unwrap_or_default(),
            })
        }
        Resource::None => None,
    };
    Some(Scene {
        caller: caller(account, question, organization(&account.id)),
        caller_organization: organization(&account.id),
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
    })
}

pub(super) fn strings(tags: &crate::model::Tags) -> Tags {
    tags.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}

/// The region of the resource, or the one that global services report (KEY-53).
pub(super) fn region(question: &Question) -> String {
    let named = match &question.resource {
        Resource::Arn(arn) => Arn::parse(arn).map(|arn| arn.region).filter(|region| !region.is_empty()),
        Resource::None => None,
    };
    named.unwrap_or("us-east-1").to_owned()
}
