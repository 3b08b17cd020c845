use std::sync::Arc;

use super::*;
use crate::eval::{CompiledPolicy, Policy, PolicySource};
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

#[test]
fn who_can_counts_identity_policies_and_the_resource_policy() {
    let callers = [user("ann", Some(OWN)), user("bob", Some(OWN)), user("eve", None)];
    assert_eq!(who_can(&callers, &object("ann/cat.jpg")), [0]);
    let eve = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/eve"},"Action":"s3:GetObject","Resource":"*"}"#;
    let shared = Target { resource_policy: policy(eve, PolicyKind::Resource), ..object("ann/cat.jpg") };
    assert_eq!(who_can(&callers, &shared), [0, 2]);
}

#[test]
fn a_matrix_has_a_row_for_every_caller() {
    let callers = [user("ann", Some(OWN)), user("bob", Some(OWN))];
    let targets = [object("ann/x"), object("bob/x"), object("eve/x")];
    let matrix = matrix(&callers, &targets);
    let allowed =
        |caller, target| matrix.get(caller, target).is_some_and(|decision| decision.verdict == Verdict::Allowed);
    assert!(allowed(0, 0) && !allowed(0, 1) && allowed(1, 1) && !allowed(1, 2));
    assert_eq!(matrix.rows().map(<[_]>::len).collect::<Vec<_>>(), [3, 3]);
    assert_eq!(matrix.get(0, 3), None);
}

#[test]
fn what_can_lists_targets_and_changes_lists_what_two_versions_differ_in() {
    let targets = [object("ann/x"), object("bob/x")];
    let (before, after) = (user("ann", Some(OWN)), user("ann", None));
    assert_eq!(what_can(&before, &targets), [0]);
    let changed = changes(&before, &after, &targets);
    assert_eq!(
        changed.iter().map(|change| (change.target, change.after.verdict)).collect::<Vec<_>>(),
        [(0, Verdict::ImplicitlyDenied)]
    );
}

#[test]
fn keys_of_one_target_do_not_reach_the_next() {
    let tagged = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}}"#;
    let mut red = object("ann/x");
    red.context.set("aws:ResourceTag/team", "red");
    assert_eq!(what_can(&user("ann", Some(tagged)), &[red, object("ann/x")]), [0]);
}
