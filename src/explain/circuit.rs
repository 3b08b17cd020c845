//! Words for the circuit: how the gates combine, and whose they are.

use super::names::trusted_role;
use crate::eval::trace::{Circuit, GateKind, Part, Stage};
use crate::eval::{LayerKind, Principal, Request, Trace};

const RESOURCE: GateKind = GateKind::Layer(LayerKind::Resource);
const IDENTITY: GateKind = GateKind::Layer(LayerKind::Identity);

/// What the shape of a circuit says of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A rule beside the policies decides.
    Rule,
    /// The caller has no policies of its own, or none that count here.
    ResourceAlone,
    /// A key or role that opens only by its own policy, which says nothing or names the caller.
    OwnPolicy,
    /// A key or role whose policy names only the account.
    OwnPolicyAndIdentity,
    /// Inside one account, either is enough.
    Either,
    /// The same, and the resource policy names the caller itself: boundary and session do not limit that.
    EitherPastLimits,
    /// Inside one account, and the resource policy names only the account.
    Delegated,
    /// Across accounts.
    Accounts,
}

pub(super) fn shape(trace: &Trace, request: &Request) -> Shape {
    let Some(circuit) = &trace.circuit else { return Shape::Rule };
    let stage = circuit.stages.iter().find(|stage| !matches!(stage, Stage::One(_)));
    let root = matches!(request.principal, Principal::Root { .. });
    match (stage, circuit.part(RESOURCE), circuit.part(IDENTITY)) {
        (Some(Stage::Both { .. }), ..) => Shape::Accounts,
        (Some(Stage::Either { own, .. }), ..) if own.len() > 1 => Shape::EitherPastLimits,
        (Some(_), ..) => Shape::Either,
        (None, Some(Part::Aside), _) => Shape::Delegated,
        (None, _, Some(Part::Aside)) if root || request.principal.account().is_none() => Shape::ResourceAlone,
        (None, _, Some(Part::Aside)) => Shape::OwnPolicy,
        (None, ..) => Shape::OwnPolicyAndIdentity,
    }
}

/// Whether the resource policy grants to the role behind the caller's session, or to the user behind it: what boundary and
/// session policies limit (EVAL-56, EVAL-59).
pub(super) fn grants_to_role(trace: &Trace, request: &Request) -> bool {
    let granted = trace.gates.iter().any(|gate| gate.kind == RESOURCE && gate.statement.is_some());
    let limited = |circuit: &Circuit| circuit.part(GateKind::Layer(LayerKind::Boundary)) == Some(Part::Limits);
    let session = request.principal.account().is_some() && !matches!(request.principal, Principal::Root { .. });
    granted
        && session
        && match shape(trace, request) {
            Shape::Either => true,
            Shape::OwnPolicy => trace.circuit.as_ref().is_some_and(limited),
            _ => false,
        }
}

/// How the gates combine, in one sentence; `None` where a rule decides.
pub fn circuit(trace: &Trace, request: &Request) -> Option<String> {
    let policy = match trusted_role(request) {
        Some(_) => "trust policy",
        None => "resource policy",
    };
    let thing = if trusted_role(request).is_some() { "role" } else { "key" };
    Some(match shape(trace, request) {
        Shape::Rule => return None,
        Shape::Accounts if trace.circuit.as_ref()?.part(RESOURCE) == Some(Part::Aside) => {
            "This action asks nothing of the other account: the gates of the caller's account decide.".to_owned()
        }
        Shape::Accounts => {
            "The resource is in another account: both accounts must let the request through.".to_owned()
        }
        Shape::ResourceAlone => {
            format!("This caller has no policies of its own: the {policy} alone can allow.")
        }
        Shape::OwnPolicy => {
            format!("A {thing} opens only by its own policy. Identity policies count where that names their account.")
        }
        Shape::OwnPolicyAndIdentity => {
            format!("The {policy} names only the account: an identity policy of the account must allow as well.")
        }
        Shape::Either => {
            "Inside one account the resource policy or an identity policy is enough. All other gates must let through."
                .to_owned()
        }
        Shape::EitherPastLimits => {
            "Inside one account either track is enough. The resource policy allows the caller itself, which boundary and session policies do not limit.".to_owned()
        }
        Shape::Delegated => {
            "The resource policy names only the account, which leaves the matter to its identity policies.".to_owned()
        }
    })
}

/// What the two frames of a circuit are called, and the word between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frames {
    /// In the order of the frames.
    pub names: [String; 2],
    /// How they combine.
    pub join: &'static str,
}

/// The frames of two tracks or of two accounts; `None` where all gates stand in one row.
pub fn circuit_frames(trace: &Trace, request: &Request) -> Option<Frames> {
    match shape(trace, request) {
        Shape::Either | Shape::EitherPastLimits => Some(Frames {
            names: ["On the resource, either enough".to_owned(), "On the caller, either enough".to_owned()],
            join: "or",
        }),
        Shape::Accounts => {
            let (caller, owner) = (request.principal.account()?, request.other_account()?);
            let names = [format!("Account {caller} (caller)"), format!("Account {owner} (owner)")];
            Some(Frames { names, join: "and" })
        }
        _ => None,
    }
}
