//! What the page's module does in a worker: it makes tables.

use super::platform::{clock, worker};
use super::state::tables::Desk;

/// Milliseconds between two words about progress, and before the first: until then nobody wants to know.
const PAUSE_MS: f64 = 50.0;
const WHILE_MS: f64 = 150.0;

/// Waits for orders and does them.
pub fn begin() {
    let mut desk = Desk::default();
    worker::serve(move |texts| {
        let (number, order) = desk.take(texts);
        let mut told = clock::milliseconds() + WHILE_MS - PAUSE_MS;
        let marks = order.map(|order| {
            order.run(desk.memo(), &mut |done, all| {
                let now = clock::milliseconds();
                if now - told >= PAUSE_MS {
                    told = now;
                    worker::tell_progress(number, done, all);
                }
            })
        });
        worker::tell_done(number, marks.as_deref());
    });
}
