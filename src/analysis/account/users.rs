//! What users are given, and whether there should be users at all.

use std::sync::Arc;

use super::finding::{Check, Finding, Place, Subject};
use super::fixes;
use super::statements::{admitted, allows};
use super::survey::{Node, Survey};
use crate::model::{Holder, PolicyRef, PrincipalRef, User};
use crate::policy::{PolicyKind, PrincipalEntry};
use crate::text::Severity;

/// How many people may be IAM users beside a provider.
const PEOPLE: usize = 3;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for node in &survey.nodes {
        let PrincipalRef::User(name) = &node.principal else { continue };
        let Some(user) = survey.account.users.get(name) else { continue };
        direct(survey, user, found);
        if has_nothing(survey, node, user) {
            let subject = Subject::User(name.clone());
            found.push(Finding::new(Check::UserWithoutPermissions, Severity::Suggestion, subject).field("permissions"));
        }
    }
    federation(survey, found);
}

/// CIS 1.14.
fn direct(survey: &Survey<'_>, user: &User, found: &mut Vec<Finding>) {
    let permissions = &user.permissions;
    if permissions.is_empty() {
        return;
    }
    let holder = Holder::User(user.name.clone());
    let attached =
        permissions.attached.iter().map(|arn| PolicyRef::Attached { holder: holder.clone(), arn: arn.clone() });
    let inline = permissions.inline.iter();
    let inline = inline.map(|policy| PolicyRef::Inline { holder: holder.clone(), name: policy.name.clone() });
    let places: Vec<Place> = attached.chain(inline).map(Place::Policy).collect();
    found.push(
        Finding::new(Check::UserDirectPolicy, Severity::Warning, Subject::User(user.name.clone()))
            .because(places)
            .fix(fixes::into_group(survey, &user.name, &permissions.attached, &permissions.inline)),
    );
}

/// Whether no policy of its own, of a group, of a role or of a resource lets a user do anything.
fn has_nothing(survey: &Survey<'_>, node: &Node, user: &User) -> bool {
    let policies = node.caller.policies.identity.as_slice().iter();
    let mut own = policies.flat_map(|policy| &policy.compiled.document().statements);
    if !node.gathered.missing.is_empty() || own.any(allows) {
        return false;
    }
    let names = |text: &Arc<str>, kind| {
        survey.statements(text, kind).iter().flat_map(admitted).any(|entry| match entry {
            PrincipalEntry::Aws(text) => **text == *node.arn || **text == *user.id,
            _ => false,
        })
    };
    !survey.world.accounts.values().any(|account| {
        account.roles.iter().any(|role| names(&role.trust, PolicyKind::Trust))
            || account
                .resources
                .iter()
                .any(|resource| resource.policy.as_ref().is_some_and(|text| names(text, PolicyKind::Resource)))
    })
}

/// CIS 1.20: people are the users with a password.
fn federation(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    let people = survey.account.users.iter().filter(|user| user.login.is_some());
    let people: Vec<Subject> = people.map(|user| Subject::User(user.name.clone())).collect();
    if people.len() > PEOPLE && !survey.account.providers.is_empty() {
        found.push(
            Finding::new(Check::UserInsteadOfFederation, Severity::Suggestion, Subject::Account)
                .field("users")
                .related(people),
        );
    }
}
