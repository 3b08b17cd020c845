//! Input made to hurt: an answer or a clear finding, and never a panic. Each test ends within seconds; what it guards
//! against takes hours, or all memory.

use std::fmt::Write;

use iam_playground::case;
use iam_playground::policy::{PolicyKind, parse_document};
use iam_playground::text::json;

/// Answers a case with these policies and this context: the answer, or the error.
fn answered(policies: &str, context: &str) -> String {
    let line = format!(
        r#"{{"id":"1","request":{{"principal":{{"kind":"user","arn":"arn:aws:iam::123456789012:user/ann","account":"123456789012"}},"action":"s3:GetObject","resource":"arn:aws:s3:::photos/{}","resourceAccount":"123456789012","context":{context}}},"policies":{policies}}}"#,
        "a".repeat(900)
    );
    let answer = case::answer_line(&line);
    let traced = case::answer_line_with_trace(&line);
    assert_eq!(answer.is_ok(), traced.is_ok());
    answer.unwrap_or_else(|error| error)
}

fn identity(statement: &str) -> String {
    format!(r#"{{"identity":[{{"name":"P","document":{{"Version":"2012-10-17","Statement":{statement}}}}}]}}"#)
}

fn allow_when(condition: &str) -> String {
    identity(&format!(r#"{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{condition}}}"#))
}

fn list(count: usize, entry: impl Fn(usize) -> String) -> String {
    let entries: Vec<String> = (0..count).map(|at| format!("\"{}\"", entry(at))).collect();
    format!("[{}]", entries.join(","))
}

const ALLOWED: &str = r#""decision":"Allowed""#;
const NOT_ALLOWED: &str = r#""decision":"ImplicitlyDenied""#;

#[track_caller]
fn check(answer: &str, part: &str) {
    assert!(answer.contains(part), "{}", answer.chars().take(300).collect::<String>());
}

#[test]
fn ten_megabytes_of_text_are_read_and_more_are_refused() {
    let filler = "x".repeat(json::MAX_BYTES);
    let text = |size: usize| format!(r#"{{"Version":"2012-10-17","Id":"{}"}}"#, &filler[..size]);
    let read = parse_document(&text(json::MAX_BYTES - 100), PolicyKind::Resource);
    assert!(read.value.is_some());
    let refused = parse_document(&text(json::MAX_BYTES), PolicyKind::Resource);
    assert!(refused.value.is_none() && refused.diagnostics.len() == 1, "{:?}", refused.diagnostics);
}

#[test]
fn ten_thousand_levels_of_nesting_are_refused_with_a_finding() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        let parsed = parse_document(&text, PolicyKind::Identity);
        assert!(parsed.value.is_none() && parsed.has_errors());
        check(&answered(&identity(&text), "{}"), r#""error":"#);
    }
}

#[test]
fn a_hundred_thousand_stars_match_what_one_star_matches() {
    let stars = "*".repeat(100_000);
    let with = |resource: &str| identity(&format!(r#"{{"Effect":"Allow","Action":"*","Resource":"{resource}"}}"#));
    check(&answered(&with(&format!("arn:aws:s3:::photos/{stars}")), "{}"), ALLOWED);
    check(&answered(&with(&format!("arn:aws:s3:::photos/{stars}b")), "{}"), NOT_ALLOWED);
    check(&answered(&with(&format!("arn:aws:s3:::photos/{}b", "*a".repeat(50_000))), "{}"), NOT_ALLOWED);
    check(&answered(&with(&format!("arn:aws:s3:u{}a::x", "*a".repeat(50_000))), "{}"), NOT_ALLOWED);
}

#[test]
fn patterns_made_to_backtrack_end() {
    let value = format!(r#"{{"k":"{}"}}"#, "a".repeat(16_000));
    let pattern = format!("*{}b*", "?a".repeat(4_000));
    check(&answered(&allow_when(&format!(r#"{{"StringLike":{{"k":"{pattern}"}}}}"#)), &value), NOT_ALLOWED);
}

#[test]
fn a_megabyte_of_condition_values_is_compared() {
    let texts = list(100_000, |at| format!("v{at:09}"));
    let condition = allow_when(&format!(r#"{{"StringEquals":{{"k":{texts}}}}}"#));
    check(&answered(&condition, r#"{"k":"v000099999"}"#), ALLOWED);
    check(&answered(&condition, r#"{"k":"v"}"#), NOT_ALLOWED);
    let set = |operator: &str| allow_when(&format!(r#"{{"{operator}":{{"k":{texts}}}}}"#));
    let many = |count: usize| format!(r#"{{"k":{}}}"#, list(count, |at| format!("v{at:09}")));
    check(&answered(&set("ForAllValues:StringEquals"), &many(1_000)), ALLOWED);
    check(&answered(&set("ForAnyValue:StringLike"), r#"{"k":["a","b","c"]}"#), NOT_ALLOWED);
    check(&answered(&set("ForAllValues:StringEquals"), &many(1_001)), "`k` has more than 1000 values");
}

#[test]
fn one_value_of_a_megabyte_is_refused_by_name() {
    let context = format!(r#"{{"k":"{}"}}"#, "a".repeat(1_000_000));
    check(&answered("{}", &context), "`k` has a value of more than");
}

#[test]
fn variables_do_not_multiply_a_long_value() {
    let value = format!(r#"{{"k":"{}"}}"#, "a".repeat(16_000));
    for operator in ["Bool", "StringEqualsIgnoreCase", "StringLike", "ArnLike"] {
        let condition = format!(r#"{{"{operator}":{{"k":"{}"}}}}"#, "${k}".repeat(20_000));
        check(&answered(&allow_when(&condition), &value), NOT_ALLOWED);
    }
    let resources = list(20_000, |at| format!("arn:aws:s3:::${{k}}/{at}"));
    check(
        &answered(&identity(&format!(r#"{{"Effect":"Allow","Action":"*","Resource":{resources}}}"#)), &value),
        NOT_ALLOWED,
    );
}

#[test]
fn more_than_sixty_five_thousand_variables_are_told_apart() {
    let names = list(70_000, |at| format!("${{k{at}}}"));
    let condition = format!(r#"{{"StringEquals":{{"x":{names},"y":"${{k69999}}"}}}}"#);
    let context = r#"{"x":"1","k0":"1","y":"secret","k65535":"secret","k69999":"other"}"#;
    check(&answered(&allow_when(&condition), context), NOT_ALLOWED);
}

#[test]
fn more_than_sixty_five_thousand_policies_are_all_heard() {
    let allow = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
    let deny = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;
    let mut policies = String::from(r#"{"identity":["#);
    for at in 0..66_000 {
        write!(policies, r#"{{"name":"p{at}","document":{allow}}},"#).expect("a string takes all");
    }
    write!(policies, r#"{{"name":"last","document":{deny}}}]}}"#).expect("a string takes all");
    check(&answered(&policies, "{}"), r#""decision":"ExplicitlyDenied","by":{"layer":"identity","policy":"last""#);
}

#[test]
fn many_actions_with_many_resources_are_not_multiplied() {
    let actions = list(60_000, |_| "s3:*".to_owned());
    let resources = list(60_000, |at| format!("arn:aws:s3:::photos/{at}"));
    let statement = format!(r#"{{"Effect":"Allow","Action":{actions},"Resource":{resources}}}"#);
    check(&answered(&identity(&statement), "{}"), NOT_ALLOWED);
}
