use std::sync::Arc;

use super::*;
use crate::eval::{CompiledPolicy, Policy, PolicySource, Verdict, decide};
use crate::policy::{PolicyKind, parse_document};

fn policy(statement: &str, kind: PolicyKind) -> PolicyList {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#);
    let document = parse_document(&text, kind).value.expect("a document");
    let source = PolicySource { name: "P".into(), arn: None, group: None };
    vec![Policy { source, compiled: Arc::new(CompiledPolicy::new(Arc::new(document), kind)) }].into()
}

fn user(name: &str, statement: Option<&str>) -> Caller {
    let arn = format!("arn:aws:iam::123456789012:user/{name}");
    Caller {
        principal: Principal::User { arn: arn.as_str().into(), account: AccountId::example() },
        policies: Policies {
            identity: statement.map(|text| policy(text, PolicyKind::Identity)).unwrap_or_default(),
            ..Policies::default()
        },
        context: [("aws:PrincipalArn", arn.as_str()), ("aws:username", name)].into_iter().collect(),
    }
}

fn object(key: &str) -> Target {
    let action = ActionName::parse("s3:GetObject").expect("an action");
    Target::new(action, Resource::Arn(format!("arn:aws:s3:::home/{key}").as_str().into()))
}

const OWN: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:username}/*"}"#;

fn allowed(caller: &Caller, targets: &[Target]) -> Vec<bool> {
    each(caller, targets, decide).map(|decision| decision.verdict == Verdict::Allowed).collect()
}

#[test]
fn identity_policies_and_the_policy_of_the_target_count() {
    let eve = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/eve"},"Action":"s3:GetObject","Resource":"*"}"#;
    let shared = Target { resource_policy: policy(eve, PolicyKind::Resource), ..object("ann/cat.jpg") };
    let targets = [object("ann/cat.jpg"), shared, object("eve/cat.jpg")];
    assert_eq!(allowed(&user("ann", Some(OWN)), &targets), [true, true, false]);
    assert_eq!(allowed(&user("bob", Some(OWN)), &targets), [false, false, false]);
    assert_eq!(allowed(&user("eve", None), &targets), [false, true, false]);
}

#[test]
fn keys_of_one_target_do_not_reach_the_next() {
    let tagged = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}}"#;
    let mut red = object("ann/x");
    red.context.set("aws:ResourceTag/team", "red");
    assert_eq!(allowed(&user("ann", Some(tagged)), &[red, object("ann/x")]), [true, false]);
}
