//! One statement against one request: principal, action, resource and conditions must all admit it.

use crate::eval::ContextValue;
use crate::eval::compile::{ActionEntry, Bindings, CompiledStatement};
use crate::eval::layer::{Recording, Situation};
use crate::eval::operator;
use crate::eval::principal::GrantClass;
use crate::eval::trace::{
    Actual, ConditionReason, ConditionTrace, ElementTrace, EntryOutcome, EntryTrace, ExpectedValue, StatementTrace,
};
use crate::ident::ActionName;
use crate::policy::{Condition, Effect, Element, Statement};
use crate::text::Spanned;

/// How strongly a statement applies; `None` when it does not. Without recording, `nominated` is the only Action entry
/// that is tried and the first element that fails ends the work; with recording, everything is looked at.
pub(crate) fn applies<R: Recording>(
    compiled: &CompiledStatement,
    source: &Statement,
    nominated: Option<u32>,
    situation: &Situation<'_>,
    out: &mut R::Statements,
) -> Option<GrantClass> {
    let request = situation.request;
    let bindings = Bindings { variables: &compiled.variables, context: &request.context };
    let class = match &compiled.principal {
        Some(principal) => principal.class(compiled.effect == Effect::Allow, situation),
        None => Some(GrantClass::Direct),
    };
    let action = action_matches::<R>(compiled, nominated, &request.action);
    let mut matched = class.is_some() && action;
    if !R::ON && !matched {
        return None;
    }
    let resource = compiled.resource.as_ref().is_none_or(|resource| {
        resource.entries.iter().any(|entry| entry.matches(&request.resource, &bindings)) != resource.negated
    });
    matched &= resource;
    if !R::ON && !matched {
        return None;
    }
    let mut conditions = Vec::new();
    for (condition, source) in compiled.conditions.iter().zip(&source.conditions) {
        let (holds, reason) = operator::holds(condition, &request.context, &bindings);
        matched &= holds;
        if R::ON {
            let reason = match reason {
                ConditionReason::Compared => operator::refine(condition, source, holds, &bindings),
                other => other,
            };
            conditions.push(condition_trace(source, condition, holds, reason, &bindings));
        } else if !matched {
            return None;
        }
    }
    R::statement(out, || StatementTrace {
        index: source.index,
        sid: source.sid.as_ref().map(|sid| sid.value.clone()),
        effect: compiled.effect,
        span: source.span,
        matched,
        principal: compiled.principal.as_ref().zip(source.principal.as_ref()).map(|(compiled, source)| ElementTrace {
            negated: source.negated,
            matched: class.is_some(),
            span: source.span,
            entries: compiled.record(source, situation),
        }),
        action: element_trace(&source.action, action, |at, text| {
            action_trace(compiled.actions.get(at), text, &request.action)
        }),
        resource: compiled.resource.as_ref().zip(source.resource.as_ref()).map(|(compiled, source)| {
            element_trace(source, resource, |at, text| {
                let Some(entry) = compiled.entries.get(at) else { return (EntryOutcome::Malformed, None) };
                let outcome = if entry.matches(&request.resource, &bindings) {
                    EntryOutcome::Matches
                } else {
                    entry.difference(&text.value, &request.resource, &bindings)
                };
                (outcome, entry.resolved(&bindings))
            })
        }),
        conditions,
    });
    class.filter(|_| matched)
}

fn action_matches<R: Recording>(compiled: &CompiledStatement, nominated: Option<u32>, action: &ActionName) -> bool {
    match nominated.filter(|_| !R::ON) {
        Some(entry) => compiled.actions.get(entry as usize).is_some_and(|entry| entry.matches(action)),
        None => compiled.actions.iter().any(|entry| entry.matches(action)) != compiled.action_negated,
    }
}

fn action_trace(
    entry: Option<&ActionEntry>,
    _: &Spanned<String>,
    action: &ActionName,
) -> (EntryOutcome, Option<String>) {
    let outcome = match entry.map(|entry| (entry, entry.service())) {
        Some((entry, _)) if entry.matches(action) => EntryOutcome::Matches,
        Some((_, Some(service))) if service != action.service() => EntryOutcome::OtherService,
        Some((_, Some(_))) => EntryOutcome::OtherAction,
        _ => EntryOutcome::Malformed,
    };
    (outcome, None)
}

fn element_trace(
    source: &Element,
    matched: bool,
    look: impl Fn(usize, &Spanned<String>) -> (EntryOutcome, Option<String>),
) -> ElementTrace {
    let entries = source.entries.iter().enumerate().map(|(at, entry)| {
        let (outcome, resolved) = look(at, entry);
        EntryTrace { text: entry.value.clone(), resolved, span: entry.span, outcome }
    });
    ElementTrace { negated: source.negated, matched, span: source.span, entries: entries.collect() }
}

fn condition_trace(
    source: &Condition,
    compiled: &crate::eval::compile::CompiledCondition,
    matched: bool,
    reason: ConditionReason,
    bindings: &Bindings<'_>,
) -> ConditionTrace {
    let expected = source.values.iter().enumerate().map(|(at, value)| ExpectedValue {
        text: value.value.clone(),
        resolved: operator::resolved(&compiled.values, at, bindings),
        span: value.span,
    });
    ConditionTrace {
        operator_text: source.operator_text.value.clone(),
        operator: compiled.operator,
        key: source.key.value.clone(),
        span: source.span,
        expected: expected.collect(),
        actual: match bindings.context.folded(&compiled.key) {
            None => Actual::Absent,
            Some(ContextValue::One(text)) => Actual::One(text.clone()),
            Some(ContextValue::Many(list)) => Actual::Many(list.clone()),
        },
        matched,
        reason,
    }
}
