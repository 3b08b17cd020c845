//! An engine for AWS IAM: policies in, decisions and their reasons out.

pub mod text;
pub mod ident;
pub mod policy;
pub mod model;
pub mod eval;
