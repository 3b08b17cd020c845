//! One statement against one request: principal, action, resource and conditions must all admit it.

use crate::eval::{ContextValue, Resource};
use std::sync::Arc;

use crate::eval::compile::{Bindings, CompiledCondition, CompiledResource, CompiledStatement};
use crate::eval::layer::{Recording, Situation};
use crate::eval::operator;
use crate::eval::principal::GrantClass;
use crate::eval::resource::ResourceEntry;
use crate::eval::trace::{ConditionReason, ConditionRecord, ElementRecord, Outcomes, StatementRecord, VariablesRecord};
use crate::policy::{Condition, Effect, Statement};
use crate::text::Spanned;

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
    let (resource, resource_outcomes) = match &compiled.resource {
        Some(element) => resource_matches::<R>(element, source, &request.resource, &bindings),
        None => (true, None),
    };
    matched &= resource;
    if !R::ON && !matched {
        return None;
    }
    let mut conditions = Vec::with_capacity(if R::ON { compiled.conditions.len() } else { 0 });
    for (condition, source) in compiled.conditions.iter().zip(&source.conditions) {
        let actual = request.context.shared(&condition.key);
        let (holds, reason) = operator::holds(condition, actual.map(|value| &**value), &bindings);
        matched &= holds;
        if R::ON {
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
        conditions,
        variables: variables_record(compiled, &bindings),
    });
    class.filter(|_| matched)
}

/// Whether the element admits the resource, and in a run that records what came of every entry.
fn resource_matches<R: Recording>(
    compiled: &CompiledResource,
    source: &Statement,
    resource: &Resource,
    bindings: &Bindings<'_>,
) -> (bool, Option<Outcomes>) {
    if R::ON {
        let texts = source.resource.as_ref().map_or(&[][..], |element| &element.entries);
        let outcome =
            |(entry, text): (&ResourceEntry, &Spanned<String>)| entry.outcome(&text.value, resource, bindings);
        let outcomes: Outcomes = compiled.entries.iter().zip(texts).map(outcome).collect();
        return (outcomes.any_matches() != compiled.negated, Some(outcomes));
    }
    (compiled.entries.iter().any(|entry| entry.matches(resource, bindings)) != compiled.negated, None)
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
