//! No case makes the evaluator panic, and the recorded run decides as the fast one.
#![no_main]

use arbitrary::Arbitrary;
use iam_playground::case;
use iam_playground::eval::{decide, trace};
use iam_playground::explain;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

#[derive(Arbitrary, Debug)]
enum Piece<'a> {
    Text(&'a str),
    Known(u8),
}

#[derive(Arbitrary, Debug)]
struct Statement<'a> {
    deny: bool,
    not: u8,
    principal: Piece<'a>,
    actions: Vec<Piece<'a>>,
    resources: Vec<Piece<'a>>,
    operator: u8,
    prefix: u8,
    key: Piece<'a>,
    values: Vec<Piece<'a>>,
}

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    caller: u8,
    action: Piece<'a>,
    resource: Piece<'a>,
    old: bool,
    context: Vec<(Piece<'a>, Vec<Piece<'a>>)>,
    layers: [Vec<Statement<'a>>; 5],
}

const KNOWN: [&str; 16] = [
    "*", "s3:GetObject", "s3:*", "sts:AssumeRole", "kms:Decrypt", "arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:username}",
    "arn:aws:kms:us-east-1:111122223333:key/1", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::111122223333:root",
    "aws:username", "aws:SourceIp", "10.0.0.0/8", "2024-01-01", "true", "${aws:PrincipalTag/x, 'y'}",
];
const OPERATORS: [&str; 9] =
    ["StringEquals", "StringNotLike", "NumericLessThan", "DateGreaterThan", "Bool", "BinaryEquals", "NotIpAddress", "ArnLike", "Null"];
const PREFIXES: [&str; 3] = ["", "ForAllValues:", "ForAnyValue:"];

fn text<'a>(piece: &Piece<'a>) -> &'a str {
    match piece {
        Piece::Text(text) => text,
        Piece::Known(at) => KNOWN[usize::from(*at) % KNOWN.len()],
    }
}

fn texts<'a>(pieces: &[Piece<'a>]) -> Vec<&'a str> {
    pieces.iter().map(text).collect()
}

fn policy(name: &str, statements: &[Statement<'_>], old: bool, principals: bool) -> Value {
    let statements: Vec<Value> = statements
        .iter()
        .map(|statement| {
            let not = |bit: u8| if statement.not & bit == 0 { "" } else { "Not" };
            let operator = format!(
                "{}{}",
                PREFIXES[usize::from(statement.prefix) % PREFIXES.len()],
                OPERATORS[usize::from(statement.operator) % OPERATORS.len()],
            );
            let mut made = json!({
                "Effect": if statement.deny { "Deny" } else { "Allow" },
                format!("{}Action", not(1)): texts(&statement.actions),
                format!("{}Resource", not(2)): texts(&statement.resources),
                "Condition": { operator: { text(&statement.key): texts(&statement.values) } },
            });
            if principals {
                made[format!("{}Principal", not(4))] = json!({ "AWS": text(&statement.principal) });
            }
            made
        })
        .collect();
    let version = if old { "2008-10-17" } else { "2012-10-17" };
    json!({ "name": name, "document": { "Version": version, "Statement": statements } })
}

fuzz_target!(|input: Input<'_>| {
    let principal = match input.caller % 6 {
        0 => json!({ "kind": "user", "arn": "arn:aws:iam::111122223333:user/u", "account": "111122223333" }),
        1 => json!({ "kind": "roleSession", "arn": "arn:aws:sts::111122223333:assumed-role/r/s", "account": "111122223333" }),
        2 => json!({ "kind": "federatedUser", "arn": "arn:aws:sts::111122223333:federated-user/f", "account": "111122223333" }),
        3 => json!({ "kind": "root", "account": "111122223333" }),
        4 => json!({ "kind": "service", "service": "ec2.amazonaws.com" }),
        _ => json!({ "kind": "anonymous" }),
    };
    let context: serde_json::Map<String, Value> =
        input.context.iter().map(|(key, values)| (text(key).to_owned(), json!(texts(values)))).collect();
    let [identity, boundary, session, resource, organization] = &input.layers;
    let case = json!({
        "id": "fuzz",
        "request": { "principal": principal, "action": text(&input.action), "resource": text(&input.resource), "resourceAccount": "111122223333", "context": context },
        "policies": {
            "identity": [policy("identity", identity, input.old, false)],
            "boundary": policy("boundary", boundary, input.old, false),
            "session": [policy("session", session, input.old, false)],
            "resource": policy("resource", resource, input.old, true),
            "scp": [{ "level": "root", "id": "r", "policies": [policy("scp", organization, input.old, false)] }],
        },
    });
    let Ok(case) = case::parse(&case.to_string()) else { return };
    let Ok((policies, request)) = case::prepare(&case) else { return };
    let trace = trace(&policies, &request);
    assert_eq!(trace.decision, decide(&policies, &request));
    assert!(explain::sentence(&trace, &request).ends_with('.'));
});
