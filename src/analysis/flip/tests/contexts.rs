//! Keys that a statement asks for.

use super::{CAT, ann, by_identity};
use crate::eval::{ContextValue, Request};

/// The first thing offered for an allow under a condition.
fn asked_for(condition: &str, context: &[(&str, &str)]) -> String {
    let statement = format!(r#"{{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {condition}}}"#);
    by_identity(&statement, &with(context)).swap_remove(0)
}

/// The first thing offered against a deny under a condition.
fn spared_by(condition: &str, context: &[(&str, &str)]) -> String {
    let statements = format!(
        r#"{{"Effect": "Allow", "Action": "*", "Resource": "*"}}, {{"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {condition}}}"#
    );
    by_identity(&statements, &with(context)).swap_remove(0)
}

fn with(context: &[(&str, &str)]) -> Request {
    let mut request = ann("s3:GetObject", CAT);
    for (key, value) in context {
        request.context.set(key, *value);
    }
    request
}

#[test]
fn a_request_can_carry_what_each_type_of_operator_asks_for() {
    let cases = [
        (r#"{"Bool": {"aws:MultiFactorAuthPresent": "true"}}"#, r#"aws:MultiFactorAuthPresent = One("true")"#),
        (
            r#"{"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-west-2"]}}"#,
            r#"aws:RequestedRegion = One("eu-west-1")"#,
        ),
        (r#"{"StringEqualsIgnoreCase": {"s3:prefix": "Home"}}"#, r#"s3:prefix = One("Home")"#),
        (r#"{"StringLike": {"s3:prefix": "home/?/*"}}"#, r#"s3:prefix = One("home/x/x")"#),
        (r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}"#, r#"aws:MultiFactorAuthAge = One("3599")"#),
        (r#"{"NumericGreaterThan": {"s3:max-keys": "10"}}"#, r#"s3:max-keys = One("11")"#),
        (
            r#"{"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}"#,
            r#"aws:CurrentTime = One("2026-01-02T00:00:00Z")"#,
        ),
        (r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#, r#"aws:SourceIp = One("203.0.113.1")"#),
        (
            r#"{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:topic"}}"#,
            r#"aws:SourceArn = One("arn:aws:sns:us-east-1:123456789012:topic")"#,
        ),
        (r#"{"BinaryEquals": {"example:Digest": "aGVsbG8="}}"#, r#"example:Digest = One("aGVsbG8=")"#),
        (r#"{"Null": {"aws:TokenIssueTime": "false"}}"#, r#"aws:TokenIssueTime = One("2026-01-01T00:00:00Z")"#),
        (r#"{"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}"#, r#"aws:TagKeys = Many(["team"])"#),
        (
            r#"{"StringEquals": {"aws:RequestTag/owner": "${aws:userid}"}}"#,
            r#"aws:RequestTag/owner = One("AIDAEXAMPLEANN")"#,
        ),
    ];
    for (condition, expected) in cases {
        assert_eq!(asked_for(condition, &[]), expected, "{condition}");
    }
}

#[test]
fn a_value_that_does_not_suit_is_changed_or_taken_away() {
    let region = r#"{"StringEqualsIfExists": {"aws:RequestedRegion": "eu-west-1"}}"#;
    assert_eq!(asked_for(region, &[("aws:RequestedRegion", "us-east-1")]), r#"aws:RequestedRegion = One("eu-west-1")"#);
    let absent = r#"{"Null": {"aws:TokenIssueTime": "true"}}"#;
    assert_eq!(asked_for(absent, &[("aws:TokenIssueTime", "2026-01-01")]), "no aws:TokenIssueTime");
    let not_home = r#"{"StringNotEquals": {"s3:prefix": "home"}}"#;
    assert_eq!(asked_for(not_home, &[("s3:prefix", "home")]), "no s3:prefix");
    let outside = r#"{"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}}"#;
    assert_eq!(asked_for(outside, &[("aws:SourceIp", "192.0.2.7")]), r#"aws:SourceIp = One("198.51.100.1")"#);
}

#[test]
fn all_values_of_a_list_have_to_be_among_those_asked_for() {
    let statement = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "cost"]}}}"#;
    let mut request = ann("s3:GetObject", CAT);
    request.context.set("aws:TagKeys", ContextValue::Many(vec!["team".to_owned(), "owner".to_owned()]));
    assert_eq!(by_identity(statement, &request)[0], r#"aws:TagKeys = Many(["team"])"#);
}

#[test]
fn conditions_on_several_keys_are_met_together_and_those_on_one_key_by_one_value() {
    let several = r#"{"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"s3:prefix": "home"}}"#;
    assert_eq!(asked_for(several, &[]), r#"aws:SecureTransport = One("true"); s3:prefix = One("home")"#);
    let between = r#"{"NumericGreaterThan": {"s3:max-keys": "10"}, "NumericLessThan": {"s3:max-keys": "12"}}"#;
    assert_eq!(asked_for(between, &[]), r#"s3:max-keys = One("11")"#);
}

#[test]
fn a_deny_lets_go_of_a_request_made_differently() {
    let without_mfa = r#"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}"#;
    assert_eq!(spared_by(without_mfa, &[]), r#"aws:MultiFactorAuthPresent = One("true")"#);
    let elsewhere = r#"{"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}"#;
    assert_eq!(
        spared_by(elsewhere, &[("aws:RequestedRegion", "us-east-1")]),
        r#"aws:RequestedRegion = One("eu-west-1")"#
    );
    let inside = r#"{"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}"#;
    assert_eq!(spared_by(inside, &[("aws:SourceIp", "192.0.2.7")]), r#"aws:SourceIp = One("198.51.100.1")"#);
}

#[test]
fn nobody_becomes_somebody_else() {
    let for_bob = r#"{"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:user/bob"}}"#;
    let first = asked_for(for_bob, &[]);
    assert!(
        first.ends_with(r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#),
        "{first}"
    );
}
