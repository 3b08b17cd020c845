//! Past an explicit deny: a request that it is not about, or a deny that is about everything else.

use super::edit::{Change, Edit, ElementChange, Lifts, Place, PolicyEdit};
use super::minus::{self, Minus};
use super::name;
use super::step::{Found, Step};
use super::value;
use crate::eval::trace::StatementTrace;
use crate::eval::{LayerKind, Request, Resource, StatementRef};
use crate::policy::{Condition, Element, Operator, Statement, Version};
use crate::text::Span;

/// Most changes of the context that are offered for a statement.
const CONTEXTS: usize = 2;

/// What would get past the statement that denies, the least first.
pub(super) fn options(step: &Step, at: StatementRef) -> Vec<Vec<Edit>> {
    let trace = step.trace();
    let (Some(found), Some((_, seen))) = (step.found(at), trace.statement(at)) else { return Vec::new() };
    let contexts = value::unsatisfy(found.compiled(), found.position, &step.request.context);
    let mut options: Vec<Vec<Edit>> = contexts.into_iter().take(CONTEXTS).map(|edit| vec![edit]).collect();
    let place = Place { layer: at.layer, level: at.level, policy: Some(at.policy) };
    let spared = Spared::new(found, seen, &step.request, at.layer);
    let many = spared.with.len() > 1;
    options.push(vec![spared.edit(place, at.statement)]);
    // One condition is easier to read than the statement in parts.
    if many && let Some(edit) = exempted(found, &step.request, place) {
        options.push(vec![edit]);
    }
    options
}

/// What stands for a deny so that it is about everything but the request: the statement on other resources, other actions
/// on this resource, and this action on this resource for others. Where a part cannot be said, the next takes it in.
struct Spared {
    with: Vec<Statement>,
    elements: Vec<Vec<ElementChange>>,
    lifts: Option<Lifts>,
}

impl Spared {
    fn new(found: Found<'_>, seen: StatementTrace<'_>, request: &Request, layer: LayerKind) -> Self {
        let source = found.statement;
        let (version, kind) = (found.compiled().document().version, found.compiled().kind());
        let mut spared = Self { with: Vec::new(), elements: Vec::new(), lifts: None };
        let mut rest = source.clone();
        let mut changes: Vec<ElementChange> = Vec::new();
        let mut complete = true;
        match minus::resource(source.resource.as_ref(), seen.resource(), request, version) {
            Minus::Nothing => {}
            Minus::Unsayable => complete = false,
            Minus::Rest(resource, change) => {
                spared.push(Statement { resource: Some(resource), ..rest.clone() }, vec![change]);
                if let Some(entry) = name::resource(request, version) {
                    changes.push(ElementChange::Became { element: "Resource", entry: entry.clone() });
                    rest.resource = Some(name::element(false, entry));
                }
            }
        }
        let on_one = is_about_one(rest.resource.as_ref(), request, version);
        match minus::action(&source.action, seen.action(), request, kind, on_one) {
            Minus::Nothing => {}
            Minus::Unsayable => complete = false,
            Minus::Rest(action, change) => {
                let changed = changes.iter().cloned().chain([change]).collect();
                spared.push(Statement { action, ..rest.clone() }, changed);
                let entry = name::action(request);
                changes.push(ElementChange::Became { element: "Action", entry: entry.clone() });
                rest.action = name::element(false, entry);
            }
        }
        let is_shared = !matches!(layer, LayerKind::Identity | LayerKind::Boundary | LayerKind::Session);
        if is_shared || !complete {
            spared.for_others(rest, changes, seen, request, complete);
        }
        spared
    }

    /// What is left, for everybody but the caller.
    fn for_others(
        &mut self,
        rest: Statement,
        mut changes: Vec<ElementChange>,
        seen: StatementTrace<'_>,
        request: &Request,
        complete: bool,
    ) {
        self.lifts = (!complete).then_some(Lifts::RestForCaller);
        let is_negated = rest.principal.as_ref().is_some_and(|principal| principal.negated);
        let minus = minus::principal(rest.principal.as_ref(), seen.principal(), request);
        let own = name::mark(request).filter(|mark| mark.is_own);
        match (minus, own) {
            (Minus::Nothing, _) => {}
            (Minus::Rest(principal, change), None) => {
                changes.push(change);
                // NotPrincipal has to name the account as well, whose root user it then leaves out.
                self.lifts = self.lifts.or(is_negated.then_some(Lifts::SameForOthers));
                self.push(Statement { principal: Some(principal), ..rest }, changes);
            }
            (Minus::Rest(principal, change), Some(_)) if !is_negated => {
                changes.push(change);
                self.push(Statement { principal: Some(principal), ..rest }, changes);
            }
            (_, Some(mark)) => {
                changes.push(exemption(&mark));
                self.push(with_condition(rest, &mark), changes);
            }
            (Minus::Unsayable, None) => match name::mark(request) {
                // Everyone with this value is spared.
                Some(mark) => {
                    self.lifts = Some(if complete { Lifts::SameForOthers } else { Lifts::RestForOthers });
                    changes.push(exemption(&mark));
                    self.push(with_condition(rest, &mark), changes);
                }
                None => self.lifts = Some(if complete { Lifts::SameForOthers } else { Lifts::RestForOthers }),
            },
        }
    }

    /// The first statement keeps the id of the one that it stands for.
    fn push(&mut self, statement: Statement, changes: Vec<ElementChange>) {
        let sid = statement.sid.clone().filter(|_| self.with.is_empty());
        self.with.push(Statement { sid, ..statement });
        self.elements.push(changes);
    }

    fn edit(self, place: Place, index: u32) -> Edit {
        let change = Change::Replace { index, with: self.with };
        Edit::Policy(PolicyEdit { place, change, elements: self.elements, lifts: self.lifts })
    }
}

/// Whether an element is about the asked resource alone.
fn is_about_one(element: Option<&Element>, request: &Request, version: Version) -> bool {
    let asked = name::resource(request, version);
    match (element, &request.resource) {
        (None, _) => true,
        (Some(_), Resource::None) => false,
        (Some(element), Resource::Arn(_)) => {
            let is_asked = |text: &str| Some(text) == asked.as_deref();
            !element.negated && element.entries.iter().all(|entry| is_asked(&entry.value))
        }
    }
}

/// The whole statement, for everybody but the caller.
fn exempted(found: Found<'_>, request: &Request, place: Place) -> Option<Edit> {
    let mark = name::mark(request).filter(|mark| mark.is_own)?;
    let with = with_condition(found.statement.clone(), &mark);
    let change = Change::Replace { index: found.statement.index, with: vec![with] };
    let elements = vec![vec![exemption(&mark)]];
    Some(Edit::Policy(PolicyEdit { place, change, elements, lifts: Some(Lifts::RestForCaller) }))
}

fn exemption(mark: &name::Mark) -> ElementChange {
    ElementChange::Exempts { operator: mark.operator, key: mark.key.clone(), value: mark.value.clone() }
}

/// The statement, for any other value of a key. One operator names a key once, so that a value joins those that are there:
/// the Not form holds if none of them equals.
fn with_condition(mut statement: Statement, mark: &name::Mark) -> Statement {
    let value = name::spanned(mark.value.clone());
    let same = |condition: &&mut Condition| {
        condition.operator_text.value == mark.operator && condition.key.value.eq_ignore_ascii_case(&mark.key)
    };
    match statement.conditions.iter_mut().find(same) {
        Some(known) => known.values.push(value),
        None => statement.conditions.push(Condition {
            operator: Operator::parse(mark.operator),
            operator_text: name::spanned(mark.operator.to_owned()),
            key: name::spanned(mark.key.clone()),
            values: vec![value],
            span: Span::default(),
        }),
    }
    statement
}
