//! From a world and a question to the policies and the request that the evaluator takes.

mod asker;
mod caller;
mod context;
mod gather;
mod library;

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{ContextValue, Request, Resource};
use crate::ident::{AccountId, ActionName, Arn};
use crate::model::{Asking, PrincipalRef, Session, World, example};

pub use super::scene::{Origin, value_of};
pub use asker::{Aim, Asker};
pub use caller::callers;
pub use context::{ContextEntry, context};
pub use gather::{Gathered, Part, Place, gather, gather_with};
pub use library::{Library, Memo};

/// Name of the session in which a role is asked about.
pub const SESSION: &str = "playground";
/// What the opening question is about: an action that takes no resource.
const OPENING_ACTION: &str = "s3:ListAllMyBuckets";

/// A question as a person asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The account of whoever asks.
    pub account: AccountId,
    /// Who.
    pub principal: PrincipalRef,
    /// What it brings beside its name.
    pub session: Session,
    /// Does what.
    pub action: ActionName,
    /// On what.
    pub resource: Resource,
    /// Context keys set to another value, or taken away.
    pub changes: BTreeMap<String, Option<ContextValue>>,
    /// What does not count, to see what would be without it.
    pub off: BTreeSet<Part>,
    /// The time of the request, as ISO 8601 in UTC.
    pub now: String,
}

impl Question {
    /// The question that the page opens on: whether the primer's Administrator may list all buckets.
    pub fn opening(now: String) -> Self {
        #[expect(clippy::expect_used, reason = "a constant, parsed by every test that opens the page")]
        let action = ActionName::parse(OPENING_ACTION).expect("the opening action parses");
        Self {
            account: AccountId::example(),
            principal: PrincipalRef::User(example::ADMINISTRATOR.into()),
            action,
            resource: Resource::None,
            session: Session::default(),
            changes: BTreeMap::new(),
            off: BTreeSet::new(),
            now,
        }
    }
}

impl Question {
    /// A question that was kept; the error says what in it makes no sense.
    pub fn of(asking: &Asking, now: String) -> Result<Self, String> {
        let resource = match &*asking.resource {
            "*" => Resource::None,
            arn => Resource::Arn(arn.into()),
        };
        let changed = asking.changes.iter();
        Ok(Self {
            account: asking.account.clone(),
            principal: asking.principal.clone(),
            session: asking.session.clone(),
            action: ActionName::parse(&asking.action).map_err(|error| error.to_string())?,
            resource,
            changes: changed
                .map(|(key, value)| (key.clone(), value.as_deref().map(|text| value_of(key, text))))
                .collect(),
            off: BTreeSet::new(),
            now,
        })
    }
}

/// The request that AWS would see for a question; `None` when the account is not there.
pub fn request(world: &World, question: &Question) -> Option<Request> {
    let account = world.account(&question.account)?;
    let entries = context(world, question);
    let present = entries.iter().filter_map(|entry| Some((entry.key.as_str(), entry.value.clone()?)));
    Some(Request {
        principal: caller::principal(account, question),
        action: question.action.clone(),
        resource: question.resource.clone(),
        resource_account: Some(resource_account(world, question)),
        context: present.collect(),
    })
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
