//! The flows.

mod github;
mod web_identity;

use super::flow::Flow;

/// Every flow, in the order in which people are offered them.
pub const FLOWS: [&Flow; 2] = [&web_identity::FLOW, &github::FLOW];

/// The flow of this name.
pub fn flow(id: &str) -> Option<&'static Flow> {
    FLOWS.into_iter().find(|flow| flow.id == id)
}
