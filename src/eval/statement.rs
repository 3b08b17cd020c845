//! One statement against one request: principal, action, resource and conditions must all admit it.

use crate::eval::compile::{Bindings, CompiledCondition, CompiledResource, CompiledStatement};
use crate::eval::layer::{Recording, Situation};
use crate::eval::operator;
use crate::eval::principal::GrantClass;
use crate::eval::resource::ResourceEntry;
use crate::eval::trace::{ConditionReason, ConditionTrace, ElementTrace, Outcomes, StatementTrace};
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::eval::Resource;
use crate::policy::{Condition, Effect, Element, Statement};
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
        action: element_trace(&source.action, action, action_outcomes, Vec::new()),
        resource: (compiled.resource.as_ref().zip(source.resource.as_ref()))
            .map(|(compiled, source)| element_trace(source, resource, resource_outcomes, compiled.resolved(&bindings))),
        missing_keys: missing_keys(compiled, source, &bindings),
        conditions,
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
        let texts = source.resource.iter().flat_map(|element| &*element.entries);
        let outcome =
            |(entry, text): (&ResourceEntry, &Spanned<String>)| entry.outcome(&text.value, resource, bindings);
        let outcomes: Outcomes = compiled.entries.iter().zip(texts).map(outcome).collect();
        return (outcomes.any_matches() != compiled.negated, Some(outcomes));
    }
    (compiled.entries.iter().any(|entry| entry.matches(resource, bindings)) != compiled.negated, None)
}

fn element_trace(
    source: &Element,
    matched: bool,
    outcomes: Option<Outcomes>,
    resolved: Vec<(usize, String)>,
) -> ElementTrace {
    ElementTrace {
        negated: source.negated,
        matched,
        span: source.span,
        texts: source.entries.clone(),
        outcomes: outcomes.unwrap_or_default(),
        resolved,
    }
}

/// The keys that conditions and variables ask for and the request lacks; a variable with a default lacks nothing.
fn missing_keys(compiled: &CompiledStatement, source: &Statement, bindings: &Bindings<'_>) -> Vec<Arc<str>> {
    let in_conditions = compiled.conditions.iter().zip(&source.conditions);
    let asked = in_conditions.map(|(condition, source)| (&*condition.key, &*source.key.value));
    let in_variables = compiled.variables.iter().filter(|variable| variable.default.is_none());
    let mut missing: IndexMap<&str, &str, FxBuildHasher> = IndexMap::default();
    for (folded, written) in asked.chain(in_variables.map(|variable| (&*variable.key, &*variable.key))) {
        if bindings.context.folded(folded).is_none() {
            missing.entry(folded).or_insert(written);
        }
    }
    missing.into_values().map(Arc::from).collect()
}

fn condition_trace(
    source: &Condition,
    compiled: &CompiledCondition,
    matched: bool,
    reason: ConditionReason,
    bindings: &Bindings<'_>,
) -> ConditionTrace {
    ConditionTrace {
        operator_text: source.operator_text.value.clone(),
        operator: compiled.operator,
        key: source.key.value.clone(),
        span: source.span,
        texts: source.values.clone(),
        resolved: operator::resolved(&compiled.values, source.values.len(), bindings),
        actual: bindings.context.shared(&compiled.key).cloned(),
        matched,
        reason,
    }
}
