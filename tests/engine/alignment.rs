//! Entries and values laid beside what the request has.

use iam_playground::case;
use iam_playground::eval::trace::ElementKind;
use iam_playground::eval::{StatementRef, Trace, trace};
use iam_playground::explain::{Alignment, Cell, SegmentKind, alignment};
use proptest::prelude::*;
use serde_json::{Value, json};

const OBJECT: &str = "arn:aws:s3:::photos/104/cat.jpg";

fn ann() -> Value {
    json!({ "kind": "user", "arn": "arn:aws:iam::111122223333:user/ann", "account": "111122223333" })
}

/// One statement asked about an object, with its trace.
fn asked(statement: &Value, resource: &str, context: Value) -> (Trace, iam_playground::eval::Request, StatementRef) {
    let document = json!({ "Version": "2012-10-17", "Statement": [statement] });
    let policy = json!({ "name": "Policy", "document": document });
    let policies = match statement.get("Principal") {
        Some(_) => json!({ "resource": policy }),
        None => json!({ "identity": [policy] }),
    };
    let case = json!({
        "id": "1",
        "request": {
            "principal": ann(), "action": "s3:GetObject", "resource": resource, "resourceAccount": "111122223333",
            "context": context
        },
        "policies": policies
    });
    let case = case::parse(&case.to_string()).expect("a case");
    let (policies, request) = case::prepare(&case).expect("a request");
    let trace = trace(&policies, &request);
    let at = trace.statements().map(|(at, ..)| at).next().expect("a statement");
    (trace, request, at)
}

fn of(statement: Value, context: Value, cell: Cell) -> Alignment {
    let (trace, request, at) = asked(&statement, OBJECT, context);
    alignment(&trace, &request, at, cell).expect("something to compare")
}

fn resource(entry: &str, context: Value) -> Alignment {
    let statement = json!({ "Effect": "Allow", "Action": "s3:*", "Resource": entry });
    of(statement, context, Cell::Entry(ElementKind::Resource, 0))
}

fn condition(effect: &str, condition: Value, context: Value) -> Alignment {
    let statement = json!({ "Effect": effect, "Action": "*", "Resource": "*", "Condition": condition });
    of(statement, context, Cell::Condition(0))
}

/// The stretches as `policy=request`, with a sign for their kind.
fn stretches(found: &Alignment) -> String {
    let comparison = found.comparisons.first().expect("a comparison");
    let one = |segment: &iam_playground::explain::Segment| {
        let sign = match segment.kind {
            SegmentKind::Same => "",
            SegmentKind::Variable => "$",
            SegmentKind::Wildcard => "*",
            SegmentKind::Differs => "!",
            SegmentKind::Rest => "…",
        };
        format!("{sign}{}={}", segment.policy, segment.request)
    };
    comparison.segments.iter().map(one).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_variable_shows_its_text_and_where_it_comes_from() {
    let found =
        resource("arn:aws:s3:::photos/${accounts.google.com:sub}/*", json!({ "accounts.google.com:sub": "221" }));
    assert_eq!(stretches(&found), "arn:aws:s3:::photos/=arn:aws:s3:::photos/ | !221=104 | …/*=/cat.jpg");
    let comparison = &found.comparisons[0];
    let resolved = comparison.resolved.as_ref().expect("a variable");
    assert_eq!(resolved.text.as_deref(), Some("arn:aws:s3:::photos/221/*"));
    assert_eq!(resolved.from, ["`accounts.google.com:sub` is `221` in the request"]);
    insta::assert_snapshot!(comparison.words, @"The policy says `arn:aws:s3:::photos/${accounts.google.com:sub}/*`, here `arn:aws:s3:::photos/221/*` (`accounts.google.com:sub` is `221` in the request); the request has `arn:aws:s3:::photos/104/cat.jpg`; they differ at character 21: `104` instead of `221`.");
    insta::assert_snapshot!(found.heading, @"This statement does not allow it, because its `Resource` does not match.");
}

#[test]
fn a_variable_that_fits_is_marked_and_a_wildcard_shows_what_it_takes() {
    let found = resource("arn:aws:s3:::photos/${aws:username}/c?t*", json!({ "aws:username": "104" }));
    let expected = "arn:aws:s3:::photos/=arn:aws:s3:::photos/ | $104=104 | /c=/c | *?=a | t=t | **=.jpg";
    assert_eq!(stretches(&found), expected);
    insta::assert_snapshot!(found.comparisons[0].words, @"The policy says `arn:aws:s3:::photos/${aws:username}/c?t*`, here `arn:aws:s3:::photos/104/c?t*` (`aws:username` is `104` in the request); the request has `arn:aws:s3:::photos/104/cat.jpg`; they match: `?` takes `a` and `*` takes `.jpg`.");
}

#[test]
fn a_variable_without_text_has_nothing_to_lay_beside() {
    let found = resource("arn:aws:s3:::photos/${aws:username}/*", json!({}));
    assert_eq!(stretches(&found), "");
    insta::assert_snapshot!(found.comparisons[0].words, @"The policy says `arn:aws:s3:::photos/${aws:username}/*` (the request has no single value of `aws:username`); the request has `arn:aws:s3:::photos/104/cat.jpg`; `arn:aws:s3:::photos/${aws:username}/*` needs one value of `aws:username`, and the request has none.");
}

/// POL-55, POL-66: case counts where AWS makes it count, and is said only where it did.
#[test]
fn case_is_spoken_of_where_it_mattered() {
    let action = |entry: &str| {
        of(
            json!({ "Effect": "Allow", "Action": entry, "Resource": "*" }),
            json!({}),
            Cell::Entry(ElementKind::Action, 0),
        )
    };
    assert_eq!(action("s3:getobject").notes, ["Actions are compared without regard to upper and lower case."]);
    assert_eq!(action("s3:GetObject").notes, [""; 0]);
    let upper = resource("arn:aws:s3:::photos/104/CAT.jpg", json!({}));
    assert_eq!(upper.notes, ["After the fifth colon upper and lower case count, and they differ in nothing else."]);
    let string =
        condition("Allow", json!({ "StringEquals": { "aws:username": "Ann" } }), json!({ "aws:username": "ann" }));
    assert_eq!(string.notes.len(), 1, "{:?}", string.notes);
    assert!(string.notes[0].contains("`StringEqualsIgnoreCase` does not"), "{:?}", string.notes);
}

/// POL-63, POL-64.
#[test]
fn a_star_inside_a_part_of_an_arn_does_not_cross_a_colon() {
    let statement = json!({ "Effect": "Allow", "Action": "*", "Resource": "arn:aws:sqs:us-*-1:111122223333:q" });
    let (trace, request, at) = asked(&statement, "arn:aws:sqs:us:east-1:111122223333:q", json!({}));
    let found = alignment(&trace, &request, at, Cell::Entry(ElementKind::Resource, 0)).expect("a comparison");
    assert!(stretches(&found).contains('!'), "{}", stretches(&found));
}

/// POL-114, POL-103.
#[test]
fn wildcards_are_spoken_of_where_an_operator_reads_them_otherwise_than_thought() {
    let path = |operator: &str| {
        condition("Allow", json!({ operator: { "s3:prefix": "home/*" } }), json!({ "s3:prefix": "home/ann" }))
    };
    assert!(path("StringEquals").notes[0].contains("`StringLike` reads them as wildcards"));
    assert_eq!(path("StringLike").notes, [""; 0]);
    let arn = "arn:aws:iam::111122223333:role/Reader";
    let found = condition(
        "Allow",
        json!({ "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } }),
        json!({ "aws:PrincipalArn": arn }),
    );
    assert_eq!(found.notes, ["`ArnEquals` reads wildcards, just as `ArnLike` does."]);
    assert!(stretches(&found).ends_with("**=Reader"), "{}", stretches(&found));
}

#[test]
fn the_words_flip_for_a_deny_that_does_not_apply() {
    let needs_mfa = json!({ "Bool": { "aws:MultiFactorAuthPresent": "false" } });
    let found = condition("Deny", needs_mfa.clone(), json!({}));
    assert!(found.heading.starts_with("This deny does not apply, because `aws:MultiFactorAuthPresent` is absent"));
    assert_eq!(found.notes, ["The policy asks for `false`."]);
    let found = condition("Allow", needs_mfa, json!({}));
    assert!(found.heading.starts_with("This statement does not allow it, because"), "{}", found.heading);
}

/// POL-29.
#[test]
fn a_not_form_is_turned_round_in_words() {
    let not = |entry: &str| {
        let statement = json!({ "Effect": "Deny", "NotAction": [entry, "iam:*"], "Resource": "*" });
        of(statement, json!({}), Cell::Entry(ElementKind::Action, 0))
    };
    insta::assert_snapshot!(not("s3:Get*").heading, @"This deny does not apply, because its `NotAction` lists this one, and so the statement is about all others.");
    insta::assert_snapshot!(not("ec2:*").heading, @"It fits: its `NotAction` does not list this one, and so the statement is about it.");
}

#[test]
fn every_value_of_a_condition_has_its_verdict() {
    let found = condition(
        "Allow",
        json!({ "StringNotEquals": { "aws:SourceVpc": ["vpc-1", "vpc-2"] } }),
        json!({ "aws:SourceVpc": "vpc-2" }),
    );
    let verdicts: Vec<bool> = found.comparisons.iter().map(|comparison| comparison.equal).collect();
    assert_eq!(verdicts, [false, true]);
    assert_eq!(found.notes, ["`StringNotEquals` holds where none of the values is equal."]);
    let addresses = condition(
        "Allow",
        json!({ "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"] } }),
        json!({ "aws:SourceIp": "192.0.2.7" }),
    );
    assert!(addresses.comparisons.iter().all(|comparison| comparison.segments.is_empty()), "no letters are compared");
    insta::assert_snapshot!(addresses.comparisons[1].words, @"The policy says `192.0.2.0/24`; the request has `192.0.2.7`; they match.");
}

#[test]
fn a_principal_is_laid_beside_the_form_it_is_named_in() {
    let named = |principal: Value| {
        let statement = json!({ "Effect": "Allow", "Principal": { "AWS": principal }, "Action": "*", "Resource": "*" });
        of(statement, json!({}), Cell::Entry(ElementKind::Principal, 0))
    };
    let bob = named(json!("arn:aws:iam::111122223333:user/bob"));
    assert!(stretches(&bob).ends_with("!bob=ann"), "{}", stretches(&bob));
    let account = named(json!("111122223333"));
    assert_eq!(account.comparisons[0].request, "111122223333");
    assert!(account.comparisons[0].equal);
}

/// Whether the stretches say that both are equal; `None` where letters are not compared.
fn equal_by_letters(found: &Alignment) -> Option<bool> {
    let segments = &found.comparisons.first()?.segments;
    (!segments.is_empty()).then(|| segments.iter().all(|segment| segment.kind != SegmentKind::Differs))
}

fn part() -> impl Strategy<Value = String> {
    prop_oneof!["[abA*?]{0,3}", Just("${aws:username}".to_owned()), Just("*".to_owned())]
}

proptest! {
    #[test]
    fn entries_of_resource_agree_with_the_decision(
        region in "[ab*?]{0,2}", name in prop::collection::vec(part(), 1..4), asked_region in "[ab]{0,2}", asked_name in "[abA:/]{0,5}",
        user in "[ab*]{1,2}",
    ) {
        let entry = format!("arn:aws:sqs:{region}:111122223333:{}", name.join("/"));
        let statement = json!({ "Effect": "Allow", "Action": "*", "Resource": entry });
        let asked_arn = format!("arn:aws:sqs:{asked_region}:111122223333:{asked_name}");
        let (trace, request, at) = asked(&statement, &asked_arn, json!({ "aws:username": user }));
        let found = alignment(&trace, &request, at, Cell::Entry(ElementKind::Resource, 0)).expect("a comparison");
        let matched = trace.statement(at).expect("a statement").1.matched();
        prop_assert_eq!(equal_by_letters(&found), Some(matched), "{:?}", found);
    }

    #[test]
    fn values_of_conditions_agree_with_the_decision(
        operator in prop::sample::select(vec!["StringEquals", "StringEqualsIgnoreCase", "StringLike"]),
        wanted in prop::collection::vec(part(), 0..4), actual in "[abA/éÉ*]{0,6}", user in "[abÉ*]{1,2}",
    ) {
        let test = json!({ operator: { "s3:prefix": wanted.join("/") } });
        let statement = json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": test });
        let context = json!({ "aws:username": user, "s3:prefix": actual });
        let (trace, request, at) = asked(&statement, OBJECT, context);
        let found = alignment(&trace, &request, at, Cell::Condition(0)).expect("a comparison");
        let matched = trace.statement(at).expect("a statement").1.matched();
        let both_empty = wanted.concat().is_empty() && actual.is_empty();
        prop_assert!(both_empty || equal_by_letters(&found) == Some(matched), "{:?}", found);
    }

    #[test]
    fn arns_in_conditions_agree_with_the_decision(
        wanted in prop::collection::vec(part(), 1..7), actual in prop::collection::vec("[abA/]{0,3}", 5..7), user in "[ab:*]{1,3}",
    ) {
        let test = json!({ "ArnLike": { "aws:SourceArn": format!("arn:{}", wanted.join(":")) } });
        let statement = json!({ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": test });
        let context = json!({ "aws:username": user, "aws:SourceArn": format!("arn:{}", actual.join(":")) });
        let (trace, request, at) = asked(&statement, OBJECT, context);
        let found = alignment(&trace, &request, at, Cell::Condition(0)).expect("a comparison");
        let matched = trace.statement(at).expect("a statement").1.matched();
        prop_assert_eq!(found.comparisons[0].equal, matched);
        // What is too short to be an ARN is not laid beside one.
        prop_assert!(equal_by_letters(&found).is_none_or(|equal| equal == matched));
        prop_assert!(wanted.len() < 5 || user.contains(':') || equal_by_letters(&found).is_some(), "{:?}", found);
    }
}
