//! The order in which layers are heard, and how their voices make a decision (EVAL-10…19).

mod gates;
mod rules;
mod wiring;

pub use rules::RCP_SERVICES;

use crate::eval::layer::{Off, On, Recording, Situation, Voice, ask};
use crate::eval::trace::Trace;
use crate::eval::{Basis, Decision, LayerKind, Level, Policies, Principal, Request, StatementRef, Verdict};
use wiring::{Grant, Limited, Wiring};

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
    let wiring = Wiring::new(voices.get(LayerKind::Resource), request);
    let gates = gates::gates(&decision, &voices, request, wiring);
    let circuit = (!matches!(decision.basis, Basis::Rule(_))).then(|| wiring.circuit(request));
    let place = |kind: LayerKind| gates::ORDER.iter().position(|known| *known == kind);
    crate::text::order::sort_by_key(&mut layers, |layer| place(layer.kind));
    Trace { decision, gates, circuit, layers }
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
    let situation = Situation { request, has_boundary: !policies.boundary.as_slice().is_empty() };
    let mut voices = Voices::default();
    for kind in LayerKind::REPORTING_ORDER {
        let voice = hear::<R>(kind, policies, &situation, layers);
        voices.set(kind, voice);
        if !R::ON && voice.deny.is_some() && !rules::forgoes_deny(kind, request) {
            break;
        }
    }
    (settle(&voices, policies, request), voices)
}

/// Asks one layer, where there is one and it concerns the caller and the action at all.
fn hear<R: Recording>(
    kind: LayerKind,
    policies: &Policies,
    situation: &Situation<'_>,
    layers: &mut R::Layers,
) -> Voice {
    let single = match kind {
        LayerKind::ServiceControl => return hear_levels::<R>(kind, &policies.service_control, situation, layers),
        LayerKind::ResourceControl => {
            let voice = hear_levels::<R>(kind, &policies.resource_control, situation, layers);
            // EVAL-46: RCPFullAWSAccess is attached everywhere, so an RCP only ever denies.
            return Voice { silent_level: None, ..voice };
        }
        LayerKind::Endpoint => &policies.endpoint,
        LayerKind::Resource => &policies.resource,
        LayerKind::Identity => &policies.identity,
        LayerKind::Boundary => &policies.boundary,
        LayerKind::Session => &policies.session,
    };
    match single.as_slice().is_empty() || rules::exempt(kind, situation.request) {
        true => Voice::default(),
        false => ask::<R>(kind, std::iter::once(single), situation, layers),
    }
}

fn hear_levels<R: Recording>(
    kind: LayerKind,
    levels: &[Level],
    situation: &Situation<'_>,
    layers: &mut R::Layers,
) -> Voice {
    match levels.is_empty() || rules::exempt(kind, situation.request) {
        true => Voice::default(),
        false => ask::<R>(kind, levels.iter().map(|level| &level.policies), situation, layers),
    }
}

/// EVAL-11…17, from what the layers say.
fn settle(voices: &Voices, policies: &Policies, request: &Request) -> Decision {
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
    if let Some(decision) = rules::not_for_federated_users(request).or_else(|| rules::billing(policies, request)) {
        return decision;
    }
    for kind in [LayerKind::ResourceControl, LayerKind::ServiceControl, LayerKind::Endpoint] {
        let voice = voices.get(kind);
        if voice.present && !voice.allows() {
            return missing(kind, voice);
        }
    }
    if let (Principal::Root { .. }, None) = (&request.principal, request.other_account())
        && !rules::limits_root(request)
    {
        return rules::root_user();
    }
    along(Wiring::new(voices.get(LayerKind::Resource), request), voices, request)
}

/// What comes of the policies that grant, and of those that limit them.
fn along(wiring: Wiring, voices: &Voices, request: &Request) -> Decision {
    let (resource, identity) = (voices.get(LayerKind::Resource), voices.get(LayerKind::Identity));
    let by_identity = identity.allow.map(|(_, statement)| statement);
    let found = match wiring.grant {
        Grant::Resource => wiring.by_resource.ok_or(missing(LayerKind::Resource, resource)),
        Grant::Both if wiring.by_resource.is_none() => Err(missing(LayerKind::Resource, resource)),
        Grant::Either => wiring.by_resource.or(by_identity).ok_or(missing(LayerKind::Identity, identity)),
        Grant::Both | Grant::Identity => by_identity.ok_or(missing(LayerKind::Identity, identity)),
    };
    let basis = match found {
        Ok(basis) if wiring.limited == Limited::Identity => return allowed(basis),
        Ok(basis) => basis,
        Err(decision) => return decision,
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
