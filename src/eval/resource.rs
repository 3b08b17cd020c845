//! Matching resources (POL-60…70, EVAL-5).

use crate::eval::Resource;
use crate::eval::compile::Bindings;
use crate::eval::trace::{ArnPart, EntryOutcome};
use crate::ident::{Arn, Case, Pattern};

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
        match (Arn::parse(text), Arn::parse(arn)) {
            (Some(wanted), Some(asked)) => first_difference(&wanted, &asked),
            _ => EntryOutcome::NotAnArn,
        }
    }
}

/// The first part that differs, each part read by itself.
fn first_difference(wanted: &Arn<'_>, asked: &Arn<'_>) -> EntryOutcome {
    let differs = |wanted: &str, asked: &str| !Pattern::glob(wanted, Case::Insensitive).matches(asked);
    if differs(wanted.partition, asked.partition) {
        EntryOutcome::OtherArnPart(ArnPart::Partition)
    } else if differs(wanted.service, asked.service) {
        EntryOutcome::OtherService
    } else if differs(wanted.region, asked.region) {
        EntryOutcome::OtherArnPart(ArnPart::Region)
    } else if differs(wanted.account, asked.account) {
        EntryOutcome::OtherArnPart(ArnPart::Account)
    } else {
        EntryOutcome::OtherArnPart(ArnPart::Resource)
    }
}
