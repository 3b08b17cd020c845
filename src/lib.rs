//! IAM Playground's engine: AWS IAM policies in, decisions and their reasons out.
//!
//! The modules stand in layers; each uses only those above it in this list.
//!
//! | layer | modules | what |
//! |---|---|---|
//! | 0 | [`text`], [`ident`] | spans, diagnostics, JSON with places; accounts, ARNs, actions, patterns |
//! | 1 | [`policy`], [`catalog`] | the policy language; facts about services and AWS managed policies |
//! | 2 | [`model`] | the world that people build, and the commands that change it |
//! | 3 | [`eval`] | compiled policies, requests, decisions, traces |
//! | 4 | [`explain`] | traces in words |
//! | 5 | [`analysis`] | tables of decisions, what would change a decision, checks of an account |
//! | 6 | [`case`], [`save`], [`diagram`], [`federation`] | decisions as JSON lines; worlds as text that can be kept; pictures as numbers; federation flows, played |
//! | 7 | `app` | the page; the only module that knows a browser |
//!
//! Promises of every layer but the last:
//!
//! - Total and deterministic: no clock, no randomness, no input or output, no global state, no panic on any input.
//! - Parsing never fails: what can be understood is kept, and each thing that cannot gets a located finding.
//! - One evaluator: the trace is the record of the run that decides ([`eval::trace()`] and [`eval::decide`] are the same code).
//! - Results are ordered; the order of a hash map never shows.
//! - What AWS does is cited by the number of a fact: EVAL, POL, KEY, CON, ERR or FED.
//!
//! ```
//! use std::sync::Arc;
//! use iam_playground::eval::{CompiledPolicy, Policies, Policy, PolicySource, Principal, Request, Resource, Verdict, trace};
//! use iam_playground::ident::{AccountId, ActionName};
//! use iam_playground::policy::{PolicyKind, parse_document};
//! use iam_playground::explain;
//!
//! let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::photos/*"}}"#;
//! let document = parse_document(text, PolicyKind::Identity).value.unwrap();
//! let read_photos = Policy {
//!     source: PolicySource { name: "ReadPhotos".into(), arn: None, group: None },
//!     compiled: Arc::new(CompiledPolicy::new(Arc::new(document), PolicyKind::Identity)),
//! };
//! let policies = Policies { identity: vec![read_photos].into(), ..Policies::default() };
//!
//! let account = AccountId::example();
//! let request = Request {
//!     principal: Principal::User { arn: "arn:aws:iam::123456789012:user/ann".into(), account: account.clone() },
//!     action: ActionName::parse("s3:GetObject").unwrap(),
//!     resource: Resource::Arn("arn:aws:s3:::photos/cat.jpg".into()),
//!     resource_account: Some(account),
//!     context: Default::default(),
//! };
//! let trace = trace(&policies, &request);
//! assert_eq!(trace.decision.verdict, Verdict::Allowed);
//! assert_eq!(explain::sentence(&trace, &request), "Allowed, by `ReadPhotos`.");
//! ```

pub mod analysis;
#[cfg(feature = "app")]
pub mod app;
pub mod case;
pub mod catalog;
pub mod diagram;
pub mod eval;
pub mod explain;
pub mod federation;
pub mod ident;
pub mod model;
pub mod policy;
pub mod save;
pub mod text;
