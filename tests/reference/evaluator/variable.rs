//! Policy variables (POL-120 to POL-129).

use super::fault::Fault;
use super::glob::{Piece, piece};
use super::question::{Found, Question};

/// What `${…}` means where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variables {
    /// Plain characters.
    Literal,
    /// Policy variables.
    Resolved,
}

/// The pattern that a text means, or none if it has a variable without a value (POL-127).
pub fn pattern(question: &Question, text: &str, variables: Variables) -> Option<Vec<Piece>> {
    let faults = question.faults;
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let variable = match variables {
            Variables::Literal => None,
            // POL-129: a variable that is not closed is literal.
            Variables::Resolved => rest.strip_prefix("${").and_then(|inside| inside.split_once('}')),
        };
        let Some((inside, behind)) = variable else {
            pieces.push(piece(first));
            rest = &rest[first.len_utf8()..];
            continue;
        };
        rest = behind;
        match inside {
            // POL-124.
            "*" | "?" | "$" if faults.has(Fault::VariableEscapeIgnored) => pieces.extend(inside.chars().map(piece)),
            "*" | "?" | "$" => pieces.extend(inside.chars().map(Piece::Char)),
            _ => {
                let value = value(question, inside)?;
                // POL-126: what a variable brings is literal.
                let piece = if faults.has(Fault::VariableStarIsWildcard) { piece } else { Piece::Char };
                pieces.extend(value.chars().map(piece));
            }
        }
    }
    Some(pieces)
}

/// The plain text that a text means, or none if it has a variable without a value.
pub fn resolved(question: &Question, text: &str, variables: Variables) -> Option<String> {
    let plain = |piece: &Piece| match piece {
        Piece::Char(char) | Piece::AnyCase(char) => *char,
        Piece::Star | Piece::StarWithout(_) => '*',
        Piece::Mark | Piece::MarkWithout(_) => '?',
    };
    Some(pattern(question, text, variables)?.iter().map(plain).collect())
}

fn value(question: &Question, inside: &str) -> Option<String> {
    let faults = question.faults;
    let (key, default) = match inside.split_once(',') {
        // POL-125: a comma, an optional space, the default in single quotes.
        Some((key, default)) => (key, default.trim().strip_prefix('\'').and_then(|text| text.strip_suffix('\''))),
        None => (inside, None),
    };
    let default = default.filter(|_| !faults.has(Fault::VariableDefaultIgnored));
    if let (Some(default), true) = (default, faults.has(Fault::VariableDefaultAlways)) {
        return Some(default.to_owned());
    }
    // POL-123: the key ignores case.
    match question.find(key, faults.has(Fault::VariableMatchesCase)) {
        Found::One(value) => Some(value.to_owned()),
        // POL-122: only keys with a single value.
        Found::Many(list) if faults.has(Fault::VariableTakesFirst) => list.first().map(|&first| first.to_owned()),
        Found::Many(_) => None,
        // POL-125: the default is for absent keys.
        Found::Absent if faults.has(Fault::VariableIsEmptyWhenAbsent) => Some(default.unwrap_or_default().to_owned()),
        Found::Absent => default.map(str::to_owned),
    }
}
