//! Texts with wildcards, matched by trying.

/// One place of a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// Exactly this character.
    Char(char),
    /// This character in either case.
    AnyCase(char),
    /// Any run of characters.
    Star,
    /// Any run of characters but one.
    StarWithout(char),
    /// Any one character.
    Mark,
    /// Any one character but one.
    MarkWithout(char),
}

/// Whether the whole text fits the whole pattern.
pub fn fits(pattern: &[Piece], text: &[char]) -> bool {
    let Some((first, rest)) = pattern.split_first() else {
        return text.is_empty();
    };
    match first {
        Piece::Star | Piece::StarWithout(_) => {
            fits(rest, text)
                || text
                    .split_first()
                    .is_some_and(|(char, behind)| *first != Piece::StarWithout(*char) && fits(pattern, behind))
        }
        one => text.split_first().is_some_and(|(char, behind)| one.is(*char) && fits(rest, behind)),
    }
}

impl Piece {
    fn is(self, char: char) -> bool {
        match self {
            Self::Char(own) => own == char,
            Self::AnyCase(own) => own.eq_ignore_ascii_case(&char),
            Self::MarkWithout(other) => other != char,
            Self::Mark | Self::Star | Self::StarWithout(_) => true,
        }
    }

    /// The piece that ignores case.
    pub fn in_any_case(self) -> Self {
        match self {
            Self::Char(char) => Self::AnyCase(char),
            other => other,
        }
    }
}

/// A pattern where `*` and `?` have their usual meaning.
pub fn usual(pattern: &str) -> Vec<Piece> {
    pattern.chars().map(piece).collect()
}

/// What a character of a pattern usually means.
pub fn piece(char: char) -> Piece {
    match char {
        '*' => Piece::Star,
        '?' => Piece::Mark,
        other => Piece::Char(other),
    }
}

/// The characters of a text.
pub fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}
