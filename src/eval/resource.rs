//! Matching resources (POL-60…70, EVAL-5).

use crate::eval::Resource;
use crate::eval::compile::Bindings;
use crate::eval::trace::{ArnPart, EntryOutcome};
use crate::ident::{Case, Pattern};

/// One entry of Resource or NotResource.
#[derive(Debug)]
pub(crate) enum ResourceEntry {
    /// `*`.
    Any,
    /// An ARN with wildcards and variables.
    Pattern(Pattern),
    /// Too few parts, or a variable where none may stand: matches nothing.
    NotAnArn,
}

impl ResourceEntry {
    pub fn matches(&self, resource: &Resource, bindings: &Bindings<'_>) -> bool {
        match (self, resource) {
            (Self::Any, _) => true,
            (Self::Pattern(pattern), Resource::Arn(arn)) => pattern.matches_with(arn, bindings),
            (Self::Pattern(_), Resource::None) | (Self::NotAnArn, _) => false,
        }
    }

    /// With variables filled, for entries that have any.
    pub fn resolved(&self, bindings: &Bindings<'_>) -> Option<String> {
        match self {
            Self::Pattern(pattern) if !pattern.slots().is_empty() => pattern.resolved(bindings),
            _ => None,
        }
    }

    /// Why the entry does not match, given that it does not.
    pub fn difference(&self, text: &str, resource: &Resource, bindings: &Bindings<'_>) -> EntryOutcome {
        let (pattern, arn) = match (self, resource) {
            (Self::Pattern(pattern), Resource::Arn(arn)) => (pattern, arn),
            (_, Resource::None) => return EntryOutcome::ActionHasNoResource,
            _ => return EntryOutcome::NotAnArn,
        };
        if let Some(key) = bindings.unresolved(pattern.slots()) {
            return EntryOutcome::Unresolved { key: key.to_owned() };
        }
        first_difference(text, arn)
    }
}

/// The first part that differs, each part read by itself.
fn first_difference(wanted: &str, asked: &str) -> EntryOutcome {
    let parts = wanted.splitn(6, ':').zip(asked.splitn(6, ':')).enumerate().skip(1);
    let first = parts.take(4).find(|(_, (wanted, asked))| differs(wanted, asked));
    match first.map(|(at, _)| at) {
        Some(1) => EntryOutcome::OtherArnPart(ArnPart::Partition),
        Some(2) => EntryOutcome::OtherService,
        Some(3) => EntryOutcome::OtherArnPart(ArnPart::Region),
        Some(_) => EntryOutcome::OtherArnPart(ArnPart::Account),
        None => EntryOutcome::OtherArnPart(ArnPart::Resource),
    }
}

/// Most parts have no wildcard or are one, and need no pattern.
fn differs(wanted: &str, asked: &str) -> bool {
    match wanted.contains(['*', '?']) {
        false => !wanted.eq_ignore_ascii_case(asked),
        true => wanted != "*" && !Pattern::glob(wanted, Case::Insensitive).matches(asked),
    }
}
