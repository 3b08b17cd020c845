//! The graph of a whole account.

use std::sync::Arc;

use crate::ident::pattern::{Case, Pattern};
use crate::model::{Account, Holder, Permissions, PolicyRef, PrincipalRef, Resource};
use crate::policy::{Element, PolicyKind, Statement, parse_document};

use super::fold::fold;
use super::graph::{Graph, Growing, Node, Relation, Says, Subject, subject_of};
use super::parties;

/// No picture of an account has more nodes. Beyond it policies are counted at their holders, and where that is not enough,
/// objects that are alike are counted too.
pub const MOST_NODES: usize = 300;

const OUTSIDE: u8 = 0;
const USERS: u8 = 1;
const GROUPS: u8 = 2;
const POLICIES: u8 = 3;
const RESOURCES: u8 = 4;

/// Everything in an account. What is on the path of `question` is marked here too.
pub fn of_world(account: &Account, question: Option<&Graph>) -> Graph {
    let policies =
        account.policies.len() + account.users.iter().map(|user| user.permissions.inline.len()).sum::<usize>();
    let policies = policies + account.roles.iter().map(|role| role.permissions.inline.len()).sum::<usize>();
    let policies = policies + account.groups.iter().map(|group| group.permissions.inline.len()).sum::<usize>();
    let others = account.users.len() + account.groups.len() + account.roles.len() + account.resources.len();
    let whole = (policies + others <= MOST_NODES).then(|| draw(account, Policies::Drawn));
    let mut graph =
        whole.filter(|graph| graph.nodes.len() <= MOST_NODES).unwrap_or_else(|| draw(account, Policies::Counted));
    if let Some(question) = question {
        mark(&mut graph, question);
    }
    fold(graph, MOST_NODES)
}

fn draw(account: &Account, policies: Policies) -> Graph {
    let mut drawing = Drawing { account, growing: Growing::default(), counted: policies == Policies::Counted };
    drawing.identities();
    drawing.relations();
    drawing.growing.graph
}

/// How policies are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Policies {
    Drawn,
    Counted,
}

struct Drawing<'a> {
    account: &'a Account,
    growing: Growing,
    /// Whether policies are only counted.
    counted: bool,
}

impl Drawing<'_> {
    /// Every object of the account, so that those without relations are there too.
    fn identities(&mut self) {
        let account = self.account;
        self.growing.node(Node::principal(&PrincipalRef::Root, USERS));
        for user in account.users.iter() {
            let node = Node::principal(&PrincipalRef::User(user.name.clone()), USERS);
            self.holder(node, &user.permissions);
        }
        for group in account.groups.iter() {
            self.holder(Node::group(&group.name, GROUPS), &group.permissions);
        }
        for role in account.roles.iter() {
            self.holder(Node::principal(&PrincipalRef::Role(role.name.clone()), GROUPS), &role.permissions);
        }
        for provider in account.providers.iter() {
            self.growing.node(Node::outside(&provider.name, "identity provider", OUTSIDE));
        }
        for resource in account.resources.iter() {
            self.growing.node(Node::resource(&resource.arn, RESOURCES));
        }
    }

    fn holder(&mut self, mut node: Node, permissions: &Permissions) {
        let count = permissions.attached.len() + permissions.inline.len();
        if self.counted && count > 0 {
            node.note = format!("{}, {count} {}", node.note, if count == 1 { "policy" } else { "policies" });
        }
        self.growing.node(node);
    }

    fn relations(&mut self) {
        let account = self.account;
        for user in account.users.iter() {
            let at = self.growing.node(Node::principal(&PrincipalRef::User(user.name.clone()), USERS));
            for group in &user.groups {
                let group = self.growing.node(Node::group(group, GROUPS));
                self.growing.edge(at, group, Relation::MemberOf, None);
            }
            self.policies(&Holder::User(user.name.clone()), &user.permissions, user.boundary.as_ref());
        }
        for group in account.groups.iter() {
            self.policies(&Holder::Group(group.name.clone()), &group.permissions, None);
        }
        for role in account.roles.iter() {
            self.policies(&Holder::Role(role.name.clone()), &role.permissions, role.boundary.as_ref());
            let at = self.growing.node(Node::principal(&PrincipalRef::Role(role.name.clone()), GROUPS));
            for (entry, _) in parties::trusted(role) {
                if let Some(node) = parties::party(account, &entry, OUTSIDE) {
                    let node = self.growing.node(node);
                    self.growing.edge(at, node, Relation::Trusts, None);
                }
            }
        }
        for resource in account.resources.iter() {
            self.resource(resource);
        }
        // What nobody holds is known by its name alone.
        let counted = self.counted;
        for policy in account.policies.iter().filter(|_| !counted) {
            self.managed(&Holder::Group("".into()), &account.policy_arn(policy).into());
        }
    }

    fn policies(&mut self, holder: &Holder, permissions: &Permissions, boundary: Option<&Arc<str>>) {
        if self.counted {
            return;
        }
        let Some(at) = self.growing.find(&subject_of(holder)) else { return };
        for arn in &permissions.attached {
            let policy = self.managed(holder, arn);
            self.growing.edge(at, policy, Relation::Attached, None);
        }
        if let Some(arn) = boundary {
            let policy = self.managed(holder, arn);
            self.growing.edge(at, policy, Relation::BoundedBy, None);
        }
        for inline in &permissions.inline {
            let which = PolicyRef::Inline { holder: holder.clone(), name: inline.name.clone() };
            let policy = self.growing.node(Node::policy(&which, self.account, POLICIES));
            self.growing.edge(at, policy, Relation::Inline, None);
            self.reaches(policy, &inline.text, PolicyKind::Identity);
        }
    }

    /// The one node of a managed policy, whoever holds it.
    fn managed(&mut self, holder: &Holder, arn: &Arc<str>) -> usize {
        let same = |node: &Node| matches!(&node.subject, Subject::Policy(policy) if policy.managed() == Some(arn));
        if let Some(known) = self.growing.graph.nodes.iter().position(same) {
            return known;
        }
        let which = PolicyRef::Attached { holder: holder.clone(), arn: arn.clone() };
        let node = self.growing.node(Node::policy(&which, self.account, POLICIES));
        if let Some(text) = self.account.policy(arn).and_then(|policy| policy.text()) {
            self.reaches(node, text, PolicyKind::Identity);
        }
        node
    }

    fn resource(&mut self, resource: &Resource) {
        let at = self.growing.node(Node::resource(&resource.arn, RESOURCES));
        if resource.policy.is_some() && !self.counted {
            let which = PolicyRef::Resource { arn: resource.arn.clone() };
            let policy = self.growing.node(Node::policy(&which, self.account, POLICIES));
            self.growing.edge(policy, at, Relation::Guards, None);
        }
        let role =
            self.account.roles.iter().find(|role| parties::runs_as(self.account, resource.role.as_deref(), &role.name));
        if let Some(role) = role {
            let role = self.growing.node(Node::principal(&PrincipalRef::Role(role.name.clone()), GROUPS));
            self.growing.edge(at, role, Relation::RunsAs, None);
        }
    }

    /// The resources of the account that a policy names, other than by `*`.
    fn reaches(&mut self, policy: usize, text: &Arc<str>, kind: PolicyKind) {
        let statements = parse_document(text, kind).value.map(|document| document.statements).unwrap_or_default();
        for resource in self.account.resources.iter() {
            for statement in statements.iter().filter(|statement| names(statement, &resource.arn)) {
                let at = self.growing.node(Node::resource(&resource.arn, RESOURCES));
                let says = match statement.effect.value {
                    crate::policy::Effect::Allow => Says::Allow,
                    crate::policy::Effect::Deny => Says::Deny,
                };
                self.growing.edge(policy, at, Relation::On(actions(&statement.action)), Some(says));
            }
        }
    }
}

/// Whether a statement is about a resource or what is in it, and not about everything.
fn names(statement: &Statement, arn: &str) -> bool {
    let covers = |pattern: &str| {
        let whole =
            pattern.split_once('/').filter(|_| arn.starts_with("arn:aws:s3:::")).map_or(pattern, |(bucket, _)| bucket);
        pattern != "*" && Pattern::glob(whole, Case::Sensitive).matches(arn)
    };
    let element = statement.resource.as_ref().filter(|element| !element.negated);
    element.is_some_and(|element| element.entries.iter().any(|entry| covers(&entry.value)))
}

/// `GetObject`, or how many actions there are.
fn actions(element: &Element) -> String {
    match element.entries.as_slice() {
        [one] if !element.negated => one.value.split_once(':').map_or(&*one.value, |(_, name)| name).to_owned(),
        several if !element.negated => format!("{} actions", several.len()),
        _ => "other actions".to_owned(),
    }
}

/// Marks what the path of a question has in common with the world.
fn mark(graph: &mut Graph, question: &Graph) {
    let same = |one: &Subject, other: &Subject| match (one, other) {
        (Subject::Policy(one), Subject::Policy(other)) if one.managed().is_some() => one.managed() == other.managed(),
        (
            Subject::Principal(PrincipalRef::FederatedSession { role, .. }),
            Subject::Principal(PrincipalRef::Role(name)),
        ) => role == name,
        _ => one == other,
    };
    for node in &mut graph.nodes {
        node.on_path = question.nodes.iter().any(|known| known.on_path && same(&known.subject, &node.subject));
    }
    let subject = |graph: &Graph, at: usize| graph.nodes.get(at).map(|node| node.subject.clone());
    let path: Vec<_> = question
        .edges
        .iter()
        .filter(|edge| edge.on_path)
        .map(|edge| (subject(question, edge.from), subject(question, edge.to)))
        .collect();
    for at in 0..graph.edges.len() {
        let Some(edge) = graph.edges.get(at) else { continue };
        let (Some(from), Some(to)) = (subject(graph, edge.from), subject(graph, edge.to)) else { continue };
        let on_path = path.iter().any(|ends| {
            let (Some(known_from), Some(known_to)) = ends else { return false };
            same(known_from, &from) && same(known_to, &to)
        });
        if let Some(edge) = graph.edges.get_mut(at) {
            edge.on_path = on_path;
        }
    }
}
