//! The Action and Resource elements and their Not- forms (POL-55 to POL-70).

use super::fault::{Fault, Faults};
use super::glob::{Piece, chars, fits, piece, usual};
use super::question::Question;
use super::statement::Origin;
use super::variable::{self, Variables};

/// Whether one entry of Action or NotAction is the request's action.
pub fn action_matches(question: &Question, entry: &str) -> bool {
    let faults = question.faults;
    // POL-57: only the lone star covers all services.
    if entry == "*" {
        return true;
    }
    let (Some((prefix, name)), Some((own_prefix, own_name))) = (entry.split_once(':'), question.action.split_once(':'))
    else {
        return false;
    };
    let mut pattern = usual(name);
    if faults.has(Fault::ActionMarkIsLiteral) {
        pattern = name.chars().map(|char| if char == '?' { Piece::Char(char) } else { piece(char) }).collect();
    }
    // POL-55, POL-56.
    if faults.has(Fault::ActionMatchesCase) {
        return prefix == own_prefix && fits(&pattern, &chars(own_name));
    }
    let pattern: Vec<Piece> = pattern.into_iter().map(Piece::in_any_case).collect();
    prefix.eq_ignore_ascii_case(own_prefix) && fits(&pattern, &chars(own_name))
}

/// Whether one entry of Resource or NotResource is the request's resource.
pub fn resource_matches(question: &Question, origin: Origin, entry: &str, variables: Variables) -> bool {
    let faults = question.faults;
    // POL-69, and EVAL-5: nothing else matches a request without a resource.
    if entry == "*" {
        return true;
    }
    let Some(resource) = question.resource else {
        return faults.has(Fault::ResourcelessMatchesArn);
    };
    let segments: Vec<&str> = entry.splitn(6, ':').collect();
    // POL-65: missing segments are only made up for by a star at the end, and in SCPs and RCPs by nothing.
    let made_up = entry.ends_with('*') && (origin == Origin::Account || faults.has(Fault::ShortArnInScp));
    if segments.len() < 6 && !made_up {
        return faults.has(Fault::ShortArnMatches) && resource.starts_with(&format!("{entry}:"));
    }
    let mut pattern = Vec::new();
    for (position, segment) in segments.iter().enumerate() {
        if position > 0 {
            pattern.push(Piece::Char(':'));
        }
        if position < 5 {
            pattern.extend(border_segment(position, segment, faults));
            continue;
        }
        // POL-120: variables are for the sixth part; POL-127: one without a value matches nothing.
        match variable::pattern(question, segment, variables) {
            Some(last) => pattern.extend(last.into_iter().map(|piece| last_segment(piece, faults))),
            None => return false,
        }
    }
    fits(&pattern, &chars(resource))
}

/// POL-63, POL-64, POL-66: the first five segments.
fn border_segment(place: usize, segment: &str, faults: Faults) -> Vec<Piece> {
    // POL-61: no wildcards in the service, where they are plain characters and so match nothing.
    if place == 2 && !faults.has(Fault::ServiceWildcards) {
        return segment.chars().map(Piece::AnyCase).collect();
    }
    let last = segment.chars().count().saturating_sub(1);
    let mut pieces = Vec::new();
    for (position, char) in segment.chars().enumerate() {
        pieces.push(match char {
            '*' if position == last && !faults.has(Fault::FinalStarStaysInside) => Piece::Star,
            '*' if faults.has(Fault::InnerStarCrossesColons) => Piece::Star,
            '*' => Piece::StarWithout(':'),
            '?' if faults.has(Fault::SegmentMarkCrossesColon) => Piece::Mark,
            '?' => Piece::MarkWithout(':'),
            char if faults.has(Fault::RegionMatchesCase) => Piece::Char(char),
            char => Piece::AnyCase(char),
        });
    }
    pieces
}

/// POL-62, POL-66: the sixth segment.
fn last_segment(piece: Piece, faults: Faults) -> Piece {
    match piece {
        Piece::Star if faults.has(Fault::ResourceStarStopsAtSlash) => Piece::StarWithout('/'),
        Piece::Star if faults.has(Fault::ResourceStarStopsAtColon) => Piece::StarWithout(':'),
        piece if faults.has(Fault::ResourceIgnoresCase) => piece.in_any_case(),
        piece => piece,
    }
}
