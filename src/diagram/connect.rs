//! What can be put onto what: a managed policy onto whoever can hold it, a user onto a group.

use std::sync::Arc;

use crate::model::{Account, Command, Holder, PrincipalRef};

use super::graph::Subject;

/// Something that can be put onto something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The managed policy of this ARN.
    Policy(Arc<str>),
    /// The user of this name.
    User(Arc<str>),
}

impl Carried {
    /// What a node is, when it is picked up.
    pub fn of(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Policy(policy) => policy.managed().cloned().map(Self::Policy),
            Subject::Principal(PrincipalRef::User(name)) => Some(Self::User(name.clone())),
            _ => None,
        }
    }

    /// It as the page marks it on what can be picked up.
    pub fn key(&self) -> String {
        match self {
            Self::Policy(arn) => format!("policy {arn}"),
            Self::User(name) => format!("user {name}"),
        }
    }

    /// What such a mark stands for.
    pub fn of_key(key: &str) -> Option<Self> {
        match key.split_once(' ')? {
            ("policy", arn) => Some(Self::Policy(arn.into())),
            ("user", name) => Some(Self::User(name.into())),
            _ => None,
        }
    }

    /// What it is called while it is carried.
    pub fn name(&self) -> &str {
        match self {
            Self::Policy(name) | Self::User(name) => name.rsplit('/').next().unwrap_or(name),
        }
    }

    /// The change that putting it onto `target` makes; `None` where nothing would change or nothing can be.
    pub fn onto(&self, target: &Subject, account: &Account) -> Option<Command> {
        match (self, target) {
            (Self::Policy(arn), target) => attach(account, holder(target)?, arn),
            (Self::User(user), Subject::Group(group)) => join(account, user, group),
            (Self::User(_), _) => None,
        }
    }

    /// Every change that it can make.
    pub fn everywhere(&self, account: &Account) -> Vec<Command> {
        match self {
            Self::Policy(arn) => {
                account.holders().into_iter().filter_map(|holder| attach(account, holder, arn)).collect()
            }
            Self::User(user) => account.groups.names().filter_map(|group| join(account, user, group)).collect(),
        }
    }
}

fn holder(subject: &Subject) -> Option<Holder> {
    match subject {
        Subject::Principal(principal) => principal.holder(),
        Subject::Group(name) => Some(Holder::Group(name.clone())),
        _ => None,
    }
}

fn attach(account: &Account, holder: Holder, arn: &Arc<str>) -> Option<Command> {
    let attached = &account.permissions(&holder)?.attached;
    (!attached.contains(arn)).then(|| Command::AttachPolicy { holder, arn: arn.clone() })
}

fn join(account: &Account, user: &Arc<str>, group: &Arc<str>) -> Option<Command> {
    let known = account.users.get(user)?;
    let member = known.groups.iter().any(|name| name.eq_ignore_ascii_case(group));
    (!member && account.groups.contains(group))
        .then(|| Command::AddUserToGroup { user: user.clone(), group: group.clone() })
}
