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
