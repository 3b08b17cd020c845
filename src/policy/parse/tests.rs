use super::*;
use crate::policy::{Effect, PrincipalEntry};

/// The codes of all findings, with the text each one marks.
fn findings(text: &str, kind: PolicyKind) -> Vec<(&'static str, String)> {
    let parsed = parse_document(text, kind);
    parsed.diagnostics.iter().map(|finding| (finding.code, finding.span.of(text).to_owned())).collect()
}

#[track_caller]
fn check(text: &str, kind: PolicyKind, expected: &[(&'static str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(code, marked)| (*code, (*marked).to_owned())).collect();
    assert_eq!(findings(text, kind), expected);
}

const ALLOW: &str = r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#;

fn policy(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":{statements}}}"#)
}

#[test]
fn one_statement_stands_for_a_list_of_one() {
    for statements in [ALLOW.to_owned(), format!("[{ALLOW}]")] {
        let text = policy(&statements);
        let document = parse_document(&text, PolicyKind::Identity).value.expect("a document");
        assert_eq!(document.statements.len(), 1);
        assert_eq!(document.statements[0].span.of(&text), ALLOW);
        assert_eq!(document.statements[0].effect.value, Effect::Allow);
    }
}

#[test]
fn text_that_is_not_json_gets_one_located_finding() {
    check(r#"{"Version": "2012-10-17",}"#, PolicyKind::Identity, &[("policy/json-syntax-error", ",")]);
    check("", PolicyKind::Identity, &[("policy/json-syntax-error", "")]);
    check("// comment\n{}", PolicyKind::Identity, &[("policy/json-syntax-error", "// comment")]);
}

#[test]
fn a_finding_marks_whole_characters() {
    check("{\"a\":\"b\"㖲n4", PolicyKind::Identity, &[("policy/json-syntax-error", "㖲")]);
}

#[test]
fn broken_statements_are_reported_and_the_others_kept() {
    let text = policy(&format!(r#"[{{"Effect":"allow","Action":"*","Resource":"*"}},{ALLOW},7]"#));
    let parsed = parse_document(&text, PolicyKind::Identity);
    let kept = parsed.value.expect("a document").statements;
    assert_eq!(kept.iter().map(|statement| statement.index).collect::<Vec<_>>(), [1]);
    let codes: Vec<_> = parsed.diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["policy/invalid-effect", "policy/data-type-mismatch"]);
}

#[test]
fn a_misspelt_element_gets_its_right_case() {
    let text = policy(r#"{"effect":"Allow","Effect":"Allow","Action":"*","Resource":"*"}"#);
    let parsed = parse_document(&text, PolicyKind::Identity);
    assert_eq!(parsed.diagnostics[0].help.as_deref(), Some("Names are case-sensitive: write `Effect`."));
}

#[test]
fn duplicate_keys_are_found() {
    let text = policy(r#"{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}"#);
    check(&text, PolicyKind::Identity, &[("policy/duplicate-json-key", "\"Effect\"")]);
}

#[test]
fn elements_that_exclude_each_other_are_found() {
    let text = policy(r#"{"Effect":"Allow","Action":"*","NotAction":"iam:*","Resource":"*"}"#);
    check(&text, PolicyKind::Identity, &[("policy/unsupported-element-combination", "\"NotAction\"")]);
}

#[test]
fn where_a_policy_hangs_decides_what_it_needs() {
    let trust = policy(r#"{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}"#);
    check(&trust, PolicyKind::Trust, &[]);
    check(
        &trust,
        PolicyKind::Identity,
        &[("policy/missing-resource", "{"), ("policy/unsupported-principal", "\"Principal\"")],
    );
    check(&policy(ALLOW), PolicyKind::Resource, &[("policy/missing-principal", "{")]);
}

#[test]
fn principals_of_every_kind_are_read() {
    let text = policy(
        r#"{"Effect":"Allow","Principal":{"AWS":["111122223333","*"],"Federated":"accounts.google.com"},"Action":"*","Resource":"*"}"#,
    );
    let document = parse_document(&text, PolicyKind::Resource).value.expect("a document");
    let principal = document.statements[0].principal.as_ref().expect("a principal");
    let entries: Vec<_> = principal.entries.iter().map(|entry| entry.value.clone()).collect();
    assert_eq!(
        entries,
        [
            PrincipalEntry::Aws("111122223333".into()),
            PrincipalEntry::Everyone,
            PrincipalEntry::Federated("accounts.google.com".into()),
        ]
    );
}

#[test]
fn condition_values_may_be_numbers_and_booleans() {
    let text = policy(
        r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"s3:max-keys":[10]}}}"#,
    );
    let document = parse_document(&text, PolicyKind::Identity).value.expect("a document");
    let values: Vec<_> =
        document.statements[0].conditions.iter().map(|condition| condition.values[0].value.clone()).collect();
    assert_eq!(values, ["true", "10"]);
}

#[test]
fn an_unknown_operator_is_found_and_kept() {
    let text =
        policy(r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringMatches":{"aws:username":"a"}}}"#);
    check(&text, PolicyKind::Identity, &[("policy/invalid-condition-operator", "\"StringMatches\"")]);
    let document = parse_document(&text, PolicyKind::Identity).value.expect("a document");
    assert!(document.statements[0].conditions[0].operator.is_err());
}

#[test]
fn repeated_ids_matter_most_in_identity_policies() {
    let text = policy(
        r#"[{"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"}]"#,
    );
    check(&text, PolicyKind::Identity, &[("policy/unique-sids-required", "\"A\"")]);
}

#[test]
fn deep_nesting_is_refused_without_a_stack_overflow() {
    let text = "[".repeat(10_000);
    assert_eq!(findings(&text, PolicyKind::Identity)[0].0, "policy/json-syntax-error");
}
