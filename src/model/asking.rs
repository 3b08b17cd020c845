//! A question as it is kept with a world.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::session::Session;
use super::world::PrincipalRef;
use crate::ident::AccountId;

/// Who does what on what, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The account of whoever asks.
    pub account: AccountId,
    /// Who; it need not be there yet.
    pub principal: PrincipalRef,
    /// What it brings beside its name.
    pub session: Session,
    /// Does what: an action, or several with commas between, wildcards among them.
    pub action: Arc<str>,
    /// On what: an ARN, `*` for an action that takes none, or nothing for an example of the kind that each action takes.
    pub resource: Arc<str>,
    /// Context keys set to another value, or taken away.
    pub changes: BTreeMap<String, Option<String>>,
}

impl Asking {
    /// A question in the example account, with a context as AWS would send it.
    pub fn new(principal: PrincipalRef, action: &str, resource: &str) -> Self {
        Self {
            account: AccountId::example(),
            principal,
            session: Session::default(),
            action: action.into(),
            resource: resource.into(),
            changes: BTreeMap::new(),
        }
    }
}
