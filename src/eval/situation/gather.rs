//! The policies of a world that apply to a question, layer by layer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::caller::is_federation;
use super::library::{Compiled, Library, Memo};
use super::{Question, resource_account};
use crate::eval::{CompiledPolicy, LayerKind, Level, Policies, Policy, PolicySource, Resource, StatementRef};
use crate::ident::AccountId;
use crate::model::{
    Account, ControlKind, FULL_AWS_ACCESS, FULL_AWS_ACCESS_TEXT, Holder, Organization, PolicyRef, PrincipalRef, World,
};
use crate::policy::{PolicyDocument, PolicyKind};
use crate::text::Diagnostic;

/// Where an applicable policy hangs and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// In which layer.
    pub layer: LayerKind,
    /// Which policy.
    pub policy: PolicyRef,
    /// Its text; spans of the trace refer to it.
    pub text: Arc<str>,
    /// What was found while reading it.
    pub diagnostics: Arc<[Diagnostic]>,
}

/// What can be taken out of an answer to see what would be without it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// All policies of a layer.
    Layer(LayerKind),
    /// A policy where it hangs.
    Policy(PolicyRef),
    /// A statement of it, by its position.
    Statement(PolicyRef, u32),
}

/// The policies that apply to a question.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// For the evaluator.
    pub policies: Policies,
    /// The same policies by layer, level and position, for people.
    places: BTreeMap<(LayerKind, u32, u32), Place>,
    /// ARNs of managed policies whose text is not at hand.
    pub missing: Vec<Arc<str>>,
}

impl Place {
    /// The grammar of its text.
    pub fn kind(&self) -> PolicyKind {
        grammar(&self.policy, self.layer)
    }
}

impl Gathered {
    /// Where the policy of a statement hangs.
    pub fn place(&self, at: StatementRef) -> Option<&Place> {
        self.places.get(&(at.layer, at.level, at.policy))
    }

    /// Every place, identity policies first.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let of_identity = |layer: LayerKind| layer == LayerKind::Identity;
        let first = self.places.iter().filter(move |((layer, ..), _)| of_identity(*layer));
        let rest = self.places.iter().filter(move |((layer, ..), _)| !of_identity(*layer));
        first.chain(rest).map(|(_, place)| place)
    }
}

/// Gathers every policy that applies to a question: of the identity, its groups, its boundary, the resource, and the
/// organization.
pub fn gather(world: &World, library: &Library, question: &Question) -> Gathered {
    gather_with(world, library, &Memo::default(), question)
}

/// The same, where texts that were compiled before are not compiled again.
pub fn gather_with(world: &World, library: &Library, memo: &Memo, question: &Question) -> Gathered {
    let mut gathering = Gathering { library, memo, off: &question.off, gathered: Gathered::default() };
    let Some(account) = world.account(&question.account) else { return gathering.gathered };
    gathering.gathered.policies.billing_closed = !account.billing_access;
    gathering.identity(account, &question.principal);
    gathering.boundary(account, &question.principal);
    gathering.session(account, question);
    if let Some(organization) = &world.organization {
        gathering.gathered.policies.service_control =
            gathering.levels(organization, &question.account, LayerKind::ServiceControl);
    }
    gathering.side_of_resource(world, question);
    gathering.gathered
}

/// What hangs on the resource of a question, and above it, in place of what `policies` has there.
pub(super) fn aim(policies: &mut Policies, world: &World, library: &Library, memo: &Memo, question: &Question) {
    let mut gathering = Gathering { library, memo, off: &question.off, gathered: Gathered::default() };
    gathering.side_of_resource(world, question);
    let aimed = gathering.gathered.policies;
    (policies.resource, policies.resource_control) = (aimed.resource, aimed.resource_control);
}

struct Gathering<'a> {
    library: &'a Library,
    memo: &'a Memo,
    off: &'a BTreeSet<Part>,
    gathered: Gathered,
}

impl Gathering<'_> {
    /// The policy of the resource, and the RCPs above it.
    fn side_of_resource(&mut self, world: &World, question: &Question) {
        self.resource(world, question);
        if let Some(organization) = &world.organization {
            self.gathered.policies.resource_control =
                self.levels(organization, &resource_account(world, question), LayerKind::ResourceControl);
        }
    }

    /// EVAL-28.
    fn identity(&mut self, account: &Account, principal: &PrincipalRef) {
        let mut found = Vec::new();
        for holder in account.holders_of(principal) {
            let Some(permissions) = account.permissions(&holder) else { continue };
            for arn in &permissions.attached {
                let policy = PolicyRef::Attached { holder: holder.clone(), arn: arn.clone() };
                self.managed(account, policy, arn, LayerKind::Identity, &mut found);
            }
            for inline in &permissions.inline {
                let policy = PolicyRef::Inline { holder: holder.clone(), name: inline.name.clone() };
                let compiled = self.memo.compiled(&inline.text, PolicyKind::Identity);
                self.add((LayerKind::Identity, 0), policy, compiled, &mut found);
            }
        }
        self.gathered.policies.identity = found.into();
    }

    fn boundary(&mut self, account: &Account, principal: &PrincipalRef) {
        let Some(holder) = principal.holder() else { return };
        if let Some(arn) = account.boundary_of(&holder) {
            let mut found = Vec::new();
            let policy = PolicyRef::Boundary { holder, arn: arn.clone() };
            self.managed(account, policy, arn, LayerKind::Boundary, &mut found);
            self.gathered.policies.boundary = found.into();
        }
    }

    /// Session policies, for callers whose session can be made with some (EVAL-72).
    fn session(&mut self, account: &Account, question: &Question) {
        let of_role = matches!(question.principal, PrincipalRef::Role(_) | PrincipalRef::FederatedSession { .. });
        if !of_role && !is_federation(question) {
            return;
        }
        let mut found = Vec::new();
        if let Some(text) = &question.session.policy {
            let compiled = self.memo.compiled(text, PolicyKind::Identity);
            self.add((LayerKind::Session, 0), PolicyRef::Session { arn: None }, compiled, &mut found);
        }
        for arn in &question.session.managed {
            let policy = PolicyRef::Session { arn: Some(arn.clone()) };
            self.managed(account, policy, arn, LayerKind::Session, &mut found);
        }
        self.gathered.policies.session = found.into();
    }

    /// The policy of the resource; for `sts:` actions on a role its trust policy (EVAL-90).
    fn resource(&mut self, world: &World, question: &Question) {
        let Resource::Arn(arn) = &question.resource else { return };
        let mut found = Vec::new();
        if question.action.service() == "sts" {
            if let Some((_, role)) = world.role(arn) {
                let compiled = self.memo.compiled(&role.trust, PolicyKind::Trust);
                self.add((LayerKind::Resource, 0), PolicyRef::Trust { role: arn.clone() }, compiled, &mut found);
            }
        } else if let Some((_, resource)) = world.resource(arn)
            && let Some(text) = &resource.policy
        {
            let compiled = self.memo.compiled(text, PolicyKind::Resource);
            let policy = PolicyRef::Resource { arn: resource.arn.clone() };
            self.add((LayerKind::Resource, 0), policy, compiled, &mut found);
        }
        self.gathered.policies.resource = found.into();
    }

    /// The levels above an account; none for the management account (EVAL-32, EVAL-49).
    fn levels(&mut self, organization: &Organization, account: &AccountId, layer: LayerKind) -> Vec<Level> {
        if organization.management == *account || self.off.contains(&Part::Layer(layer)) {
            return Vec::new();
        }
        let (kind, grammar) = match layer {
            LayerKind::ServiceControl => (ControlKind::Service, PolicyKind::ServiceControl),
            _ => (ControlKind::Resource, PolicyKind::ResourceControl),
        };
        let mut levels = Vec::new();
        for (level, node) in (0u32..).zip(organization.way_to(account)) {
            let mut found = Vec::new();
            for name in organization.attached.get(&node).into_iter().flatten() {
                let own = organization.policies.get(name).filter(|policy| policy.kind == kind);
                let text = match own {
                    Some(policy) => policy.text.clone(),
                    None if kind == ControlKind::Service && **name == *FULL_AWS_ACCESS => FULL_AWS_ACCESS_TEXT.into(),
                    None => continue,
                };
                let policy = PolicyRef::Control { node: node.clone(), name: name.clone() };
                self.add((layer, level), policy, self.memo.compiled(&text, grammar), &mut found);
            }
            levels.push(Level { id: node, policies: found.into() });
        }
        levels
    }

    fn managed(
        &mut self,
        account: &Account,
        policy: PolicyRef,
        arn: &Arc<str>,
        layer: LayerKind,
        found: &mut Vec<Policy>,
    ) {
        let own = account.policy(arn).and_then(|own| own.text());
        let compiled = match own {
            Some(text) => Some(self.memo.compiled(text, PolicyKind::Identity)),
            None => self.library.get(arn).cloned(),
        };
        match compiled {
            Some(compiled) => self.add((layer, 0), policy, compiled, found),
            None => self.gathered.missing.push(arn.clone()),
        }
    }

    fn add(
        &mut self,
        (layer, level): (LayerKind, u32),
        policy: PolicyRef,
        compiled: Compiled,
        found: &mut Vec<Policy>,
    ) {
        if self.off.contains(&Part::Layer(layer)) || self.off.contains(&Part::Policy(policy.clone())) {
            return;
        }
        let position = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let group = match policy.holder() {
            Some(Holder::Group(name)) => Some(name.clone()),
            _ => None,
        };
        found.push(Policy {
            source: PolicySource { name: policy.name(), arn: policy.managed().cloned(), group },
            compiled: self.without_statements(&policy, layer, compiled.policy),
        });
        let place = Place { layer, policy, text: compiled.text, diagnostics: compiled.diagnostics };
        self.gathered.places.insert((layer, level, position), place);
    }

    /// The policy without the statements that do not count. The others keep their positions.
    fn without_statements(
        &self,
        policy: &PolicyRef,
        layer: LayerKind,
        compiled: Arc<CompiledPolicy>,
    ) -> Arc<CompiledPolicy> {
        let is_off = |index: u32| self.off.contains(&Part::Statement(policy.clone(), index));
        if self.off.is_empty() || !compiled.document().statements.iter().any(|statement| is_off(statement.index)) {
            return compiled;
        }
        let mut document = PolicyDocument::clone(compiled.document());
        document.statements.retain(|statement| !is_off(statement.index));
        Arc::new(CompiledPolicy::new(Arc::new(document), grammar(policy, layer)))
    }
}

/// The grammar of a policy in a layer.
fn grammar(policy: &PolicyRef, layer: LayerKind) -> PolicyKind {
    match (policy, layer) {
        (PolicyRef::Trust { .. }, _) => PolicyKind::Trust,
        (_, LayerKind::Resource) => PolicyKind::Resource,
        (_, LayerKind::ServiceControl) => PolicyKind::ServiceControl,
        (_, LayerKind::ResourceControl) => PolicyKind::ResourceControl,
        _ => PolicyKind::Identity,
    }
}
