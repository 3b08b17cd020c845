//! Hand-made cases: what is offered, and what the author's text is then.

mod allows;
mod contexts;
mod denies;
mod supports;
mod texts;

use std::sync::Arc;

use super::{Edit, Flip, flips, fresh, rewrite};
use crate::eval::{CompiledPolicy, Policies, Policy, PolicyList, PolicySource, Principal, Request, Resource, Verdict};
use crate::ident::{AccountId, ActionName};
use crate::policy::{PolicyKind, parse_document};

const ANN: &str = "arn:aws:iam::123456789012:user/ann";
const CAT: &str = "arn:aws:s3:::photos/cat.jpg";

/// Policies of one level from their statements.
fn list(kind: PolicyKind, texts: &[&str]) -> PolicyList {
    texts.iter().map(|text| policy(kind, text)).collect::<Vec<_>>().into()
}

fn policy(kind: PolicyKind, text: &str) -> Policy {
    let parsed = parse_document(text, kind);
    assert_eq!(parsed.diagnostics, Vec::new(), "{text}");
    let document = Arc::new(parsed.value.expect("a document"));
    let source = PolicySource { name: "given".into(), arn: None, group: None };
    Policy { source, compiled: Arc::new(CompiledPolicy::new(document, kind)) }
}

/// A document of one line around a statement or several.
fn document(statements: &str) -> String {
    format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)
}

fn identity(statements: &str) -> Policies {
    Policies { identity: list(PolicyKind::Identity, &[&document(statements)]), ..Policies::default() }
}

/// Ann asks in her own account; her requests say who she is.
fn ann(action: &str, resource: &str) -> Request {
    let account = AccountId::example();
    Request {
        principal: Principal::User { arn: ANN.into(), account: account.clone() },
        action: ActionName::parse(action).expect("an action"),
        resource: if resource == "*" { Resource::None } else { Resource::Arn(resource.into()) },
        resource_account: Some(account),
        context: [("aws:PrincipalArn", ANN), ("aws:userid", "AIDAEXAMPLEANN")].into_iter().collect(),
    }
}

/// All flips of a denial, each verified once more from the start.
fn verified(policies: &Policies, request: &Request) -> Vec<Flip> {
    let found = flips(policies, request);
    for flip in &found {
        let (policies, request) = super::apply(policies, request, &flip.edits);
        let decision = crate::eval::decide(&policies, &request);
        assert_eq!((decision.verdict, decision), (Verdict::Allowed, flip.decision), "{flip:?}");
    }
    found
}

/// What each flip writes: the text after each edit of the policy whose text is given, a new policy, or a key.
fn written(text: &str, found: &[Flip]) -> Vec<String> {
    let edit = |edit: &Edit| match edit {
        Edit::Policy(edit) => match (edit.place.policy, edit.change.statements()) {
            (None, [statement]) => fresh(statement),
            _ => rewrite(text, &edit.change),
        },
        Edit::Context { key, value: Some(value) } => format!("{key} = {value:?}"),
        Edit::Context { key, value: None } => format!("no {key}"),
        Edit::BillingAccess => "billing".to_owned(),
    };
    found.iter().map(|flip| flip.edits.iter().map(edit).collect::<Vec<_>>().join("; ")).collect()
}

/// The texts that flips of a denial by one identity policy write, without the document around the statements.
fn by_identity(statements: &str, request: &Request) -> Vec<String> {
    let found = verified(&identity(statements), request);
    let written = written(&document(statements), &found);
    let inside = |text: String| {
        let start = document("");
        let (before, after) = start.split_at(start.len() - 2);
        text.strip_prefix(before).and_then(|text| text.strip_suffix(after)).map_or(text.clone(), str::to_owned)
    };
    written.into_iter().map(inside).collect()
}
