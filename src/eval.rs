//! From policies and a request to a decision, with the reasons of the run that decided (EVAL).
//!
//! [`decide`] answers; [`trace()`] answers and records. Both are the same code, compiled with and without recording.

pub mod chain;
pub mod compare;
pub mod compile;
pub mod context;
pub mod decision;
mod index;
mod layer;
pub mod operator;
mod principal;
pub mod request;
mod resource;
pub mod scene;
pub mod situation;
mod statement;
pub mod trace;

pub use chain::{RCP_SERVICES, decide, trace};
pub use compile::CompiledPolicy;
pub use context::{Context, ContextValue};
pub use decision::{Basis, Decision, LayerKind, Rule, StatementRef, Verdict};
pub use request::{Level, Policies, Policy, PolicyList, PolicySource, Principal, Request, Resource};
pub use trace::Trace;
