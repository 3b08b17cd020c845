//! The edges of every principal (ACCT §4): what it can assume, what it can do to itself, and whose credentials it can make.

use std::sync::Arc;

use super::{Edge, EdgeKind, Reach, change, pass_role};
use crate::analysis::Target;
use crate::analysis::account::survey::{Certainty, Granted, Node, Survey};
use crate::eval::{Policy, PolicySource};
use crate::model::example::ADMINISTRATOR_ACCESS;
use crate::model::{Holder, PrincipalRef, Role, User, limits};
use crate::policy::PolicyKind;

/// An edge with the position of the principal that it leads to.
pub(super) type Placed = (Option<usize>, Edge);

/// The edges of all principals but administrators, by position.
pub(super) fn all(survey: &Survey<'_>, administrators: &[Option<Certainty>]) -> Vec<Vec<Placed>> {
    let positions: Vec<(usize, &Node)> = survey.nodes.iter().enumerate().collect();
    let each = survey.nodes.iter().zip(administrators);
    each.map(|(node, administrator)| match administrator {
        Some(Certainty::Plain | Certainty::WithMfa) => Vec::new(),
        _ => of(survey, node, &positions),
    })
    .collect()
}

fn of(survey: &Survey<'_>, node: &Node, all: &[(usize, &Node)]) -> Vec<Placed> {
    let mut drawing = Drawing { survey, node, edges: Vec::new() };
    drawing.itself();
    drawing.own_policies();
    drawing.own_groups();
    drawing.other_groups();
    drawing.boundary();
    for (to, other) in all {
        if other.principal == node.principal {
            continue;
        }
        match &other.principal {
            PrincipalRef::User(name) => {
                if let Some(user) = survey.account.users.get(name) {
                    drawing.credentials(*to, other, user);
                }
            }
            PrincipalRef::Role(name) => {
                if let Some(role) = survey.account.roles.get(name) {
                    drawing.role(*to, other, role);
                }
            }
            _ => {}
        }
    }
    drawing.edges
}

pub(super) struct Drawing<'a> {
    pub survey: &'a Survey<'a>,
    pub node: &'a Node,
    pub edges: Vec<Placed>,
}

impl Drawing<'_> {
    pub fn add(&mut self, kind: EdgeKind, on: &Arc<str>, to: (Option<usize>, Reach), granted: Granted) {
        let edge = Edge {
            kind,
            from: self.node.principal.clone(),
            on: on.clone(),
            to: to.1,
            certainty: granted.certainty,
            because: granted.because,
        };
        self.edges.push((to.0, edge));
    }

    /// Whether the principal may do one thing.
    fn may(&self, action: &str, arn: &str) -> Option<Granted> {
        self.node.could(action).then_some(())?;
        self.survey.granted(self.node, &[self.survey.target(action, arn)?])
    }

    /// The same for attaching AdministratorAccess (ACCT-42).
    fn may_attach(&self, action: &str, arn: &str) -> Option<Granted> {
        self.node.could(action).then_some(())?;
        let mut target = self.survey.target(action, arn)?;
        target.context.set("iam:PolicyARN", ADMINISTRATOR_ACCESS);
        self.survey.granted(self.node, &[target])
    }

    /// A policy for itself.
    fn itself(&mut self) {
        let (name, put, attach) = match &self.node.principal {
            PrincipalRef::User(name) => {
                let kinds = (EdgeKind::PutUserPolicy, EdgeKind::AttachUserPolicy);
                (name, ("iam:PutUserPolicy", kinds.0), ("iam:AttachUserPolicy", kinds.1))
            }
            PrincipalRef::Role(name) => {
                let kinds = (EdgeKind::PutRolePolicy, EdgeKind::AttachRolePolicy);
                (name, ("iam:PutRolePolicy", kinds.0), ("iam:AttachRolePolicy", kinds.1))
            }
            _ => return,
        };
        let (name, arn) = (name.clone(), self.node.arn.clone());
        self.writes(put.1, &name, self.may(put.0, &arn));
        self.writes(attach.1, &name, self.may_attach(attach.0, &arn));
    }

    /// Whoever can write any policy of its own has all that its boundary leaves.
    fn writes(&mut self, kind: EdgeKind, on: &Arc<str>, granted: Option<Granted>) {
        if let Some(granted) = granted
            && let Some(reach) = change::any_policy(self.survey, self.node)
        {
            self.add(kind, on, (None, reach), granted);
        }
    }

    /// Customer managed policies of its own and of its groups.
    fn own_policies(&mut self) {
        let survey = self.survey;
        let mut seen: Vec<Arc<str>> = Vec::new();
        for holder in survey.account.holders_of(&self.node.principal) {
            for arn in survey.account.permissions(&holder).into_iter().flat_map(|permissions| &permissions.attached) {
                let Some(policy) = survey.account.policy(arn).filter(|_| !seen.contains(arn)) else { continue };
                seen.push(arn.clone());
                let room =
                    policy.versions.len() < limits::VERSIONS || self.may("iam:DeletePolicyVersion", arn).is_some();
                if room {
                    let granted = self.may("iam:CreatePolicyVersion", arn);
                    self.writes(EdgeKind::CreatePolicyVersion, &policy.name, granted);
                }
                let Some(granted) = self.may("iam:SetDefaultPolicyVersion", arn) else { continue };
                let others = policy.versions.iter().filter(|version| version.number != policy.default);
                let reach = others.filter_map(|version| {
                    let compiled = survey.memo.policy(&version.text, PolicyKind::Identity);
                    change::gain(survey, self.node, &change::replaced(self.node, arn, &compiled))
                });
                if let Some(reach) = best(reach) {
                    self.add(EdgeKind::SetDefaultPolicyVersion, &policy.name, (None, reach), granted);
                }
            }
        }
    }

    fn own_groups(&mut self) {
        let survey = self.survey;
        for holder in survey.account.holders_of(&self.node.principal) {
            let Holder::Group(name) = &holder else { continue };
            let Some(group) = survey.account.groups.get(name) else { continue };
            let arn = survey.account.arn("group", &group.path, &group.name);
            self.writes(EdgeKind::PutGroupPolicy, name, self.may("iam:PutGroupPolicy", &arn));
            self.writes(EdgeKind::AttachGroupPolicy, name, self.may_attach("iam:AttachGroupPolicy", &arn));
        }
    }

    fn other_groups(&mut self) {
        let survey = self.survey;
        let PrincipalRef::User(user) = &self.node.principal else { return };
        let Some(user) = survey.account.users.get(user) else { return };
        if user.groups.len() >= limits::GROUPS_PER_USER {
            return;
        }
        for group in survey.account.groups.iter().filter(|group| !user.groups.contains(&group.name)) {
            let arn = survey.account.arn("group", &group.path, &group.name);
            if let Some(granted) = self.may("iam:AddUserToGroup", &arn)
                && let Some(reach) = change::gain(survey, self.node, &change::joined(survey, self.node, group))
            {
                self.add(EdgeKind::AddUserToGroup, &group.name, (None, reach), granted);
            }
        }
    }

    fn boundary(&mut self) {
        if self.node.caller.policies.boundary.as_slice().is_empty() {
            return;
        }
        let (name, action) = match &self.node.principal {
            PrincipalRef::User(name) => (name.clone(), "iam:DeleteUserPermissionsBoundary"),
            PrincipalRef::Role(name) => (name.clone(), "iam:DeleteRolePermissionsBoundary"),
            _ => return,
        };
        if let Some(granted) = self.may(action, &self.node.arn)
            && let Some(reach) = change::gain(self.survey, self.node, &change::unbounded(self.node))
        {
            self.add(EdgeKind::DeleteBoundary, &name, (None, reach), granted);
        }
    }

    /// What lets one sign in as another user.
    fn credentials(&mut self, to: usize, other: &Node, user: &User) {
        let reach = || (Some(to), Reach::Principal(other.principal.clone()));
        if user.access_keys.len() < limits::ACCESS_KEYS
            && let Some(granted) = self.may("iam:CreateAccessKey", &other.arn)
        {
            self.add(EdgeKind::CreateAccessKey, &user.name, reach(), granted);
        }
        let (kind, action) = match user.login {
            None => (EdgeKind::CreateLoginProfile, "iam:CreateLoginProfile"),
            Some(_) => (EdgeKind::UpdateLoginProfile, "iam:UpdateLoginProfile"),
        };
        let stopped = kind == EdgeKind::UpdateLoginProfile && !user.mfa_devices.is_empty();
        if !stopped && let Some(granted) = self.may(action, &other.arn) {
            self.add(kind, &user.name, reach(), granted);
        }
    }

    /// What lets one act as a role. Service-linked roles are never reached (ACCT-48).
    fn role(&mut self, to: usize, other: &Node, role: &Role) {
        if role.path.starts_with("/aws-service-role/") {
            return;
        }
        let reach = || (Some(to), Reach::Principal(other.principal.clone()));
        if let Some(granted) = self.assumes(other) {
            self.add(EdgeKind::AssumeRole, &role.name, reach(), granted);
        } else if let Some(granted) = self.trusts_itself(other) {
            self.add(EdgeKind::UpdateAssumeRolePolicy, &role.name, reach(), granted);
        }
        for (kind, granted) in pass_role::services(self, other, role) {
            self.add(kind, &role.name, reach(), granted);
        }
    }

    /// ACCT-50.
    fn assumes(&self, other: &Node) -> Option<Granted> {
        let target = self.survey.target("sts:AssumeRole", &other.arn)?;
        self.node.is_named_by(&target.resource_policy, "sts:AssumeRole").then_some(())?;
        self.survey.granted(self.node, &[target])
    }

    /// A trust policy that names the caller itself needs no other grant; a Deny of the caller still counts.
    fn trusts_itself(&self, other: &Node) -> Option<Granted> {
        self.node.could("iam:UpdateAssumeRolePolicy").then_some(())?;
        let update = self.survey.target("iam:UpdateAssumeRolePolicy", &other.arn)?;
        let mut assume = self.survey.target("sts:AssumeRole", &other.arn)?;
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"{}"}},"Action":"sts:AssumeRole"}}}}"#,
            self.node.arn
        );
        let compiled = self.survey.memo.policy(&text.into(), PolicyKind::Trust);
        let source = PolicySource { name: "trust".into(), arn: None, group: None };
        assume.resource_policy = vec![Policy { source, compiled }].into();
        let update_granted = self.survey.granted(self.node, std::slice::from_ref(&update))?;
        let both: [Target; 2] = [update, assume];
        let granted = self.survey.granted(self.node, &both)?;
        Some(Granted { certainty: granted.certainty, because: update_granted.because })
    }
}

/// The furthest of several outcomes.
fn best(reaches: impl Iterator<Item = Reach>) -> Option<Reach> {
    reaches.max_by_key(|reach| matches!(reach, Reach::Administrator))
}
