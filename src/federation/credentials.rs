//! Credentials of a flow, and who a request signed with them comes from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::instant;
use crate::eval::situation::Question;
use crate::eval::{ContextValue, Resource};
use crate::ident::{AccountId, ActionName};
use crate::model::{Asking, PrincipalRef, Session, Time, World};

/// Keys of a request that are set by hand, or taken away.
pub type Keys = BTreeMap<String, Option<ContextValue>>;

/// An access key, long-term or temporary (FED-1, FED-2). Useless outside of the playground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// `AKIA…` or `ASIA…`.
    pub id: String,
    /// Secret access key.
    pub secret: String,
    /// Session token of temporary credentials.
    pub token: Option<String>,
    /// When they were issued.
    pub issued: Time,
    /// When they stop being good; `None` for long-term ones.
    pub expires: Option<Time>,
    /// Who signs with them.
    pub caller: Caller,
}

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Account.
    pub account: AccountId,
    /// Who.
    pub principal: PrincipalRef,
    /// What it brings beside its name.
    pub session: Session,
    /// Keys that every request of it carries.
    pub keys: Keys,
    /// Keys of the session tags that pass to the next role of a chain (EVAL-164).
    pub transitive: Vec<Arc<str>>,
}

impl Caller {
    /// Somebody without a session.
    pub fn new(account: &AccountId, principal: PrincipalRef) -> Self {
        Self {
            account: account.clone(),
            principal,
            session: Session::default(),
            keys: Keys::new(),
            transitive: Vec::new(),
        }
    }

    /// A service that acts for a resource (KEY-58, KEY-59).
    pub fn service(account: &AccountId, name: &str, source: &str) -> Self {
        let mut caller = Self::new(account, PrincipalRef::Service(name.into()));
        caller.key("aws:SourceArn", source);
        caller.key("aws:SourceAccount", account.as_str());
        caller
    }

    /// Sets a key that every request carries.
    pub fn key(&mut self, name: &str, value: impl Into<ContextValue>) {
        self.keys.insert(name.to_owned(), Some(value.into()));
    }

    /// The question whether it may do something; `keys` come on top of its own.
    pub fn question(&self, action: &ActionName, resource: &Resource, keys: &Keys, now: Time) -> Question {
        let mut changes = self.keys.clone();
        changes.extend(keys.iter().map(|(key, value)| (key.clone(), value.clone())));
        Question {
            account: self.account.clone(),
            principal: self.principal.clone(),
            session: self.session.clone(),
            action: action.clone(),
            resource: resource.clone(),
            changes,
            off: std::collections::BTreeSet::new(),
            now: instant::extended(now),
        }
    }

    /// Whether it is a session of a role.
    pub fn is_role_session(&self) -> bool {
        matches!(self.principal, PrincipalRef::Role(_) | PrincipalRef::FederatedSession { .. })
    }

    /// Its ARN as AWS reports it: that of the session for sessions (ERR-15).
    pub fn arn(&self, world: &World) -> String {
        let (account, name) = (&self.account, self.session.name.as_deref().unwrap_or_default());
        match &self.principal {
            PrincipalRef::Role(role) | PrincipalRef::FederatedSession { role, .. } => {
                format!("arn:aws:sts::{account}:assumed-role/{role}/{name}")
            }
            PrincipalRef::User(_) if self.session.proof == Some(crate::model::Proof::Federation) => {
                format!("arn:aws:sts::{account}:federated-user/{name}")
            }
            principal => world.account(account).map(|account| account.arn_of(principal)).unwrap_or_default(),
        }
    }

    /// Its unique id as GetCallerIdentity reports it (FED-26, KEY-70).
    pub fn user_id(&self, world: &World) -> String {
        let (account, name) = (&self.account, self.session.name.as_deref().unwrap_or_default());
        let of = |found: Option<&Arc<str>>| found.map(ToString::to_string).unwrap_or_default();
        let known = world.account(account);
        match &self.principal {
            PrincipalRef::Role(role) | PrincipalRef::FederatedSession { role, .. } => {
                format!("{}:{name}", of(known.and_then(|known| known.roles.get(role)).map(|role| &role.id)))
            }
            PrincipalRef::User(_) if self.session.proof == Some(crate::model::Proof::Federation) => {
                format!("{account}:{name}")
            }
            PrincipalRef::User(user) => of(known.and_then(|known| known.users.get(user)).map(|user| &user.id)),
            _ => account.to_string(),
        }
    }
}

/// A question as it is kept with a world, so that the simulator can open it.
pub fn asking(question: &Question) -> Asking {
    Asking {
        account: question.account.clone(),
        principal: question.principal.clone(),
        session: question.session.clone(),
        action: question.action.to_string().into(),
        resource: match &question.resource {
            Resource::None => "*".into(),
            Resource::Arn(arn) => Arc::from(&**arn),
        },
        changes: question
            .changes
            .iter()
            .map(|(key, value)| (key.clone(), value.as_ref().map(ContextValue::line)))
            .collect(),
    }
}
