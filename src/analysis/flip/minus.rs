//! A statement's element without exactly what is asked.

use super::edit::ElementChange;
use super::name;
use crate::eval::trace::{ElementTrace, EntryOutcome};
use crate::eval::{Request, Resource};
use crate::ident::Arn;
use crate::policy::{Element, PolicyKind, PrincipalElement, PrincipalEntry, Version};
use crate::text::Spanned;

/// What is left of an element.
pub(super) enum Minus<T> {
    /// Nothing: it was about nothing else.
    Nothing,
    /// This.
    Rest(T, ElementChange),
    /// The language cannot say it.
    Unsayable,
}

/// Positions of the entries that match.
fn matching(element: ElementTrace<'_>) -> Vec<usize> {
    let entries = element.entries().enumerate();
    entries.filter(|(_, entry)| *entry.outcome == EntryOutcome::Matches).map(|(at, _)| at).collect()
}

/// The entries without those at some positions.
fn without<T: Clone>(entries: &[Spanned<T>], out: &[usize]) -> Vec<Spanned<T>> {
    entries.iter().enumerate().filter(|(at, _)| !out.contains(at)).map(|(_, entry)| entry.clone()).collect()
}

/// Takes entries out of a list.
fn less(element: &Element, out: &[usize], name: &'static str) -> Minus<Element> {
    let entries = without(&element.entries, out);
    let taken = out.first().and_then(|at| element.entries.get(*at)).map(|entry| entry.value.clone());
    match taken {
        None => Minus::Unsayable,
        Some(_) if entries.is_empty() => Minus::Nothing,
        Some(entry) => {
            Minus::Rest(Element { entries, ..element.clone() }, ElementChange::Removed { element: name, entry })
        }
    }
}

/// Puts an entry into a list.
fn more(element: &Element, entry: String, name: &'static str) -> Minus<Element> {
    let mut element = element.clone();
    element.entries.push(name::spanned(entry.clone()));
    Minus::Rest(element, ElementChange::Added { element: name, entry })
}

/// `*` becomes everything but one entry.
fn all_but(entry: String, name: &'static str) -> Minus<Element> {
    Minus::Rest(name::element(true, entry.clone()), ElementChange::Became { element: name, entry })
}

/// Resource or NotResource without the asked resource. An action without resource types leaves nothing to tell apart.
pub(super) fn resource(
    element: Option<&Element>,
    seen: Option<ElementTrace<'_>>,
    request: &Request,
    version: Version,
) -> Minus<Element> {
    let (Some(element), Some(seen), Resource::Arn(_)) = (element, seen, &request.resource) else {
        return Minus::Nothing;
    };
    let Some(asked) = name::resource(request, version) else { return Minus::Unsayable };
    if element.negated {
        return more(element, asked, "NotResource");
    }
    let out = matching(seen);
    let texts: Vec<&str> = out.iter().filter_map(|at| element.entries.get(*at)).map(|entry| &*entry.value).collect();
    if texts.contains(&"*") {
        all_but(asked, "NotResource")
    } else if texts.iter().all(|text| name::is_exact(text) || *text == asked) {
        less(element, &out, "Resource")
    } else {
        Minus::Unsayable
    }
}

/// Action or NotAction without the asked action, on `on`: what the statement without it is to be about, where that is one
/// resource.
pub(super) fn action(
    element: &Element,
    seen: ElementTrace<'_>,
    request: &Request,
    kind: PolicyKind,
    on_one: bool,
) -> Minus<Element> {
    let asked = name::action(request);
    if element.negated {
        return more(element, asked, "NotAction");
    }
    let out = matching(seen);
    let texts: Vec<&str> = out.iter().filter_map(|at| element.entries.get(*at)).map(|entry| &*entry.value).collect();
    // POL-24: an RCP has no NotAction.
    let may_negate = kind != PolicyKind::ResourceControl;
    if texts.iter().all(|text| name::is_exact(text)) {
        less(element, &out, "Action")
    } else if may_negate && (texts.contains(&"*") || (on_one && is_whole_service(&texts, request, kind))) {
        all_but(asked, "NotAction")
    } else {
        Minus::Unsayable
    }
}

/// Whether the list has all actions of the only service that acts on the resource; on a role's trust that is STS.
fn is_whole_service(texts: &[&str], request: &Request, kind: PolicyKind) -> bool {
    let service = request.action.service();
    let of_resource = match &request.resource {
        Resource::Arn(arn) => Arn::parse(arn).is_some_and(|arn| arn.service == service),
        Resource::None => false,
    };
    let all = format!("{service}:*");
    (of_resource || kind == PolicyKind::Trust) && texts.iter().any(|text| text.eq_ignore_ascii_case(&all))
}

/// Principal or NotPrincipal without the caller. `None` for the element: a policy of the caller's own.
pub(super) fn principal(
    element: Option<&PrincipalElement>,
    seen: Option<ElementTrace<'_>>,
    request: &Request,
) -> Minus<PrincipalElement> {
    let (Some(element), Some(seen)) = (element, seen) else { return Minus::Unsayable };
    if element.negated {
        let known = |entry: &PrincipalEntry| element.entries.iter().any(|known| known.value == *entry);
        let missing: Vec<PrincipalEntry> = name::exemption(request).into_iter().filter(|entry| !known(entry)).collect();
        let Some(first) = missing.first().map(|entry| entry.text().to_owned()) else { return Minus::Unsayable };
        let mut element = element.clone();
        element.entries.extend(missing.into_iter().map(name::spanned));
        return Minus::Rest(element, ElementChange::Added { element: "NotPrincipal", entry: first });
    }
    let out = matching(seen);
    let mut entries = out.iter().filter_map(|at| element.entries.get(*at));
    if out.is_empty() || !entries.all(|entry| name::is_only_caller(&entry.value, request)) {
        return Minus::Unsayable;
    }
    let taken = out.first().and_then(|at| element.entries.get(*at)).map(|entry| entry.value.text().to_owned());
    let left = without(&element.entries, &out);
    match taken {
        None => Minus::Unsayable,
        Some(_) if left.is_empty() => Minus::Nothing,
        Some(entry) => Minus::Rest(
            PrincipalElement { entries: left, ..element.clone() },
            ElementChange::Removed { element: "Principal", entry },
        ),
    }
}
