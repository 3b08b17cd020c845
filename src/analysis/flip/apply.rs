//! Carrying edits out.

use std::sync::Arc;

use super::edit::{Change, Edit, Place};
use super::name;
use crate::eval::{CompiledPolicy, LayerKind, Policies, Policy, PolicyList, PolicySource, Request, Resource};
use crate::policy::{PolicyDocument, PolicyKind, Statement, Version};

/// The policies and the request after the edits, in their order. An edit of something that is not there changes nothing.
/// Places of edited statements in the text are those of the statements they come from.
pub fn apply(policies: &Policies, request: &Request, edits: &[Edit]) -> (Policies, Request) {
    let (mut policies, mut request) = (policies.clone(), request.clone());
    for edit in edits {
        match edit {
            Edit::Policy(edit) => put(&mut policies, &request, edit.place, &edit.change),
            Edit::Context { key, value: Some(value) } => request.context.set(key, value.clone()),
            Edit::Context { key, value: None } => request.context.remove(key),
            Edit::BillingAccess => policies.billing_closed = false,
        }
    }
    (policies, request)
}

/// The policies of a level; none where there is no such level.
pub(super) fn list(policies: &Policies, layer: LayerKind, level: u32) -> &[Policy] {
    let found = match layer {
        LayerKind::ServiceControl => policies.service_control.get(level as usize).map(|level| &level.policies),
        LayerKind::ResourceControl => policies.resource_control.get(level as usize).map(|level| &level.policies),
        LayerKind::Endpoint => Some(&policies.endpoint),
        LayerKind::Resource => Some(&policies.resource),
        LayerKind::Identity => Some(&policies.identity),
        LayerKind::Boundary => Some(&policies.boundary),
        LayerKind::Session => Some(&policies.session),
    };
    found.map(PolicyList::as_slice).unwrap_or_default()
}

/// Puts other policies into a level.
pub(super) fn set_list(policies: &mut Policies, layer: LayerKind, level: u32, list: Vec<Policy>) {
    let place = match layer {
        LayerKind::ServiceControl => policies.service_control.get_mut(level as usize).map(|level| &mut level.policies),
        LayerKind::ResourceControl => {
            policies.resource_control.get_mut(level as usize).map(|level| &mut level.policies)
        }
        LayerKind::Endpoint => Some(&mut policies.endpoint),
        LayerKind::Resource => Some(&mut policies.resource),
        LayerKind::Identity => Some(&mut policies.identity),
        LayerKind::Boundary => Some(&mut policies.boundary),
        LayerKind::Session => Some(&mut policies.session),
    };
    if let Some(place) = place {
        *place = list.into();
    }
}

/// What a policy is compiled for in a layer.
pub(super) fn kind_in(layer: LayerKind, request: &Request) -> PolicyKind {
    match layer {
        LayerKind::ServiceControl => PolicyKind::ServiceControl,
        LayerKind::ResourceControl => PolicyKind::ResourceControl,
        LayerKind::Endpoint => PolicyKind::Endpoint,
        LayerKind::Resource if is_about_role(request) => PolicyKind::Trust,
        LayerKind::Resource => PolicyKind::Resource,
        LayerKind::Identity | LayerKind::Boundary | LayerKind::Session => PolicyKind::Identity,
    }
}

fn is_about_role(request: &Request) -> bool {
    matches!(&request.resource, Resource::Arn(arn) if arn.contains(":role/")) && request.action.service() == "sts"
}

fn put(policies: &mut Policies, request: &Request, place: Place, change: &Change) {
    let mut level = list(policies, place.layer, place.level).to_vec();
    match place.policy {
        None => level.push(Policy {
            source: PolicySource { name: name::of_new_policy(request, &level), arn: None, group: None },
            compiled: compiled(PolicyDocument { version: Version::V2012, statements: Vec::new() }, change, || {
                kind_in(place.layer, request)
            }),
        }),
        Some(at) => {
            let Some(policy) = level.get_mut(at as usize) else { return };
            let document = PolicyDocument::clone(policy.compiled.document());
            policy.compiled = compiled(document, change, || policy.compiled.kind());
        }
    }
    set_list(policies, place.layer, place.level, level);
}

fn compiled(document: PolicyDocument, change: &Change, kind: impl Fn() -> PolicyKind) -> Arc<CompiledPolicy> {
    Arc::new(CompiledPolicy::new(Arc::new(edited(document, change)), kind()))
}

/// The document after a change.
pub(super) fn edited(mut document: PolicyDocument, change: &Change) -> PolicyDocument {
    match change {
        Change::Append(statement) => {
            let index = document.statements.last().map_or(0, |last| last.index.saturating_add(1));
            document.statements.push(Statement { index, ..statement.clone() });
        }
        Change::Replace { index, with } => {
            let Some(at) = document.statements.iter().position(|statement| statement.index == *index) else {
                return document;
            };
            let count = u32::try_from(with.len()).unwrap_or(u32::MAX);
            for later in document.statements.iter_mut().skip(at + 1) {
                later.index = later.index.saturating_add(count).saturating_sub(1);
            }
            let new = with.iter().zip(*index..).map(|(statement, index)| Statement { index, ..statement.clone() });
            document.statements.splice(at..=at, new);
        }
    }
    document
}
