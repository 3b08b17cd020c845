//! What browsers refuse.

use thiserror::Error;

/// A browser facility that is not there, is denied, or did not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlatformError {
    /// The facility does not exist here.
    #[error("This browser has no {0}.")]
    Missing(&'static str),
    /// The facility is denied to this page.
    #[error("The browser does not let this page use {0}.")]
    Refused(&'static str),
    /// There is no room.
    #[error("The browser has no more room for this page.")]
    Full,
    /// The facility is there, and does not answer.
    #[error("The browser does not answer for {0}.")]
    Silent(&'static str),
    /// A file that cannot be read.
    #[error("`{0}` cannot be read.")]
    Unreadable(String),
    /// No answer to a request: offline, blocked, or cut off.
    #[error("No answer for `{0}`.")]
    Unreachable(String),
    /// An answer that is an error.
    #[error("The server answered {status} for `{path}`.")]
    Status {
        /// What was asked for.
        path: String,
        /// HTTP status.
        status: u16,
    },
}
