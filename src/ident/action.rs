//! Names of actions, `service:Name`, compared without regard to case (POL-55).

use std::fmt;
use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use thiserror::Error;

/// One action of one service, as written and as compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActionName {
    written: Arc<str>,
    folded: Arc<str>,
    colon: u32,
    fingerprints: Fingerprints,
}

/// Hashes for looking an action up: equal texts have equal ones, and now and then different texts do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fingerprints {
    /// Of the whole name in lower case.
    pub action: u64,
    /// Of the service prefix in lower case.
    pub service: u64,
}

/// The hash of a text that is already in lower case.
pub(crate) fn fingerprint(folded: &str) -> u64 {
    FxBuildHasher.hash_one(folded)
}

/// Why a text is no action name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ActionNameError {
    /// Nothing.
    #[error("There is no action: write `service:Action`, such as `s3:GetObject`")]
    Empty,
    /// No colon between service and name.
    #[error("`{0}` names no service: write `service:Action`, such as `s3:GetObject`")]
    NoService(String),
    /// A wildcard where one action is asked for.
    #[error("`{0}` has a wildcard: one action is asked for here")]
    Wildcard(String),
    /// White space, a second colon, or nothing on one side.
    #[error("`{0}` is no action: write one service prefix, one colon and one name, without spaces")]
    Malformed(String),
}

impl ActionName {
    /// Reads `service:Name`.
    pub fn parse(text: &str) -> Result<Self, ActionNameError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ActionNameError::Empty);
        }
        let Some((service, name)) = text.split_once(':') else {
            return Err(ActionNameError::NoService(text.to_owned()));
        };
        if text.contains(['*', '?']) {
            return Err(ActionNameError::Wildcard(text.to_owned()));
        }
        if service.is_empty() || name.is_empty() || name.contains(':') || text.contains(char::is_whitespace) {
            return Err(ActionNameError::Malformed(text.to_owned()));
        }
        let colon = u32::try_from(service.len()).unwrap_or(u32::MAX);
        let folded: Arc<str> = text.to_ascii_lowercase().into();
        let of_service = fingerprint(folded.get(..service.len()).unwrap_or_default());
        let fingerprints = Fingerprints { action: fingerprint(&folded), service: of_service };
        Ok(Self { written: text.into(), folded, colon, fingerprints })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// In lower case: the form that is compared.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The service prefix in lower case.
    pub fn service(&self) -> &str {
        self.folded.get(..self.colon as usize).unwrap_or_default()
    }

    /// The name after the colon, in lower case.
    pub fn name(&self) -> &str {
        self.folded.get(self.colon as usize + 1..).unwrap_or_default()
    }

    /// Whether the two name one action.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.fingerprints.action == other.fingerprints.action && self.folded == other.folded
    }

    pub(crate) fn fingerprints(&self) -> Fingerprints {
        self.fingerprints
    }

    /// As access-denied messages print it: prefix in lower case, name as written (ERR-16).
    pub fn for_message(&self) -> String {
        let name = self.written.get(self.colon as usize..).unwrap_or_default();
        format!("{}{name}", self.service())
    }
}

impl fmt::Display for ActionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_action_is_told_so() {
        let refused = |text| ActionName::parse(text).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refused("  ").starts_with("There is no action"));
        assert!(refused("GetObject").starts_with("`GetObject` names no service"));
        assert!(refused("s3:Get*").starts_with("`s3:Get*` has a wildcard"));
        for text in ["s3:", ":GetObject", "s3:Get:Object", "s3:Get Object"] {
            assert!(refused(text).contains("is no action"), "{text}");
        }
    }
}
