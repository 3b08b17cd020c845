//! Worlds as wholes: the primer's, and that of ACCT-5.

use super::*;
use crate::model::example::{ADMINISTRATOR, ADMINISTRATORS, TABLE_MAKER, primer};
use crate::text::Severity;

fn summary(world: &World, on: i64) -> Vec<(Severity, Subject, &'static str)> {
    let found = found(world, on).into_iter();
    found.map(|finding| (finding.severity, finding.subject, finding.code.as_str())).collect()
}

#[test]
fn the_primer_has_these_findings_and_no_others() {
    let expected = [
        (Severity::Security, Subject::Root, "account/root-no-mfa"),
        (Severity::Security, Subject::User(ADMINISTRATOR.into()), "account/admin-user-no-mfa"),
        (Severity::Security, Subject::Group(ADMINISTRATORS.into()), "account/group-admin-member-no-mfa"),
        (Severity::Warning, Subject::Account, "account/password-policy-short"),
        (Severity::Warning, Subject::User(TABLE_MAKER.into()), "account/user-direct-policy"),
        (Severity::Suggestion, Subject::Account, "account/password-policy-reuse"),
    ];
    assert_eq!(summary(&primer(), 5), expected);
}

#[test]
fn administrators_with_mfa_are_no_mistake() {
    let passkey = device(SignsIn::User(ADMINISTRATOR.into()), "administrator-key", MfaKind::Passkey);
    let world = later(primer(), 0, &[passkey]);
    let about = |subject: &Subject| {
        *subject == Subject::User(ADMINISTRATOR.into()) || *subject == Subject::Group(ADMINISTRATORS.into())
    };
    assert!(!found(&world, 5).iter().any(|finding| about(&finding.subject)));
}

#[test]
fn all_that_the_primer_offers_mends_it() {
    let mut world = primer();
    while let Some(finding) = found(&world, 5).iter().find(|finding| !finding.fix.is_empty()).cloned() {
        world = mended(&world, 5, &finding);
    }
    assert_eq!(summary(&world, 5), []);
}

#[test]
fn an_account_that_is_not_there_has_no_findings() {
    let other = AccountId::parse("999999999999").expect("an account id");
    assert_eq!(check(&primer(), &other, &Library::default(), day(0)), []);
}

#[test]
fn times_that_are_not_known_give_no_finding() {
    let world = with_users(made(&[user("ann"), key("ann"), password("ann")]), |user| {
        user.access_keys.iter_mut().for_each(|key| key.created = Time::default());
        user.login.iter_mut().for_each(|login| login.set = Time::default());
    });
    let aged = [Check::AccessKeyOld, Check::AccessKeyUnused, Check::AccessKeyNeverUsed, Check::PasswordUnused];
    assert!(!found(&world, 400).iter().any(|finding| aged.contains(&finding.code)));
}

#[test]
fn a_memo_changes_nothing() {
    let (world, memo) = (primer(), Memo::default());
    let again = || check_with(&world, &AccountId::example(), &Library::default(), day(5), &memo);
    assert_eq!((again(), again()), (found(&world, 5), found(&world, 5)));
}
