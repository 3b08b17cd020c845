//! The question that shows an edge: whoever takes the step is allowed it.

use super::escalation::{Edge, EdgeKind};
use super::survey::Certainty;
use crate::model::example::ADMINISTRATOR_ACCESS;
use crate::model::{Account, PrincipalRef};

/// What to ask of the one who takes a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The action that the step turns on.
    pub action: &'static str,
    /// The ARN that it is taken on.
    pub resource: String,
    /// Keys that the request then has.
    pub keys: Vec<(&'static str, &'static str)>,
}

/// The question for an edge; `None` when what it is taken on is gone.
pub fn proof(account: &Account, edge: &Edge) -> Option<Proof> {
    let role = |name: &str| {
        let role = account.roles.get(name)?;
        Some(account.arn("role", &role.path, &role.name))
    };
    let user = |name: &str| {
        let user = account.users.get(name)?;
        Some(account.arn("user", &user.path, &user.name))
    };
    let group = |name: &str| {
        let group = account.groups.get(name)?;
        Some(account.arn("group", &group.path, &group.name))
    };
    let policy = |name: &str| Some(account.policy_arn(account.policies.get(name)?));
    let lifts = match &edge.from {
        PrincipalRef::Role(_) => "iam:DeleteRolePermissionsBoundary",
        _ => "iam:DeleteUserPermissionsBoundary",
    };
    let on = &*edge.on;
    let (action, resource, key) = match edge.kind {
        EdgeKind::AssumeRole => ("sts:AssumeRole", role(on), None),
        EdgeKind::CreatePolicyVersion => ("iam:CreatePolicyVersion", policy(on), None),
        EdgeKind::SetDefaultPolicyVersion => ("iam:SetDefaultPolicyVersion", policy(on), None),
        EdgeKind::PutUserPolicy => ("iam:PutUserPolicy", user(on), None),
        EdgeKind::PutRolePolicy => ("iam:PutRolePolicy", role(on), None),
        EdgeKind::PutGroupPolicy => ("iam:PutGroupPolicy", group(on), None),
        EdgeKind::AttachUserPolicy => ("iam:AttachUserPolicy", user(on), Some(ADMINISTRATOR)),
        EdgeKind::AttachRolePolicy => ("iam:AttachRolePolicy", role(on), Some(ADMINISTRATOR)),
        EdgeKind::AttachGroupPolicy => ("iam:AttachGroupPolicy", group(on), Some(ADMINISTRATOR)),
        EdgeKind::AddUserToGroup => ("iam:AddUserToGroup", group(on), None),
        EdgeKind::CreateAccessKey => ("iam:CreateAccessKey", user(on), None),
        EdgeKind::CreateLoginProfile => ("iam:CreateLoginProfile", user(on), None),
        EdgeKind::UpdateLoginProfile => ("iam:UpdateLoginProfile", user(on), None),
        EdgeKind::UpdateAssumeRolePolicy => ("iam:UpdateAssumeRolePolicy", role(on), None),
        EdgeKind::DeleteBoundary => (lifts, Some(account.arn_of(&edge.from)), None),
        EdgeKind::PassRoleLambda => ("iam:PassRole", role(on), Some((TO_SERVICE, "lambda.amazonaws.com"))),
        EdgeKind::PassRoleEc2 => ("iam:PassRole", role(on), Some((TO_SERVICE, "ec2.amazonaws.com"))),
        EdgeKind::PassRoleCloudFormation => {
            ("iam:PassRole", role(on), Some((TO_SERVICE, "cloudformation.amazonaws.com")))
        }
    };
    let mfa = (edge.certainty != Certainty::Plain).then_some(("aws:MultiFactorAuthPresent", "true"));
    Some(Proof { action, resource: resource?, keys: key.into_iter().chain(mfa).collect() })
}

const ADMINISTRATOR: (&str, &str) = ("iam:PolicyARN", ADMINISTRATOR_ACCESS);
const TO_SERVICE: &str = "iam:PassedToService";
