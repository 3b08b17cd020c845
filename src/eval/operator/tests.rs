//! Each operator against one value, one key, and the truth table of POL-80…83.

use std::sync::Arc;

use crate::eval::{
    CompiledPolicy, Context, ContextValue, Policies, Policy, PolicySource, Principal, Request, Resource, Verdict,
    decide,
};
use crate::ident::{AccountId, ActionName};
use crate::policy::{PolicyKind, parse_document};

/// Whether `operator` holds for `values` when the request has `actual` for the key `k:k`.
fn holds(operator: &str, values: &[&str], actual: Option<ContextValue>) -> bool {
    let statement = serde_json::json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { operator: { "k:k": values } } });
    let text = serde_json::json!({ "Version": "2012-10-17", "Statement": statement }).to_string();
    let document = parse_document(&text, PolicyKind::Identity).value.expect("a document");
    let source = PolicySource { name: "P".into(), arn: None, group: None };
    let policy = Policy { source, compiled: Arc::new(CompiledPolicy::new(Arc::new(document), PolicyKind::Identity)) };
    let mut context = Context::default();
    context.set("aws:username", "ann");
    if let Some(value) = actual {
        context.set("k:k", value);
    }
    let account = AccountId::example();
    let request = Request {
        principal: Principal::User { arn: "arn:aws:iam::123456789012:user/ann".into(), account: account.clone() },
        action: ActionName::parse("s3:GetObject").expect("an action"),
        resource: Resource::None,
        resource_account: Some(account),
        context,
    };
    decide(&Policies { identity: vec![policy].into(), ..Policies::default() }, &request).verdict == Verdict::Allowed
}

#[track_caller]
fn check(operator: &str, values: &[&str], actual: &str, expected: bool) {
    assert_eq!(holds(operator, values, Some(actual.into())), expected, "{operator} {values:?} against {actual}");
}

#[track_caller]
fn check_list(operator: &str, values: &[&str], actual: &[&str], expected: bool) {
    let list = ContextValue::Many(actual.iter().map(|text| (*text).to_owned()).collect());
    assert_eq!(holds(operator, values, Some(list)), expected, "{operator} {values:?} against {actual:?}");
}

#[test]
fn strings() {
    check("StringEquals", &["a", "b"], "b", true);
    check("StringEquals", &["a*"], "ab", false);
    check("StringEquals", &["a"], "A", false);
    check("StringNotEquals", &["a", "b"], "b", false);
    check("StringNotEquals", &["a", "b"], "c", true);
    check("StringEqualsIgnoreCase", &["É"], "é", true);
    check("StringNotEqualsIgnoreCase", &["AB"], "ab", false);
    check("StringLike", &["a*/?"], "abc/d", true);
    check("StringLike", &["A*"], "abc", false);
    check("StringNotLike", &["a*"], "b", true);
    check("StringLike", &["${*}x"], "*x", true);
    check("StringLike", &["${*}x"], "yx", false);
    check("StringEquals", &["${aws:username}"], "ann", true);
    check("StringEquals", &["${aws:PrincipalTag/team, 'all'}"], "all", true);
    check("StringEquals", &["${aws:PrincipalTag/team}"], "all", false);
    check("StringNotEquals", &["${aws:PrincipalTag/team}"], "all", true);
}

#[test]
fn numbers() {
    check("NumericEquals", &["10"], "10.0", true);
    check("NumericLessThan", &["10"], "9", true);
    check("NumericLessThan", &["10"], "10", false);
    check("NumericLessThanEquals", &["10"], "10", true);
    check("NumericGreaterThan", &["-1"], "0", true);
    check("NumericGreaterThanEquals", &["0.5"], "0.25", false);
    check("NumericNotEquals", &["10"], "11", true);
    check("NumericEquals", &["abc"], "1", false);
    check("NumericNotEquals", &["abc"], "1", false);
    check("NumericNotEquals", &["1"], "abc", false);
    check("NumericEquals", &["inf"], "inf", false);
}

#[test]
fn dates() {
    check("DateEquals", &["2024-06-30"], "2024-06-30T00:00:00Z", true);
    check("DateLessThan", &["2024-06-30T12:00:00Z"], "2024-06-30T13:30:00+02:00", true);
    check("DateGreaterThan", &["2024"], "2024-01-02", true);
    check("DateGreaterThanEquals", &["2024-06"], "2024-06-01", true);
    check("DateLessThanEquals", &["1719705600"], "2024-06-30", true);
    check("DateNotEquals", &["2024-06-30"], "2024-06-29", true);
    check("DateNotEquals", &["soon"], "2024-06-29", false);
}

#[test]
fn booleans_bytes_and_addresses() {
    check("Bool", &["true"], "TRUE", true);
    check("Bool", &["true"], "false", false);
    check("Bool", &["yes"], "yes", false);
    check("BinaryEquals", &["QUJD"], "QUJD", true);
    check("BinaryEquals", &["QUJD"], "QUJE", false);
    check("IpAddress", &["203.0.113.0/24"], "203.0.113.9", true);
    check("IpAddress", &["203.0.113.9"], "203.0.113.9", true);
    check("IpAddress", &["2001:db8::/32"], "203.0.113.9", false);
    check("NotIpAddress", &["2001:db8::/32"], "203.0.113.9", true);
    check("NotIpAddress", &["203.0.113.0/24"], "203.0.113.9", false);
    check("NotIpAddress", &["203.0.113.0/24"], "nowhere", false);
}

#[test]
fn arns() {
    for operator in ["ArnEquals", "ArnLike"] {
        check(operator, &["arn:aws:iam::*:role/app-*"], "arn:aws:iam::123456789012:role/app-1", true);
        check(operator, &["arn:aws:sns:*:123456789012:*"], "arn:aws:sns:us-east-1:123456789012:a:b", true);
        check(operator, &["arn:aws:*:role/x"], "arn:aws:iam::123456789012:role/x", false);
        check(
            operator,
            &["arn:aws:iam::123456789012:user/${aws:username}"],
            "arn:aws:iam::123456789012:user/ann",
            true,
        );
        check(operator, &["*"], "arn:aws:iam::123456789012:user/ann", true);
        check(operator, &["arn:aws:iam::123456789012:role/App"], "arn:aws:iam::123456789012:role/app", false);
        check(operator, &["*"], "not-an-arn", false);
    }
    check("ArnNotEquals", &["arn:aws:iam::*:role/app"], "arn:aws:iam::123456789012:role/other", true);
    check("ArnNotLike", &["arn:aws:iam::*:role/app"], "not-an-arn", false);
}

/// POL-80.
#[test]
fn an_absent_key() {
    for (operator, expected) in [
        ("StringEquals", false),
        ("StringNotEquals", true),
        ("StringEqualsIfExists", true),
        ("StringNotEqualsIfExists", true),
        ("ForAllValues:StringEquals", true),
        ("ForAnyValue:StringEquals", false),
        ("ForAnyValue:StringNotEquals", false),
        ("ForAnyValue:StringEqualsIfExists", true),
        ("Bool", false),
        ("NotIpAddress", true),
        ("ArnNotLike", true),
    ] {
        assert_eq!(holds(operator, &["true"], None), expected, "{operator}");
    }
    assert!(holds("Null", &["true"], None));
    assert!(!holds("Null", &["false"], None));
}

/// POL-81.
#[test]
fn a_key_without_values() {
    for (operator, expected) in [
        ("StringEquals", false),
        ("StringNotEquals", true),
        ("StringEqualsIfExists", true),
        ("ForAllValues:StringEquals", true),
        ("ForAnyValue:StringEquals", false),
    ] {
        check_list(operator, &["a"], &[], expected);
    }
    check_list("Null", &["true"], &[], true);
    check("Null", &["true"], "", true);
    check("StringEquals", &[""], "", true);
}

/// POL-83, POL-84, POL-85.
#[test]
fn lists() {
    check_list("StringEquals", &["a"], &["a"], false);
    check_list("StringNotEquals", &["a"], &["b"], false);
    check_list("ForAllValues:StringEquals", &["a", "b"], &["a", "b"], true);
    check_list("ForAllValues:StringEquals", &["a", "b"], &["a", "c"], false);
    check_list("ForAnyValue:StringLike", &["a*"], &["x", "ab"], true);
    check_list("ForAllValues:StringNotEquals", &["a"], &["b", "c"], true);
    check_list("ForAnyValue:StringNotEquals", &["a"], &["a", "c"], true);
    check_list("ForAnyValue:StringNotEquals", &["a"], &["a"], false);
    check_list("Null", &["false"], &["a"], true);
    check("ForAllValues:StringEquals", &["a"], "a", true);
    check("ForAnyValue:StringEquals", &["a"], "b", false);
}

#[test]
fn no_values_in_the_policy() {
    check("StringEquals", &[], "a", false);
    check("StringNotEquals", &[], "a", true);
}
