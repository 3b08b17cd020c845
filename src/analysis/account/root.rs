//! The root user and the account's password rules.

use super::finding::{Check, Finding, Subject};
use super::fixes;
use super::survey::Survey;
use crate::model::{Command, MfaKind, PasswordPolicy, SignsIn};
use crate::text::Severity;

/// CIS 1.7.
const SHORTEST: u16 = 14;
/// CIS 1.8.
const REMEMBERED: u8 = 24;
/// AWS's own shortest password (CON-75).
const SHORTEST_OF_AWS: u16 = 8;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    root_user(survey, found);
    passwords(survey, found);
}

fn root_user(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    let root = &survey.account.root;
    if !root.access_keys.is_empty() {
        let delete = |id: &std::sync::Arc<str>| Command::DeleteAccessKey { of: SignsIn::Root, id: id.clone() };
        let fix = root.access_keys.iter().map(|key| delete(&key.id));
        found.push(Finding::new(Check::RootAccessKey, Severity::Security, Subject::Root).field("accessKeys").fix(fix));
    }
    // Whoever reads the e-mail of a root user can set its password, unless an organization has taken that from the account.
    let is_member = survey.world.organization.as_ref().is_some_and(|organization| {
        organization.management != survey.account.id && organization.places.contains_key(&survey.account.id)
    });
    let signs_in = root.password.is_some() || !is_member;
    if root.mfa_devices.is_empty() && signs_in {
        let fix = fixes::mfa(survey, SignsIn::Root, MfaKind::Passkey);
        found.push(Finding::new(Check::RootNoMfa, Severity::Security, Subject::Root).field("mfaDevices").fix([fix]));
    }
    let only_apps = root.mfa_devices.iter().all(|device| device.kind == MfaKind::App);
    if !root.mfa_devices.is_empty() && only_apps {
        let fix = fixes::mfa(survey, SignsIn::Root, MfaKind::HardwareToken);
        found.push(
            Finding::new(Check::RootMfaNotHardware, Severity::Suggestion, Subject::Root).field("mfaDevices").fix([fix]),
        );
    }
}

fn passwords(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    let rules = survey.account.password_policy.clone();
    let length = rules.as_ref().map_or(SHORTEST_OF_AWS, |rules| rules.minimum_length);
    let remembered = rules.as_ref().and_then(|rules| rules.remembered).unwrap_or(0);
    // As strict as AWS's own rules, which want three of the four kinds.
    let base = rules.unwrap_or(PasswordPolicy {
        minimum_length: SHORTEST_OF_AWS,
        upper: true,
        lower: true,
        number: true,
        symbol: false,
        expires_after: None,
        remembered: None,
        users_may_change: false,
    });
    let set = |policy: PasswordPolicy| [Command::UpdatePasswordPolicy { policy: Some(policy) }];
    let report = |check, severity| Finding::new(check, severity, Subject::Account).field("passwordPolicy");
    if length < SHORTEST {
        let longer = PasswordPolicy { minimum_length: SHORTEST, ..base.clone() };
        found.push(report(Check::PasswordPolicyShort, Severity::Warning).fix(set(longer)));
    }
    if remembered < REMEMBERED {
        let remembering = PasswordPolicy { remembered: Some(REMEMBERED), ..base };
        found.push(report(Check::PasswordPolicyReuse, Severity::Suggestion).fix(set(remembering)));
    }
}
