//! The flows, and everything that can go wrong in them.
//!
#![doc = include_str!("flows.md")]

mod broker;
mod cognito;
mod console;
mod cross_account;
mod directory_service;
mod eks;
mod github;
mod identity_center;
mod instance_profile;
mod mfa_session;
mod parts;
mod role_chain;
mod roles_anywhere;
mod saml;
mod service_role;
mod web_identity;

use super::flow::Flow;

/// Every flow, in the order in which people are offered them.
pub const FLOWS: [&Flow; 14] = [
    &web_identity::FLOW,
    &cognito::FLOW,
    &saml::FLOW,
    &directory_service::FLOW,
    &broker::FLOW,
    &cross_account::FLOW,
    &role_chain::FLOW,
    &mfa_session::FLOW,
    &service_role::FLOW,
    &instance_profile::FLOW,
    &github::FLOW,
    &eks::FLOW,
    &identity_center::FLOW,
    &roles_anywhere::FLOW,
];

/// The flow of this name.
pub fn flow(id: &str) -> Option<&'static Flow> {
    FLOWS.into_iter().find(|flow| flow.id == id)
}
