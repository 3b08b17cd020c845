//! A change in the author's own text: what is not touched stays byte for byte as it was.

use jsonc_parser::ast::ObjectProp;
use jsonc_parser::common::Ranged;

use super::edit::Change;
use crate::policy::{PolicyDocument, Statement, Version, print_document, print_statement};
use crate::text::json::{self, Json};

/// The text after a change. Text that is no JSON object, or has no such statement, comes back as it is.
///
/// ```
/// use iam_playground::analysis::flip::{Change, rewrite};
/// let text = r#"{"Statement": [{"Effect": "Deny",  "Action": "*", "Resource": "*"}]}"#;
/// assert_eq!(rewrite(text, &Change::Replace { index: 0, with: Vec::new() }), r#"{"Statement": []}"#);
/// ```
pub fn rewrite(text: &str, change: &Change) -> String {
    let Ok(Json::Object(root)) = json::parse(text) else { return text.to_owned() };
    let paper = Paper::new(text);
    let written = match (root.properties.iter().find(|property| property.name.as_str() == "Statement"), change) {
        (Some(property), Change::Append(statement)) => paper.append(&property.value, statement),
        (Some(property), Change::Replace { index, with }) => paper.replace(&property.value, *index, with),
        (None, Change::Append(statement)) => paper.first(&root.properties, root.range.end, statement),
        (None, Change::Replace { .. }) => None,
    };
    written.unwrap_or_else(|| text.to_owned())
}

/// The text of a new policy with one statement.
pub fn fresh(statement: &Statement) -> String {
    print_document(&PolicyDocument { version: Version::V2012, statements: vec![statement.clone()] })
}

/// A text and how it is laid out.
struct Paper<'a> {
    text: &'a str,
    /// One step of indentation; `None` for a text of one line.
    indent: Option<&'a str>,
}

impl<'a> Paper<'a> {
    fn new(text: &'a str) -> Self {
        let white = |line: &'a str| line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
        let mut lines = text.trim_end().lines();
        lines.next();
        let mut indents = lines.map(white);
        let several = text.trim().contains('\n');
        let indent = indents.find(|white| !white.is_empty());
        Self { text, indent: several.then(|| indent.unwrap_or("  ")) }
    }

    /// The white space that the line of a byte begins with.
    fn margin(&self, at: usize) -> &'a str {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
    }

    /// A statement whose first line stands at a margin.
    fn print(&self, statement: &Statement, margin: &str) -> String {
        print_statement(statement, self.indent).replace('\n', &format!("\n{margin}"))
    }

    fn splice(&self, start: usize, end: usize, new: &str) -> Option<String> {
        Some(format!("{}{new}{}", self.text.get(..start)?, self.text.get(end..)?))
    }

    fn append(&self, value: &Json<'_>, statement: &Statement) -> Option<String> {
        let (last, is_list) = match value {
            Json::Array(list) => match list.elements.last() {
                Some(last) => (last, true),
                None => {
                    let new = self.print(statement, self.margin(value.start()));
                    return self.splice(value.start(), value.end(), &format!("[{new}]"));
                }
            },
            one => (one, false),
        };
        let separator = if is_list { self.separator(value, last) } else { ", ".to_owned() };
        let new = self.print(statement, self.margin(last.start()));
        if is_list {
            return self.splice(last.end(), last.end(), &format!("{separator}{new}"));
        }
        let known = self.text.get(last.start()..last.end())?;
        self.splice(last.start(), last.end(), &format!("[{known}{separator}{new}]"))
    }

    /// What stands between the statements of a list: a line break where the last one begins a line.
    fn separator(&self, list: &Json<'_>, last: &Json<'_>) -> String {
        let inside = self.text.get(list.start()..last.start()).unwrap_or_default();
        let white = inside.get(inside.trim_end().len()..).unwrap_or_default();
        match (white.contains('\n'), self.indent) {
            (true, _) => format!(",\n{}", self.margin(last.start())),
            (false, Some(_)) => ", ".to_owned(),
            (false, None) if white.is_empty() && !self.text.contains(", ") => ",".to_owned(),
            (false, None) => ", ".to_owned(),
        }
    }

    fn replace(&self, value: &Json<'_>, index: u32, with: &[Statement]) -> Option<String> {
        let (known, before, after) = match value {
            Json::Array(list) => {
                let at = index as usize;
                let before = at.checked_sub(1).and_then(|at| list.elements.get(at));
                (list.elements.get(at)?, before, list.elements.get(at + 1))
            }
            one if index == 0 => (one, None, None),
            _ => return None,
        };
        let is_list = matches!(value, Json::Array(_));
        let margin = self.margin(known.start());
        let separator = if is_list { self.separator(value, known) } else { ", ".to_owned() };
        let printed: Vec<String> = with.iter().map(|statement| self.print(statement, margin)).collect();
        match (printed.as_slice(), before, after) {
            ([], Some(before), _) => self.splice(before.end(), known.end(), ""),
            ([], None, Some(after)) => self.splice(known.start(), after.start(), ""),
            ([], None, None) => self.splice(value.start(), value.end(), "[]"),
            ([one], ..) => self.splice(known.start(), known.end(), one),
            (several, ..) if is_list => self.splice(known.start(), known.end(), &several.join(&separator)),
            (several, ..) => self.splice(known.start(), known.end(), &format!("[{}]", several.join(&separator))),
        }
    }

    /// A Statement where there is none: after the last property, or before the brace that closes the object.
    fn first(&self, properties: &[ObjectProp<'_>], end: usize, statement: &Statement) -> Option<String> {
        let (at, comma) = match properties.last() {
            Some(last) => (last.range.end, ","),
            None => (end.checked_sub(1)?, ""),
        };
        let margin = properties.last().map_or("", |last| self.margin(last.range.start));
        let gap = if self.indent.is_some() { format!("\n{margin}") } else { String::new() };
        let new = self.print(statement, margin);
        self.splice(at, at, &format!("{comma}{gap}\"Statement\": [{new}]"))
    }
}
