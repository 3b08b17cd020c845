//! All 1,582 AWS managed policies, as a free corpus.

use std::sync::Arc;

use iam_playground::catalog::{ManagedPolicy, parse_shard};
use iam_playground::eval::{
    CompiledPolicy, Policies, Policy, PolicySource, Principal, Request, Resource, Verdict, decide, trace,
};
use iam_playground::ident::{AccountId, ActionName};
use iam_playground::policy::{PolicyKind, parse_document};
use iam_playground::text::Severity;

use crate::{project, read};

fn all() -> Vec<ManagedPolicy> {
    let folder = project("static/data/managed");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("shards")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    files.retain(|name| name != "index.txt");
    files.sort();
    let attachable =
        files.iter().flat_map(|name| parse_shard(&read(&format!("static/data/managed/{name}"))).expect("a shard"));
    let others = parse_shard(&read("tests/corpus/managed/unattachable.txt")).expect("the other policies");
    attachable.chain(others).collect()
}

fn compile(policy: &ManagedPolicy) -> Policy {
    let document = parse_document(&policy.document, PolicyKind::Identity).value.expect("a document");
    Policy {
        source: PolicySource { name: policy.arn.clone(), arn: Some(policy.arn.clone()), group: None },
        compiled: Arc::new(CompiledPolicy::new(Arc::new(document), PolicyKind::Identity)),
    }
}

fn request(action: &str, resource: Resource) -> Request {
    let account = AccountId::example();
    Request {
        principal: Principal::User { arn: "arn:aws:iam::123456789012:user/ann".into(), account: account.clone() },
        action: ActionName::parse(action).expect("an action"),
        resource,
        resource_account: Some(account),
        context: [("aws:username", "ann"), ("aws:RequestedRegion", "us-east-1")].into_iter().collect(),
    }
}

#[test]
fn every_managed_policy_parses_without_an_error() {
    let policies = all();
    assert_eq!(policies.len(), 1_582);
    for policy in &policies {
        let parsed = parse_document(&policy.document, PolicyKind::Identity);
        let errors: Vec<_> = parsed.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", policy.arn);
        assert!(parsed.value.is_some_and(|document| !document.statements.is_empty()), "{}", policy.arn);
    }
}

#[test]
fn every_managed_policy_is_evaluated_and_the_trace_agrees_with_the_decision() {
    let requests = [
        request("s3:GetObject", Resource::Arn("arn:aws:s3:::photos/cat.jpg".into())),
        request("s3:ListAllMyBuckets", Resource::None),
        request("iam:PassRole", Resource::Arn("arn:aws:iam::123456789012:role/app".into())),
        request("ec2:RunInstances", Resource::Arn("arn:aws:ec2:us-east-1:123456789012:instance/i-1".into())),
        request("logs:CreateLogGroup", Resource::Arn("arn:aws:logs:us-east-1:123456789012:log-group:/aws/x".into())),
    ];
    let mut seen = [0; 3];
    for policy in all() {
        let policies = Policies { identity: vec![compile(&policy)].into(), ..Policies::default() };
        for request in &requests {
            let decision = decide(&policies, request);
            assert_eq!(trace(&policies, request).decision, decision, "{}: {}", policy.arn, request.action);
            seen[decision.verdict as usize] += 1;
        }
    }
    assert!(seen[Verdict::Allowed as usize] > 100 && seen[Verdict::ImplicitlyDenied as usize] > 1_000, "{seen:?}");
}

#[test]
fn well_known_policies_decide_as_documented() {
    let policies = all();
    let named = |name: &str| {
        let arn = format!("arn:aws:iam::aws:policy/{name}");
        compile(policies.iter().find(|policy| *policy.arn == *arn).expect("the policy"))
    };
    let verdict = |name: &str, action: &str, resource: Resource| {
        decide(&Policies { identity: vec![named(name)].into(), ..Policies::default() }, &request(action, resource))
            .verdict
    };
    let object = || Resource::Arn("arn:aws:s3:::photos/cat.jpg".into());
    let user = || Resource::Arn("arn:aws:iam::123456789012:user/ann".into());
    assert_eq!(verdict("AdministratorAccess", "iam:DeleteUser", user()), Verdict::Allowed);
    assert_eq!(verdict("ReadOnlyAccess", "s3:GetObject", object()), Verdict::Allowed);
    assert_eq!(verdict("ReadOnlyAccess", "s3:PutObject", object()), Verdict::ImplicitlyDenied);
    assert_eq!(verdict("SecurityAudit", "s3:GetObject", object()), Verdict::ImplicitlyDenied);
    // CON-35: everything but iam, organizations and account, by NotAction.
    assert_eq!(verdict("PowerUserAccess", "s3:PutObject", object()), Verdict::Allowed);
    assert_eq!(verdict("PowerUserAccess", "iam:DeleteUser", user()), Verdict::ImplicitlyDenied);
    // CON-24: the variable is the caller's own name.
    assert_eq!(verdict("IAMUserChangePassword", "iam:ChangePassword", user()), Verdict::Allowed);
    let other = Resource::Arn("arn:aws:iam::123456789012:user/bob".into());
    assert_eq!(verdict("IAMUserChangePassword", "iam:ChangePassword", other), Verdict::ImplicitlyDenied);
}
