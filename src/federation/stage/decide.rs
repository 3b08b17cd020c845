//! Questions to the engine, and refusals that follow from its answers.

use super::Stage;
use crate::eval::situation;
use crate::eval::{Resource, trace};
use crate::explain;
use crate::federation::credentials::{Caller, Keys};
use crate::federation::errors;
use crate::federation::outcome::{Decided, Failure};
use crate::ident::ActionName;
use crate::model::PrincipalRef;

/// A question that nobody can answer, since the world lacks the account of whoever asks: how it is refused all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    message: String,
    why: String,
}

impl Undecided {
    /// Nothing is told of what is not there (FED-31): the words are those of a refusal (ERR-60, ERR-69, ERR-82).
    fn of(caller: &Caller, action: &str, resource: &str) -> Self {
        let on = if resource == "*" { String::new() } else { format!(" on resource: {resource}") };
        let account = &caller.account;
        let user = match &caller.principal {
            PrincipalRef::Federated(_) => None,
            PrincipalRef::User(name) => Some(format!("arn:aws:iam::{account}:user/{name}")),
            PrincipalRef::Role(role) | PrincipalRef::FederatedSession { role, .. } => {
                let session = caller.session.name.as_deref().unwrap_or_default();
                Some(format!("arn:aws:sts::{account}:assumed-role/{role}/{session}"))
            }
            PrincipalRef::Service(name) => Some(name.to_string()),
            PrincipalRef::Root => Some(format!("arn:aws:iam::{account}:root")),
            PrincipalRef::Anonymous => Some("anonymous".to_owned()),
        };
        let message = match user {
            None => format!("Not authorized to perform {action}"),
            Some(user) => format!("User: {user} is not authorized to perform: {action}{on}"),
        };
        let why = format!("There is no account `{}` here, and so nothing in it that could allow this.", caller.account);
        Self { message, why }
    }
}

impl Stage<'_> {
    /// Decides a question and keeps the record; true when it is allowed.
    pub fn decide(&mut self, caller: &Caller, action: &str, resource: &str, keys: &Keys) -> bool {
        match self.decided(caller, action, resource, keys) {
            Some(decided) => {
                let allows = decided.allows();
                self.record.decisions.push(decided);
                self.record.undecided = None;
                allows
            }
            None => {
                self.record.undecided = Some(Undecided::of(caller, action, resource));
                false
            }
        }
    }

    /// Whether a question would be allowed; no record is kept of what nobody asked.
    pub fn would(&mut self, caller: &Caller, action: &str, resource: &str, keys: &Keys) -> bool {
        self.decided(caller, action, resource, keys).is_some_and(|decided| decided.allows())
    }

    fn decided(&mut self, caller: &Caller, action: &str, resource: &str, keys: &Keys) -> Option<Decided> {
        let action = ActionName::parse(action).ok()?;
        let resource = if resource == "*" { Resource::None } else { Resource::Arn(resource.into()) };
        let question = caller.question(&action, &resource, keys, self.now);
        let gathered = situation::gather_with(self.world, self.library, self.memo, &question);
        self.missing.extend(gathered.missing.iter().cloned());
        let request = situation::request(self.world, &question)?;
        let trace = trace(&gathered.policies, &request);
        Some(Decided { question, request: request.into(), gathered: gathered.into(), trace: trace.into() })
    }

    /// The refusal of the last question, as a service words it.
    pub fn refused(&self, code: &str, status: u16, fact: &'static str) -> Failure {
        if let Some(Undecided { message, why }) = &self.record.undecided {
            return Failure::new(code, status, message, fact).because(why);
        }
        let Some(decided) = self.record.decisions.last() else {
            return Failure::new(code, status, "Access Denied", fact);
        };
        let message = explain::aws_message(&decided.trace, &decided.request).unwrap_or_default();
        let why = explain::sentence(&decided.trace, &decided.request);
        Failure { decided: true, ..Failure::new(code, status, message, fact).because(why) }
    }

    /// The refusal of the last decision, as a service words it that is known by its prefix (ERR-17, ERR-20).
    pub fn refused_by(&mut self, service: &str, fact: &'static str) -> Failure {
        let (code, status) = errors::denied(service);
        let failure = self.refused(code, status, fact);
        if service == "ec2" && failure.decided { self.with_message(failure) } else { failure }
    }
}
