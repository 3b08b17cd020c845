//! One statement against one request: principal, action, resource and conditions must all admit it.

use std::sync::Arc;

use crate::eval::ContextValue;
use crate::eval::compile::{Bindings, CompiledCondition, CompiledStatement};
use crate::eval::layer::{Recording, Situation};
use crate::eval::operator;
use crate::eval::principal::GrantClass;
use crate::eval::trace::{ConditionReason, ConditionRecord, ElementRecord, StatementRecord, VariablesRecord};
use crate::policy::{Condition, Effect, Statement};

/// How strongly a statement applies; `None` when it does not. Without recording, its action is known to match (its index
/// saw to it) and the first element that fails ends the work; with recording, everything is looked at.
pub(crate) fn applies<R: Recording>(
    compiled: &CompiledStatement,
    source: &Statement,
    situation: &Situation<'_>,
    out: &mut R::Statements,
) -> Option<GrantClass> {
    let request = situation.request;
    let bindings = Bindings { variables: &compiled.variables, context: &request.context };
    let class = match &compiled.principal {
        Some(principal) => principal.class(compiled.effect == Effect::Allow, situation),
        None => Some(GrantClass::Direct),
    };
    let action_outcomes = R::ON.then(|| compiled.action_outcomes(&request.action));
    let action = action_outcomes.as_ref().is_none_or(|outcomes| outcomes.any_matches() != compiled.action_negated);
    let mut matched = class.is_some() && action;
    if !R::ON && !matched {
        return None;
    }
    let resource_outcomes = compiled.resource.as_ref().filter(|_| R::ON).map(|element| {
        let texts = source.resource.as_ref().map_or(&[][..], |element| &element.entries);
        element.outcomes(texts, &request.resource, &bindings)
    });
    let resource = match (&compiled.resource, &resource_outcomes) {
        (Some(element), Some(outcomes)) => outcomes.any_matches() != element.negated,
        (Some(element), None) => element.admits(&request.resource, &bindings),
        (None, _) => true,
    };
    matched &= resource;
    if !R::ON && !matched {
        return None;
    }
    let mut conditions = R::ON.then(|| Vec::with_capacity(compiled.conditions.len()));
    for (condition, source) in compiled.conditions.iter().zip(&source.conditions) {
        let actual = request.context.shared(&condition.key);
        let (holds, reason) = operator::holds(condition, actual.map(|value| &**value), &bindings);
        matched &= holds;
        if let Some(conditions) = &mut conditions {
            conditions.push(condition_record(condition, source, actual, (holds, reason), &bindings));
        } else if !matched {
            return None;
        }
    }
    R::statement(out, || StatementRecord {
        matched,
        principal: compiled.principal.as_ref().map(|element| Box::new(element.record(class.is_some(), situation))),
        action: ElementRecord { matched: action, outcomes: action_outcomes.unwrap_or_default() },
        resource: resource_outcomes.map(|outcomes| ElementRecord { matched: resource, outcomes }),
        conditions: conditions.unwrap_or_default(),
        variables: variables_record(compiled, &bindings),
    });
    class.filter(|_| matched)
}

fn condition_record(
    compiled: &CompiledCondition,
    source: &Condition,
    actual: Option<&Arc<ContextValue>>,
    (matched, reason): (bool, ConditionReason),
    bindings: &Bindings<'_>,
) -> ConditionRecord {
    let reason = match reason {
        ConditionReason::Compared => {
            operator::refine(compiled, source, actual.map(|value| &**value), matched, bindings)
        }
        other => other,
    };
    let resolved = operator::resolved(&compiled.values, source.values.len(), bindings);
    ConditionRecord { actual: actual.cloned(), matched, reason, resolved }
}

fn variables_record(compiled: &CompiledStatement, bindings: &Bindings<'_>) -> Option<Box<VariablesRecord>> {
    if compiled.variables.is_empty() {
        return None;
    }
    let is_missing = |key: &str| bindings.context.folded(key).is_none();
    let missing = compiled.variables.iter().filter(|variable| variable.default.is_none() && is_missing(&variable.key));
    let record = VariablesRecord {
        resolved: compiled.resource.as_ref().map(|element| element.resolved(bindings)).unwrap_or_default(),
        missing: missing.map(|variable| variable.key.clone()).collect(),
    };
    (!record.resolved.is_empty() || !record.missing.is_empty()).then(|| Box::new(record))
}
