//! Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}` (POL-120…129).

use crate::policy::Version;

/// One piece of a text that may hold variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Plain text, wildcards included.
    Text(&'a str),
    /// An escaped character, which is never a wildcard.
    Literal(&'a str),
    /// A variable.
    Variable(Variable),
}

/// A reference to a condition key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    /// The key in lower case (POL-123).
    pub key: Box<str>,
    /// The text used when the key is absent.
    pub default: Option<Box<str>>,
}

/// Splits `text` at its variables. In version 2008-10-17 there are none (POL-11); one that is not closed is plain text (POL-129).
///
/// ```
/// use iam_playground::policy::{Version, variable::{parts, Part}};
/// let found: Vec<_> = parts("home/${aws:username}/*", Version::V2012).collect();
/// assert!(matches!(&found[1], Part::Variable(v) if &*v.key == "aws:username"));
/// assert_eq!(parts("${aws:username}", Version::V2008).count(), 1);
/// ```
pub fn parts(text: &str, version: Version) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, after) = match version {
            Version::V2008 => (Part::Text(rest), ""),
            Version::V2012 => next_part(rest),
        };
        rest = after;
        Some(part)
    })
}

fn next_part(text: &str) -> (Part<'_>, &str) {
    let Some((before, from_variable)) = text.split_once("${") else {
        return (Part::Text(text), "");
    };
    if !before.is_empty() {
        return (Part::Text(before), text.get(before.len()..).unwrap_or_default());
    }
    let Some((inside, after)) = from_variable.split_once('}') else {
        return (Part::Text(text), "");
    };
    match inside {
        "*" | "?" | "$" => (Part::Literal(inside), after),
        _ => (Part::Variable(variable(inside)), after),
    }
}

/// The default stands in single quotes after a comma (POL-125).
fn variable(inside: &str) -> Variable {
    let (key, default) = match inside.split_once(',') {
        Some((key, default)) => {
            let default = default.trim();
            (key, default.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')))
        }
        None => (inside, None),
    };
    Variable { key: key.trim().to_lowercase().into(), default: default.map(Into::into) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable_of(text: &str) -> Option<Variable> {
        parts(text, Version::V2012).find_map(|part| match part {
            Part::Variable(variable) => Some(variable),
            _ => None,
        })
    }

    #[test]
    fn a_default_is_read_with_or_without_a_space() {
        for text in ["${aws:PrincipalTag/team, 'all'}", "${aws:PrincipalTag/team,'all'}"] {
            let found = variable_of(text).expect("a variable");
            assert_eq!((&*found.key, found.default.as_deref()), ("aws:principaltag/team", Some("all")));
        }
    }

    #[test]
    fn escapes_are_literal_characters() {
        let found: Vec<_> = parts("a${*}b${$}", Version::V2012).collect();
        assert_eq!(found, [Part::Text("a"), Part::Literal("*"), Part::Text("b"), Part::Literal("$")]);
    }

    #[test]
    fn a_variable_that_is_not_closed_is_text() {
        let found: Vec<_> = parts("a/${aws:username", Version::V2012).collect();
        assert_eq!(found, [Part::Text("a/"), Part::Text("${aws:username")]);
    }
}
