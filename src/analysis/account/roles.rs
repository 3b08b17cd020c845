//! Roles that do not work as they stand.

use super::finding::{Check, Finding, Place, Subject};
use super::fixes;
use super::providers::{is_built_in, is_there};
use super::statements::{admitted, is_about};
use super::survey::{Node, Survey};
use crate::ident::{AccountId, Arn};
use crate::model::{Command, PolicyRef, Role};
use crate::policy::{PolicyKind, PrincipalEntry, Statement};
use crate::text::Severity;

const EC2: &str = "ec2.amazonaws.com";

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    let mut strangers: Option<Vec<Node>> = None;
    for role in survey.account.roles.iter().filter(|role| !is_service_linked(role)) {
        let statements = survey.statements(&role.trust, PolicyKind::Trust);
        if is_unassumable(survey, role, &statements, &mut strangers) {
            found.push(report(survey, Check::RoleUnassumable, Severity::Warning, role));
        }
        missing_profile(survey, role, &statements, found);
    }
}

pub(super) fn is_service_linked(role: &Role) -> bool {
    role.path.starts_with("/aws-service-role/")
}

/// A finding about a role because of its trust policy.
pub(super) fn report(survey: &Survey<'_>, code: Check, severity: Severity, role: &Role) -> Finding {
    let place = Place::Policy(trust_of(survey, role));
    Finding::new(code, severity, Subject::Role(role.name.clone())).because([place])
}

pub(super) fn trust_of(survey: &Survey<'_>, role: &Role) -> PolicyRef {
    PolicyRef::Trust { role: survey.account.arn("role", &role.path, &role.name).into() }
}

/// Whether nobody in the world can assume a role. Services, and accounts and providers that the world does not hold, are
/// given the benefit of the doubt.
fn is_unassumable(
    survey: &Survey<'_>,
    role: &Role,
    statements: &[Statement],
    strangers: &mut Option<Vec<Node>>,
) -> bool {
    let beyond = statements.iter().flat_map(admitted).any(|entry| match entry {
        PrincipalEntry::Everyone | PrincipalEntry::Service(_) | PrincipalEntry::CanonicalUser(_) => true,
        PrincipalEntry::Federated(name) => is_built_in(name) || is_there(survey, name),
        PrincipalEntry::Aws(text) => account_of(text).is_some_and(|id| survey.world.account(&id).is_none()),
    });
    if beyond {
        return false;
    }
    let arn = survey.account.arn("role", &role.path, &role.name);
    let Some(target) = survey.target("sts:AssumeRole", &arn) else { return false };
    let targets = [target];
    let assumes = |node: &Node| {
        let unknown = !node.gathered.missing.is_empty();
        let named = targets.iter().any(|target| node.is_named_by(&target.resource_policy, "sts:AssumeRole"));
        unknown || (named && survey.granted(node, &targets).is_some())
    };
    if survey.nodes.iter().any(assumes) {
        return false;
    }
    let others = strangers.get_or_insert_with(|| {
        let accounts = survey.world.accounts.values().filter(|account| account.id != survey.account.id);
        accounts.flat_map(|account| survey.principals(account)).collect()
    });
    !others.iter().any(assumes)
}

/// The account that an entry under `AWS` is of; `None` for unique ids.
pub(super) fn account_of(entry: &str) -> Option<AccountId> {
    let id = Arn::parse(entry).map_or(entry, |arn| arn.account);
    AccountId::parse(id).ok()
}

/// CON-13: an instance gets a role through an instance profile only.
fn missing_profile(survey: &Survey<'_>, role: &Role, statements: &[Statement], found: &mut Vec<Finding>) {
    let is_ec2 = |entry: &PrincipalEntry| matches!(entry, PrincipalEntry::Service(name) if name == EC2);
    let trusts =
        statements.iter().any(|statement| is_about(statement, "sts:AssumeRole") && admitted(statement).any(is_ec2));
    let account = survey.account;
    let has_profile = account.instance_profiles.iter().any(|profile| profile.role.as_ref() == Some(&role.name));
    if !trusts || has_profile {
        return;
    }
    let empty = account.instance_profiles.get(&role.name).filter(|profile| profile.role.is_none());
    let mut fix = Vec::new();
    let profile = match empty {
        Some(profile) => profile.name.clone(),
        None => {
            let name = fixes::free(&role.name, |name| account.instance_profiles.contains(name));
            fix.push(Command::CreateInstanceProfile { name: name.clone(), path: "/".into() });
            name
        }
    };
    fix.push(Command::AddRoleToInstanceProfile { profile, role: role.name.clone() });
    found.push(report(survey, Check::RoleMissingInstanceProfile, Severity::Suggestion, role).fix(fix));
}
