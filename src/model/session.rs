//! What a caller brings beside its name.

use std::sync::Arc;

use super::identity::Tags;

/// How a caller has proved who it is, and what was passed when its session was made. Each part counts only for callers that
/// can have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// How a user or root user has proved who it is; `None` for whatever it signed in with, or its access keys.
    pub proof: Option<Proof>,
    /// Name of the session of a role or of GetFederationToken.
    pub name: Option<Arc<str>>,
    /// Session tags (EVAL-163).
    pub tags: Tags,
    /// Source identity of a session of a role (EVAL-166).
    pub source_identity: Option<Arc<str>>,
    /// The inline session policy (EVAL-72).
    pub policy: Option<Arc<str>>,
    /// ARNs of managed policies passed as session policies; all of them and the inline one add up (EVAL-64).
    pub managed: Vec<Arc<str>>,
}

/// How a user or root user proves who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// With access keys.
    #[default]
    Keys,
    /// With a password, in the console.
    Console,
    /// With a password and a second factor.
    ConsoleWithMfa,
    /// With temporary credentials of GetSessionToken.
    Token,
    /// With temporary credentials of GetSessionToken, made with a second factor.
    TokenWithMfa,
    /// As a session of GetFederationToken, which may do what user and session policies both allow (EVAL-168).
    Federation,
}

impl Proof {
    /// In the order in which people are offered them.
    pub const ALL: [Self; 6] =
        [Self::Keys, Self::Console, Self::ConsoleWithMfa, Self::Token, Self::TokenWithMfa, Self::Federation];

    /// For people, after "with".
    pub fn words(self) -> &'static str {
        match self {
            Self::Keys => "access keys",
            Self::Console => "a password, in the console",
            Self::ConsoleWithMfa => "a password and MFA, in the console",
            Self::Token => "GetSessionToken, without MFA",
            Self::TokenWithMfa => "GetSessionToken, with MFA",
            Self::Federation => "GetFederationToken",
        }
    }

    /// Stable name, for what is kept.
    pub fn id(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Console => "console",
            Self::ConsoleWithMfa => "console-mfa",
            Self::Token => "token",
            Self::TokenWithMfa => "token-mfa",
            Self::Federation => "federation",
        }
    }

    /// The proof of a stable name.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.id() == id)
    }
}
