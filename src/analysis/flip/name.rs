//! What a request is called in a policy: its action, its resource, its caller, each exactly and without a wildcard.

use std::sync::Arc;

use crate::eval::{ContextValue, Policy, Principal, Request, Resource};
use crate::ident::Arn;
use crate::policy::{Element, PrincipalEntry, Version};
use crate::text::{Span, Spanned};

/// A name for a policy that is made for the request, and that no policy beside it has.
pub fn of_new_policy(request: &Request, beside: &[Policy]) -> Arc<str> {
    let wanted = format!("Allow-{}", action(request).replace(':', "-"));
    let numbered = (2..=u32::MAX).map(|number| format!("{wanted}-{number}"));
    let mut names = std::iter::once(wanted.clone()).chain(numbered);
    let is_taken = |name: &String| beside.iter().any(|policy| policy.source.name.eq_ignore_ascii_case(name));
    names.find(|name| !is_taken(name)).unwrap_or_default().into()
}

/// The action, its service in lower case and its name as the request spells it.
pub(super) fn action(request: &Request) -> String {
    request.action.for_message()
}

/// The resource as an entry of Resource that matches nothing else; `*` for an action without resource types (EVAL-5).
/// `None` where version 2008-10-17 cannot say it, which knows no escapes (POL-11). An ARN that ends in `/*` or `:*` stands for
/// what the call is about to make, and is written as it is.
pub(super) fn resource(request: &Request, version: Version) -> Option<String> {
    let Resource::Arn(arn) = &request.resource else { return Some("*".to_owned()) };
    let (start, end) = match arn.strip_suffix('*') {
        Some(start) if start.ends_with(['/', ':']) => (start, "*"),
        _ => (&**arn, ""),
    };
    match version {
        Version::V2008 if start.contains(['*', '?']) => None,
        Version::V2008 => Some(arn.to_string()),
        Version::V2012 => {
            let mut text = String::new();
            let mut characters = start.chars().peekable();
            while let Some(c) = characters.next() {
                match c {
                    '*' | '?' => text.extend(['$', '{', c, '}']),
                    '$' if characters.peek() == Some(&'{') => text.push_str("${$}"),
                    _ => text.push(c),
                }
            }
            Some(text + end)
        }
    }
}

/// Whether an entry stands for one thing only.
pub(super) fn is_exact(entry: &str) -> bool {
    !entry.contains(['*', '?']) && !entry.contains("${")
}

/// The caller as an entry of Principal: a role for its sessions, where it is known.
pub(super) fn principal(request: &Request) -> PrincipalEntry {
    match &request.principal {
        Principal::Root { account } => {
            let resource = match &request.resource {
                Resource::Arn(arn) => Arn::parse(arn),
                Resource::None => None,
            };
            let partition = request.caller_arn().or(resource).map_or("aws", |arn| arn.partition);
            PrincipalEntry::Aws(format!("arn:{partition}:iam::{account}:root"))
        }
        Principal::RoleSession { role: Some(arn), .. }
        | Principal::User { arn, .. }
        | Principal::Role { arn, .. }
        | Principal::RoleSession { role: None, arn, .. }
        | Principal::FederatedUser { arn, .. } => PrincipalEntry::Aws(arn.to_string()),
        Principal::Service { name } => PrincipalEntry::Service(name.to_string()),
        Principal::Federated { provider } => PrincipalEntry::Federated(provider.to_string()),
        Principal::Anonymous => PrincipalEntry::Everyone,
    }
}

/// Whether an entry of Principal names the caller and nobody else; for a session, the session or its role.
pub(super) fn is_only_caller(entry: &PrincipalEntry, request: &Request) -> bool {
    match request.principal {
        Principal::Root { .. } | Principal::Anonymous => false,
        _ if *entry == principal(request) => true,
        _ => matches!(entry, PrincipalEntry::Aws(text) if request.principal.arn() == Some(text)),
    }
}

/// All entries that NotPrincipal needs to leave the caller out (EVAL-127); none where nobody could be.
pub(super) fn exemption(request: &Request) -> Vec<PrincipalEntry> {
    let mut entries = Vec::new();
    if let (Some(account), Some(arn)) = (request.principal.account(), request.caller_arn()) {
        entries.push(PrincipalEntry::Aws(format!("arn:{}:iam::{account}:root", arn.partition)));
    }
    match &request.principal {
        Principal::Root { .. } | Principal::Anonymous => {}
        Principal::RoleSession { arn, role, .. } => {
            let of_session = std::iter::once(arn).chain(role);
            entries.extend(of_session.map(|arn| PrincipalEntry::Aws(arn.to_string())));
        }
        Principal::FederatedUser { arn, .. } => entries.push(PrincipalEntry::Aws(arn.to_string())),
        _ => entries.push(principal(request)),
    }
    entries
}

/// A key that tells the caller from others, with its value, and the operator that tests for any other value.
pub(super) struct Mark {
    pub operator: &'static str,
    pub key: String,
    pub value: String,
    /// Whether nobody else has the value.
    pub is_own: bool,
}

/// Keys whose values are the caller's own, the most telling first (KEY-70).
const OWN_KEYS: [&str; 4] = ["aws:PrincipalArn", "aws:userid", "aws:username", "aws:PrincipalServiceName"];

/// What to exempt the caller by: who it is, or else the first value of the request.
pub(super) fn mark(request: &Request) -> Option<Mark> {
    let plain = |key: &str| match request.context.get(key) {
        Some(ContextValue::One(value)) if is_exact(value) && !value.is_empty() => Some(value.clone()),
        _ => None,
    };
    let own = OWN_KEYS.into_iter().find_map(|key| Some((key.to_owned(), plain(key)?)));
    let subject = || {
        let mut keys = request.context.iter().map(|(key, _)| key);
        let key = keys.find(|key| key.ends_with(":sub") && plain(key).is_some())?;
        Some((key.to_owned(), plain(key)?))
    };
    if let Some((key, value)) = own.or_else(subject) {
        let is_arn = key == "aws:PrincipalArn" && Arn::parse(&value).is_some();
        let operator = if is_arn { "ArnNotEquals" } else { "StringNotEquals" };
        let is_own = request.principal != Principal::Anonymous;
        return Some(Mark { operator, key, value, is_own });
    }
    let (key, value) = request.context.iter().find_map(|(key, _)| Some((key.to_owned(), plain(key)?)))?;
    Some(Mark { operator: "StringNotEquals", key, value, is_own: false })
}

/// A list of one entry.
pub(super) fn element(negated: bool, entry: String) -> Element {
    Element { negated, span: Span::default(), entries: vec![spanned(entry)] }
}

/// A value that stands nowhere yet.
pub(super) fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}
