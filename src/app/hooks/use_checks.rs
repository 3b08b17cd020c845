//! The checks of the account, made while nobody waits for an answer.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::{hook, use_effect_with, use_memo, use_state_eq};

use crate::app::ByPtr;
use crate::app::state::State;
use crate::app::state::checks::{self, Checks, MANY, size};
use crate::eval::situation::Memo;
use crate::model::World;

/// How long a world must have stood before it is checked.
const PAUSE_MS: u32 = 120;
/// The same for a large one: nobody is typing then.
const LONG_PAUSE_MS: u32 = 900;

/// A world; equal only when it is the same allocation.
#[derive(Clone)]
struct Same(Rc<World>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What the checks find, once it is known. What they found before stays until then.
#[hook]
pub fn use_checks(state: &State) -> Option<ByPtr<Checks>> {
    let found = use_state_eq(|| None::<ByPtr<Checks>>);
    let memo = use_memo((), |()| Memo::default());
    let set = found.setter();
    let (now, first) = (state.now, found.is_none());
    let account = state.asked.account.clone();
    let wanted = !checks::asks_first(state);
    let world = Same(state.world.clone());
    use_effect_with((world, state.site.clone(), account, wanted), move |(world, site, account, wanted)| {
        let (world, site, account) = (world.0.clone(), site.clone(), account.clone());
        let pause = if size(&world) > MANY && !first { LONG_PAUSE_MS } else { PAUSE_MS };
        let run = move || set.set(checks::checks(&world, &site, &account, now, &memo).map(ByPtr::new));
        let timeout = wanted.then(|| Timeout::new(pause, run));
        move || drop(timeout)
    });
    (*found).clone()
}
