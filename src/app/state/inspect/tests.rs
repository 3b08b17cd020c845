use super::*;
use crate::app::state::sign_in;
use crate::ident::AccountId;
use crate::model::{MfaKind, SignsIn, example};

fn account() -> Arc<Account> {
    example::primer().accounts.get(&AccountId::example()).cloned().expect("the account")
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn everything_in_the_account_has_a_sheet() {
    let account = account();
    let objects = [
        Object::Account,
        Object::Root,
        Object::User(example::ADMINISTRATOR.into()),
        Object::Group(example::ADMINISTRATORS.into()),
        Object::Role(example::MOBILE_APP.into()),
        Object::Resource("arn:aws:s3:::example-sales".into()),
    ];
    for object in objects {
        assert!(sheet(&account, &object).is_some_and(|sheet| !sheet.sections.is_empty()), "{object:?}");
    }
    assert_eq!(sheet(&account, &Object::User("Nobody".into())), None);
}

/// CON-92: two codes, one after the other.
#[test]
fn a_device_with_codes_wants_two_of_them() {
    let object = Object::User(example::ADMINISTRATOR.into());
    let filled = |first: &str, second: &str| {
        command(&account(), &object, FormId::Mfa, &texts(&["phone", "Authenticator app", first, second]))
    };
    let [first, second] = sign_in::codes("new device");
    let of = SignsIn::User(example::ADMINISTRATOR.into());
    assert_eq!(filled(&first, &second), Ok(Command::EnableMfaDevice { of, name: "phone".into(), kind: MfaKind::App }));
    let refused = filled(&second, &first).expect_err("the wrong order");
    assert!(refused.starts_with("InvalidAuthenticationCode"), "{refused}");
}

#[test]
fn numbers_that_are_none_are_named() {
    let object = Object::Role(example::MOBILE_APP.into());
    let filled = command(&account(), &object, FormId::Role, &texts(&["", "an hour"]));
    assert_eq!(filled, Err("`an hour` is no number of seconds.".to_owned()));
}
