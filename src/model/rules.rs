//! The grammar of names, paths, aliases, tags and documents (CON-100…115).

use std::sync::Arc;

use super::identity::Tags;
use super::limits;
use super::refusal::{Code, Refusal};
use crate::policy::{PolicyKind, parse_document};
use crate::text::{LineIndex, Severity};

/// CON-113: what names of users, groups, roles, policies and instance profiles are made of.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte)
}

/// A name of at most `longest` characters; `field` is AWS's name of the parameter.
pub(super) fn name(field: &str, name: &str, longest: usize) -> Result<(), Refusal> {
    if name.is_empty() || name.len() > longest {
        let message = match name.is_empty() {
            true => format!(
                "1 validation error detected: Value '' at '{field}' failed to satisfy constraint: Member must have length greater than or equal to 1"
            ),
            false => format!(
                "1 validation error detected: Value '{name}' at '{field}' failed to satisfy constraint: Member must have length less than or equal to {longest}"
            ),
        };
        return Err(Refusal::new(Code::ValidationError, message, format!("Write 1 to {longest} characters.")));
    }
    if !name.bytes().all(is_name_byte) {
        return Err(Refusal::new(
            Code::ValidationError,
            format!(
                "The specified value for {field} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"
            ),
            "Leave out spaces and other characters.",
        ));
    }
    Ok(())
}

/// POL-177.
pub(super) fn path(path: &str) -> Result<(), Refusal> {
    let framed = path == "/" || (path.len() > 2 && path.starts_with('/') && path.ends_with('/'));
    if framed && path.len() <= 512 && path.bytes().all(|byte| (0x21..=0x7e).contains(&byte)) {
        return Ok(());
    }
    Err(Refusal::new(
        Code::ValidationError,
        "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
        "Write `/`, or something like `/engineering/`.",
    ))
}

/// CON-42.
pub(super) fn alias(alias: &str) -> Result<(), Refusal> {
    let edge = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let bytes = alias.as_bytes();
    let inside = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let digits = bytes.len() == 12 && bytes.iter().all(u8::is_ascii_digit);
    let fits = (3..=63).contains(&bytes.len())
        && edge(bytes.first())
        && edge(bytes.last())
        && bytes.iter().all(inside)
        && !alias.contains("--");
    if fits && !digits {
        return Ok(());
    }
    Err(Refusal::new(
        Code::ValidationError,
        format!(
            "1 validation error detected: Value '{alias}' at 'accountAlias' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){{1,61}}[a-z0-9]$"
        ),
        "Write 3 to 63 lower-case letters, digits and single dashes, not 12 digits.",
    ))
}

/// One more tag (POL-148, ERR-159).
pub(super) fn tag(tags: &Tags, key: &str, value: &str) -> Result<(), Refusal> {
    let is_tag_character = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c);
    let (key_length, value_length) = (key.chars().count(), value.chars().count());
    if !(1..=128).contains(&key_length) || value_length > 256 || !key.chars().chain(value.chars()).all(is_tag_character)
    {
        return Err(Refusal::new(
            Code::ValidationError,
            format!("1 validation error detected: Value '{key}' at 'tags' failed to satisfy constraint"),
            "A key has 1 to 128 characters and a value up to 256: letters, digits, spaces and _.:/=+-@",
        ));
    }
    if key.to_ascii_lowercase().starts_with("aws:") {
        return Err(Refusal::new(
            Code::InvalidInput,
            "Tag keys that start with aws: are reserved.",
            "Choose another key.",
        ));
    }
    let twin = tags.keys().any(|known| known.eq_ignore_ascii_case(key) && **known != *key);
    if twin {
        return Err(Refusal::new(
            Code::InvalidInput,
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            "Write the key as it is already written.",
        ));
    }
    if tags.len() >= limits::TAGS && !tags.contains_key(key) {
        return Err(Refusal::quota("TagsPerEntity", limits::TAGS, "Delete another tag first."));
    }
    Ok(())
}

/// A list of tags for a new object.
pub(super) fn tags(given: &[(Arc<str>, Arc<str>)]) -> Result<Tags, Refusal> {
    let mut tags = Tags::new();
    for (key, value) in given {
        tag(&tags, key, value)?;
        tags.insert(key.clone(), value.clone());
    }
    Ok(tags)
}

/// A document that AWS would store (ERR-104).
pub(super) fn document(text: &str, kind: PolicyKind) -> Result<(), Refusal> {
    let parsed = parse_document(text, kind);
    let Some(finding) = parsed.diagnostics.iter().find(|finding| finding.severity == Severity::Error) else {
        return Ok(());
    };
    let at = LineIndex::new(text).position(text, finding.span.start);
    Err(Refusal::new(
        Code::MalformedPolicyDocument,
        format!("Line {}, column {}: {}", at.line, at.column, finding.message),
        finding.help.clone().unwrap_or_default(),
    ))
}

/// Characters that count against a quota.
pub(super) fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
