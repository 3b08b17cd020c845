//! From a world and a question to the policies and the request that the evaluator takes.

mod context;

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::eval::{CompiledPolicy, ContextValue, Policies, Policy, PolicySource, Principal, Request, Resource};
use crate::ident::{AccountId, ActionName, Arn};
use crate::model::{Holder, PrincipalRef, World};
use crate::policy::{PolicyKind, parse_document};
use crate::text::{Diagnostic, Parsed};

pub use super::scene::Origin;
pub use context::{ContextEntry, context};

/// The managed policies at hand, each parsed and compiled once. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Library {
    policies: Arc<IndexMap<Arc<str>, Compiled>>,
}

#[derive(Clone, Debug)]
struct Compiled {
    text: Arc<str>,
    policy: Arc<CompiledPolicy>,
    diagnostics: Arc<[Diagnostic]>,
}

impl Library {
    /// The library with one more policy.
    #[must_use]
    pub fn with(mut self, arn: Arc<str>, text: Arc<str>) -> Self {
        Arc::make_mut(&mut self.policies).insert(arn, Compiled::new(text));
        self
    }

    /// The text of a policy.
    pub fn text(&self, arn: &str) -> Option<&Arc<str>> {
        self.policies.get(arn).map(|compiled| &compiled.text)
    }

    /// Whether a policy is at hand.
    pub fn contains(&self, arn: &str) -> bool {
        self.policies.contains_key(arn)
    }
}

impl Compiled {
    fn new(text: Arc<str>) -> Self {
        let Parsed { value, diagnostics } = parse_document(&text, PolicyKind::Identity);
        let document = value.unwrap_or_else(|| crate::policy::PolicyDocument {
            version: crate::policy::Version::V2012,
            statements: Vec::new(),
        });
        Self {
            text,
            policy: Arc::new(CompiledPolicy::new(Arc::new(document), PolicyKind::Identity)),
            diagnostics: diagnostics.into(),
        }
    }
}

/// A question as a person asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
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

/// Where an applicable policy hangs and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The user or group that has it.
    pub holder: Holder,
    /// Its name.
    pub name: Arc<str>,
    /// ARN, for a managed policy.
    pub arn: Option<Arc<str>>,
    /// Its text; spans of the trace refer to it.
    pub text: Arc<str>,
    /// What was found while reading it.
    pub diagnostics: Arc<[Diagnostic]>,
}

/// The policies that apply to a principal.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// For the evaluator.
    pub policies: Policies,
    /// The same policies in the order of `policies.identity`, for people.
    pub places: Vec<Place>,
    /// ARNs of attached policies whose text is not at hand.
    pub missing: Vec<Arc<str>>,
}

/// Gathers the identity policies of a principal: its own, then its groups' (EVAL-28).
pub fn gather(world: &World, library: &Library, principal: &PrincipalRef) -> Gathered {
    let mut gathered = Gathered::default();
    let mut identity = Vec::new();
    for holder in world.holders_of(principal) {
        let Some(permissions) = world.permissions(&holder) else { continue };
        for arn in &permissions.attached {
            match library.policies.get(arn) {
                Some(compiled) => {
                    let name = arn.rsplit('/').next().unwrap_or_default().into();
                    gathered.add(&mut identity, &holder, name, Some(arn.clone()), compiled.clone());
                }
                None => gathered.missing.push(arn.clone()),
            }
        }
        for inline in &permissions.inline {
            gathered.add(&mut identity, &holder, inline.name.clone(), None, Compiled::new(inline.text.clone()));
        }
    }
    gathered.policies.identity = identity.into();
    gathered
}

impl Gathered {
    fn add(
        &mut self,
        identity: &mut Vec<Policy>,
        holder: &Holder,
        name: Arc<str>,
        arn: Option<Arc<str>>,
        compiled: Compiled,
    ) {
        let group = match holder {
            Holder::Group(name) => Some(name.clone()),
            Holder::User(_) => None,
        };
        identity.push(Policy {
            source: PolicySource { name: name.clone(), arn: arn.clone(), group },
            compiled: compiled.policy,
        });
        let Compiled { text, diagnostics, .. } = compiled;
        self.places.push(Place { holder: holder.clone(), name, arn, text, diagnostics });
    }
}

/// The request that AWS would see for a question.
pub fn request(world: &World, question: &Question) -> Request {
    let entries = context(world, question);
    let present = entries.iter().filter_map(|entry| Some((entry.key.as_str(), entry.value.clone()?)));
    Request {
        principal: principal(world, &question.principal),
        action: question.action.clone(),
        resource: question.resource.clone(),
        resource_account: Some(resource_account(world, &question.resource)),
        context: present.collect(),
    }
}

fn principal(world: &World, of: &PrincipalRef) -> Principal {
    let account = world.account.clone();
    match of {
        PrincipalRef::Root => Principal::Root { account },
        PrincipalRef::User(_) => Principal::User { arn: world.arn_of(of).into(), account },
    }
}

/// The account in the ARN; an ARN without one, such as a bucket's, is taken as the world's own.
fn resource_account(world: &World, resource: &Resource) -> AccountId {
    let named = match resource {
        Resource::Arn(arn) => Arn::parse(arn).and_then(|arn| AccountId::parse(arn.account).ok()),
        Resource::None => None,
    };
    named.unwrap_or_else(|| world.account.clone())
}
