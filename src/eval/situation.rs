//! From a world and a question to the policies and the request that the evaluator takes.

mod context;
mod gather;
mod library;

use std::collections::BTreeMap;

use crate::eval::{ContextValue, Principal, Request, Resource};
use crate::ident::{AccountId, ActionName, Arn};
use crate::model::{Account, PrincipalRef, World};

pub use super::scene::Origin;
pub use context::{ContextEntry, context};
pub use gather::{Gathered, Place, gather, gather_with};
pub use library::{Library, Memo};

/// Name of the session in which a role is asked about.
const SESSION: &str = "playground";

/// A question as a person asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The account of whoever asks.
    pub account: AccountId,
    /// Who.
    pub principal: PrincipalRef,
    /// Does what.
    pub action: ActionName,
    /// On what.
    pub resource: Resource,
    /// Context keys set to another value, or taken away.
    pub changes: BTreeMap<String, Option<ContextValue>>,
    /// The time of the request, as ISO 8601 in UTC.
    pub now: String,
}

/// The request that AWS would see for a question; `None` when the account is not there.
pub fn request(world: &World, question: &Question) -> Option<Request> {
    let account = world.account(&question.account)?;
    let entries = context(world, question);
    let present = entries.iter().filter_map(|entry| Some((entry.key.as_str(), entry.value.clone()?)));
    Some(Request {
        principal: principal(account, &question.principal),
        action: question.action.clone(),
        resource: question.resource.clone(),
        resource_account: Some(resource_account(world, question)),
        context: present.collect(),
    })
}

fn principal(of: &Account, principal: &PrincipalRef) -> Principal {
    let account = of.id.clone();
    match principal {
        PrincipalRef::Root => Principal::Root { account },
        PrincipalRef::User(_) => Principal::User { arn: of.arn_of(principal).into(), account },
        PrincipalRef::Role(name) => Principal::RoleSession {
            arn: format!("arn:aws:sts::{account}:assumed-role/{name}/{SESSION}").into(),
            role: Some(of.arn_of(principal).into()),
            account,
        },
    }
}

/// The account that has the resource, or that its ARN names; an ARN without one, such as a bucket's, is taken as the
/// caller's own.
fn resource_account(world: &World, question: &Question) -> AccountId {
    let Resource::Arn(arn) = &question.resource else { return question.account.clone() };
    match world.resource(arn) {
        Some((account, _)) => account.id.clone(),
        None => {
            let named = Arn::parse(arn).and_then(|arn| AccountId::parse(arn.account).ok());
            named.unwrap_or_else(|| question.account.clone())
        }
    }
}
