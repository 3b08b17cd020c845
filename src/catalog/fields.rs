//! Reading lines of tab-separated fields.

use thiserror::Error;

/// A data file that is not in the expected form.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {expected} expected")]
pub struct CatalogError {
    /// Line, from 1.
    pub line: usize,
    /// What should stand there.
    pub expected: &'static str,
}

/// One line with its number.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub line: usize,
    rest: Option<&'a str>,
}

/// The lines of a file.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Fields<'_>> {
    text.lines().enumerate().map(|(at, line)| Fields { line: at + 1, rest: Some(line) })
}

impl<'a> Fields<'a> {
    /// The next field, if the line goes on.
    pub fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        match rest.split_once('\t') {
            Some((field, after)) => {
                self.rest = Some(after);
                Some(field)
            }
            None => {
                self.rest = None;
                Some(rest)
            }
        }
    }

    /// The next field, which must be there.
    pub fn expect(&mut self, expected: &'static str) -> Result<&'a str, CatalogError> {
        self.next().ok_or(self.error(expected))
    }

    pub fn error(&self, expected: &'static str) -> CatalogError {
        CatalogError { line: self.line, expected }
    }
}
