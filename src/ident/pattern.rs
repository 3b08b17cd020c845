//! Wildcard patterns: `*` for any run, `?` for one character, and slots that a request fills with literal text.
//!
//! A pattern is compiled once. Text from a slot is never read as a wildcard (POL-126). Matching is greedy from the left
//! and needs no memory, except where a run may not cross a colon; its cost is bounded by the product of the two lengths.

mod align;
mod within_segment;

pub use align::{Alignment, Difference, Piece, PieceKind};

/// Whether letters are compared exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `a` is not `A`.
    Sensitive,
    /// ASCII letters are equal in either case.
    Insensitive,
}

/// One piece of a pattern, in the order of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// These characters.
    Text(Box<str>, Case),
    /// One character of any kind.
    AnyOne,
    /// Any run of characters, also an empty one.
    AnyRun,
    /// One character that is no colon.
    OneInSegment,
    /// Any run of characters without a colon (POL-63: a `*` inside one of the first five parts of an ARN).
    RunInSegment,
    /// The literal text that the request has for this slot.
    Slot(u32, Case),
}

/// Where the text of slots comes from.
pub trait Slots {
    /// The text for slot `index`, or `None` when the request has none.
    fn slot(&self, index: u32) -> Option<&str>;
}

/// No slots at all.
pub struct NoSlots;

impl Slots for NoSlots {
    fn slot(&self, _: u32) -> Option<&str> {
        None
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Any,
    InSegment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Atom {
    Text(Box<str>, Case),
    One,
    OneInSegment,
    Slot(u32, Case),
}

type Chunk = Box<[Atom]>;

/// A compiled pattern: a first chunk at the start, then runs each followed by a chunk, the last chunk at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    first: Chunk,
    rest: Box<[(Run, Chunk)]>,
    slots: Box<[u32]>,
}

impl Pattern {
    /// Compiles a sequence of tokens. Neighbouring runs are one run, the freer kind winning.
    pub fn new(tokens: impl IntoIterator<Item = Token>) -> Self {
        let mut first: Option<Vec<Atom>> = None;
        let mut rest: Vec<(Run, Chunk)> = Vec::new();
        let mut run: Option<Run> = None;
        let mut chunk: Vec<Atom> = Vec::new();
        let mut slots = Vec::new();
        for token in tokens {
            let next = match token {
                Token::AnyRun => Run::Any,
                Token::RunInSegment => Run::InSegment,
                Token::Text(text, case) => {
                    chunk.push(Atom::Text(text, case));
                    continue;
                }
                Token::AnyOne => {
                    chunk.push(Atom::One);
                    continue;
                }
                Token::OneInSegment => {
                    chunk.push(Atom::OneInSegment);
                    continue;
                }
                Token::Slot(index, case) => {
                    slots.push(index);
                    chunk.push(Atom::Slot(index, case));
                    continue;
                }
            };
            match (&first, run) {
                (None, _) => first = Some(std::mem::take(&mut chunk)),
                (Some(_), Some(previous)) if chunk.is_empty() => {
                    run = Some(if previous == Run::Any { Run::Any } else { next });
                    continue;
                }
                (Some(_), previous) => rest.push((previous.unwrap_or(Run::Any), std::mem::take(&mut chunk).into())),
            }
            run = Some(next);
        }
        match (first, run) {
            (Some(first), Some(run)) => {
                rest.push((run, chunk.into()));
                Self { first: first.into(), rest: rest.into(), slots: slots.into() }
            }
            _ => Self { first: chunk.into(), rest: Box::default(), slots: slots.into() },
        }
    }

    /// A pattern of `*`, `?` and plain characters, with no slots.
    ///
    /// ```
    /// use iam_playground::ident::{Case, Pattern};
    /// let names = Pattern::glob("get*tagging", Case::Sensitive);
    /// assert!(names.matches("getobjecttagging"));
    /// assert!(!names.matches("getobject"));
    /// ```
    pub fn glob(text: &str, case: Case) -> Self {
        Self::new(tokens(text, case))
    }

    /// The slots it needs, in order of use.
    pub fn slots(&self) -> &[u32] {
        &self.slots
    }

    /// The pattern as text with its slots filled, for people, cut after `room` bytes; `None` while one is unfilled.
    pub fn resolved(&self, slots: &impl Slots, room: usize) -> Option<String> {
        let mut text = String::new();
        push_chunk(&mut text, &self.first, slots, room)?;
        for (_, chunk) in &self.rest {
            text.push('*');
            push_chunk(&mut text, chunk, slots, room)?;
        }
        Some(text)
    }

    /// Whether a pattern without wildcards equals `text`, letters of every script compared without their case.
    pub fn equals_folded(&self, text: &str, slots: &impl Slots) -> bool {
        if self.slots.iter().any(|slot| slots.slot(*slot).is_none()) {
            return false;
        }
        let literals = self.first.iter().map(|atom| match atom {
            Atom::Text(literal, _) => &**literal,
            Atom::Slot(index, _) => slots.slot(*index).unwrap_or_default(),
            Atom::One | Atom::OneInSegment => "?",
        });
        literals.flat_map(str::chars).flat_map(char::to_lowercase).eq(text.chars().flat_map(char::to_lowercase))
    }

    /// Matches a pattern that has no slots; one that has some matches nothing.
    pub fn matches(&self, text: &str) -> bool {
        self.matches_with(text, &NoSlots)
    }

    /// Matches the whole of `text`. An unfilled slot makes it match nothing (POL-127).
    pub fn matches_with(&self, text: &str, slots: &impl Slots) -> bool {
        if self.slots.iter().any(|slot| slots.slot(*slot).is_none()) {
            return false;
        }
        let Some(start) = match_here(&self.first, text, 0, slots) else {
            return false;
        };
        let Some(((last_run, last), between)) = self.rest.split_last() else {
            return start == text.len();
        };
        if *last_run == Run::InSegment || between.iter().any(|(run, _)| *run == Run::InSegment) {
            return within_segment::matches(&self.rest, text, start, slots);
        }
        let mut at = start;
        for (_, chunk) in between {
            match find(chunk, text, at, slots) {
                Some(end) => at = end,
                None => return false,
            }
        }
        ends_with(last, text, at, slots)
    }
}

/// Splits a text of `*`, `?` and plain characters into tokens.
pub fn tokens(text: &str, case: Case) -> Vec<Token> {
    let mut found = Vec::new();
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let wild = match c {
            '*' => Token::AnyRun,
            '?' => Token::AnyOne,
            _ => continue,
        };
        push_text(&mut found, text.get(plain..at), case);
        found.push(wild);
        plain = at + 1;
    }
    push_text(&mut found, text.get(plain..), case);
    found
}

fn push_text(tokens: &mut Vec<Token>, text: Option<&str>, case: Case) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        tokens.push(Token::Text(text.into(), case));
    }
}

fn push_chunk(text: &mut String, chunk: &[Atom], slots: &impl Slots, room: usize) -> Option<()> {
    for atom in chunk {
        let piece = match atom {
            Atom::Text(literal, _) => literal,
            Atom::Slot(index, _) => slots.slot(*index)?,
            Atom::One | Atom::OneInSegment => "?",
        };
        match room.checked_sub(text.len()) {
            None | Some(0) => {}
            Some(left) if piece.len() <= left => text.push_str(piece),
            Some(left) => {
                text.extend(piece.chars().take(left));
                text.push('…');
            }
        }
    }
    Some(())
}

/// Matches `chunk` at byte `at`; the byte after it on success.
fn match_here(chunk: &[Atom], text: &str, at: usize, slots: &impl Slots) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    for atom in chunk {
        let (literal, case) = match atom {
            Atom::Text(literal, case) => (&**literal, *case),
            Atom::Slot(index, case) => (slots.slot(*index)?, *case),
            Atom::One | Atom::OneInSegment => {
                let next = text.get(at..)?.chars().next()?;
                if *atom == Atom::OneInSegment && next == ':' {
                    return None;
                }
                at += next.len_utf8();
                continue;
            }
        };
        let end = at + literal.len();
        let here = bytes.get(at..end)?;
        let equal = match case {
            Case::Sensitive => here == literal.as_bytes(),
            Case::Insensitive => here.eq_ignore_ascii_case(literal.as_bytes()),
        };
        if !equal {
            return None;
        }
        at = end;
    }
    Some(at)
}

/// The end of the leftmost match of `chunk` at or after `from`.
fn find(chunk: &[Atom], text: &str, from: usize, slots: &impl Slots) -> Option<usize> {
    if let [Atom::Text(literal, Case::Sensitive)] = chunk {
        let rest = text.as_bytes().get(from..)?;
        return memchr::memmem::find(rest, literal.as_bytes()).map(|at| from + at + literal.len());
    }
    // No start nearer to the end than the least that the chunk takes.
    let least = chunk.iter().map(|atom| byte_length(atom, slots).unwrap_or(1)).fold(0, usize::saturating_add);
    let last = text.len().checked_sub(least)?;
    (from..=last).filter(|at| text.is_char_boundary(*at)).find_map(|at| match_here(chunk, text, at, slots))
}

/// Whether the end of `text`, not before `from`, is `chunk`.
fn ends_with(chunk: &[Atom], text: &str, from: usize, slots: &impl Slots) -> bool {
    let start = match chunk.iter().map(|atom| byte_length(atom, slots)).sum::<Option<usize>>() {
        Some(bytes) => text.len().checked_sub(bytes),
        None => nth_from_end(text, chunk.iter().map(|atom| characters(atom, slots)).sum()),
    };
    start.is_some_and(|start| start >= from && match_here(chunk, text, start, slots) == Some(text.len()))
}

/// `None` for a wildcard, whose character may take several bytes.
fn byte_length(atom: &Atom, slots: &impl Slots) -> Option<usize> {
    match atom {
        Atom::Text(text, _) => Some(text.len()),
        Atom::Slot(index, _) => slots.slot(*index).map(str::len),
        Atom::One | Atom::OneInSegment => None,
    }
}

fn characters(atom: &Atom, slots: &impl Slots) -> usize {
    match atom {
        Atom::Text(text, _) => text.chars().count(),
        Atom::Slot(index, _) => slots.slot(*index).map_or(0, |text| text.chars().count()),
        Atom::One | Atom::OneInSegment => 1,
    }
}

/// The byte where the last `count` characters of `text` start.
fn nth_from_end(text: &str, count: usize) -> Option<usize> {
    match count {
        0 => Some(text.len()),
        _ => text.char_indices().rev().nth(count - 1).map(|(at, _)| at),
    }
}

#[cfg(test)]
mod tests;
