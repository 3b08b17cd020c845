//! The order in which layers are heard, and how their voices make a decision (EVAL-10…19).

mod gates;
mod rules;

pub use rules::RCP_SERVICES;

use crate::eval::layer::{Off, On, Recording, Situation, Voice, ask};
use crate::eval::principal::GrantClass;
use crate::eval::trace::Trace;
use crate::eval::{Basis, Decision, LayerKind, Level, Policies, Policy, Principal, Request, StatementRef, Verdict};

/// Decides one request.
///
/// ```
/// use iam_playground::eval::{decide, Policies, Principal, Request, Resource, Verdict};
/// use iam_playground::ident::{AccountId, ActionName};
///
/// let account = AccountId::example();
/// let request = Request {
///     principal: Principal::User { arn: "arn:aws:iam::123456789012:user/ann".into(), account: account.clone() },
///     action: ActionName::parse("s3:ListAllMyBuckets").unwrap(),
///     resource: Resource::None,
///     resource_account: Some(account),
///     context: Default::default(),
/// };
/// assert_eq!(decide(&Policies::default(), &request).verdict, Verdict::ImplicitlyDenied);
/// ```
pub fn decide(policies: &Policies, request: &Request) -> Decision {
    run::<Off>(policies, request, &mut ()).0
}

/// Decides one request and records the run. The decision equals that of [`decide`].
pub fn trace(policies: &Policies, request: &Request) -> Trace {
    let mut layers = Vec::new();
    let (decision, voices) = run::<On>(policies, request, &mut layers);
    let gates = gates::gates(&decision, &voices, request);
    let place = |kind: LayerKind| gates::ORDER.iter().position(|known| *known == kind);
    layers.sort_by_key(|layer| place(layer.kind));
    Trace { decision, gates, layers }
}

/// What every layer says, in the order in which a denial is reported.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Voices([Voice; LayerKind::REPORTING_ORDER.len()]);

impl Voices {
    fn get(&self, kind: LayerKind) -> Voice {
        self.0.get(kind as usize).copied().unwrap_or_default()
    }

    fn set(&mut self, kind: LayerKind, voice: Voice) {
        if let Some(place) = self.0.get_mut(kind as usize) {
            *place = voice;
        }
    }
}

fn run<R: Recording>(policies: &Policies, request: &Request, layers: &mut R::Layers) -> (Decision, Voices) {
    let situation = Situation { request, has_boundary: policies.boundary.is_some() };
    let mut voices = Voices::default();
    for kind in LayerKind::REPORTING_ORDER {
        let voice = hear::<R>(kind, policies, &situation, layers);
        voices.set(kind, voice);
        if !R::ON && voice.deny.is_some() && !rules::forgoes_deny(kind, request) {
            break;
        }
    }
    (settle(&voices, request), voices)
}

/// Asks one layer, where it concerns the caller and the action at all.
fn hear<R: Recording>(
    kind: LayerKind,
    policies: &Policies,
    situation: &Situation<'_>,
    layers: &mut R::Layers,
) -> Voice {
    let request = situation.request;
    if rules::exempt(kind, request) {
        return Voice::default();
    }
    match kind {
        LayerKind::ServiceControl => ask::<R>(kind, slices(&policies.service_control), situation, layers),
        LayerKind::ResourceControl => {
            let mut voice = ask::<R>(kind, slices(&policies.resource_control), situation, layers);
            // EVAL-46: RCPFullAWSAccess is attached everywhere, so an RCP only ever denies.
            voice.silent_level = None;
            voice
        }
        LayerKind::Endpoint => ask::<R>(kind, some_slice(&policies.endpoint), situation, layers),
        LayerKind::Resource => ask::<R>(kind, policies.resource.iter().map(std::slice::from_ref), situation, layers),
        LayerKind::Identity => ask::<R>(kind, some_slice(&policies.identity), situation, layers),
        LayerKind::Boundary => ask::<R>(kind, policies.boundary.iter().map(std::slice::from_ref), situation, layers),
        LayerKind::Session => ask::<R>(kind, some_slice(&policies.session), situation, layers),
    }
}

fn slices(levels: &[Level]) -> impl Iterator<Item = &[Policy]> {
    levels.iter().map(|level| level.policies.as_slice())
}

/// One level, or none when there are no policies.
fn some_slice(policies: &[Policy]) -> impl Iterator<Item = &[Policy]> {
    (!policies.is_empty()).then_some(policies).into_iter()
}

/// EVAL-11…17, from what the layers say.
fn settle(voices: &Voices, request: &Request) -> Decision {
    if let Some(decision) = rules::before_policies(request) {
        return decision;
    }
    let denied = LayerKind::REPORTING_ORDER
        .iter()
        .filter(|kind| !rules::forgoes_deny(**kind, request))
        .find_map(|kind| voices.get(*kind).deny);
    if let Some(statement) = denied {
        return Decision { verdict: Verdict::ExplicitlyDenied, basis: Basis::Statement(statement) };
    }
    for kind in [LayerKind::ResourceControl, LayerKind::ServiceControl, LayerKind::Endpoint] {
        let voice = voices.get(kind);
        if voice.present && !voice.allows() {
            return missing(kind, voice);
        }
    }
    let resource = voices.get(LayerKind::Resource);
    match request.principal.account() {
        None => only_resource(resource),
        Some(_) if request.other_account().is_none() => same_account(voices, request),
        Some(_) if resource.allow.is_none() => missing(LayerKind::Resource, resource),
        Some(_) => own_side(voices, request, resource, GrantClass::Account),
    }
}

/// Services, federated and anonymous callers have no policies of their own (EVAL-95, EVAL-116, EVAL-117).
fn only_resource(resource: Voice) -> Decision {
    match resource.allow {
        Some((_, statement)) => allowed(statement),
        None => missing(LayerKind::Resource, resource),
    }
}

fn same_account(voices: &Voices, request: &Request) -> Decision {
    let resource = voices.get(LayerKind::Resource);
    let needs_resource_policy = rules::needs_resource_policy(request);
    if let (Principal::Root { .. }, false) = (&request.principal, needs_resource_policy) {
        return rules::root_user();
    }
    match resource.allow {
        Some((GrantClass::Direct, statement)) => allowed(statement),
        Some((GrantClass::Account, statement)) if matches!(request.principal, Principal::Root { .. }) => {
            allowed(statement)
        }
        Some((class, _)) => own_side(voices, request, resource, class),
        None if needs_resource_policy => missing(LayerKind::Resource, resource),
        None => own_side(voices, request, resource, GrantClass::Account),
    }
}

/// The caller's side: identity policies unless `class` stands in for them, then boundary and session.
fn own_side(voices: &Voices, request: &Request, resource: Voice, class: GrantClass) -> Decision {
    let identity = voices.get(LayerKind::Identity);
    let root = matches!(request.principal, Principal::Root { .. });
    let basis = match (identity.allow, resource.allow) {
        (_, Some((_, statement))) if class >= GrantClass::Role || root => statement,
        (Some((_, statement)), _) => statement,
        (None, _) => return missing(LayerKind::Identity, identity),
    };
    let boundary = voices.get(LayerKind::Boundary);
    if boundary.present && !boundary.allows() {
        return missing(LayerKind::Boundary, boundary);
    }
    let session = voices.get(LayerKind::Session);
    if rules::session_must_allow(session, request) && !session.allows() {
        return missing(LayerKind::Session, session);
    }
    allowed(basis)
}

fn allowed(statement: StatementRef) -> Decision {
    Decision { verdict: Verdict::Allowed, basis: Basis::Statement(statement) }
}

fn missing(kind: LayerKind, voice: Voice) -> Decision {
    Decision {
        verdict: Verdict::ImplicitlyDenied,
        basis: Basis::NothingAllows(kind, voice.silent_level.unwrap_or_default()),
    }
}
