//! The 12-digit account id (CON-43).

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// An AWS account id: exactly 12 digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(Arc<str>);

/// Why a text is no account id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no account id: write 12 digits, with or without dashes")]
pub struct AccountIdError(String);

impl AccountId {
    /// 123456789012, the account of AWS's examples.
    pub fn example() -> Self {
        Self("123456789012".into())
    }

    /// Reads 12 digits; the dashes of the printed form 1234-5678-9012 are dropped.
    pub fn parse(text: &str) -> Result<Self, AccountIdError> {
        let digits: String = text.trim().chars().filter(|c| *c != '-').collect();
        if digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(digits.into()))
        } else {
            Err(AccountIdError(text.to_owned()))
        }
    }

    /// The 12 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which consoles print it.
    ///
    /// ```
    /// use iam_playground::ident::AccountId;
    /// assert_eq!(AccountId::parse("123456789012").unwrap().grouped(), "1234-5678-9012");
    /// ```
    pub fn grouped(&self) -> String {
        let part = |range| self.0.get(range).unwrap_or_default();
        format!("{}-{}-{}", part(0..4), part(4..8), part(8..12))
    }
}

impl Serialize for AccountId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
