//! The graph of one question: who asks, through what, on what, and the statements that decide.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::eval::situation::{Gathered, Library, Question};
use crate::eval::trace::{Gate, GateKind, GateState, LayerTrace, PolicyTrace, StatementTrace};
use crate::eval::{Basis, LayerKind, Request, Resource, StatementRef, Trace, Verdict};
use crate::explain;
use crate::model::{Account, Holder, PolicyRef, PrincipalRef, World};
use crate::policy::Effect;

use super::graph::{Graph, Growing, Node, Relation, Says, Shape, Subject};
use super::{handshake, parties};

pub(super) const OUTSIDE: u8 = 0;
pub(super) const PRINCIPAL: u8 = 1;
const GROUP: u8 = 2;
const POLICY: u8 = 3;
const STATEMENT: u8 = 4;
const TARGET: u8 = 5;
const TRUST: u8 = 6;
const TRUST_STATEMENT: u8 = 7;

/// Silent policies of one holder that are drawn one by one; more become one node.
const MOST_SILENT: usize = 2;

/// A question with its answer.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Where it is asked.
    pub world: &'a World,
    /// AWS's policies at hand.
    pub library: &'a Library,
    /// What is asked.
    pub question: &'a Question,
    /// What AWS sees.
    pub request: &'a Request,
    /// The policies that apply.
    pub gathered: &'a Gathered,
    /// The record of the decision.
    pub trace: &'a Trace,
}

/// The graph of a question; empty where its account is not there.
pub fn of_question(asked: &Asked) -> Graph {
    let Some(account) = asked.world.account(&asked.question.account) else { return Graph::default() };
    let mut growing = Growing::default();
    let caller = growing.node(Node::principal(&asked.question.principal, PRINCIPAL));
    let role = handshake::role(asked);
    let target = match (&asked.question.resource, &role) {
        (_, Some(role)) if role.own => growing.node(Node::principal(&PrincipalRef::Role(role.name.clone()), TARGET)),
        (Resource::Arn(arn), _) => growing.node(Node::resource(arn, TARGET)),
        (Resource::None, _) => growing.node(Node::resource(&"*".into(), TARGET)),
    };
    growing.mark_node(caller);
    growing.mark_node(target);
    let mut drawing = Drawing { asked, account, growing, caller, target, shown: BTreeSet::new() };
    drawing.choose_statements(role.is_some());
    drawing.policies();
    match role {
        Some(_) => drawing.shake_hands(),
        None => drawing.decide(),
    }
    if let PrincipalRef::Role(name) | PrincipalRef::FederatedSession { role: name, .. } = &asked.question.principal {
        parties::let_in(&mut drawing.growing, asked, account, name, caller);
    }
    drawing.growing.graph
}

struct Drawing<'a> {
    asked: &'a Asked<'a>,
    account: &'a Account,
    growing: Growing,
    caller: usize,
    target: usize,
    /// Statements that get nodes of their own.
    shown: BTreeSet<StatementRef>,
}

impl Drawing<'_> {
    fn choose_statements(&mut self, handshake: bool) {
        let trace = self.asked.trace;
        self.shown.extend(trace.decisive().into_iter().chain(trace.nearest_miss()));
        if handshake {
            let sides = [LayerKind::Identity, LayerKind::Resource].map(|layer| handshake::speaks(trace, layer));
            self.shown.extend(sides.into_iter().flatten());
        }
    }

    /// Every policy that was asked, those that say nothing gathered where they are many.
    fn policies(&mut self) {
        let asked = self.asked;
        for layer in &asked.trace.layers {
            let mut silent: Vec<(Option<Holder>, usize)> = Vec::new();
            let few = |layer: &LayerTrace| layer.levels.iter().map(|level| level.policies.len()).sum::<usize>() <= 3;
            for (at, policy) in in_layer(layer) {
                let Some(place) = asked.gathered.place(at) else { continue };
                let says = said(policy);
                let telling = self.telling(at);
                let holder = place.policy.holder().cloned();
                let control = matches!(layer.kind, LayerKind::ServiceControl | LayerKind::ResourceControl);
                let quiet = !telling && (says == Says::Silent || (control && says == Says::Allow && !few(layer)));
                let count = silent.iter_mut().find(|(known, _)| *known == holder);
                match count {
                    Some((_, count)) if quiet && (control || *count >= MOST_SILENT) => *count += 1,
                    _ if quiet && control && !few(layer) => silent.push((holder, MOST_SILENT + 1)),
                    found => {
                        match found {
                            Some((_, count)) if quiet => *count += 1,
                            None if quiet => silent.push((holder, 1)),
                            _ => {}
                        }
                        self.policy(at, policy, &place.policy, says);
                    }
                }
            }
            for (holder, count) in silent.into_iter().filter(|(_, count)| *count > MOST_SILENT) {
                self.several(layer.kind, holder.as_ref(), count - MOST_SILENT);
            }
        }
    }

    /// Whether the decision rests on this policy or on its silence, or a statement of it is shown.
    fn telling(&self, at: StatementRef) -> bool {
        let shown =
            self.shown.iter().any(|shown| (shown.layer, shown.level, shown.policy) == (at.layer, at.level, at.policy));
        shown || self.is_shut(at)
    }

    /// Whether the decision rests on what this policy fails to say.
    fn is_shut(&self, at: StatementRef) -> bool {
        let shut = matches!(self.asked.trace.decision.basis, Basis::NothingAllows(layer, level) if (layer, level) == (at.layer, at.level));
        shut && at.layer != LayerKind::Identity
    }

    /// The node from which a policy hangs.
    fn from(&mut self, layer: LayerKind, holder: Option<&Holder>) -> Option<usize> {
        match (layer, holder) {
            (LayerKind::ResourceControl | LayerKind::Resource | LayerKind::Endpoint, _) => None,
            (_, Some(Holder::Group(name))) => {
                let group = self.growing.node(Node::group(name, GROUP));
                self.growing.edge(self.caller, group, Relation::MemberOf, None);
                Some(group)
            }
            _ => Some(self.caller),
        }
    }

    fn policy(&mut self, at: StatementRef, trace: &PolicyTrace, which: &PolicyRef, says: Says) {
        let trust = matches!(which, PolicyRef::Trust { .. });
        let column = if trust { TRUST } else { POLICY };
        let node = self.growing.node(Node::policy(which, self.account, column).saying(says));
        let from = self.from(at.layer, which.holder());
        let hangs = match from {
            Some(from) => Some(self.growing.held(from, node, which)),
            None if trust => Some(self.growing.edge(self.target, node, Relation::TrustPolicy, None)),
            None => None,
        };
        let mut drawn = false;
        for statement in trace.statements() {
            let at = StatementRef { statement: statement.index(), ..at };
            if self.shown.contains(&at) {
                drawn |= self.statement(at, statement, node, which, hangs);
            }
        }
        if self.is_shut(at) && !trust {
            for edge in hangs.into_iter().chain([self.acts(node, Says::Silent)]) {
                self.growing.mark(edge);
            }
        } else if !drawn && says != Says::Silent && !trust {
            self.acts(node, says);
        } else if !drawn && hangs.is_none() {
            self.growing.edge(node, self.target, Relation::Guards, Some(says));
        }
    }

    /// The action on the target, as said by a node.
    fn acts(&mut self, from: usize, says: Says) -> usize {
        let action = action_name(self.asked.request);
        self.growing.edge(from, self.target, Relation::On(action), Some(says))
    }

    /// Draws a statement. Whether it reaches the target.
    fn statement(
        &mut self,
        at: StatementRef,
        statement: StatementTrace<'_>,
        policy: usize,
        which: &PolicyRef,
        hangs: Option<usize>,
    ) -> bool {
        let trust = matches!(which, PolicyRef::Trust { .. });
        let says = match (statement.matched(), statement.effect()) {
            (false, _) => Says::Silent,
            (true, Effect::Allow) => Says::Allow,
            (true, Effect::Deny) => Says::Deny,
        };
        let subject = Subject::Statement { policy: which.clone(), span: statement.span() };
        let name = explain::statement_name(statement).replace('`', "");
        let note = match statement.effect() {
            Effect::Allow => "Allow statement",
            Effect::Deny => "Deny statement",
        };
        let column = if trust { TRUST_STATEMENT } else { STATEMENT };
        let node = self.growing.node(Node::new(subject, name, note, column).saying(says));
        let holds = self.growing.edge(policy, node, Relation::Says, None);
        let decisive = self.asked.trace.decisive() == Some(at);
        let mut path = vec![holds];
        path.extend(hangs);
        if hangs.is_none() && says != Says::Silent {
            path.push(self.growing.edge(self.caller, node, Relation::NamedIn, None));
        }
        if says != Says::Silent && !trust && !(at.layer == LayerKind::Identity && handshake::role(self.asked).is_some())
        {
            path.push(self.acts(node, says));
        }
        if let Some(Holder::Group(group)) = which.holder()
            && let Some(group) = self.growing.find(&Subject::Group(group.clone()))
        {
            path.push(self.growing.edge(self.caller, group, Relation::MemberOf, None));
        }
        if decisive {
            for edge in path {
                self.growing.mark(edge);
            }
        }
        says != Says::Silent
    }

    fn several(&mut self, layer: LayerKind, holder: Option<&Holder>, count: usize) {
        let Some(from) = self.from(layer, holder) else { return };
        let (what, says, relation) = match layer {
            LayerKind::ServiceControl => ("control policies", Says::Allow, Relation::LimitedBy),
            _ if count == 1 => ("more policy", Says::Silent, Relation::Attached),
            _ => ("more policies", Says::Silent, Relation::Attached),
        };
        let name = format!("{count} {what}");
        let of = holder.map(|holder| holder.name().to_string()).unwrap_or_default();
        let node = Node::new(Subject::Several(Shape::Policy, format!("{name} {of}")), name, "say the same", POLICY)
            .saying(says);
        let node = self.growing.node(node);
        self.growing.edge(from, node, relation, None);
    }

    /// What decides without a statement: a rule, or an allow that is missing.
    fn decide(&mut self) {
        let decision = self.asked.trace.decision;
        let policies = self.growing.graph.edges.iter().any(|edge| edge.on_path);
        let edge = match decision.basis {
            Basis::Statement(_) => return,
            Basis::NothingAllows(..) if policies => return,
            Basis::NothingAllows(..) => self.acts(self.caller, Says::Silent),
            Basis::Rule(_) if decision.verdict == Verdict::Allowed => self.acts(self.caller, Says::Allow),
            Basis::Rule(_) => self.acts(self.caller, Says::Deny),
        };
        self.growing.mark(edge);
    }

    /// The two sides of assuming a role.
    fn shake_hands(&mut self) {
        let (caller, role) = (self.caller, self.target);
        let place = |at: Option<StatementRef>| at.and_then(|at| self.node_of(at));
        let spoken = |layer| place(handshake::speaks(self.asked.trace, layer));
        let (permission, trust) = (spoken(LayerKind::Identity), spoken(LayerKind::Resource));
        let sides = handshake::sides(self.asked);
        let (permitted, trusts) = (sides.permission.0, sides.trust.0);
        self.growing.handshake(caller, permission.unwrap_or(caller), role, &sides);
        let at = self.growing.graph.edges.len();
        let decision = self.asked.trace.decision;
        let (first, second) = match decision.basis {
            _ if decision.verdict == Verdict::Allowed => (permitted == Some(Says::Allow), true),
            Basis::Statement(by) if by.layer == LayerKind::Resource => (false, true),
            Basis::NothingAllows(LayerKind::Resource, _) => (false, true),
            Basis::Statement(by) if by.layer == LayerKind::Identity => (true, false),
            Basis::NothingAllows(LayerKind::Identity, _) | Basis::Rule(_) => (true, false),
            _ => (false, false),
        };
        if first {
            self.mark_to(permission);
            self.growing.mark(at - 2);
        }
        if second {
            self.mark_to(trust.filter(|_| trusts.is_some()));
            self.growing.mark(at - 1);
        }
    }

    fn node_of(&self, at: StatementRef) -> Option<usize> {
        let (_, statement) = self.asked.trace.statement(at)?;
        let policy = self.asked.gathered.place(at)?.policy.clone();
        self.growing.find(&Subject::Statement { policy, span: statement.span() })
    }

    /// Marks the way that leads to a statement: its policy, and what that hangs on.
    fn mark_to(&mut self, node: Option<usize>) {
        let mut at = node;
        // A way is never longer than there are edges.
        for _ in 0..self.growing.graph.edges.len() {
            let Some(to) = at else { return };
            let leads = |edge: &super::Edge| edge.to == to && edge.half.is_none() && edge.relation != Relation::NamedIn;
            let Some(edge) = self.growing.graph.edges.iter().position(leads) else { return };
            self.growing.mark(edge);
            at = self
                .growing
                .graph
                .edges
                .get(edge)
                .map(|edge| edge.from)
                .filter(|from| *from != self.caller && *from != self.target);
        }
    }
}

/// The policies of a layer with where they stand.
fn in_layer(layer: &LayerTrace) -> impl Iterator<Item = (StatementRef, &PolicyTrace)> {
    (0u32..).zip(&layer.levels).flat_map(move |(level, in_level)| {
        (0u32..)
            .zip(&in_level.policies)
            .map(move |(policy, trace)| (StatementRef { layer: layer.kind, level, policy, statement: 0 }, trace))
    })
}

/// What a policy says.
fn said(policy: &PolicyTrace) -> Says {
    let matched = |effect| policy.statements().any(|statement| statement.matched() && statement.effect() == effect);
    match (matched(Effect::Deny), matched(Effect::Allow)) {
        (true, _) => Says::Deny,
        (false, true) => Says::Allow,
        (false, false) => Says::Silent,
    }
}

/// Whether a layer keeps the request from being allowed.
pub(super) fn is_stopped(trace: &Trace, layer: LayerKind) -> bool {
    let here = |gate: &Gate| gate.kind == GateKind::Layer(layer) && gate.state == GateState::Stop;
    trace.gates.iter().any(here)
}

/// ARN of a role of an account.
pub(super) fn role_arn(account: &Account, name: &Arc<str>) -> Arc<str> {
    account.arn_of(&PrincipalRef::Role(name.clone())).into()
}

/// The action as it was written, without its service.
pub(super) fn action_name(request: &Request) -> String {
    request.action.as_str().split(':').nth(1).unwrap_or_default().to_owned()
}
