//! Tables as text that other programs read.

/// Rows of texts under a head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Names of the columns.
    pub head: Vec<String>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A sheet without rows.
    pub fn new<'a>(head: impl IntoIterator<Item = &'a str>) -> Self {
        Self { head: head.into_iter().map(str::to_owned).collect(), rows: Vec::new() }
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.head).chain(&self.rows)
    }
}

/// A sheet as CSV (RFC 4180): CRLF at the end of every line, quotes around what needs them.
///
/// ```
/// use iam_playground::analysis::tables::{Sheet, csv};
/// let sheet = Sheet { head: vec!["Who".into()], rows: vec![vec!["role \"a, b\"".into()]] };
/// assert_eq!(csv(&sheet), "Who\r\n\"role \"\"a, b\"\"\"\r\n");
/// ```
pub fn csv(sheet: &Sheet) -> String {
    let mut text = String::new();
    for line in sheet.lines() {
        for (at, field) in line.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            if field.contains([',', '"', '\r', '\n']) {
                text.push('"');
                text.push_str(&field.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(field);
            }
        }
        text.push_str("\r\n");
    }
    text
}

/// A sheet as a table of GitHub's Markdown: bars and what would be read as markup escaped, line breaks as spaces.
pub fn markdown(sheet: &Sheet) -> String {
    let mut text = String::new();
    for (at, line) in sheet.lines().enumerate() {
        text.push('|');
        for field in line {
            text.push(' ');
            for c in field.chars() {
                match c {
                    '\r' => {}
                    '\n' => text.push(' '),
                    '|' | '\\' | '*' | '_' | '`' | '<' | '[' => text.extend(['\\', c]),
                    _ => text.push(c),
                }
            }
            text.push_str(" |");
        }
        text.push('\n');
        if at == 0 {
            text.push('|');
            text.push_str(&" --- |".repeat(line.len()));
            text.push('\n');
        }
    }
    text
}
