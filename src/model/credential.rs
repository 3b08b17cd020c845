//! How users and root users prove who they are (CON-75…94). Everything here is simulated and useless outside.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::time::Time;

/// A console password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginProfile {
    /// What the password is known by.
    pub password: PasswordHash,
    /// Whether a new one must be chosen at the next sign-in (CON-24).
    pub reset_required: bool,
    /// When it was set.
    pub set: Time,
    /// When it was last used.
    pub last_used: Option<Time>,
}

/// A salted slow hash; the password itself is kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordHash {
    /// Salt, Base64.
    pub salt: Arc<str>,
    /// Rounds of PBKDF2 with SHA-256.
    pub rounds: u32,
    /// The hash, Base64.
    pub hash: Arc<str>,
}

/// An access key; its secret is shown once and kept nowhere (CON-85).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessKey {
    /// `AKIA…`.
    pub id: Arc<str>,
    /// Whether it can be used.
    pub active: bool,
    /// When it was made.
    pub created: Time,
    /// When it was last used.
    pub last_used: Option<Time>,
}

/// A second factor (CON-90).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MfaDevice {
    /// Name, unique in the account.
    pub name: Arc<str>,
    /// What it is.
    pub kind: MfaKind,
}

/// Kinds of second factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MfaKind {
    /// Passkey or security key.
    Passkey,
    /// Authenticator app.
    App,
    /// Hardware token with codes.
    HardwareToken,
}

/// The password rules of an account (CON-75, CON-76).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordPolicy {
    /// Shortest password, 6 to 128.
    pub minimum_length: u16,
    /// An upper-case letter is needed.
    pub upper: bool,
    /// A lower-case letter is needed.
    pub lower: bool,
    /// A digit is needed.
    pub number: bool,
    /// One of `! @ # $ % ^ & * ( ) _ + - = [ ] { } | '` is needed.
    pub symbol: bool,
    /// Days after which it expires, 1 to 1,095.
    pub expires_after: Option<u16>,
    /// How many older ones cannot be chosen again, 1 to 24.
    pub remembered: Option<u8>,
    /// Whether every user may change its own (CON-79).
    pub users_may_change: bool,
}

/// The signs that count as symbols (CON-75).
const SYMBOLS: &str = "!@#$%^&*()_+-=[]{}|'";

/// What a password lacks, in words; empty when it may be used. Without a policy of the account AWS's own rules count
/// (CON-75): 8 to 128 characters of three of the four kinds, and not the name.
pub fn password_lacks(password: &str, policy: Option<&PasswordPolicy>, user: &str) -> Vec<String> {
    let has = |test: fn(char) -> bool| password.chars().any(test);
    let kinds = [
        has(|c| c.is_ascii_uppercase()),
        has(|c| c.is_ascii_lowercase()),
        has(|c| c.is_ascii_digit()),
        has(|c| SYMBOLS.contains(c)),
    ];
    let names = ["an upper-case letter", "a lower-case letter", "a digit", "a symbol such as ! @ # $"];
    let minimum = policy.map_or(8, |policy| usize::from(policy.minimum_length));
    let length = password.chars().count();
    let mut lacks = Vec::new();
    if length < minimum {
        let missing = minimum - length;
        lacks.push(format!("{missing} more character{}", if missing == 1 { "" } else { "s" }));
    }
    if length > 128 {
        lacks.push("at most 128 characters".to_owned());
    }
    match policy {
        Some(policy) => {
            let wanted = [policy.upper, policy.lower, policy.number, policy.symbol];
            let missing = wanted.into_iter().zip(kinds).zip(names).filter(|((wanted, has), _)| *wanted && !has);
            lacks.extend(missing.map(|(_, name)| name.to_owned()));
        }
        None if kinds.iter().filter(|has| **has).count() < 3 => {
            lacks.push("three of: upper case, lower case, digits, symbols".to_owned());
        }
        None => {}
    }
    if policy.is_none() && !user.is_empty() && password.eq_ignore_ascii_case(user) {
        lacks.push("something other than the user name".to_owned());
    }
    lacks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awss_own_rules_want_length_and_three_kinds() {
        assert!(password_lacks("Abcdefg1", None, "ann").is_empty());
        assert!(password_lacks("abcdef1!", None, "ann").is_empty());
        assert_eq!(password_lacks("Abc1", None, "ann"), ["4 more characters"]);
        assert_eq!(password_lacks("abcdefgh", None, "ann"), ["three of: upper case, lower case, digits, symbols"]);
        assert_eq!(password_lacks("Admin-123", None, "admin-123"), ["something other than the user name"]);
    }

    #[test]
    fn an_accounts_own_rules_take_their_place() {
        let policy = PasswordPolicy {
            minimum_length: 14,
            upper: false,
            lower: false,
            number: true,
            symbol: true,
            expires_after: None,
            remembered: None,
            users_may_change: false,
        };
        assert!(password_lacks("correct-horse-9", Some(&policy), "ann").is_empty());
        assert_eq!(
            password_lacks("correcthorse", Some(&policy), "ann"),
            ["2 more characters", "a digit", "a symbol such as ! @ # $"]
        );
    }
}
