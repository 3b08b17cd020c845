//! Two texts side by side, as stretches to be drawn and as a sentence to be heard.

use crate::eval::compare::Compared;
use crate::ident::pattern::{Alignment, Difference, Piece, PieceKind};

/// A text of a policy beside a text of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// As the policy has it.
    pub policy: String,
    /// With its variables replaced, where it has any.
    pub resolved: Option<Resolved>,
    /// What the request has.
    pub request: String,
    /// Whether they are equal, a Not form not considered.
    pub equal: bool,
    /// Both in stretches that belong together; empty where letters are not what is compared.
    pub segments: Vec<Segment>,
    /// The same in one sentence.
    pub words: String,
}

/// A text with its variables replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The text; `None` while a variable has none in this request.
    pub text: Option<String>,
    /// Where the text of each variable comes from.
    pub from: Vec<String>,
}

/// A stretch of both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// How they compare.
    pub kind: SegmentKind,
    /// The stretch of the policy.
    pub policy: String,
    /// The stretch of the request.
    pub request: String,
}

/// How two stretches compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// Equal.
    Same,
    /// Equal, and put in for a variable.
    Variable,
    /// A wildcard with what it took.
    Wildcard,
    /// The first stretch that differs.
    Differs,
    /// After it, where nothing is compared.
    Rest,
}

impl Comparison {
    /// `instead` says why they are equal or not where letters do not.
    pub(super) fn new(
        policy: &str,
        resolved: Option<&str>,
        request: &str,
        equal: bool,
        compared: Compared,
        instead: Option<String>,
    ) -> Self {
        let from: Vec<String> = compared
            .variables
            .iter()
            .map(|variable| match (&variable.value, variable.is_default) {
                (Some(value), false) => format!("`{}` is `{value}` in the request", variable.key),
                (Some(value), true) => format!("`{}` is absent, and its default is `{value}`", variable.key),
                (None, _) => format!("the request has no single value of `{}`", variable.key),
            })
            .collect();
        let words = words(policy, resolved, request, &from, outcome(equal, compared.alignment.as_ref(), instead));
        Self {
            policy: policy.to_owned(),
            resolved: (!from.is_empty()).then(|| Resolved { text: resolved.map(str::to_owned), from }),
            request: request.to_owned(),
            equal,
            segments: compared.alignment.map(segments).unwrap_or_default(),
            words,
        }
    }
}

fn words(policy: &str, resolved: Option<&str>, request: &str, from: &[String], outcome: String) -> String {
    let here = resolved.map(|text| format!(", here `{text}`")).unwrap_or_default();
    let because = match from {
        [] => String::new(),
        some => format!(" ({})", some.join("; ")),
    };
    format!("The policy says `{policy}`{here}{because}; the request has `{request}`; {outcome}.")
}

fn outcome(equal: bool, alignment: Option<&Alignment>, instead: Option<String>) -> String {
    let Some(alignment) = alignment else {
        return instead.unwrap_or_else(|| if equal { "they match" } else { "they do not match" }.to_owned());
    };
    match &alignment.difference {
        None => {
            let took: Vec<String> = alignment.pieces.iter().filter_map(took).collect();
            match took.is_empty() {
                true => "they are equal".to_owned(),
                false => format!("they match: {}", super::listed(&took)),
            }
        }
        Some(difference) => differs(difference),
    }
}

fn took(piece: &Piece) -> Option<String> {
    let is_wildcard = matches!(piece.kind, PieceKind::Run | PieceKind::RunInSegment | PieceKind::One);
    let what = if piece.text.is_empty() { "nothing".to_owned() } else { format!("`{}`", piece.text) };
    is_wildcard.then(|| format!("`{}` takes {what}", piece.pattern))
}

fn differs(difference: &Difference) -> String {
    let (wanted, found) = (stretch(&difference.pattern).0, stretch(&difference.text).0);
    match (wanted.is_empty(), found.is_empty()) {
        (false, false) => format!("they differ at character {}: `{found}` instead of `{wanted}`", difference.at + 1),
        (true, _) => format!("the policy's ends after {} characters, and the request's goes on", difference.at),
        (_, true) => format!("the request's ends after {} characters, without `{wanted}`", difference.at),
    }
}

/// The letters that are worth comparing, up to the next part of an ARN, path or pattern; then the rest.
fn stretch(text: &str) -> (&str, &str) {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let tail = text.get(first..).unwrap_or_default();
    let end = first + tail.find([':', '/', '*', '?']).unwrap_or(tail.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn segments(alignment: Alignment) -> Vec<Segment> {
    let piece = |piece: Piece| {
        let kind = match piece.kind {
            PieceKind::Text => SegmentKind::Same,
            PieceKind::Slot(_) => SegmentKind::Variable,
            PieceKind::One | PieceKind::Run | PieceKind::RunInSegment => SegmentKind::Wildcard,
        };
        Segment { kind, policy: piece.pattern, request: piece.text }
    };
    let mut found: Vec<Segment> = alignment.pieces.into_iter().map(piece).collect();
    if let Some(difference) = alignment.difference {
        let (wanted, rest_wanted) = stretch(&difference.pattern);
        let (request, rest_request) = stretch(&difference.text);
        let segment = |kind, policy: &str, request: &str| Segment {
            kind,
            policy: policy.to_owned(),
            request: request.to_owned(),
        };
        found.push(segment(SegmentKind::Differs, wanted, request));
        if !rest_wanted.is_empty() || !rest_request.is_empty() {
            found.push(segment(SegmentKind::Rest, rest_wanted, rest_request));
        }
    }
    found
}
