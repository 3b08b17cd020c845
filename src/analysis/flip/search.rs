//! From a denial, one deciding point after the other, to an allow.

use super::apply::apply;
use super::edit::{Change, Edit, Flip};
use super::step::Step;
use super::{allow, deny};
use crate::eval::{Basis, LayerKind, Policies, Request, Rule, Verdict, decide};
use crate::policy::Effect;

/// Most flips that are offered.
pub const FLIPS: usize = 5;

/// Most deciding points on the way to an allow.
const DEPTH: usize = 8;

/// Most flips that begin with the same edits.
const PER_START: usize = 2;

/// Most situations that are looked at.
const STEPS: usize = 40;

/// Edits that turn a denial into an allow, each list verified by the evaluator. Those that let through only what is asked
/// stand before those that let through more, a request that is made differently before another policy, and few edits before
/// many. Nothing for an allow, and for a denial that no policy and no key changes.
///
/// The action is written as the request spells it: give it as AWS does.
pub fn flips(policies: &Policies, request: &Request) -> Vec<Flip> {
    let start = Step::new(policies.clone(), request.clone());
    if is_hopeless(&start) {
        return Vec::new();
    }
    let mut search = Search { left: STEPS };
    let mut found: Vec<Flip> = Vec::new();
    for edits in options(&start) {
        for flip in search.from(&start, Vec::new(), edits, DEPTH, PER_START) {
            let flip = without_needless(policies, request, flip);
            if !found.contains(&flip) {
                found.push(flip);
            }
        }
    }
    crate::text::order::sort_by_key(&mut found, |flip| {
        (flip.lifts().count(), changed_policies(flip), flip.edits.len())
    });
    found.truncate(FLIPS);
    found
}

/// Whether edits set a key that is set already: a value that suits one statement and then another goes round in circles.
fn repeats_key(done: &[Edit], next: &[Edit]) -> bool {
    let key = |edit: &Edit| match edit {
        Edit::Context { key, .. } => Some(key.to_lowercase()),
        _ => None,
    };
    let known: Vec<String> = done.iter().filter_map(key).collect();
    next.iter().filter_map(key).any(|key| known.contains(&key))
}

/// A flip without what later edits made needless. Only what moves no statement is left out.
fn without_needless(policies: &Policies, request: &Request, flip: Flip) -> Flip {
    let mut flip = flip;
    let mut at = flip.edits.len();
    while at > 0 && flip.edits.len() > 1 {
        at -= 1;
        let moves = |edit: &Edit| matches!(edit, Edit::Policy(edit) if matches!(edit.change, Change::Replace { .. }));
        if flip.edits.get(at).is_none_or(moves) {
            continue;
        }
        let mut fewer = flip.edits.clone();
        fewer.remove(at);
        let (policies, request) = apply(policies, request, &fewer);
        let decision = decide(&policies, &request);
        if decision.verdict == Verdict::Allowed {
            flip = Flip { edits: fewer, decision };
        }
    }
    flip
}

/// Whether more denies stand in the way than are passed: each without a condition takes an edit of its own.
fn is_hopeless(start: &Step) -> bool {
    let trace = start.trace();
    let unconditional = trace
        .statements()
        .filter(|(_, _, seen)| seen.effect() == Effect::Deny && seen.matched() && seen.conditions().len() == 0);
    start.decision.verdict == Verdict::ExplicitlyDenied && unconditional.count() > DEPTH
}

fn changed_policies(flip: &Flip) -> usize {
    flip.edits.iter().filter(|edit| !matches!(edit, Edit::Context { .. })).count()
}

/// What would get past the point that decides now, the least first.
fn options(step: &Step) -> Vec<Vec<Edit>> {
    match (step.decision.verdict, step.decision.basis) {
        (Verdict::Allowed, _) => Vec::new(),
        (_, Basis::Rule(Rule::BillingClosed)) => vec![vec![Edit::BillingAccess]],
        (_, Basis::Rule(_)) | (_, Basis::NothingAllows(LayerKind::ResourceControl, _)) => Vec::new(),
        (_, Basis::NothingAllows(layer, level)) => allow::options(step, layer, level),
        (_, Basis::Statement(at)) => deny::options(step, at),
    }
}

struct Search {
    /// How many situations may still be looked at.
    left: usize,
}

impl Search {
    /// Flips that go on from `step` with `edits`, at most `room`.
    fn from(&mut self, step: &Step, before: Vec<Edit>, edits: Vec<Edit>, depth: usize, room: usize) -> Vec<Flip> {
        if self.left == 0 || depth == 0 {
            return Vec::new();
        }
        self.left -= 1;
        // Where one statement went, another may stand in its place.
        let replaces =
            |edit: &Edit| matches!(edit, Edit::Policy(edit) if matches!(edit.change, Change::Replace { .. }));
        let may_stay = edits.iter().any(replaces);
        let after = step.after(&edits);
        let done: Vec<Edit> = before.into_iter().chain(edits).collect();
        if after.decision.verdict == Verdict::Allowed {
            return vec![Flip { edits: done, decision: after.decision }];
        }
        if after.decision.basis == step.decision.basis && !may_stay {
            return Vec::new();
        }
        let mut found = Vec::new();
        for next in options(&after).into_iter().filter(|next| !repeats_key(&done, next)) {
            if found.len() >= room {
                break;
            }
            found.extend(self.from(&after, done.clone(), next, depth - 1, room - found.len()));
        }
        found
    }
}
