//! Learning: only that is changed which the policies of whoever has signed in allow, as in AWS.

use std::rc::Rc;

use super::{Asked, SignedIn, State};
use crate::eval::situation::{Library, gather, request};
use crate::eval::{Verdict, trace};
use crate::explain;
use crate::ident::AccountId;
use crate::model::{Asking, Command, Need, Permission, PrincipalRef, Refusal, World};

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// In words.
    pub words: String,
    /// The question whose answer shows why, when policies refused it.
    pub question: Option<Rc<Asking>>,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { words: refusal.to_string(), question: None }
    }
}

/// Whoever has signed in, with what their policies are found by.
pub struct Learner {
    account: AccountId,
    signed_in: Option<SignedIn>,
    library: Library,
    now: String,
}

impl Learner {
    /// Whoever has signed in.
    pub fn of(state: &State) -> Self {
        Self {
            account: state.asked.account.clone(),
            signed_in: state.asked.signed_in.clone(),
            library: state.site.library.clone(),
            now: state.asked.now.clone(),
        }
    }

    /// Whether they may carry out `command` in `world`.
    pub fn may(&self, world: &World, command: &Command) -> Result<(), Refused> {
        let Some(account) = world.account(&self.account) else { return Ok(()) };
        let refused = |words: &str| Err(Refused { words: words.to_owned(), question: None });
        match (command.permission(account), &self.signed_in) {
            (Permission::Free, _) => Ok(()),
            (_, None) => refused(
                "Nobody has signed in. While learning, changes are made by whoever has signed in: sign in, act as somebody, or switch to free editing.",
            ),
            (Permission::RootOnly, Some(by)) if by.principal == PrincipalRef::Root => Ok(()),
            (Permission::RootOnly, Some(_)) => refused(
                "Only the root user can do this, and no policy gives it to anybody else. Sign in as the root user.",
            ),
            (Permission::Needs(needs), Some(by)) => needs.iter().try_for_each(|need| self.asks(world, by, need)),
        }
    }

    fn asks(&self, world: &World, by: &SignedIn, need: &Need) -> Result<(), Refused> {
        let asking = Asking {
            account: self.account.clone(),
            principal: by.principal.clone(),
            session: Default::default(),
            action: need.action.as_str().into(),
            resource: need.resource.clone().unwrap_or_else(|| "*".into()),
            changes: need.context.iter().map(|(key, value)| ((*key).to_owned(), Some(value.to_string()))).collect(),
        };
        let mut asked = Asked::opening(self.now.clone());
        asked.take(&asking, None);
        asked.signed_in = Some(by.clone());
        let question = asked.question();
        let Some(request) = request(world, &question) else { return Ok(()) };
        let gathered = gather(world, &self.library, &question);
        if !gathered.missing.is_empty() {
            return Err(Refused {
                words: "The policies that decide this are still on their way. Try again in a moment.".to_owned(),
                question: None,
            });
        }
        let trace = trace(&gathered.policies, &request);
        match trace.decision.verdict {
            Verdict::Allowed => Ok(()),
            Verdict::ExplicitlyDenied | Verdict::ImplicitlyDenied => {
                let words =
                    explain::aws_message(&trace, &request).unwrap_or_else(|| explain::sentence(&trace, &request));
                Err(Refused { words, question: Some(Rc::new(asking)) })
            }
        }
    }
}
