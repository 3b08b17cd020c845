//! What an allow hangs on, and what would end it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::apply::{list, set_list};
use super::edit::Edit;
use super::step::Step;
use super::value;
use crate::eval::trace::ElementKind;
use crate::eval::{
    Basis, CompiledPolicy, Decision, LayerKind, Policies, Policy, Request, StatementRef, Trace, Verdict, decide,
};
use crate::policy::{Effect, PolicyDocument};

/// What an allow rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// Allow statements without any one of which the request is denied, in their order.
    pub necessary: Vec<StatementRef>,
    /// Of each of these groups one is enough, and without all of a group the request is denied.
    pub either: Vec<Vec<StatementRef>>,
    /// Requests, otherwise the same, that are denied; those that a Deny is about first.
    pub breaks: Vec<Break>,
}

/// A change of the request that ends an allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The Deny that then applies, or the Allow that no longer does.
    pub statement: StatementRef,
    /// The change: [`Edit::Context`] each.
    pub edits: Vec<Edit>,
    /// What is then decided.
    pub decision: Decision,
}

/// Most statements of a group that are tried one by one.
const TRIED: usize = 8;

/// Most changes of the request that are told.
const BREAKS: usize = 16;

/// What the allow of a request hangs on; nothing for a denial. Where a rule of AWS allows, no statement does.
pub fn hangs_on(policies: &Policies, request: &Request) -> Support {
    let step = Step::new(policies.clone(), request.clone());
    if step.decision.verdict != Verdict::Allowed {
        return Support::default();
    }
    let trace = step.trace();
    let allows = trace.statements().filter(|(_, _, seen)| seen.effect() == Effect::Allow && seen.matched());
    let matching: Vec<StatementRef> = allows.map(|(at, ..)| at).collect();
    // Only statements that match decide; the others would cost time with every trial.
    let known = matching.iter().copied().collect::<BTreeSet<_>>();
    let trials = Trials { policies: keeping(policies, |at| known.contains(&at)), request };
    let mut support = Support::default();
    let mut spare: Vec<StatementRef> = Vec::new();
    for group in matching.chunk_by(|a, b| (a.layer, a.level) == (b.layer, b.level)) {
        let necessary: Vec<StatementRef> =
            group.iter().copied().filter(|at| group.len() <= TRIED && trials.is_lost_without(&[*at])).collect();
        if !necessary.is_empty() {
            support.necessary.extend(necessary);
        } else if trials.is_lost_without(group) {
            support.either.push(trials.enough(group));
        } else if matches!(group, [first, ..] if matches!(first.layer, LayerKind::Identity | LayerKind::Resource)) {
            spare.extend(group);
        }
    }
    // Inside an account identity policies or a resource policy may be enough.
    if spare.len() > 1 && trials.is_lost_without(&spare) {
        support.either.push(trials.enough(&spare));
    }
    support.breaks = breaks(&step, &trace, &support);
    support
}

/// Decisions without some of the statements.
struct Trials<'a> {
    policies: Policies,
    request: &'a Request,
}

impl Trials<'_> {
    fn is_lost_without(&self, out: &[StatementRef]) -> bool {
        let without = keeping(&self.policies, |at| !out.contains(&at));
        decide(&without, self.request).verdict != Verdict::Allowed
    }

    /// Those of a group that are enough without the others. Many are not tried: of a layer any one allows.
    fn enough(&self, group: &[StatementRef]) -> Vec<StatementRef> {
        let is_enough = |at: &StatementRef| {
            let others: Vec<StatementRef> = group.iter().copied().filter(|other| other != at).collect();
            !self.is_lost_without(&others)
        };
        group.iter().copied().filter(|at| group.len() > TRIED || is_enough(at)).collect()
    }
}

/// The policies with some of their statements. One that keeps all is not compiled again.
fn keeping(policies: &Policies, keep: impl Fn(StatementRef) -> bool) -> Policies {
    let mut kept = policies.clone();
    for layer in LayerKind::REPORTING_ORDER {
        let levels = match layer {
            LayerKind::ServiceControl => policies.service_control.len(),
            LayerKind::ResourceControl => policies.resource_control.len(),
            _ => 1,
        };
        for level in (0u32..).take(levels) {
            let known = list(policies, layer, level);
            let less = |(policy, known): (u32, &Policy)| {
                let at = |statement| StatementRef { layer, level, policy, statement };
                less(known, |statement| keep(at(statement)))
            };
            let changed: Vec<Option<Policy>> = (0u32..).zip(known).map(less).collect();
            if changed.iter().any(Option::is_some) {
                let new = known.iter().zip(changed).map(|(known, new)| new.unwrap_or_else(|| known.clone()));
                set_list(&mut kept, layer, level, new.collect());
            }
        }
    }
    kept
}

/// A policy with some of its statements; `None` where that is all.
fn less(policy: &Policy, keep: impl Fn(u32) -> bool) -> Option<Policy> {
    let document = policy.compiled.document();
    if document.statements.iter().all(|statement| keep(statement.index)) {
        return None;
    }
    let statements = document.statements.iter().filter(|statement| keep(statement.index)).cloned().collect();
    let document = Arc::new(PolicyDocument { version: document.version, statements });
    let compiled = Arc::new(CompiledPolicy::new(document, policy.compiled.kind()));
    Some(Policy { source: policy.source.clone(), compiled })
}

/// Changes of the request that end the allow: for each Deny that only its conditions keep away, and for the conditions of
/// the Allow statements that it hangs on.
fn breaks(step: &Step, trace: &Trace, support: &Support) -> Vec<Break> {
    let denies = trace.statements().filter(|(_, _, seen)| {
        seen.effect() == Effect::Deny && !seen.matched() && seen.failing().eq([ElementKind::Condition])
    });
    let of_denies = denies.filter_map(|(at, ..)| {
        let found = step.found(at)?;
        let edits = value::satisfy(found.compiled(), found.position, &step.request.context)?;
        broken(step, at, edits, |verdict| verdict == Verdict::ExplicitlyDenied)
    });
    let deciding = match step.decision.basis {
        Basis::Statement(at) => Some(at),
        _ => None,
    };
    let deciding = deciding.filter(|at| !support.necessary.contains(at));
    let of_allows = deciding.iter().chain(&support.necessary).flat_map(|at| {
        let edits = step.found(*at).map(|found| value::lose(found.compiled(), found.position, &step.request.context));
        let edits = edits.into_iter().flatten();
        edits.filter_map(|edit| broken(step, *at, vec![edit], |verdict| verdict != Verdict::Allowed))
    });
    of_denies.chain(of_allows).take(BREAKS).collect()
}

fn broken(
    step: &Step,
    statement: StatementRef,
    edits: Vec<Edit>,
    is_wanted: impl Fn(Verdict) -> bool,
) -> Option<Break> {
    let decision = step.after(&edits).decision;
    is_wanted(decision.verdict).then_some(Break { statement, edits, decision })
}
