//! How a request's gates are wired: which policies may grant, which must, and which limit. [`settle`](super) decides along
//! it, and the circuit that people see is drawn from it.

use super::rules;
use crate::eval::layer::Voice;
use crate::eval::principal::GrantClass;
use crate::eval::trace::{Circuit, GateKind, Part, Stage, Step};
use crate::eval::{LayerKind, Principal, Request, StatementRef};

/// Who can make the allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grant {
    /// The resource policy, and nothing else.
    Resource,
    /// The identity policies, and nothing else.
    Identity,
    /// The resource policy or the identity policies.
    Either,
    /// The resource policy and the identity policies.
    Both,
}

/// What boundary and session policies limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limited {
    /// Whatever is granted.
    All,
    /// Only what identity policies grant: the resource policy names the caller itself (EVAL-55, EVAL-57, EVAL-58, EVAL-61).
    Identity,
}

/// The wiring for one request and what its resource policy grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wiring {
    pub grant: Grant,
    pub limited: Limited,
    /// The statement of the resource policy that counts as a grant.
    pub by_resource: Option<StatementRef>,
}

impl Wiring {
    /// `resource`: what the resource policy says.
    pub fn new(resource: Voice, request: &Request) -> Self {
        let root = matches!(request.principal, Principal::Root { .. });
        let same_account = request.principal.account().is_some() && request.other_account().is_none();
        // EVAL-97: naming the account is not enough for a role that assumes itself.
        let counts = |class: &(GrantClass, StatementRef)| {
            !same_account || class.0 != GrantClass::Account || root || !rules::assumes_itself(request)
        };
        let found = resource.allow.filter(counts);
        let class = found.map(|(class, _)| class);
        let grant = match class {
            // EVAL-95, EVAL-116, EVAL-117: services, federated and anonymous callers have no policies of their own.
            _ if request.principal.account().is_none() => Grant::Resource,
            None if !same_account && rules::needs_no_resource_policy(request) => Grant::Identity,
            // EVAL-118: neither has a root user.
            _ if root => Grant::Resource,
            _ if !same_account && rules::needs_no_resource_policy(request) => Grant::Identity,
            _ if !same_account => Grant::Both,
            // EVAL-92, EVAL-130: without an allow of the key's or role's own policy nobody gets in.
            Some(GrantClass::Account) if rules::needs_resource_policy(request) => Grant::Both,
            _ if rules::needs_resource_policy(request) => Grant::Resource,
            // EVAL-60a: it leaves the matter to the account's own policies.
            Some(GrantClass::Account) => Grant::Identity,
            Some(GrantClass::Role | GrantClass::Direct) | None => Grant::Either,
        };
        let limited = match (same_account, class) {
            (true, Some(GrantClass::Direct)) => Limited::Identity,
            _ => Limited::All,
        };
        Self { grant, limited, by_resource: found.map(|(_, statement)| statement) }
    }

    /// The circuit as people see it.
    pub fn circuit(self, request: &Request) -> Circuit {
        let own = [LayerKind::Identity, LayerKind::Boundary, LayerKind::Session];
        let steps = |kinds: &[LayerKind]| -> Vec<Step> { kinds.iter().map(|kind| self.step(*kind, request)).collect() };
        let one = |kind| Stage::One(self.step(kind, request));
        let mut stages = vec![Stage::One(Step { gate: GateKind::DenySweep, part: Part::Limits })];
        if request.other_account().is_some() {
            stages.push(one(LayerKind::Endpoint));
            stages.push(Stage::Both {
                caller: [steps(&[LayerKind::ServiceControl]), steps(&own)].concat(),
                owner: steps(&[LayerKind::ResourceControl, LayerKind::Resource]),
            });
            return Circuit { stages };
        }
        stages.extend([LayerKind::ResourceControl, LayerKind::ServiceControl, LayerKind::Endpoint].map(one));
        match (self.grant, self.limited) {
            (Grant::Either, Limited::Identity) => {
                stages.push(Stage::Either { resource: steps(&[LayerKind::Resource]), own: steps(&own) });
            }
            (Grant::Either, Limited::All) => {
                let own = steps(&[LayerKind::Identity]);
                stages.push(Stage::Either { resource: steps(&[LayerKind::Resource]), own });
                stages.extend([LayerKind::Boundary, LayerKind::Session].map(one));
            }
            _ => stages.extend(std::iter::once(LayerKind::Resource).chain(own).map(one)),
        }
        Circuit { stages }
    }

    fn step(self, kind: LayerKind, request: &Request) -> Step {
        let part = match (kind, self.grant) {
            (LayerKind::Resource, Grant::Identity) => Part::Aside,
            (LayerKind::Identity, Grant::Resource) => Part::Aside,
            (LayerKind::Resource | LayerKind::Identity, _) => Part::Grants,
            (LayerKind::Boundary | LayerKind::Session, Grant::Resource) if self.limited == Limited::Identity => {
                Part::Aside
            }
            (LayerKind::Session, _) if rules::session_must_allow(Voice::default(), request) => Part::Grants,
            _ => Part::Limits,
        };
        Step { gate: GateKind::Layer(kind), part }
    }
}
