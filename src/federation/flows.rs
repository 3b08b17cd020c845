//! The flows, and everything that can go wrong in them.
//!
#![doc = include_str!("flows.md")]

mod broker;
mod cognito;
mod cross_account;
mod eks;
mod github;
mod identity_center;
mod mfa_session;
mod parts;
mod role_chain;
mod web_identity;

use super::flow::Flow;

/// Every flow, in the order in which people are offered them.
pub const FLOWS: [&Flow; 9] = [
    &web_identity::FLOW,
    &cognito::FLOW,
    &broker::FLOW,
    &cross_account::FLOW,
    &role_chain::FLOW,
    &mfa_session::FLOW,
    &identity_center::FLOW,
    &github::FLOW,
    &eks::FLOW,
];

/// The flow of this name.
pub fn flow(id: &str) -> Option<&'static Flow> {
    FLOWS.into_iter().find(|flow| flow.id == id)
}
