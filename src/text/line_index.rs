//! From byte offsets to lines and columns as an editor counts them.

/// A place for people and editors: line from 1, column from 1 in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in UTF-16 code units.
    pub column: u32,
}

/// The line starts of one text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let after_breaks = text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        Self { starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line and column of byte `offset` of the same text.
    ///
    /// ```
    /// use iam_playground::text::LineIndex;
    /// let text = "{\n  \"🔑\": 1\n}";
    /// let colon = text.find(':').unwrap() as u32;
    /// let place = LineIndex::new(text).position(text, colon);
    /// assert_eq!((place.line, place.column), (2, 7));
    /// ```
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = text.get(start as usize..offset as usize).unwrap_or_default();
        let units: usize = before.chars().map(char::len_utf16).sum();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: count(line), column: count(units).saturating_add(1) }
    }
}
