//! What an allow hangs on.

use super::{ANN, CAT, ann, document, identity, list};
use crate::analysis::flip::{Break, Edit, Support, hangs_on};
use crate::eval::{ContextValue, LayerKind, Level, Policies, Principal, Request, StatementRef, Verdict};
use crate::policy::PolicyKind;

const FULL: &str = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
const READ: &str = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#;

fn at(layer: LayerKind, level: u32, statement: u32) -> StatementRef {
    StatementRef { layer, level, policy: 0, statement }
}

/// Each change of the request, with the statement that it is about and what is then decided.
fn breaks(support: &Support) -> Vec<(u32, String, Verdict)> {
    let edit = |edit: &Edit| match edit {
        Edit::Context { key, value: Some(ContextValue::One(value)) } => format!("{key}={value}"),
        Edit::Context { key, value: None } => format!("no {key}"),
        other => format!("{other:?}"),
    };
    let text = |found: &Break| found.edits.iter().map(edit).collect::<Vec<_>>().join("; ");
    support.breaks.iter().map(|found| (found.statement.statement, text(found), found.decision.verdict)).collect()
}

#[test]
fn the_only_statement_is_necessary() {
    let support = hangs_on(&identity(READ), &ann("s3:GetObject", CAT));
    assert_eq!(support, Support { necessary: vec![at(LayerKind::Identity, 0, 0)], ..Support::default() });
}

#[test]
fn of_two_statements_of_a_layer_either_is_enough() {
    let support = hangs_on(&identity(&format!("{READ}, {FULL}")), &ann("s3:GetObject", CAT));
    let either = vec![at(LayerKind::Identity, 0, 0), at(LayerKind::Identity, 0, 1)];
    assert_eq!(support, Support { either: vec![either], ..Support::default() });
}

#[test]
fn inside_an_account_the_bucket_policy_or_the_user_policy_is_enough() {
    let bucket = document(&format!(
        r#"{{"Effect": "Allow", "Principal": {{"AWS": "{ANN}"}}, "Action": "s3:GetObject", "Resource": "{CAT}"}}"#
    ));
    let policies = Policies { resource: list(PolicyKind::Resource, &[&bucket]), ..identity(READ) };
    let either = vec![at(LayerKind::Resource, 0, 0), at(LayerKind::Identity, 0, 0)];
    let support = hangs_on(&policies, &ann("s3:GetObject", CAT));
    assert_eq!(support, Support { either: vec![either], ..Support::default() });
}

#[test]
fn every_level_and_layer_that_must_allow_is_necessary() {
    let level = |text: &str| Level { id: "".into(), policies: list(PolicyKind::ServiceControl, &[&document(text)]) };
    let policies = Policies {
        service_control: vec![level(FULL), level(&format!("{FULL}, {FULL}"))],
        boundary: list(PolicyKind::Identity, &[&document(FULL)]),
        ..identity(READ)
    };
    let support = hangs_on(&policies, &ann("s3:GetObject", CAT));
    let necessary = [LayerKind::ServiceControl, LayerKind::Identity, LayerKind::Boundary].map(|layer| at(layer, 0, 0));
    let either = vec![at(LayerKind::ServiceControl, 1, 0), at(LayerKind::ServiceControl, 1, 1)];
    assert_eq!(support, Support { necessary: necessary.into(), either: vec![either], breaks: Vec::new() });
}

#[test]
fn a_deny_that_its_condition_keeps_away_is_told_with_what_calls_it() {
    let deny = r#"{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"s3:prefix": "home"}}}"#;
    let other = r#"{"Effect": "Deny", "Action": "sqs:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}"#;
    let mut request = ann("s3:GetObject", CAT);
    request.context.set("aws:SecureTransport", "true");
    let support = hangs_on(&identity(&format!("{READ}, {deny}, {other}")), &request);
    let expected = (1, "aws:SecureTransport=false; s3:prefix=home".to_owned(), Verdict::ExplicitlyDenied);
    assert_eq!(breaks(&support), [expected]);
}

#[test]
fn keys_of_the_allow_are_told_with_what_loses_it() {
    let allow = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}, "StringEqualsIfExists": {"s3:prefix": "home"}}}"#;
    let mut request = ann("s3:GetObject", CAT);
    request.context.set("aws:PrincipalTag/team", "red");
    request.context.set("s3:prefix", "home");
    let lost = |text: &str| (0, text.to_owned(), Verdict::ImplicitlyDenied);
    assert_eq!(
        breaks(&hangs_on(&identity(allow), &request)),
        [lost("no aws:PrincipalTag/team"), lost("aws:PrincipalTag/team=value"), lost("s3:prefix=value")]
    );
    // Another statement allows as well.
    assert_eq!(breaks(&hangs_on(&identity(&format!("{allow}, {READ}")), &request)), []);
}

#[test]
fn a_denial_and_a_rule_hang_on_no_statement() {
    assert_eq!(hangs_on(&Policies::default(), &ann("s3:GetObject", CAT)), Support::default());
    let account = crate::ident::AccountId::example();
    let root = Request { principal: Principal::Root { account }, ..ann("s3:GetObject", CAT) };
    assert_eq!(hangs_on(&Policies::default(), &root), Support::default());
}
