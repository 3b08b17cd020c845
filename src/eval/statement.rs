//! One statement against one request: principal, action, resource and conditions must all admit it.

use crate::eval::compile::{Bindings, CompiledCondition, CompiledResource, CompiledStatement};
use crate::eval::layer::{Recording, Situation};
use crate::eval::operator;
use crate::eval::principal::GrantClass;
use crate::eval::trace::{Actual, ConditionReason, ConditionTrace, ElementTrace, EntryOutcome, StatementTrace};
use crate::eval::{ContextValue, Resource};
use crate::ident::ActionName;
use crate::policy::{Condition, Effect, Element, Statement};

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
        principal: (compiled.principal.as_ref().zip(source.principal.as_ref()))
            .map(|(compiled, source)| compiled.record(source, class.is_some(), situation)),
        action: ElementTrace {
            negated: compiled.action_negated,
            matched: action,
            span: source.action.span,
            texts: source.action.entries.clone(),
            outcomes: compiled.actions.iter().map(|entry| entry.outcome(&request.action)).collect(),
            resolved: Vec::new(),
        },
        resource: (compiled.resource.as_ref().zip(source.resource.as_ref()))
            .map(|(compiled, source)| resource_trace(compiled, source, resource, &request.resource, &bindings)),
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

fn resource_trace(
    compiled: &CompiledResource,
    source: &Element,
    matched: bool,
    resource: &Resource,
    bindings: &Bindings<'_>,
) -> ElementTrace {
    let outcomes =
        compiled.entries.iter().zip(&*source.entries).map(|(entry, text)| match entry.matches(resource, bindings) {
            true => EntryOutcome::Matches,
            false => entry.difference(&text.value, resource, bindings),
        });
    let resolved = compiled.entries.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.resolved(bindings)?)));
    ElementTrace {
        negated: compiled.negated,
        matched,
        span: source.span,
        texts: source.entries.clone(),
        outcomes: outcomes.collect(),
        resolved: resolved.collect(),
    }
}

fn condition_trace(
    source: &Condition,
    compiled: &CompiledCondition,
    matched: bool,
    reason: ConditionReason,
    bindings: &Bindings<'_>,
) -> ConditionTrace {
    let positions = 0..source.values.len();
    ConditionTrace {
        operator_text: source.operator_text.value.clone(),
        operator: compiled.operator,
        key: source.key.value.clone(),
        span: source.span,
        texts: source.values.clone(),
        resolved: positions.filter_map(|at| Some((at, operator::resolved(&compiled.values, at, bindings)?))).collect(),
        actual: match bindings.context.folded(&compiled.key) {
            None => Actual::Absent,
            Some(ContextValue::One(text)) => Actual::One(text.clone()),
            Some(ContextValue::Many(list)) => Actual::Many(list.clone()),
        },
        matched,
        reason,
    }
}
