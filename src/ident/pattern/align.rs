//! A pattern laid beside a text: what each piece of it took, and the first place where they part. [`Pattern::matches_with`]
//! decides; this says where, and tests hold the two together.

use super::{Atom, Case, Pattern, Run, Slots};

/// A text laid beside a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// From the start, as far as both run together.
    pub pieces: Vec<Piece>,
    /// Where they part; `None` when the pattern matches.
    pub difference: Option<Difference>,
}

/// A stretch of the pattern with what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What stands in the pattern.
    pub kind: PieceKind,
    /// The stretch of the pattern, with `*` for a run and the text of the slot for a slot.
    pub pattern: String,
    /// The stretch of the text.
    pub text: String,
}

/// What stands in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Plain characters.
    Text,
    /// The text that the request has for this slot.
    Slot(u32),
    /// `?`.
    One,
    /// `*`.
    Run,
    /// A `*` that does not cross a colon.
    RunInSegment,
}

/// What is left of both where they part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Characters of the text before it.
    pub at: usize,
    /// The rest of the pattern.
    pub pattern: String,
    /// The rest of the text.
    pub text: String,
}

/// The largest table that is filled, in cells: an ARN and an entry of 2,048 characters each.
const CELLS: usize = 1 << 22;

#[derive(Clone, Copy)]
struct Unit {
    kind: PieceKind,
    letter: char,
    case: Case,
    in_segment: bool,
}

impl Pattern {
    /// Lays `text` beside the pattern. `None` while a slot is unfilled, and for texts too long to be shown.
    ///
    /// ```
    /// use iam_playground::ident::{Case, Pattern, pattern::NoSlots};
    /// let found = Pattern::glob("photos/221/*", Case::Sensitive).align("photos/104/cat", &NoSlots).unwrap();
    /// let difference = found.difference.unwrap();
    /// assert_eq!((difference.at, &*difference.pattern, &*difference.text), (7, "221/*", "104/cat"));
    /// ```
    pub fn align(&self, text: &str, slots: &impl Slots) -> Option<Alignment> {
        let units = self.units(slots)?;
        let text: Vec<char> = text.chars().collect();
        if (units.len() + 1).saturating_mul(text.len() + 1) > CELLS {
            return None;
        }
        let rows = reach(&units, &text);
        let furthest = |row: &Vec<bool>| row.iter().rposition(|here| *here);
        let (taken, end) = rows.iter().enumerate().rev().find_map(|(at, row)| Some((at, furthest(row)?)))?;
        let pieces = pieces(&units, &text, &rows, (taken, end));
        let matches = taken == units.len() && end == text.len();
        let difference = (!matches).then(|| Difference {
            at: end,
            pattern: units.iter().skip(taken).map(|unit| unit.letter).collect(),
            text: text.iter().skip(end).collect(),
        });
        Some(Alignment { pieces, difference })
    }

    fn units(&self, slots: &impl Slots) -> Option<Vec<Unit>> {
        let mut units = Vec::new();
        push(&mut units, &self.first, slots)?;
        for (run, chunk) in &self.rest {
            let (kind, in_segment) = match run {
                Run::Any => (PieceKind::Run, false),
                Run::InSegment => (PieceKind::RunInSegment, true),
            };
            units.push(Unit { kind, letter: '*', case: Case::Sensitive, in_segment });
            push(&mut units, chunk, slots)?;
        }
        Some(units)
    }
}

fn push(units: &mut Vec<Unit>, chunk: &[Atom], slots: &impl Slots) -> Option<()> {
    for atom in chunk {
        let (text, kind, case) = match atom {
            Atom::Text(text, case) => (&**text, PieceKind::Text, *case),
            Atom::Slot(index, case) => (slots.slot(*index)?, PieceKind::Slot(*index), *case),
            Atom::One | Atom::OneInSegment => ("?", PieceKind::One, Case::Sensitive),
        };
        let in_segment = *atom == Atom::OneInSegment;
        units.extend(text.chars().map(|letter| Unit { kind, letter, case, in_segment }));
    }
    Some(())
}

impl Unit {
    /// Whether it may take this character.
    fn takes(self, letter: char) -> bool {
        match self.kind {
            PieceKind::Text | PieceKind::Slot(_) => match self.case {
                Case::Sensitive => self.letter == letter,
                Case::Insensitive => self.letter.eq_ignore_ascii_case(&letter),
            },
            PieceKind::One | PieceKind::Run | PieceKind::RunInSegment => !self.in_segment || letter != ':',
        }
    }

    fn is_run(self) -> bool {
        matches!(self.kind, PieceKind::Run | PieceKind::RunInSegment)
    }
}

/// For every number of units, the places of the text that they can end at.
fn reach(units: &[Unit], text: &[char]) -> Vec<Vec<bool>> {
    let mut start = vec![false; text.len() + 1];
    if let Some(first) = start.first_mut() {
        *first = true;
    }
    let mut rows = Vec::with_capacity(units.len() + 1);
    let mut last = start;
    for unit in units {
        let mut next = Vec::with_capacity(last.len());
        let mut carried = false;
        let before = std::iter::once(None).chain(text.iter().map(Some));
        let mut previous = false;
        for (here, letter) in last.iter().zip(before) {
            let took = letter.is_some_and(|letter| unit.takes(*letter));
            carried = match unit.is_run() {
                true => *here || (carried && took),
                false => previous && took,
            };
            previous = *here;
            next.push(carried);
        }
        rows.push(std::mem::replace(&mut last, next));
    }
    rows.push(last);
    rows
}

/// The way back from the furthest place. A run takes as much as it can, so that what follows it was found as early as
/// possible.
fn pieces(units: &[Unit], text: &[char], rows: &[Vec<bool>], (taken, end): (usize, usize)) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut at = end;
    for (unit, row) in units.iter().zip(rows).take(taken).rev() {
        let start = match unit.is_run() {
            false => at.saturating_sub(1),
            true => run_start(*unit, text, row, at),
        };
        let took: String = text.iter().take(at).skip(start).collect();
        match found.last_mut().filter(|last| last.kind == unit.kind && !unit.is_run()) {
            Some(last) => {
                last.pattern.insert(0, unit.letter);
                last.text.insert_str(0, &took);
            }
            None => found.push(Piece { kind: unit.kind, pattern: unit.letter.to_string(), text: took }),
        }
        at = start;
    }
    found.reverse();
    found
}

/// The earliest place before `end` from which a run can have come.
fn run_start(unit: Unit, text: &[char], row: &[bool], end: usize) -> usize {
    let mut earliest = end;
    let mut at = end;
    loop {
        if row.get(at).copied().unwrap_or_default() {
            earliest = at;
        }
        match at.checked_sub(1) {
            Some(before) if text.get(before).is_some_and(|letter| unit.takes(*letter)) => at = before,
            _ => return earliest,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ident::Token;
    use crate::ident::pattern::NoSlots;

    fn shown(pattern: &str, text: &str) -> String {
        let found = Pattern::glob(pattern, Case::Sensitive).align(text, &NoSlots).expect("an alignment");
        let pieces = found.pieces.iter().map(|piece| format!("{}={}", piece.pattern, piece.text));
        let rest = found.difference.map(|rest| format!("{}: {} but {}", rest.at, rest.pattern, rest.text));
        pieces.chain(rest).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn wildcards_show_what_they_took() {
        assert_eq!(shown("photos/*/c?t", "photos/104/cat"), "photos/=photos/ | *=104 | /c=/c | ?=a | t=t");
        assert_eq!(shown("a**", "ab"), "a=a | *=b");
        assert_eq!(shown("*b*c", "abxbc"), "*=a | b=b | *=xb | c=c");
    }

    #[test]
    fn the_first_place_where_they_part_is_the_furthest_that_is_reached() {
        assert_eq!(shown("photos/221/*", "photos/104/cat"), "photos/=photos/ | 7: 221/* but 104/cat");
        assert_eq!(shown("a*bcd", "axbcxx"), "a=a | *=x | bc=bc | 4: d but xx");
        assert_eq!(shown("a", "abc"), "a=a | 1:  but bc");
        assert_eq!(shown("abc", "a"), "a=a | 1: bc but ");
        assert_eq!(shown("a*b", "axxc"), "a=a | *=xxc | 4: b but ");
    }

    #[test]
    fn a_run_in_a_segment_stops_before_the_colon() {
        let pattern = Pattern::new([Token::RunInSegment, Token::Text("x:".into(), Case::Sensitive)]);
        let found = pattern.align("ab:x:", &NoSlots).expect("an alignment");
        assert_eq!(found.difference.map(|rest| (rest.at, rest.text)), Some((2, ":x:".to_owned())));
    }

    #[test]
    fn texts_that_nobody_could_read_are_not_laid_side_by_side() {
        let long = "a".repeat(CELLS);
        assert_eq!(Pattern::glob("a*", Case::Sensitive).align(&long, &NoSlots), None);
    }

    struct Filled(String);

    impl Slots for Filled {
        fn slot(&self, index: u32) -> Option<&str> {
            (index == 0).then_some(&*self.0)
        }
    }

    fn token() -> impl Strategy<Value = Token> {
        let case = prop_oneof![Just(Case::Sensitive), Just(Case::Insensitive)];
        prop_oneof![
            ("[abA:é]{1,2}", case.clone()).prop_map(|(text, case)| Token::Text(text.into(), case)),
            Just(Token::AnyOne),
            Just(Token::OneInSegment),
            Just(Token::AnyRun),
            Just(Token::RunInSegment),
            case.prop_map(|case| Token::Slot(0, case)),
        ]
    }

    proptest! {
        #[test]
        fn it_matches_exactly_where_the_matcher_does(
            tokens in prop::collection::vec(token(), 0..7), text in "[abA:é]{0,9}", filled in "[ab*:]{0,2}",
        ) {
            let (pattern, slots) = (Pattern::new(tokens), Filled(filled));
            let found = pattern.align(&text, &slots).expect("short texts");
            prop_assert_eq!(found.difference.is_none(), pattern.matches_with(&text, &slots));

            let taken: String = found.pieces.iter().map(|piece| piece.text.as_str()).collect();
            let rest = found.difference.as_ref().map(|rest| rest.text.as_str()).unwrap_or_default();
            prop_assert_eq!(format!("{taken}{rest}"), text);
            let written: String = found.pieces.iter().map(|piece| piece.pattern.as_str()).collect();
            let rest = found.difference.as_ref().map(|rest| rest.pattern.as_str()).unwrap_or_default();
            prop_assert_eq!(Some(format!("{written}{rest}")), pattern.resolved(&slots, usize::MAX));

            for piece in &found.pieces {
                match piece.kind {
                    PieceKind::Text | PieceKind::Slot(_) => {
                        prop_assert!(piece.pattern.eq_ignore_ascii_case(&piece.text), "{:?}", piece);
                    }
                    PieceKind::One => prop_assert_eq!(piece.pattern.len(), piece.text.chars().count()),
                    PieceKind::Run => {}
                    PieceKind::RunInSegment => prop_assert!(!piece.text.contains(':'), "{:?}", piece),
                }
            }
        }
    }
}
