//! Text with places: spans, lines and columns, diagnostics, and JSON whose values know where they stand.

pub mod diagnostic;
pub mod json;
pub mod line_index;
pub mod order;
pub mod span;

pub use diagnostic::{Diagnostic, Parsed, Severity};
pub use line_index::{LineIndex, Position};
pub use span::{Span, Spanned};
