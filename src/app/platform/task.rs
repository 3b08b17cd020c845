//! Work that ends later, unless whoever wanted it is gone by then.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use yew::Callback;

/// A running piece of work; dropping it discards its result.
#[derive(Debug)]
#[must_use]
pub struct Task {
    wanted: Rc<Cell<bool>>,
}

impl Drop for Task {
    fn drop(&mut self) {
        self.wanted.set(false);
    }
}

impl Task {
    /// Whether its result was handed over.
    pub fn is_over(&self) -> bool {
        !self.wanted.get()
    }
}

/// Runs `work` and hands its result to `then`.
pub fn spawn<T: 'static>(work: impl Future<Output = T> + 'static, then: Callback<T>) -> Task {
    let wanted = Rc::new(Cell::new(true));
    let still_wanted = wanted.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let result = work.await;
        if still_wanted.replace(false) {
            then.emit(result);
        }
    });
    Task { wanted }
}
