//! Signing in to an account's console (CON-40…49). Checking a password takes the browser's cryptography; everything else is
//! here.

use crate::eval::situation::{Library, Question, SESSION, gather, request};
use crate::eval::{Resource, Verdict, trace};
use crate::explain;
use crate::ident::{AccountId, ActionName};
use crate::model::{Account, LoginProfile, MfaDevice, PrincipalRef, Proof, User, World};

/// What the console says to a name or password that is wrong, without saying which (CON-47).
pub const WRONG: &str = "Your authentication information is incorrect. Please try again.";

/// The user who wants in, with what its password is known by; `None` when there is no such user in this account, or it has
/// no password.
pub fn user_of<'a>(account: &'a Account, place: &str, name: &str) -> Option<(&'a User, &'a LoginProfile)> {
    let user = is_place(account, place).then(|| account.users.get(name.trim()))??;
    // Names are compared with their case at sign-in.
    let login = user.login.as_ref().filter(|_| *user.name == *name.trim())?;
    Some((user, login))
}

/// What the simulated second factor of somebody shows, the older code first. A real one changes every 30 seconds.
pub fn codes(device: &str) -> [String; 2] {
    let mix = |step: u32| {
        device.bytes().fold(0x811c_9dc5 ^ step, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    };
    [1, 2].map(|step| format!("{:06}", mix(step) % 1_000_000))
}

/// Whether a text is the account's id, with or without dashes, or its alias.
fn is_place(account: &Account, place: &str) -> bool {
    let place = place.trim();
    let by_id = AccountId::parse(place).is_ok_and(|id| id == account.id);
    by_id || account.alias.as_deref() == Some(place)
}

/// Why a user may not choose a new password, if it may not: it takes `iam:ChangePassword` on itself (CON-48), unless the
/// account lets every user (CON-79).
pub fn may_not_change_password(
    world: &World,
    library: &Library,
    account: &Account,
    user: &User,
    now: &str,
) -> Option<String> {
    if account.password_policy.as_ref().is_some_and(|policy| policy.users_may_change) {
        return None;
    }
    let principal = PrincipalRef::User(user.name.clone());
    let question = Question {
        account: account.id.clone(),
        resource: Resource::Arn(account.arn_of(&principal).into()),
        principal,
        action: ActionName::parse("iam:ChangePassword").ok()?,
        session: Default::default(),
        off: Default::default(),
        changes: Default::default(),
        now: now.to_owned(),
    };
    let asked = request(world, &question)?;
    let trace = trace(&gather(world, library, &question).policies, &asked);
    match trace.decision.verdict {
        Verdict::Allowed => None,
        Verdict::ExplicitlyDenied | Verdict::ImplicitlyDenied => explain::aws_message(&trace, &asked),
    }
}

/// The last step of a sign-in: with what somebody has proved who they are.
pub fn proof(devices: &[MfaDevice]) -> Proof {
    if devices.is_empty() { Proof::Console } else { Proof::ConsoleWithMfa }
}

/// What the navigation bar shows of whoever signed in (CON-44, CON-171).
pub fn shown(account: &Account, principal: &PrincipalRef) -> String {
    match principal {
        PrincipalRef::Root => account.name.to_string(),
        PrincipalRef::User(name) => format!("{name} @ {}", account.shown()),
        PrincipalRef::Role(role) | PrincipalRef::FederatedSession { role, .. } => {
            format!("{role}/{SESSION} @ {}", account.shown())
        }
        PrincipalRef::Federated(_) | PrincipalRef::Service(_) | PrincipalRef::Anonymous => principal.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Command, Occasion, PasswordHash, Time, apply, example};

    const CHANGE: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ChangePassword","Resource":"arn:aws:iam::*:user/${aws:username}"}}"#;

    fn world() -> World {
        let occasion = Occasion { account: AccountId::example(), now: Time::default() };
        let password = PasswordHash { salt: "c2FsdA==".into(), rounds: 1, hash: "aGFzaA==".into() };
        let command =
            Command::CreateLoginProfile { user: example::ADMINISTRATOR.into(), password, reset_required: true };
        apply(&example::primer(), &command, &occasion).expect("no refusal")
    }

    #[test]
    fn a_user_is_found_by_account_and_exact_name() {
        let world = world();
        let account = world.account(&AccountId::example()).expect("the account");
        for place in ["123456789012", "1234-5678-9012"] {
            assert!(user_of(account, place, "Administrator").is_some(), "{place}");
        }
        assert!(user_of(account, "123456789012", "administrator").is_none());
        assert!(user_of(account, "444455556666", "Administrator").is_none());
        assert!(user_of(account, "123456789012", example::TABLE_MAKER).is_none(), "it has no password");
    }

    #[test]
    fn a_new_password_takes_a_policy() {
        let world = world();
        let account = world.account(&AccountId::example()).expect("the account");
        let maker = account.users.get(example::TABLE_MAKER).expect("the user");
        let ask = |world: &World, library: &Library| {
            let account = world.account(&AccountId::example()).expect("the account");
            may_not_change_password(world, library, account, maker, "2026-11-24T12:00:00Z")
        };
        let refused = ask(&world, &Library::default()).expect("a refusal");
        assert!(refused.contains("is not authorized to perform: iam:ChangePassword"), "{refused}");
        let arn: Arc<str> = "arn:aws:iam::aws:policy/IAMUserChangePassword".into();
        let library = Library::default().with(arn.clone(), CHANGE.into());
        let occasion = Occasion { account: AccountId::example(), now: Time::default() };
        let holder = crate::model::Holder::User(example::TABLE_MAKER.into());
        let allowed = apply(&world, &Command::AttachPolicy { holder, arn }, &occasion).expect("no refusal");
        assert_eq!(ask(&allowed, &library), None);
    }

    #[test]
    fn the_navigation_bar_names_user_and_account() {
        let account = example::empty_account(AccountId::example(), "Example", "owner@example.com");
        let administrator = PrincipalRef::User("Administrator".into());
        assert_eq!(shown(&account, &administrator), "Administrator @ 1234-5678-9012");
    }
}
