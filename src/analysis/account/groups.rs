//! Groups and their members.

use super::finding::{Check, Finding, Place, Subject};
use super::fixes;
use super::policies::full_admin;
use super::survey::Survey;
use crate::model::{Command, Group, Holder, MfaKind, PolicyRef, SignsIn};
use crate::text::Severity;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for group in survey.account.groups.iter() {
        if survey.account.members(&group.name).next().is_none() {
            let subject = Subject::Group(group.name.clone());
            found.push(
                Finding::new(Check::GroupEmpty, Severity::Suggestion, subject).field("members").fix(deletion(group)),
            );
        }
        administrators(survey, group, found);
    }
}

/// A group without members and policies can be deleted (CON-121).
fn deletion(group: &Group) -> Vec<Command> {
    let holder = Holder::Group(group.name.clone());
    let attached = group.permissions.attached.iter();
    let detach = attached.map(|arn| Command::DetachPolicy { holder: holder.clone(), arn: arn.clone() });
    let inline = group.permissions.inline.iter();
    let delete = inline.map(|policy| Command::DeleteInlinePolicy { holder: holder.clone(), name: policy.name.clone() });
    detach.chain(delete).chain([Command::DeleteGroup { name: group.name.clone() }]).collect()
}

/// ACCT-5: with MFA on every member there is nothing to report.
fn administrators(survey: &Survey<'_>, group: &Group, found: &mut Vec<Finding>) {
    let holder = Holder::Group(group.name.clone());
    let full: Vec<PolicyRef> = full_admin(survey, &holder);
    if full.is_empty() {
        return;
    }
    let members = survey.account.members(&group.name).filter_map(|name| survey.account.users.get(name));
    let bare: Vec<_> = members.filter(|user| user.mfa_devices.is_empty()).map(|user| user.name.clone()).collect();
    if bare.is_empty() {
        return;
    }
    let devices = bare.iter().map(|name| fixes::mfa(survey, SignsIn::User(name.clone()), MfaKind::App));
    found.push(
        Finding::new(Check::GroupAdminMemberNoMfa, Severity::Security, Subject::Group(group.name.clone()))
            .because(full.into_iter().map(Place::Policy))
            .fix(devices)
            .related(bare.iter().cloned().map(Subject::User)),
    );
}
