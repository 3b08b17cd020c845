//! Setting the console password of a user.

use std::sync::Arc;

use crate::model::{Account, Command, PasswordHash, password_lacks};

/// Why a user cannot have a password.
pub fn problem(account: &Account, user: &str, password: &str) -> Option<String> {
    let lacks = password_lacks(password, account.password_policy.as_ref(), user);
    (!lacks.is_empty()).then(|| format!("PasswordPolicyViolation: the password needs {}.", lacks.join(", ")))
}

/// The command that sets it.
pub fn command(account: &Account, user: &Arc<str>, password: PasswordHash, reset_required: bool) -> Command {
    let user = user.clone();
    match account.users.get(&user).is_some_and(|user| user.login.is_some()) {
        true => Command::UpdateLoginProfile { user, password, reset_required },
        false => Command::CreateLoginProfile { user, password, reset_required },
    }
}
