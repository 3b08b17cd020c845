//! Strict JSON whose values keep their spans, their order and their duplicate keys.
//!
//! The parser is the crate `jsonc-parser` with every leniency switched off.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

use crate::text::{Diagnostic, Span};

/// A JSON value that borrows from its text.
pub type Json<'a> = Value<'a>;

/// Longest text that is parsed, in bytes. IAM itself takes 131,072 characters (POL-9); the slack lets people paste more and be told so.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

const SYNTAX: &str = "policy/json-syntax-error";

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Parses `text`, or says in one located finding why it is not JSON.
///
/// ```
/// use iam_playground::text::json;
/// assert!(json::parse(r#"{"Version": "2012-10-17"}"#).is_ok());
/// let refused = json::parse("{'a': 1,}").unwrap_err();
/// assert_eq!(refused.code, "policy/json-syntax-error");
/// ```
pub fn parse(text: &str) -> Result<Json<'_>, Diagnostic> {
    if text.len() > MAX_BYTES {
        let message = format!("The text has {} bytes, more than the {MAX_BYTES} that are read.", text.len());
        return Err(Diagnostic::error(SYNTAX, Span::default(), message).help("Split the document."));
    }
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    match parse_to_ast(text, &collect, &STRICT) {
        Ok(parsed) => parsed.value.ok_or_else(|| {
            Diagnostic::error(SYNTAX, Span::default(), "There is no JSON here.")
                .help("Write a policy document, starting with `{`.")
        }),
        Err(error) => {
            // At least one character, and none in part.
            let range = error.range();
            let start = text.floor_char_boundary(range.start);
            let span = Span::new(start, text.ceil_char_boundary(range.end.max(start + 1)));
            Err(Diagnostic::error(SYNTAX, span, format!("Not JSON: {}.", lower_first(&error.kind().to_string())))
                .help("Check quotes, commas and brackets here and just before."))
        }
    }
}

/// The place of a value, quotes and brackets included.
pub fn span(value: &Json<'_>) -> Span {
    Span::new(value.start(), value.end())
}

/// What kind of JSON a value is, for messages.
pub fn kind(value: &Json<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a string",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "a boolean",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::NullKeyword(_) => "null",
    }
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
