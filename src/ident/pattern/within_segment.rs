//! Matching when a run may not cross a colon. Greedy matching is no longer exact then, so the set of places that the
//! pattern can have reached is carried along instead.

use super::{Chunk, Run, Slots, match_here};

/// Whether `rest` matches `text` from byte `start` to its end.
pub(super) fn matches(rest: &[(Run, Chunk)], text: &str, start: usize, slots: &impl Slots) -> bool {
    let bytes = text.as_bytes();
    let mut reached = vec![false; text.len() + 1];
    let mut next = reached.clone();
    mark(&mut reached, start);
    for (run, chunk) in rest {
        next.fill(false);
        let mut any = false;
        let mut running = false;
        for (at, here) in reached.iter().enumerate() {
            running |= *here;
            if running
                && text.is_char_boundary(at)
                && let Some(end) = match_here(chunk, text, at, slots)
            {
                mark(&mut next, end);
                any = true;
            }
            if *run == Run::InSegment && bytes.get(at) == Some(&b':') {
                running = false;
            }
        }
        if !any {
            return false;
        }
        std::mem::swap(&mut reached, &mut next);
    }
    reached.last().copied().unwrap_or_default()
}

fn mark(places: &mut [bool], at: usize) {
    if let Some(place) = places.get_mut(at) {
        *place = true;
    }
}
