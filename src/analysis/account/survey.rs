//! The account as the checks ask about it: every principal with its policies, compiled once, and targets as they are needed.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::escalation::{Reached, escalations};
use super::finding::Place;
use super::relax;
use super::statements::admitted;
use crate::analysis::ask::each;
use crate::analysis::{Caller, Target};
use crate::eval::operator::date;
use crate::eval::situation::{Gathered, Library, Memo, Origin, Question, context as context_of, gather_with, request};
use crate::eval::{
    Basis, CompiledPolicy, Context, Decision, LayerKind, Level, Policies, Policy, PolicyList, PolicySource, Principal,
    Resource, Verdict, decide,
};
use crate::ident::{AccountId, ActionName};
use crate::model::example::ADMINISTRATOR_ACCESS;
use crate::model::{Account, PolicyRef, PrincipalRef, Time, World};
use crate::policy::{Effect, PolicyKind, PrincipalEntry, Statement};

/// AdministratorAccess, for when the library does not have it.
const ALL: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

/// What all checks look at.
pub(super) struct Survey<'a> {
    pub world: &'a World,
    pub account: &'a Account,
    pub library: Library,
    pub memo: &'a Memo,
    pub now: Time,
    /// Users, then roles, by name.
    pub nodes: Vec<Node>,
    /// AdministratorAccess.
    pub everything: Policy,
    /// What only an administrator may do all of.
    pub any: OnceCell<Vec<Target>>,
    /// The sensitive actions on what there is.
    pub sensitive: OnceCell<Vec<Target>>,
    now_text: String,
    aimed: RefCell<BTreeMap<(bool, Arc<str>), Aimed>>,
    reached: OnceCell<Vec<Vec<Reached>>>,
}

/// A principal with its policies.
pub(super) struct Node {
    pub principal: PrincipalRef,
    pub arn: Arc<str>,
    pub gathered: Gathered,
    pub caller: Caller,
    with_mfa: Option<Caller>,
    relaxed: Option<Caller>,
}

/// What a request carries because of its resource.
#[derive(Clone, Default)]
struct Aimed {
    account: Option<AccountId>,
    context: Context,
    policy: PolicyList,
    control: Vec<Level>,
    place: Option<PolicyRef>,
}

/// Under which assumption something is allowed (ACCT-42, ACCT-43).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// As things are.
    Plain,
    /// After signing in with MFA.
    WithMfa,
    /// When keys that only a real request tells have the right values.
    Conditional,
}

impl Certainty {
    /// From the surest.
    pub const ALL: [Self; 3] = [Self::Plain, Self::WithMfa, Self::Conditional];
}

/// What was allowed, how surely, and by which statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Granted {
    pub certainty: Certainty,
    pub because: Vec<Place>,
}

impl<'a> Survey<'a> {
    pub fn new(world: &'a World, account: &'a Account, library: &Library, memo: &'a Memo, now: Time) -> Self {
        let library = match library.contains(ADMINISTRATOR_ACCESS) {
            true => library.clone(),
            false => library.clone().with(ADMINISTRATOR_ACCESS.into(), ALL.into()),
        };
        let everything = Policy {
            source: PolicySource { name: "AdministratorAccess".into(), arn: None, group: None },
            compiled: memo.policy(&ALL.into(), PolicyKind::Identity),
        };
        let now_text = date::text(now.0).unwrap_or_default();
        let mut survey = Self {
            world,
            account,
            library,
            memo,
            now,
            nodes: Vec::new(),
            everything,
            any: OnceCell::new(),
            sensitive: OnceCell::new(),
            now_text,
            aimed: RefCell::default(),
            reached: OnceCell::new(),
        };
        survey.nodes = survey.principals(account);
        survey
    }

    /// Every user and role of an account, ready to ask.
    pub fn principals(&self, account: &Account) -> Vec<Node> {
        let users = account.users.names().cloned().map(PrincipalRef::User);
        let roles = account.roles.names().cloned().map(PrincipalRef::Role);
        users.chain(roles).filter_map(|principal| self.node(account, principal)).collect()
    }

    fn node(&self, account: &Account, principal: PrincipalRef) -> Option<Node> {
        let question = self.question(account, principal, Resource::None)?;
        let gathered = gather_with(self.world, &self.library, self.memo, &question);
        let asked = request(self.world, &question)?;
        let caller = Caller { principal: asked.principal, policies: gathered.policies.clone(), context: asked.context };
        let arn = account.arn_of(&question.principal).into();
        Some(Node {
            principal: question.principal,
            arn,
            with_mfa: relax::with_mfa(&caller),
            relaxed: relax::caller(&caller),
            gathered,
            caller,
        })
    }

    fn question(&self, account: &Account, principal: PrincipalRef, resource: Resource) -> Option<Question> {
        Some(Question {
            account: account.id.clone(),
            principal,
            action: ActionName::parse("sts:AssumeRole").ok()?,
            resource,
            session: Default::default(),
            off: Default::default(),
            changes: BTreeMap::new(),
            now: self.now_text.clone(),
        })
    }

    /// What the evaluator needs to know about a resource; the trust policy only when STS is asked.
    fn aim(&self, of_sts: bool, arn: &Arc<str>) -> Aimed {
        let place = (of_sts, arn.clone());
        if let Some(known) = self.aimed.borrow().get(&place) {
            return known.clone();
        }
        let aimed = self.aim_anew(of_sts, arn).unwrap_or_default();
        self.aimed.borrow_mut().insert(place, aimed.clone());
        aimed
    }

    fn aim_anew(&self, of_sts: bool, arn: &Arc<str>) -> Option<Aimed> {
        let mut question = self.question(self.account, PrincipalRef::Root, Resource::Arn(arn.clone()))?;
        if !of_sts {
            question.action = ActionName::parse("any:Thing").ok()?;
        }
        let gathered = gather_with(self.world, &self.library, self.memo, &question);
        let entries = context_of(self.world, &question);
        let of_resource = entries
            .iter()
            .filter(|entry| entry.origin == Origin::Resource || entry.key.eq_ignore_ascii_case("aws:RequestedRegion"));
        let context = of_resource.filter_map(|entry| Some((entry.key.as_str(), entry.value.clone()?))).collect();
        let place = gathered.places().map(|place| &place.policy);
        let place = place.into_iter().find(|at| matches!(at, PolicyRef::Trust { .. } | PolicyRef::Resource { .. }));
        Some(Aimed {
            account: request(self.world, &question)?.resource_account,
            context,
            place: place.cloned(),
            policy: gathered.policies.resource,
            control: gathered.policies.resource_control,
        })
    }

    /// An action on a resource, with what the resource brings along.
    pub fn target(&self, action: &str, arn: &str) -> Option<Target> {
        let action = ActionName::parse(action).ok()?;
        let arn: Arc<str> = arn.into();
        let Aimed { account, context, policy, control, .. } = self.aim(action.service() == "sts", &arn);
        Some(Target {
            action,
            resource: Resource::Arn(arn),
            account,
            resource_policy: policy,
            resource_control: control,
            context,
        })
    }

    /// Whether a principal is allowed all of it, as surely as can be (ACCT-41…43).
    pub fn granted(&self, node: &Node, targets: &[Target]) -> Option<Granted> {
        self.all_allowed(node, &node.caller, targets, Certainty::Plain)
            .or_else(|| {
                let mfa = node.with_mfa.clone().or_else(|| {
                    let asks = targets.iter().any(|target| relax::asks_for_mfa(&target.resource_policy));
                    asks.then(|| relax::signed_in(&node.caller))
                });
                mfa.and_then(|caller| self.all_allowed(node, &caller, targets, Certainty::WithMfa))
            })
            .or_else(|| {
                let relaxed: Vec<Option<Target>> = targets.iter().map(relax::target).collect();
                if node.relaxed.is_none() && relaxed.iter().all(Option::is_none) {
                    return None;
                }
                let pairs = relaxed.into_iter().zip(targets);
                let targets: Vec<_> = pairs.map(|(relaxed, plain)| relaxed.unwrap_or_else(|| plain.clone())).collect();
                let caller = node.relaxed.clone().unwrap_or_else(|| relax::signed_in(&node.caller));
                self.all_allowed(node, &caller, &targets, Certainty::Conditional)
            })
    }

    fn all_allowed(&self, node: &Node, caller: &Caller, targets: &[Target], certainty: Certainty) -> Option<Granted> {
        let mut because = Vec::new();
        for (target, decision) in targets.iter().zip(each(caller, targets, decide)) {
            if decision.verdict != Verdict::Allowed {
                return None;
            }
            if let Some(place) = self.place(node, target, &decision)
                && !because.contains(&place)
            {
                because.push(place);
            }
        }
        Some(Granted { certainty, because })
    }

    /// The statement on which a decision rests.
    fn place(&self, node: &Node, target: &Target, decision: &Decision) -> Option<Place> {
        let Basis::Statement(at) = decision.basis else { return None };
        let policy = match (at.layer, &target.resource) {
            (LayerKind::Resource, Resource::Arn(arn)) => self.aim(target.action.service() == "sts", arn).place?,
            _ => node.gathered.place(at)?.policy.clone(),
        };
        Some(Place::Statement { policy, statement: at.statement })
    }

    /// Where each principal can get, by position.
    pub fn reached(&self) -> &[Vec<Reached>] {
        self.reached.get_or_init(|| escalations(self))
    }

    /// The statements of a text.
    pub fn statements(&self, text: &Arc<str>, kind: PolicyKind) -> Vec<Statement> {
        self.memo.policy(text, kind).document().statements.clone()
    }

    /// A managed policy of the account or of AWS, if its text is at hand.
    pub fn managed(&self, arn: &str) -> Option<Arc<CompiledPolicy>> {
        match self.account.policy(arn).and_then(|own| own.text()) {
            Some(text) => Some(self.memo.policy(text, PolicyKind::Identity)),
            None => self.library.policy(arn).cloned(),
        }
    }

    /// Whether a service may assume a role, for something of this account.
    pub fn service_assumes(&self, name: &str, role: &str, prefix: &str, resource: &str) -> bool {
        let Some(target) = self.target("sts:AssumeRole", role) else { return false };
        let id = self.account.id.as_str();
        let mut context = Context::default();
        context.set("aws:PrincipalIsAWSService", "true");
        context.set("aws:PrincipalServiceName", name);
        if name != "ec2.amazonaws.com" {
            context.set("aws:SourceAccount", id);
            context.set("aws:SourceArn", format!("arn:aws:{prefix}:us-east-1:{id}:{resource}").as_str());
        }
        let principal = Principal::Service { name: name.into() };
        let caller = Caller { principal, policies: Policies::default(), context };
        let mut targets = vec![target];
        targets.extend(targets.first().and_then(relax::target));
        each(&caller, &targets, decide).any(|decision| decision.verdict == Verdict::Allowed)
    }

    /// ARN of something of this account.
    pub fn iam_arn(&self, resource: &str) -> String {
        format!("arn:aws:iam::{}:{resource}", self.account.id)
    }
}

impl Node {
    pub fn caller_of(&self, certainty: Certainty) -> Option<&Caller> {
        match certainty {
            Certainty::Plain => Some(&self.caller),
            Certainty::WithMfa => self.with_mfa.as_ref(),
            Certainty::Conditional => self.relaxed.as_ref(),
        }
    }

    /// Whether one of its identity policies could allow an action at all; asking the evaluator costs more.
    pub fn could(&self, action: &str) -> bool {
        let Ok(action) = ActionName::parse(action) else { return false };
        let policies = self.caller.policies.identity.as_slice();
        policies.iter().any(|policy| policy.compiled.is_about(Effect::Allow, &action))
    }

    /// Whether a trust or resource policy speaks of this principal, or of its account while the principal has leave to make
    /// use of that. Asking the evaluator costs more.
    pub fn is_named_by(&self, policies: &PolicyList, action: &str) -> bool {
        let statements = policies.as_slice().iter().flat_map(|policy| &policy.compiled.document().statements);
        statements.flat_map(admitted).any(|entry| match entry {
            PrincipalEntry::Everyone => true,
            PrincipalEntry::Aws(text) if text.ends_with(":root") || !text.starts_with("arn:") => {
                text.starts_with('A') || self.could(action)
            }
            PrincipalEntry::Aws(text) => **text == *self.arn || text.contains(":assumed-role/"),
            _ => false,
        })
    }
}
