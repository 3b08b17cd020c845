//! Privilege escalation as a graph (ACCT-40…50): principals, and edges along which one can act as another or give itself
//! more. Every edge is decided by the evaluator, with the real resource of every action that it needs.

mod change;
mod edges;
mod pass_role;
pub(super) mod power;

use std::cell::OnceCell;
use std::sync::Arc;

use super::finding::{Check, Finding, Place, Subject};
use super::survey::{Certainty, Survey};
use crate::model::PrincipalRef;
use crate::text::Severity;

/// How one principal gets to more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeKind {
    /// Assumes a role.
    AssumeRole,
    /// Writes a new version of a policy of its own.
    CreatePolicyVersion,
    /// Lets an older version of a policy of its own count.
    SetDefaultPolicyVersion,
    /// Writes an inline policy for itself.
    PutUserPolicy,
    /// Writes an inline policy for its own role.
    PutRolePolicy,
    /// Writes an inline policy for its group.
    PutGroupPolicy,
    /// Attaches AdministratorAccess to itself.
    AttachUserPolicy,
    /// Attaches AdministratorAccess to its own role.
    AttachRolePolicy,
    /// Attaches AdministratorAccess to its group.
    AttachGroupPolicy,
    /// Joins a group.
    AddUserToGroup,
    /// Makes an access key for another user.
    CreateAccessKey,
    /// Gives another user a password.
    CreateLoginProfile,
    /// Changes another user's password.
    UpdateLoginProfile,
    /// Lets itself into a role by its trust policy.
    UpdateAssumeRolePolicy,
    /// Lifts its own boundary.
    DeleteBoundary,
    /// Runs a function with a role.
    PassRoleLambda,
    /// Runs an instance with a role.
    PassRoleEc2,
    /// Creates a stack with a role.
    PassRoleCloudFormation,
}

impl EdgeKind {
    /// The id that ACCT §4 gives it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AssumeRole => "assume-role",
            Self::CreatePolicyVersion => "create-policy-version",
            Self::SetDefaultPolicyVersion => "set-default-policy-version",
            Self::PutUserPolicy => "put-user-policy",
            Self::PutRolePolicy => "put-role-policy",
            Self::PutGroupPolicy => "put-group-policy",
            Self::AttachUserPolicy => "attach-user-policy",
            Self::AttachRolePolicy => "attach-role-policy",
            Self::AttachGroupPolicy => "attach-group-policy",
            Self::AddUserToGroup => "add-user-to-group",
            Self::CreateAccessKey => "create-access-key",
            Self::CreateLoginProfile => "create-login-profile",
            Self::UpdateLoginProfile => "update-login-profile",
            Self::UpdateAssumeRolePolicy => "update-assume-role-policy",
            Self::DeleteBoundary => "delete-boundary",
            Self::PassRoleLambda => "pass-role-lambda",
            Self::PassRoleEc2 => "pass-role-ec2",
            Self::PassRoleCloudFormation => "pass-role-cloudformation",
        }
    }
}

/// Where an edge leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// To another principal, as which it can act.
    Principal(PrincipalRef),
    /// To itself with everything.
    Administrator,
    /// To itself with more than it has, though not everything.
    More,
}

/// One step (ACCT-41).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// How.
    pub kind: EdgeKind,
    /// Who takes the step.
    pub from: PrincipalRef,
    /// What it is taken on: the name of a role, user, group or policy.
    pub on: Arc<str>,
    /// Where it leads.
    pub to: Reach,
    /// Under which assumption.
    pub certainty: Certainty,
    /// The deciding statements.
    pub because: Vec<Place>,
}

/// A way of a principal to more than it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    pub administrator: bool,
    pub path: Vec<Edge>,
}

impl Reached {
    /// The least sure of its steps.
    pub fn certainty(&self) -> Certainty {
        self.path.iter().map(|edge| edge.certainty).max().unwrap_or(Certainty::Plain)
    }
}

/// How many ways are reported for each start (ACCT-46).
const MOST: usize = 3;

/// The shortest ways of every principal, by position. Administrators have none, and no way leads through one.
pub(super) fn escalations(survey: &Survey<'_>) -> Vec<Vec<Reached>> {
    let administrators: Vec<Option<Certainty>> =
        survey.nodes.iter().map(|node| power::administrator(survey, node)).collect();
    let graph = Graph {
        survey,
        edges: edges::all(survey, &administrators),
        administrators: &administrators,
        sensitive: survey.nodes.iter().map(|_| OnceCell::new()).collect(),
    };
    (0..survey.nodes.len()).map(|start| graph.ways(start)).collect()
}

struct Graph<'a> {
    survey: &'a Survey<'a>,
    edges: Vec<Vec<(Option<usize>, Edge)>>,
    administrators: &'a [Option<Certainty>],
    /// What each principal may do of the sensitive actions, as far as it was asked.
    sensitive: Vec<OnceCell<Vec<bool>>>,
}

impl Graph<'_> {
    fn ways(&self, start: usize) -> Vec<Reached> {
        if self.is_administrator(start) || self.edges.get(start).is_none_or(Vec::is_empty) {
            return Vec::new();
        }
        // A sure way counts more than a shorter one that needs luck.
        let sure = self.to_administrator(start, Certainty::WithMfa);
        let found = if sure.is_empty() { self.to_administrator(start, Certainty::Conditional) } else { sure };
        match found.is_empty() {
            true => self.to_more(start),
            false => found,
        }
    }

    fn is_administrator(&self, node: usize) -> bool {
        matches!(self.administrators.get(node), Some(Some(Certainty::Plain | Certainty::WithMfa)))
    }

    fn out(&self, node: usize, worst: Certainty) -> impl Iterator<Item = &(Option<usize>, Edge)> {
        let edges = self.edges.get(node).into_iter().flatten();
        edges.filter(move |(_, edge)| edge.certainty <= worst)
    }

    fn sensitive(&self, node: usize) -> &[bool] {
        let known = self.sensitive.get(node).zip(self.survey.nodes.get(node));
        known.map_or(&[], |(known, node)| known.get_or_init(|| power::sensitive(self.survey, &node.caller)))
    }

    fn to_administrator(&self, start: usize, worst: Certainty) -> Vec<Reached> {
        let mut found = Vec::new();
        self.walk(
            start,
            worst,
            |to, edge| match to {
                None => edge.to == Reach::Administrator,
                Some(to) => self.is_administrator(to),
            },
            &mut found,
        );
        found.into_iter().map(|path| Reached { administrator: true, path }).collect()
    }

    /// ACCT-47: to something of the sensitive classes that the start may not do. A role that was handed out as it is, and
    /// nothing else, is meant.
    fn to_more(&self, start: usize) -> Vec<Reached> {
        let own = self.sensitive(start);
        let mut found = Vec::new();
        self.walk(
            start,
            Certainty::Conditional,
            |to, edge| match to {
                None => edge.to == Reach::More,
                Some(to) => power::exceeds(self.sensitive(to), own),
            },
            &mut found,
        );
        found.retain(|path| path.iter().any(|edge| edge.kind != EdgeKind::AssumeRole));
        found.into_iter().map(|path| Reached { administrator: false, path }).collect()
    }

    /// Breadth first, one way to each principal; ends with the first depth at which something ends.
    fn walk(
        &self,
        start: usize,
        worst: Certainty,
        ends: impl Fn(Option<usize>, &Edge) -> bool,
        found: &mut Vec<Vec<Edge>>,
    ) {
        let mut seen = vec![false; self.survey.nodes.len()];
        let mut level = vec![(start, Vec::new())];
        if let Some(seen) = seen.get_mut(start) {
            *seen = true;
        }
        while !level.is_empty() && found.is_empty() {
            let mut next = Vec::new();
            for (at, path) in &level {
                for (to, edge) in self.out(*at, worst) {
                    let longer = || path.iter().chain([edge]).cloned().collect::<Vec<Edge>>();
                    if ends(*to, edge) {
                        found.push(longer());
                    } else if let Some(to) = *to
                        && let Some(seen) = seen.get_mut(to).filter(|seen| !**seen)
                        && !self.is_administrator(to)
                    {
                        *seen = true;
                        next.push((to, longer()));
                    }
                }
            }
            level = next;
        }
        crate::text::order::sort_by_key(found, |path| path.iter().map(|edge| edge.certainty).max());
        found.truncate(MOST);
    }
}

/// One finding for each way, at its start.
pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for (node, ways) in survey.nodes.iter().zip(survey.reached()) {
        for way in ways {
            let severity = match (way.administrator, way.certainty() == Certainty::Conditional) {
                (true, false) => Severity::Security,
                (true, true) | (false, false) => Severity::Warning,
                (false, true) => Severity::Suggestion,
            };
            let passed = way.path.iter().filter_map(|edge| match &edge.to {
                Reach::Principal(principal) => Some(Subject::from(principal)),
                Reach::Administrator | Reach::More => None,
            });
            let places = way.path.iter().flat_map(|edge| edge.because.iter().cloned());
            found.push(
                Finding::new(Check::PrivilegeEscalation, severity, Subject::from(&node.principal))
                    .because(places)
                    .related(passed)
                    .path(way.path.clone()),
            );
        }
    }
}
