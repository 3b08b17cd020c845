//! Boundaries that whoever is bounded can lift.

use std::sync::Arc;

use super::finding::{Check, Finding, Place, Subject};
use super::survey::{Certainty, Granted, Node, Survey};
use crate::model::example::ADMINISTRATOR_ACCESS;
use crate::model::{Holder, PolicyRef};
use crate::text::Severity;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for node in &survey.nodes {
        let Some(holder) = node.principal.holder() else { continue };
        let word = if matches!(holder, Holder::User(_)) { "User" } else { "Role" };
        let Some(arn) = survey.account.boundary_of(&holder) else { continue };
        // A boundary whose text is not at hand cannot be asked.
        if node.caller.policies.boundary.as_slice().is_empty() {
            continue;
        }
        let Some(granted) = lifts(survey, node, word, arn) else { continue };
        let severity = match granted.certainty {
            Certainty::Plain | Certainty::WithMfa => Severity::Security,
            Certainty::Conditional => Severity::Warning,
        };
        let boundary = Place::Policy(PolicyRef::Boundary { holder, arn: arn.clone() });
        let policy = survey.account.policy(arn).map(|policy| Subject::Policy(policy.name.clone()));
        found.push(
            Finding::new(Check::BoundaryRemovable, severity, Subject::from(&node.principal))
                .because(granted.because.into_iter().chain([boundary]))
                .related(policy),
        );
    }
}

/// By deleting it, by putting AdministratorAccess in its place, or by another version of its policy.
fn lifts(survey: &Survey<'_>, node: &Node, word: &str, boundary: &Arc<str>) -> Option<Granted> {
    let may = |action: &str, arn: &str| {
        node.could(action).then_some(())?;
        let mut target = survey.target(action, arn)?;
        if action.starts_with("iam:Put") {
            target.context.set("iam:PermissionsBoundary", ADMINISTRATOR_ACCESS);
        }
        survey.granted(node, &[target])
    };
    let of_policy = || {
        let policy = survey.account.policy(boundary)?;
        let another = || (policy.versions.len() > 1).then(|| may("iam:SetDefaultPolicyVersion", boundary)).flatten();
        may("iam:CreatePolicyVersion", boundary).or_else(another)
    };
    may(&format!("iam:Delete{word}PermissionsBoundary"), &node.arn)
        .or_else(|| may(&format!("iam:Put{word}PermissionsBoundary"), &node.arn))
        .or_else(of_policy)
}
