//! Handing events to the state.

use yew::{hook, use_context};

use crate::app::state::Dispatch;

/// The dispatcher of the session around this component.
#[hook]
#[expect(clippy::expect_used, reason = "every component is inside a session, which provides it")]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().expect("a session is around every component")
}
