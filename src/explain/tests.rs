use std::collections::BTreeMap;

use super::*;
use crate::eval::situation::{Library, Question, gather, request};
use crate::eval::{Resource, trace};
use crate::ident::{AccountId, ActionName};
use crate::model::{Command, Holder, InlinePolicy, Occasion, PrincipalRef, Time, World, apply, example};

const ADMINISTRATOR_ACCESS: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

fn answer(world: &World, principal: PrincipalRef, action: &str, resource: &str) -> (String, Option<String>) {
    let library = Library::default().with(example::ADMINISTRATOR_ACCESS.into(), ADMINISTRATOR_ACCESS.into());
    let resource = if resource == "*" { Resource::None } else { Resource::Arn(resource.into()) };
    let action = ActionName::parse(action).expect("an action");
    let account = AccountId::example();
    let now = "2026-11-24T12:00:00Z".into();
    let question = Question {
        account,
        principal,
        action,
        resource,
        session: Default::default(),
        changes: BTreeMap::new(),
        off: Default::default(),
        now,
    };
    let request = request(world, &question).expect("the account is there");
    let trace = trace(&gather(world, &library, &question).policies, &request);
    (sentence(&trace, &request), aws_message(&trace, &request))
}

fn user(name: &str) -> PrincipalRef {
    PrincipalRef::User(name.into())
}

fn with_inline(holder: Holder, text: &str) -> World {
    let policy = InlinePolicy { name: "Inline".into(), text: text.into() };
    let occasion = Occasion { account: AccountId::example(), now: Time::default() };
    apply(&example::primer(), &Command::PutInlinePolicy { holder, policy }, &occasion).expect("a change")
}

#[test]
fn an_allow_names_policy_and_group() {
    let (sentence, message) = answer(&example::primer(), user("Administrator"), "s3:ListAllMyBuckets", "*");
    assert_eq!(sentence, "Allowed, by `AdministratorAccess`, through group `Administrators`.");
    assert_eq!(message, None);
}

#[test]
fn the_root_user_needs_no_policy() {
    let (sentence, _) = answer(&example::primer(), PrincipalRef::Root, "s3:ListAllMyBuckets", "*");
    assert_eq!(
        sentence,
        "Allowed: the root user may do everything in its own account, and no policy of the account can limit it."
    );
}

#[test]
fn an_implicit_deny_names_the_nearest_statement() {
    let (sentence, message) = answer(&example::primer(), user("TableMaker"), "s3:ListAllMyBuckets", "*");
    assert_eq!(
        sentence,
        "Implicitly denied: no identity policy allows `s3:ListAllMyBuckets`. Closest: `CreateTables` is about another action and resource."
    );
    let expected = "User: arn:aws:iam::123456789012:user/TableMaker is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action";
    assert_eq!(message.as_deref(), Some(expected), "ERR-9");
}

#[test]
fn a_resource_that_differs_is_said() {
    let (sentence, _) = answer(
        &example::primer(),
        user("TableMaker"),
        "dynamodb:CreateTable",
        "arn:aws:dynamodb:us-east-1:123456789012:backup/Music",
    );
    assert!(sentence.ends_with("Closest: `CreateTables` allows the action, but not on this resource."), "{sentence}");
}

#[test]
fn another_accounts_resource_is_said() {
    let (sentence, message) = answer(
        &example::primer(),
        user("TableMaker"),
        "dynamodb:CreateTable",
        "arn:aws:dynamodb:us-east-1:111122223333:table/Music",
    );
    let expected = "Implicitly denied: the resource belongs to account `111122223333`, where no resource policy allows `dynamodb:CreateTable`.";
    assert_eq!(sentence, expected);
    let expected = "User: arn:aws:iam::123456789012:user/TableMaker is not authorized to perform: dynamodb:CreateTable on resource: arn:aws:dynamodb:us-east-1:111122223333:table/Music";
    assert_eq!(message.as_deref(), Some(expected), "ERR-26");
}

#[test]
fn an_explicit_deny_names_its_statement_and_beats_the_allow() {
    let deny = r#"{"Version":"2012-10-17","Statement":[{"Sid":"NoBuckets","Effect":"Deny","Action":"s3:*","Resource":"*"},{"Sid":"Rest","Effect":"Allow","Action":"ec2:*","Resource":"*"}]}"#;
    let world = with_inline(Holder::User("Administrator".into()), deny);
    let (sentence, message) = answer(&world, user("Administrator"), "s3:GetObject", "arn:aws:s3:::photos/cat.jpg");
    let expected = "Explicitly denied, by `NoBuckets` of `Inline`. A deny wins over every allow, also over that of `AdministratorAccess`.";
    assert_eq!(sentence, expected);
    let expected = "User: arn:aws:iam::123456789012:user/Administrator is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::photos/cat.jpg\" with an explicit deny in an identity-based policy";
    assert_eq!(message.as_deref(), Some(expected), "ERR-9, ERR-31");
}

#[test]
fn a_condition_that_fails_is_said_with_both_values() {
    let conditional = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}}"#;
    let world = with_inline(Holder::User("TableMaker".into()), conditional);
    let (sentence, _) = answer(&world, user("TableMaker"), "s3:GetObject", "arn:aws:s3:::photos/cat.jpg");
    let expected = "Closest: statement 1 of `Inline` would allow it, but for its condition: `aws:SecureTransport` is `true`; `Bool` asks for `false`.";
    assert!(sentence.ends_with(expected), "{sentence}");
}

#[test]
fn a_user_without_any_policy_is_told_so() {
    let world = apply(
        &example::primer(),
        &Command::RemoveUserFromGroup { user: "Administrator".into(), group: "Administrators".into() },
        &Occasion { account: AccountId::example(), now: Time::default() },
    )
    .expect("a member");
    let (sentence, _) = answer(&world, user("Administrator"), "s3:ListAllMyBuckets", "*");
    assert_eq!(
        sentence,
        "Implicitly denied: no identity policy is attached, and without one nothing allows `s3:ListAllMyBuckets`."
    );
}
