//! The flows.

mod console;
mod cross_account;
mod mfa_session;
mod parts;
mod role_chain;
mod saml;
mod web_identity;

use super::flow::Flow;

/// Every flow, in the order in which people are offered them.
pub const FLOWS: [&Flow; 5] =
    [&web_identity::FLOW, &cross_account::FLOW, &mfa_session::FLOW, &role_chain::FLOW, &saml::FLOW];

/// The flow of this name.
pub fn flow(id: &str) -> Option<&'static Flow> {
    FLOWS.into_iter().find(|flow| flow.id == id)
}
