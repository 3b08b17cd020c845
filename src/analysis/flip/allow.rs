//! Where an allow is missing: a request that a statement is about, a statement that is about the request too, or a new one.

use super::apply::{kind_in, list};
use super::edit::{Change, Edit, ElementChange, Lifts, Place, PolicyEdit};
use super::name;
use super::step::{Found, Step};
use super::value;
use crate::eval::trace::{ElementKind, ElementTrace, EntryOutcome, StatementTrace, Trace};
use crate::eval::{LayerKind, Policy, Principal, Request, Resource, StatementRef};
use crate::policy::{Effect, Element, PolicyKind, PrincipalElement, Statement, Version};
use crate::text::Span;

/// Most changes of the context, and most changed elements, that are offered.
const EACH: usize = 2;

/// What would make a layer allow, the least first.
pub(super) fn options(step: &Step, layer: LayerKind, level: u32) -> Vec<Vec<Edit>> {
    let trace = step.trace();
    let near = near(&trace, layer, level);
    let of_one = |wanted: ElementKind| {
        let near = near.iter().filter(move |(_, seen)| seen.failing().eq([wanted]));
        near.filter_map(|(at, _)| step.found(*at))
    };
    let contexts = of_one(ElementKind::Condition)
        .filter_map(|found| value::satisfy(found.compiled(), found.position, &step.request.context));
    let mut options: Vec<Vec<Edit>> = contexts.take(EACH).collect();
    let one_element = near.iter().filter(|(_, seen)| seen.failing().count() == 1);
    let widened = one_element.filter_map(|(at, seen)| widened(step.found(*at)?, *seen, &step.request, *at));
    options.extend(widened.take(EACH).map(|edit| vec![edit]));
    let nearest = near.first().map(|(at, _)| *at);
    options.extend(granted(step, layer, level, nearest).map(|edit| vec![edit]));
    // Inside an account a resource policy that names the caller is enough.
    let by_resource = layer == LayerKind::Identity
        && step.request.other_account().is_none()
        && !step.policies.resource.as_slice().is_empty();
    if by_resource {
        options.extend(granted(step, LayerKind::Resource, 0, None).map(|edit| vec![edit]));
    }
    options
}

/// The Allow statements of a level that do not match, nearest first.
fn near(trace: &Trace, layer: LayerKind, level: u32) -> Vec<(StatementRef, StatementTrace<'_>)> {
    let of_level = trace.statements().filter(|(at, _, seen)| {
        at.layer == layer && at.level == level && seen.effect() == Effect::Allow && !seen.matched()
    });
    let mut near: Vec<_> = of_level.map(|(at, _, seen)| (at, seen)).collect();
    crate::text::order::sort_by_key(&mut near, |(at, seen)| (seen.distance(), *at));
    near
}

/// Whether a policy can be edited for the sake of this caller: not one of AWS, and of the caller's own policies only those
/// that nobody shares.
fn is_editable(policy: &Policy, layer: LayerKind) -> bool {
    match layer {
        LayerKind::Identity => policy.source.arn.is_none() && policy.source.group.is_none(),
        _ => !policy.source.is_aws_managed(),
    }
}

/// The one failing element of a statement, with what is asked: where that grants nothing else.
fn widened(found: Found<'_>, seen: StatementTrace<'_>, request: &Request, at: StatementRef) -> Option<Edit> {
    if !is_editable(found.policy, at.layer) {
        return None;
    }
    let source = found.statement;
    let version = found.compiled().document().version;
    let mut statement = source.clone();
    let change = match seen.first_failing()? {
        ElementKind::Action if only_resource(source, request) && only_caller(source, request) => {
            let (action, change) =
                admitting(&source.action, seen.action(), name::action(request), ["Action", "NotAction"])?;
            statement.action = action;
            change
        }
        ElementKind::Resource if only_action(source, request) && only_caller(source, request) => {
            // An action without resource types would need `*`, which is for a statement of its own.
            if request.resource == Resource::None {
                return None;
            }
            let asked = name::resource(request, version)?;
            let element = source.resource.as_ref()?;
            let (resource, change) = admitting(element, seen.resource()?, asked, ["Resource", "NotResource"])?;
            statement.resource = Some(resource);
            change
        }
        ElementKind::Principal if only_action(source, request) && only_resource(source, request) => {
            let known = source.principal.as_ref().filter(|principal| !principal.negated)?;
            let caller = name::principal(request);
            // Everyone, or the whole account, is for a statement of its own.
            if matches!(request.principal, Principal::Anonymous | Principal::Root { .. }) {
                return None;
            }
            let change = ElementChange::Added { element: "Principal", entry: caller.text().to_owned() };
            let mut principal = known.clone();
            principal.entries.push(name::spanned(caller));
            statement.principal = Some(principal);
            change
        }
        _ => return None,
    };
    let place = Place { layer: at.layer, level: at.level, policy: Some(at.policy) };
    let edit = Change::Replace { index: at.statement, with: vec![statement] };
    let lifts = (at.layer == LayerKind::ServiceControl).then_some(Lifts::SameForOthers);
    Some(Edit::Policy(PolicyEdit { place, change: edit, elements: vec![vec![change]], lifts }))
}

/// An element that admits one thing more.
fn admitting(
    element: &Element,
    seen: ElementTrace<'_>,
    asked: String,
    [plain, negated]: [&'static str; 2],
) -> Option<(Element, ElementChange)> {
    let mut element = element.clone();
    if !element.negated {
        element.entries.push(name::spanned(asked.clone()));
        return Some((element, ElementChange::Added { element: plain, entry: asked }));
    }
    let matches: Vec<bool> = seen.entries().map(|entry| *entry.outcome == EntryOutcome::Matches).collect();
    let (out, left): (Vec<_>, Vec<_>) = element.entries.into_iter().zip(matches).partition(|(_, matches)| *matches);
    let entry = out.first().map(|(entry, _)| entry.value.clone())?;
    if left.is_empty() || !out.iter().all(|(entry, _)| name::is_exact(&entry.value)) {
        return None;
    }
    element.entries = left.into_iter().map(|(entry, _)| entry).collect();
    Some((element, ElementChange::Removed { element: negated, entry }))
}

fn only_action(source: &Statement, request: &Request) -> bool {
    let is_asked = |text: &str| text.eq_ignore_ascii_case(request.action.as_str());
    !source.action.negated && source.action.entries.iter().all(|entry| is_asked(&entry.value))
}

fn only_resource(source: &Statement, request: &Request) -> bool {
    let Some(element) = &source.resource else { return true };
    let is_asked = |text: &str| match &request.resource {
        Resource::None => text == "*",
        Resource::Arn(arn) => name::is_exact(text) && **arn == *text,
    };
    !element.negated && element.entries.iter().all(|entry| is_asked(&entry.value))
}

fn only_caller(source: &Statement, request: &Request) -> bool {
    let Some(element) = &source.principal else { return true };
    !element.negated && element.entries.iter().all(|entry| name::is_only_caller(&entry.value, request))
}

/// A new statement that allows the request, in the nearest policy of the level that can take it, or in a new one.
fn granted(step: &Step, layer: LayerKind, level: u32, nearest: Option<StatementRef>) -> Option<Edit> {
    let policies = list(&step.policies, layer, level);
    let can_say = |policy: &Policy| name::resource(&step.request, policy.compiled.document().version).is_some();
    let fits = |policy: &Policy| is_editable(policy, layer) && can_say(policy);
    let nearest = nearest.map(|at| at.policy).filter(|at| policies.get(*at as usize).is_some_and(fits));
    let first = || (0u32..).zip(policies).find(|(_, policy)| fits(policy)).map(|(at, _)| at);
    // There is one boundary, one policy of a resource and one of an endpoint.
    let is_single = matches!(layer, LayerKind::Boundary | LayerKind::Resource | LayerKind::Endpoint);
    let only = || (is_single && policies.first().is_some_and(can_say)).then_some(0);
    let policy = nearest.or_else(first).or_else(only);
    if policy.is_none() && is_single && !policies.is_empty() {
        return None;
    }
    let document = policy.and_then(|at| policies.get(at as usize)).map(|policy| policy.compiled.document());
    let version = document.map_or(Version::V2012, |document| document.version);
    let known = policy.and_then(|at| policies.get(at as usize)).map(|policy| policy.compiled.kind());
    let statement = grant(&step.request, known.unwrap_or_else(|| kind_in(layer, &step.request)), version)?;
    let lifts = match (layer, &statement.principal, &step.request.principal) {
        // A control policy is about the whole account, and so is the name of its root user (POL-41).
        (LayerKind::ServiceControl, ..) | (_, Some(_), Principal::Root { .. }) => Some(Lifts::SameForOthers),
        (_, Some(_), Principal::Anonymous) => Some(Lifts::Everyone),
        _ => None,
    };
    Some(Edit::Policy(PolicyEdit {
        place: Place { layer, level, policy },
        change: Change::Append(statement),
        elements: vec![Vec::new()],
        lifts,
    }))
}

/// The statement that allows the request and no more.
fn grant(request: &Request, kind: PolicyKind, version: Version) -> Option<Statement> {
    let principal = kind.names_principals().then(|| PrincipalElement {
        negated: false,
        span: Span::default(),
        entries: vec![name::spanned(name::principal(request))],
    });
    let resource = match kind {
        PolicyKind::Trust => None,
        _ => Some(name::element(false, name::resource(request, version)?)),
    };
    Some(Statement {
        index: 0,
        sid: None,
        effect: name::spanned(Effect::Allow),
        principal,
        action: name::element(false, name::action(request)),
        resource,
        conditions: Vec::new(),
        span: Span::default(),
    })
}
