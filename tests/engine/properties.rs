//! What holds for every policy and request, on generated ones.

use std::sync::Arc;

use iam_playground::eval::{
    CompiledPolicy, ContextValue, Policies, Policy, PolicySource, Principal, Request, Resource, Verdict, decide, trace,
};
use iam_playground::explain;
use iam_playground::ident::{AccountId, ActionName};
use iam_playground::policy::{Operator, PolicyKind, parse_document};
use proptest::prelude::*;
use serde_json::{Value, json};

fn actions() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "*",
        "s3:*",
        "s3:Get*",
        "s3:GetObject",
        "S3:getobject",
        "s3:?etObject",
        "s3:PutObject",
        "ec2:*",
        "*:*",
        "s3",
    ])
}

fn resources() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "*",
        "arn:aws:s3:::photos/*",
        "arn:aws:s3:::photos/${aws:username}/*",
        "arn:aws:s3:::*",
        "arn:aws:s3:::photos/ann/cat.jpg",
        "arn:*:s3:::photos/*",
        "arn:aws:s3*",
        "photos",
        "arn:aws:s3:::photos/${aws:PrincipalTag/team, 'ann'}/*",
        "arn:aws:s3:::photos/${",
    ])
}

fn condition() -> impl Strategy<Value = Value> {
    let operators: Vec<String> = Operator::names()
        .flat_map(|name| {
            [name.to_owned(), format!("{name}IfExists"), format!("ForAllValues:{name}"), format!("ForAnyValue:{name}")]
        })
        .collect();
    let keys = vec![
        "aws:username",
        "aws:TagKeys",
        "aws:SourceIp",
        "aws:CurrentTime",
        "aws:SecureTransport",
        "s3:max-keys",
        "aws:Missing",
    ];
    let values = vec![
        "ann",
        "a*",
        "true",
        "10",
        "2024-01-01",
        "10.0.0.0/8",
        "YQ==",
        "arn:aws:iam::123456789012:user/*",
        "${aws:username}",
        "",
    ];
    (
        prop::sample::select(operators),
        prop::sample::select(keys),
        prop::collection::vec(prop::sample::select(values), 0..3),
    )
        .prop_map(|(operator, key, values)| json!({ operator: { key: values } }))
}

fn statement() -> impl Strategy<Value = Value> {
    let names = (
        prop::sample::select(vec!["Allow", "Deny"]),
        prop::sample::select(vec!["Action", "NotAction"]),
        prop::sample::select(vec!["Resource", "NotResource"]),
    );
    (
        names,
        prop::collection::vec(actions(), 1..4),
        prop::collection::vec(resources(), 1..3),
        prop::option::of(condition()),
    )
        .prop_map(|((effect, action, resource), actions, resources, condition)| {
            let mut statement = json!({ "Effect": effect, action: actions, resource: resources });
            if let Some(condition) = condition {
                statement["Condition"] = condition;
            }
            statement
        })
}

fn policies() -> impl Strategy<Value = Policies> {
    let version = prop::sample::select(vec!["2012-10-17", "2008-10-17"]);
    let policy = (version, prop::collection::vec(statement(), 1..4)).prop_map(|(version, statements)| {
        let text = json!({ "Version": version, "Statement": statements }).to_string();
        let document = parse_document(&text, PolicyKind::Identity).value.expect("a document");
        Policy {
            source: PolicySource { name: "P".into(), arn: None, group: None },
            compiled: Arc::new(CompiledPolicy::new(Arc::new(document), PolicyKind::Identity)),
        }
    });
    // Up to twenty, so that lists with a common index are among them.
    prop::collection::vec(policy, 0..20)
        .prop_map(|identity| Policies { identity: identity.into(), ..Policies::default() })
}

fn request() -> impl Strategy<Value = Request> {
    let resource = prop::sample::select(vec![
        Some("arn:aws:s3:::photos/ann/cat.jpg"),
        Some("arn:aws:s3:::photos/bob/cat.jpg"),
        None,
    ]);
    let context = prop::sample::subsequence(
        vec![
            ("aws:username", ContextValue::One("ann".into())),
            ("aws:TagKeys", ContextValue::Many(vec!["ann".into(), "b".into()])),
            ("aws:SourceIp", ContextValue::One("10.1.2.3".into())),
            ("aws:CurrentTime", ContextValue::One("2024-06-30T00:00:00Z".into())),
            ("aws:SecureTransport", ContextValue::One("true".into())),
            ("s3:max-keys", ContextValue::One("10.0".into())),
        ],
        0..=6,
    );
    (prop::sample::select(vec!["s3:GetObject", "s3:PutObject", "ec2:RunInstances"]), resource, context).prop_map(
        |(action, resource, context)| {
            let account = AccountId::example();
            Request {
                principal: Principal::User {
                    arn: "arn:aws:iam::123456789012:user/ann".into(),
                    account: account.clone(),
                },
                action: ActionName::parse(action).expect("an action"),
                resource: resource.map_or(Resource::None, |arn| Resource::Arn(arn.into())),
                resource_account: Some(account),
                context: context.into_iter().collect(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_trace_and_the_fast_run_give_the_same_decision(policies in policies(), request in request()) {
        prop_assert_eq!(trace(&policies, &request).decision, decide(&policies, &request));
    }

    #[test]
    fn a_decision_rests_on_statements_that_matched(policies in policies(), request in request()) {
        let trace = trace(&policies, &request);
        let matched = |effect| trace.statements().any(|(_, _, statement)| statement.matched() && statement.effect() == effect);
        let (allow, deny) = (matched(iam_playground::policy::Effect::Allow), matched(iam_playground::policy::Effect::Deny));
        let expected = match (deny, allow) {
            (true, _) => Verdict::ExplicitlyDenied,
            (false, true) => Verdict::Allowed,
            (false, false) => Verdict::ImplicitlyDenied,
        };
        prop_assert_eq!(trace.decision.verdict, expected);
        if let Some(at) = trace.decisive() {
            prop_assert!(trace.statement(at).is_some_and(|(_, statement)| statement.matched()));
        }
    }

    #[test]
    fn one_more_policy_never_turns_a_deny_into_an_allow(policies in policies(), more in policies(), request in request()) {
        if decide(&policies, &request).verdict == Verdict::ExplicitlyDenied {
            let identity: Vec<_> = policies.identity.as_slice().iter().chain(more.identity.as_slice()).cloned().collect();
            let verdict = decide(&Policies { identity: identity.into(), ..Policies::default() }, &request).verdict;
            prop_assert_eq!(verdict, Verdict::ExplicitlyDenied);
        }
    }

    #[test]
    fn every_decision_can_be_put_into_words(policies in policies(), request in request()) {
        let trace = trace(&policies, &request);
        let sentence = explain::sentence(&trace, &request);
        prop_assert!(sentence.starts_with(explain::verdict_name(trace.decision.verdict)) && sentence.ends_with('.'));
        prop_assert_eq!(explain::aws_message(&trace, &request).is_none(), trace.decision.verdict == Verdict::Allowed);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,200}") {
        parse_document(&text, PolicyKind::Identity);
    }

    #[test]
    fn every_finding_lies_inside_the_text(text in "[\\[\\]{}\":,a-zA-Z*0-9 ]{0,80}") {
        for finding in parse_document(&text, PolicyKind::Resource).diagnostics {
            prop_assert!(finding.span.start <= finding.span.end && finding.span.end as usize <= text.len());
        }
    }
}
