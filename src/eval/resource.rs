//! Matching resources (POL-60…70, EVAL-5).

use crate::eval::Resource;
use crate::eval::compile::Bindings;
use crate::eval::trace::{ArnPart, EntryOutcome};
use crate::ident::arn::RESOURCE_PART;
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
    pub fn resolved(&self, bindings: &Bindings<'_>, room: usize) -> Option<String> {
        match self {
            Self::Pattern(pattern) if !pattern.slots().is_empty() && room > 0 => pattern.resolved(bindings, room),
            _ => None,
        }
    }

    /// How the entry compares with a resource; `text` is the entry as written.
    pub fn outcome(&self, text: &str, resource: &Resource, bindings: &Bindings<'_>) -> EntryOutcome {
        let (pattern, arn) = match (self, resource) {
            (Self::Any, _) => return EntryOutcome::Matches,
            (_, Resource::None) => return EntryOutcome::ActionHasNoResource,
            (Self::NotAnArn, _) => return EntryOutcome::NotAnArn,
            (Self::Pattern(pattern), Resource::Arn(arn)) => (pattern, arn),
        };
        let part = match Common::of(text, arn) {
            Common { part, ended: true } if part < RESOURCE_PART => part,
            _ if pattern.matches_with(arn, bindings) => return EntryOutcome::Matches,
            common => match bindings.unresolved(pattern.slots()) {
                Some(key) => return EntryOutcome::Unresolved { key: key.to_owned() },
                None if common.ended => common.part,
                None => first_difference(text, arn, common.part),
            },
        };
        match part {
            0 | 1 => EntryOutcome::OtherArnPart(ArnPart::Partition),
            2 => EntryOutcome::OtherService,
            3 => EntryOutcome::OtherArnPart(ArnPart::Region),
            4 => EntryOutcome::OtherArnPart(ArnPart::Account),
            _ => EntryOutcome::OtherArnPart(ArnPart::Resource),
        }
    }
}

/// How far an entry and an ARN run together. Most entries end it in an early part, and need no matching to be told apart.
struct Common {
    /// The part of the ARN that is reached.
    part: usize,
    /// Whether two plain characters differ there; otherwise a wildcard, a variable or the end of a text was met.
    ended: bool,
}

impl Common {
    fn of(wanted: &str, asked: &str) -> Self {
        let mut part = 0;
        for (wanted, asked) in wanted.bytes().zip(asked.bytes()) {
            match wanted {
                b'*' | b'?' | b'$' => break,
                _ if !wanted.eq_ignore_ascii_case(&asked) => return Self { part, ended: true },
                b':' => part += 1,
                _ => {}
            }
        }
        Self { part, ended: false }
    }
}

/// The first part, not before `from`, that differs, each read by itself.
fn first_difference(wanted: &str, asked: &str, from: usize) -> usize {
    let parts = wanted.splitn(6, ':').zip(asked.splitn(6, ':')).enumerate();
    let mut before_resource = parts.take(RESOURCE_PART).skip(from);
    before_resource.find(|(_, (wanted, asked))| differs(wanted, asked)).map_or(RESOURCE_PART, |(at, _)| at)
}

/// Most parts have no wildcard or are one, and need no pattern.
fn differs(wanted: &str, asked: &str) -> bool {
    match wanted.contains(['*', '?']) {
        false => !wanted.eq_ignore_ascii_case(asked),
        true => wanted != "*" && !Pattern::glob(wanted, Case::Insensitive).matches(asked),
    }
}
