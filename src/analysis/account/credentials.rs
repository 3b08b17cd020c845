//! Passwords, MFA devices and access keys of users.

use std::sync::Arc;

use super::escalation::power::administrator;
use super::finding::{Check, Finding, Subject};
use super::fixes;
use super::survey::{Certainty, Node, Survey};
use crate::model::{AccessKey, Command, MfaKind, PrincipalRef, SignsIn, Time, User};
use crate::text::Severity;

/// Days after which a key is due for another (CIS 1.13).
const OLD: i64 = 90;
/// Days without use after which a credential should go (CIS 1.11).
const UNUSED: i64 = 45;
/// Days in which a second key may stand beside the first, while it takes over.
const ROTATION: i64 = 7;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for (at, node) in survey.nodes.iter().enumerate() {
        let PrincipalRef::User(name) = &node.principal else { continue };
        let Some(user) = survey.account.users.get(name) else { continue };
        mfa(survey, (at, node), user, found);
        keys(survey, user, found);
        password(survey, user, found);
    }
}

/// ACCT §2; the finding about administrators replaces the one about passwords.
fn mfa(survey: &Survey<'_>, (at, node): (usize, &Node), user: &User, found: &mut Vec<Finding>) {
    if !user.mfa_devices.is_empty() {
        return;
    }
    let sure = |way: &super::escalation::Reached| way.administrator && way.certainty() == Certainty::Plain;
    let may_become = administrator(survey, node) == Some(Certainty::Plain)
        || survey.reached().get(at).is_some_and(|ways| ways.iter().any(sure));
    let code = match (may_become, &user.login) {
        (true, _) => Check::AdminUserNoMfa,
        (false, Some(_)) => Check::UserNoMfa,
        (false, None) => return,
    };
    let fix = fixes::mfa(survey, SignsIn::User(user.name.clone()), MfaKind::App);
    found.push(report(code, Severity::Security, user).field("mfaDevices").fix([fix]));
}

fn report(code: Check, severity: Severity, user: &User) -> Finding {
    Finding::new(code, severity, Subject::User(user.name.clone()))
}

/// Whole days; `None` for a time that is not known (ACCT-2).
fn days(survey: &Survey<'_>, since: Time) -> Option<i64> {
    (since != Time::default()).then(|| survey.now.days_since(since))
}

/// Days without use.
fn idle(survey: &Survey<'_>, key: &AccessKey) -> Option<i64> {
    days(survey, key.last_used.unwrap_or(key.created))
}

fn switch_off(user: &User, id: &Arc<str>) -> Command {
    Command::UpdateAccessKey { of: SignsIn::User(user.name.clone()), id: id.clone(), active: false }
}

fn keys(survey: &Survey<'_>, user: &User, found: &mut Vec<Finding>) {
    let active: Vec<&AccessKey> = user.access_keys.iter().filter(|key| key.active).collect();
    let is_unused = |key: &AccessKey| idle(survey, key).is_some_and(|days| days > UNUSED);
    for key in &active {
        let Some(age) = days(survey, key.created) else { continue };
        let of_key = |code, severity| report(code, severity, user).field("accessKeys").named(key.id.clone());
        let off = || [switch_off(user, &key.id)];
        if age > OLD {
            let finding = of_key(Check::AccessKeyOld, Severity::Warning);
            // Something still works with a key that was used lately.
            found.push(if is_unused(key) { finding.fix(off()) } else { finding });
        }
        if is_unused(key) {
            found.push(of_key(Check::AccessKeyUnused, Severity::Warning).fix(off()));
        } else if key.last_used.is_none() && age > 1 {
            found.push(of_key(Check::AccessKeyNeverUsed, Severity::Suggestion).fix(off()));
        }
    }
    if let [first, second] = active.as_slice() {
        let younger = first.created.max(second.created);
        if days(survey, younger).is_some_and(|days| days >= ROTATION) {
            let idle_key = active.iter().find(|key| key.last_used.is_none() || is_unused(key));
            let fix = idle_key.map(|key| switch_off(user, &key.id));
            found.push(report(Check::UserTwoActiveKeys, Severity::Warning, user).field("accessKeys").fix(fix));
        }
    }
    if user.login.is_some() && !active.is_empty() {
        found.push(report(Check::UserPasswordAndKey, Severity::Suggestion, user).field("login").field("accessKeys"));
    }
}

fn password(survey: &Survey<'_>, user: &User, found: &mut Vec<Finding>) {
    let Some(login) = &user.login else { return };
    if days(survey, login.last_used.unwrap_or(login.set)).is_some_and(|days| days > UNUSED) {
        let fix = Command::DeleteLoginProfile { user: user.name.clone() };
        found.push(report(Check::PasswordUnused, Severity::Warning, user).field("login").fix([fix]));
    }
}
