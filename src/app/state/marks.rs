//! How a policy's text is cut, so that the statement that tells, its entries and a selected part can be marked. Text nodes are
//! split only where a mark begins or ends.

use std::cmp::Reverse;

use crate::eval::trace::{ArnPart, ElementKind, ElementTrace, EntryOutcome, EntryTrace, StatementTrace};
use crate::text::Span;

/// A piece of text between two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which part of the text.
    pub span: Span,
    /// Whether it is an entry that the statement turned on.
    pub entry: bool,
    /// Whether it is selected.
    pub selected: bool,
}

/// A policy's text, cut in three: before the statement, the statement, after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Before the statement; the whole text when none is marked.
    pub before: Vec<Piece>,
    /// The statement.
    pub statement: Vec<Piece>,
    /// After it.
    pub after: Vec<Piece>,
    /// Whether the statement has its lines for itself.
    pub whole_lines: bool,
}

/// Cuts `text` around a statement, the entries in it and a selected part.
pub fn cut(text: &str, statement: Option<Span>, entries: &[Span], selected: Option<Span>) -> Cut {
    let length = Span::new(0, text.len()).end;
    let Some(span) = statement.filter(|span| span.start < span.end && span.end <= length) else {
        let all = Span { start: 0, end: length };
        return Cut {
            before: pieces(all, entries, selected),
            statement: Vec::new(),
            after: Vec::new(),
            whole_lines: true,
        };
    };
    let lines = whole_lines(text, span);
    let block = lines.unwrap_or(span);
    Cut {
        before: pieces(Span { start: 0, end: block.start }, entries, selected),
        statement: pieces(block, entries, selected),
        after: pieces(Span { start: block.end, end: length }, entries, selected),
        whole_lines: lines.is_some(),
    }
}

/// The lines of `span`, if nothing but white space and a comma shares them.
fn whole_lines(text: &str, span: Span) -> Option<Span> {
    let before = text.get(..span.start as usize)?;
    let after = text.get(span.end as usize..)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find('\n').map_or(text.len(), |at| span.end as usize + at + 1);
    let head = text.get(line_start..span.start as usize)?.trim();
    let tail = text.get(span.end as usize..line_end)?.trim();
    // The single statement of a document may follow its name: `"Statement": {`.
    let alone = (head.is_empty() || head.ends_with(':')) && matches!(tail, "" | ",");
    alone.then(|| Span::new(line_start, line_end))
}

fn pieces(within: Span, entries: &[Span], selected: Option<Span>) -> Vec<Piece> {
    let mut cuts = vec![within.start, within.end];
    for span in entries.iter().chain(&selected) {
        cuts.extend([span.start, span.end].into_iter().filter(|at| (within.start..within.end).contains(at)));
    }
    crate::text::order::sort_by(&mut cuts, Ord::cmp);
    cuts.dedup();
    let covers = |outer: &Span, inner: Span| outer.start <= inner.start && inner.end <= outer.end;
    let starts = cuts.iter().copied();
    let ends = cuts.iter().copied().skip(1);
    starts
        .zip(ends)
        .map(|(start, end)| {
            let span = Span { start, end };
            Piece {
                span,
                entry: entries.iter().any(|entry| covers(entry, span)),
                selected: selected.is_some_and(|part| covers(&part, span)),
            }
        })
        .collect()
}

/// The entries that a statement turned on: those that match, and where an element fails, the one that came nearest to
/// `resource`, the one that is asked about.
pub fn telling_entries(statement: StatementTrace<'_>, resource: &str) -> Vec<Span> {
    let entries = statement.elements().filter_map(|element| telling_entry(element, resource).map(|at| at.0.span));
    let conditions = statement.conditions().map(|condition| condition.span);
    entries.chain(conditions).collect()
}

/// The entry that matches, or else the one that came nearest to `resource`, with its position. Of two that differ in the last
/// part of the ARN, or of which one has a variable that is not known, that is nearer which is alike for longer.
pub fn telling_entry<'a>(element: ElementTrace<'a>, resource: &str) -> Option<(EntryTrace<'a>, usize)> {
    let nearness = |outcome: &EntryOutcome| match outcome {
        EntryOutcome::Matches => 0,
        EntryOutcome::OtherAction | EntryOutcome::Unresolved { .. } | EntryOutcome::OtherArnPart(ArnPart::Resource) => {
            1
        }
        EntryOutcome::OtherArnPart(_) | EntryOutcome::ActionHasNoResource => 2,
        EntryOutcome::OtherPrincipal | EntryOutcome::NotAnArn => 3,
        EntryOutcome::OtherService => 4,
        EntryOutcome::Malformed => 5,
    };
    let alike = |entry: &EntryTrace<'_>| {
        let text = entry.resolved.unwrap_or(entry.text);
        text.chars().zip(resource.chars()).take_while(|(ours, theirs)| ours == theirs).count()
    };
    element.entries().zip(0..).min_by_key(|(entry, at)| {
        let is_near = element.kind == ElementKind::Resource && nearness(entry.outcome) == 1;
        (nearness(entry.outcome), Reverse(if is_near { alike(entry) } else { 0 }), *at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"Statement\": [\n    {\n      \"Action\": \"*\"\n    },\n    {}\n  ]\n}";

    fn shown(pieces: &[Piece]) -> Vec<&str> {
        pieces.iter().map(|piece| piece.span.of(TEXT)).collect()
    }

    fn find(part: &str) -> Span {
        let at = TEXT.find(part).expect("part of the text");
        Span::new(at, at + part.len())
    }

    #[test]
    fn nothing_marked_is_one_piece() {
        let cut = cut(TEXT, None, &[], None);
        assert_eq!(shown(&cut.before), [TEXT]);
    }

    #[test]
    fn a_statement_takes_its_whole_lines() {
        let cut = cut(TEXT, Some(find("{\n      \"Action\": \"*\"\n    }")), &[find("\"*\"")], None);
        assert!(cut.whole_lines);
        assert_eq!(shown(&cut.statement), ["    {\n      \"Action\": ", "\"*\"", "\n    },\n"]);
        assert_eq!(cut.statement.iter().map(|piece| piece.entry).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(shown(&cut.after), ["    {}\n  ]\n}"]);
    }

    #[test]
    fn a_statement_within_a_line_stays_within_it() {
        let text = r#"{"Statement": [{"Effect": "Allow"}, {"Effect": "Deny"}]}"#;
        let at = text.find(r#"{"Effect": "Deny"}"#).expect("the statement");
        let cut = cut(text, Some(Span::new(at, at + 18)), &[], None);
        assert!(!cut.whole_lines);
        assert_eq!(cut.statement.first().map(|piece| piece.span.of(text)), Some(r#"{"Effect": "Deny"}"#));
    }

    #[test]
    fn a_span_that_does_not_fit_the_text_marks_nothing() {
        let cut = cut(TEXT, Some(Span::new(4, 4000)), &[], None);
        assert_eq!(shown(&cut.before), [TEXT]);
    }
}
