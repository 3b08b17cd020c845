//! The policy language (POL): documents, statements, conditions and variables, read from JSON with their places.

pub mod condition;
pub mod document;
pub mod parse;
pub mod print;
pub mod variable;

pub use condition::{BaseOperator, Comparison, Condition, Operator, Qualifier};
pub use document::{Effect, Element, PolicyDocument, PolicyKind, PrincipalElement, PrincipalEntry, Statement, Version};
pub use parse::parse_document;
pub use print::{print_document, print_statement};
