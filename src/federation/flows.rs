//! The flows.

mod eks;
mod github;
mod parts;
mod web_identity;

use super::flow::Flow;

/// Every flow, in the order in which people are offered them.
pub const FLOWS: [&Flow; 3] = [&web_identity::FLOW, &github::FLOW, &eks::FLOW];

/// The flow of this name.
pub fn flow(id: &str) -> Option<&'static Flow> {
    FLOWS.into_iter().find(|flow| flow.id == id)
}
