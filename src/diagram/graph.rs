//! Nodes and edges, before they have places.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ident::Arn;
use crate::model::{Account, Holder, PolicyRef, PrincipalRef};
use crate::text::Span;

/// Objects and how they hang together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// The objects, in the order in which they were found.
    pub nodes: Vec<Node>,
    /// The relations; both ends are positions in `nodes`.
    pub edges: Vec<Edge>,
}

/// One object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it stands for.
    pub subject: Subject,
    /// Its name in full.
    pub name: String,
    /// What it is, in a few words.
    pub note: String,
    /// Where it stands from left to right.
    pub column: u8,
    /// What it says about the question; `None` where it is not asked.
    pub says: Option<Says>,
    /// Whether it is on the path that decides.
    pub on_path: bool,
}

/// What a node stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A user, a role or the root user of the account.
    Principal(PrincipalRef),
    /// A group.
    Group(Arc<str>),
    /// A policy.
    Policy(PolicyRef),
    /// A statement of a policy.
    Statement {
        /// Of which.
        policy: PolicyRef,
        /// Where it stands in the text.
        span: Span,
    },
    /// A service, a provider or another account.
    Outside(Arc<str>),
    /// A resource by ARN; `*` for a request that names none.
    Resource(Arc<str>),
    /// Several objects that are drawn alike and stand in the same relations, under a name of their own.
    Several(Shape, String),
}

/// How a node is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// The root user.
    Root,
    /// A user.
    User,
    /// A group.
    Group,
    /// A role.
    Role,
    /// A policy, or several.
    Policy,
    /// A statement.
    Statement,
    /// Someone or something outside of the account.
    Outside,
    /// A resource.
    Resource,
}

/// What a policy or statement says about the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
    /// Nothing.
    Silent,
}

/// One relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Position of the node that it goes out from.
    pub from: usize,
    /// Position of the node that it leads to.
    pub to: usize,
    /// Which relation.
    pub relation: Relation,
    /// What is said along it; `None` where it only connects.
    pub says: Option<Says>,
    /// Whether it is on the path that decides.
    pub on_path: bool,
    /// For one side of a handshake: how it comes about, or why it is missing.
    pub half: Option<Half>,
}

/// Relations, in the words of people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// A user and a group.
    MemberOf,
    /// A managed policy and its holder.
    Attached,
    /// An inline policy and its holder.
    Inline,
    /// A permissions boundary.
    BoundedBy,
    /// A control policy of the organization.
    LimitedBy,
    /// A policy and one of its statements.
    Says,
    /// A caller and a statement of another's policy.
    NamedIn,
    /// A policy that hangs on a resource.
    Guards,
    /// A role and its trust policy.
    TrustPolicy,
    /// A role and whom it lets in.
    Trusts,
    /// Someone and a role.
    MayAssume,
    /// A resource and the role that it works with.
    RunsAs,
    /// An action, or several, on a resource.
    On(String),
}

/// One side of a handshake: permission of the caller, or trust of the role. The two meet in the middle of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Half {
    /// The node at the far end of the line that both sides share.
    pub toward: usize,
    /// Why.
    pub reason: Reason,
}

/// Why one side of a handshake is there or missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A statement allows it.
    Allowed,
    /// A statement allows it under conditions that are not asked here.
    Conditional,
    /// A statement denies it.
    Denied,
    /// No statement allows it.
    NothingAllows,
    /// The trust policy names the caller itself, and in one account that is enough.
    TrustIsEnough,
    /// Services and people who sign in elsewhere have no policies.
    NoPolicies,
    /// An account is trusted, and each of its identities needs a permission of its own.
    EachItsOwn,
    /// A rule of AWS settles it.
    Rule,
}

impl Node {
    /// How it is drawn.
    pub fn shape(&self) -> Shape {
        match &self.subject {
            Subject::Principal(PrincipalRef::Root) => Shape::Root,
            Subject::Principal(PrincipalRef::User(_)) => Shape::User,
            Subject::Principal(PrincipalRef::Role(_) | PrincipalRef::FederatedSession { .. }) => Shape::Role,
            Subject::Principal(PrincipalRef::Federated(_) | PrincipalRef::Service(_) | PrincipalRef::Anonymous)
            | Subject::Outside(_) => Shape::Outside,
            Subject::Group(_) => Shape::Group,
            Subject::Policy(_) => Shape::Policy,
            Subject::Statement { .. } => Shape::Statement,
            Subject::Resource(arn) if role_name(arn).is_some() => Shape::Role,
            Subject::Resource(_) => Shape::Resource,
            Subject::Several(shape, _) => *shape,
        }
    }

    pub(super) fn principal(principal: &PrincipalRef, column: u8) -> Self {
        let (name, note) = match principal {
            PrincipalRef::Root => ("root user".to_owned(), "owns the account"),
            PrincipalRef::User(name) => (name.to_string(), "user"),
            PrincipalRef::Role(name) => (name.to_string(), "role"),
            PrincipalRef::FederatedSession { role, .. } => (role.to_string(), "role, by sign-in elsewhere"),
            PrincipalRef::Federated(provider) => (last_part(provider).to_owned(), "person signed in there"),
            PrincipalRef::Service(name) => (name.to_string(), "AWS service"),
            PrincipalRef::Anonymous => ("anyone".to_owned(), "without credentials"),
        };
        Self::new(Subject::Principal(principal.clone()), name, note, column)
    }

    pub(super) fn group(name: &Arc<str>, column: u8) -> Self {
        Self::new(Subject::Group(name.clone()), name.to_string(), "group", column)
    }

    pub(super) fn policy(policy: &PolicyRef, account: &Account, column: u8) -> Self {
        let managed = |arn: &Arc<str>| if account.policy(arn).is_some() { "own policy" } else { "AWS policy" };
        let note = match policy {
            PolicyRef::Attached { arn, .. } => managed(arn),
            PolicyRef::Inline { .. } => "inline policy",
            PolicyRef::Boundary { .. } => "permissions boundary",
            PolicyRef::Resource { .. } => "resource policy",
            PolicyRef::Trust { .. } => "trust policy",
            PolicyRef::Control { .. } => "control policy",
            PolicyRef::Session { .. } => "session policy",
        };
        Self::new(Subject::Policy(policy.clone()), policy.name().to_string(), note, column)
    }

    pub(super) fn resource(arn: &Arc<str>, column: u8) -> Self {
        let named = Arn::parse(arn);
        let role = role_name(arn);
        let name = role.or_else(|| named.map(|arn| arn.resource)).unwrap_or(arn).to_owned();
        let note = match &named {
            Some(arn) if role.is_some() => format!("role of {}", arn.account),
            Some(arn) => format!("{} resource", arn.service),
            None => "no single resource".to_owned(),
        };
        Self::new(Subject::Resource(arn.clone()), name, &note, column)
    }

    pub(super) fn outside(name: &str, note: &str, column: u8) -> Self {
        Self::new(Subject::Outside(name.into()), name.to_owned(), note, column)
    }

    pub(super) fn new(subject: Subject, name: String, note: &str, column: u8) -> Self {
        Self { subject, name, note: note.to_owned(), column, says: None, on_path: false }
    }

    pub(super) fn saying(self, says: Says) -> Self {
        Self { says: Some(says), ..self }
    }
}

/// A graph while it grows.
#[derive(Default)]
pub(super) struct Growing {
    pub graph: Graph,
    known: BTreeMap<Subject, usize>,
    linked: BTreeMap<(usize, usize, Relation), usize>,
}

impl Growing {
    /// The position of a node; one that is there already is not added again.
    pub fn node(&mut self, node: Node) -> usize {
        if let Some(known) = self.known.get(&node.subject) {
            return *known;
        }
        let at = self.graph.nodes.len();
        self.known.insert(node.subject.clone(), at);
        self.graph.nodes.push(node);
        at
    }

    /// The position of what is there already.
    pub fn find(&self, subject: &Subject) -> Option<usize> {
        self.known.get(subject).copied()
    }

    /// Adds a relation; one that is there already is not added again.
    pub fn edge(&mut self, from: usize, to: usize, relation: Relation, says: Option<Says>) -> usize {
        let at = self.graph.edges.len();
        let known = *self.linked.entry((from, to, relation.clone())).or_insert(at);
        if known == at {
            self.graph.edges.push(Edge { from, to, relation, says, on_path: false, half: None });
        }
        known
    }

    /// Adds both sides of a handshake of `caller` with `role`, drawn on the line from `start` to the role.
    pub fn handshake(&mut self, caller: usize, start: usize, role: usize, sides: &Sides) {
        let (permission, trust) = (sides.permission, sides.trust);
        let mut side = |from, to, toward, relation, (says, reason): Side| {
            let half = Some(Half { toward, reason });
            self.graph.edges.push(Edge { from, to, relation, says, on_path: false, half });
        };
        side(start, role, role, sides.relation.clone(), permission);
        side(role, caller, start, Relation::Trusts, trust);
    }

    /// Puts an edge and its ends on the path that decides.
    pub fn mark(&mut self, edge: usize) {
        let Some(edge) = self.graph.edges.get_mut(edge) else { return };
        edge.on_path = true;
        let ends = [edge.from, edge.to];
        for node in ends {
            self.mark_node(node);
        }
    }

    pub fn mark_node(&mut self, node: usize) {
        if let Some(node) = self.graph.nodes.get_mut(node) {
            node.on_path = true;
        }
    }

    /// How a holder is connected with one of its policies.
    pub fn held(&mut self, holder: usize, policy: usize, which: &PolicyRef) -> usize {
        let relation = match which {
            PolicyRef::Inline { .. } => Relation::Inline,
            PolicyRef::Boundary { .. } => Relation::BoundedBy,
            PolicyRef::Control { .. } | PolicyRef::Session { .. } => Relation::LimitedBy,
            PolicyRef::Attached { .. } | PolicyRef::Resource { .. } | PolicyRef::Trust { .. } => Relation::Attached,
        };
        self.edge(holder, policy, relation, None)
    }
}

/// What one side of a handshake says, and why.
pub(super) type Side = (Option<Says>, Reason);

/// Both sides of a handshake.
pub(super) struct Sides {
    pub relation: Relation,
    pub permission: Side,
    pub trust: Side,
}

/// The name in the ARN of a role.
fn role_name(arn: &str) -> Option<&str> {
    let named = Arn::parse(arn).filter(|arn| arn.service == "iam")?;
    named.after_type("role").map(last_part)
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A holder as something that can stand in a graph.
pub(super) fn subject_of(holder: &Holder) -> Subject {
    match holder {
        Holder::User(name) => Subject::Principal(PrincipalRef::User(name.clone())),
        Holder::Role(name) => Subject::Principal(PrincipalRef::Role(name.clone())),
        Holder::Group(name) => Subject::Group(name.clone()),
    }
}
