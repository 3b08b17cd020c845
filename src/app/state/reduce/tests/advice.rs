//! Ways to another answer: each one that can be tried leads there.

use super::*;
use crate::app::state::advice::{Advice, advice};
use crate::eval::Resource;
use crate::model::{ControlKind, ControlPolicy};

fn found(session: &Session) -> Advice {
    advice(&session.0, &session.answer())
}

/// Tries every way and says what comes out.
fn tried(session: &Session) -> Vec<Verdict> {
    let before = session.verdict();
    let ways = found(session).ways;
    let attempts = ways.into_iter().filter_map(|way| way.attempt);
    let verdicts = attempts.map(|event| {
        let mut session = Session(session.0.clone());
        session.on(event);
        assert_eq!(session.0.view.refusal, None);
        let verdict = session.verdict();
        session.on(Event::TrialDropped);
        assert_eq!(session.verdict(), before, "a trial can be dropped");
        verdict
    });
    verdicts.collect()
}

fn all_lead_to(session: &Session, verdict: Verdict) {
    let verdicts = tried(session);
    assert!(!verdicts.is_empty() && verdicts.iter().all(|found| *found == verdict), "{verdicts:?}");
}

#[test]
fn a_missing_allow_is_given_by_a_statement_about_just_the_request() {
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::ActionTyped("s3:GetObject".to_owned()));
    session.on(Event::ResourceTyped("arn:aws:s3:::example-photos/cat.jpg".to_owned()));
    let words = found(&session).ways.remove(0).steps.remove(0);
    assert!(words.words.contains("allows `s3:GetObject` on `arn:aws:s3:::example-photos/cat.jpg`"), "{words:?}");
    all_lead_to(&session, Verdict::Allowed);
}

#[test]
fn an_explicit_deny_with_a_condition_ends_with_another_request_or_a_narrower_statement() {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"NoMfa","Effect":"Deny","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::PolicyTyped(create_tables(), text.into()));
    assert_eq!(session.verdict(), Verdict::ExplicitlyDenied);
    let first = found(&session).ways.remove(0).steps.remove(0);
    assert_eq!(first.words, "The request carries `aws:MultiFactorAuthPresent` with the value `true`.");
    all_lead_to(&session, Verdict::Allowed);
}

#[test]
fn a_boundary_of_aws_is_replaced_by_a_copy_that_allows_more() {
    let mut session = Session::loaded();
    session.arrives(DataFile::ManagedShard(7), SHARD_7);
    let holder = Holder::User(example::ADMINISTRATOR.into());
    session.on(Event::Changed(Command::PutPermissionsBoundary { holder, arn: READ_ONLY.into() }));
    session.on(Event::ActionTyped("dynamodb:ListTables".to_owned()));
    session.on(Event::ResourceTyped("*".to_owned()));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    all_lead_to(&session, Verdict::Allowed);
}

#[test]
fn billing_is_opened_by_the_root_user() {
    let mut session = Session::loaded();
    session.on(Event::Changed(Command::SetBillingAccess { active: false }));
    session.on(Event::ActionTyped("billing:GetBillingData".to_owned()));
    session.on(Event::ResourceTyped("*".to_owned()));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    all_lead_to(&session, Verdict::Allowed);
}

#[test]
fn a_session_policy_is_widened_in_the_question() {
    let mut session = Session::loaded();
    session.ask_in_limited_session();
    all_lead_to(&session, Verdict::Allowed);
}

#[test]
fn a_service_control_policy_is_mended_where_it_hangs() {
    let mut session = Session::loaded();
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}"#;
    session.on(Event::Shelf(ShelfEvent::Begun("organization")));
    session.on(Event::ChangedTogether {
        label: "Limit".into(),
        commands: [
            Command::CreateControlPolicy {
                policy: ControlPolicy { name: "OnlyEc2".into(), kind: ControlKind::Service, text: text.into() },
            },
            Command::AttachControlPolicy { target: session.0.asked.account.as_str().into(), name: "OnlyEc2".into() },
            Command::DetachControlPolicy {
                target: session.0.asked.account.as_str().into(),
                name: "FullAWSAccess".into(),
            },
        ]
        .into(),
        stay: false,
    });
    assert_eq!(session.0.view.refusal, None);
    session.on(Event::PrincipalChosen(PrincipalRef::Root));
    session.on(Event::ActionTyped("s3:ListAllMyBuckets".to_owned()));
    session.on(Event::ResourceTyped("*".to_owned()));
    assert_eq!(session.answer().request.resource, Resource::None);
    all_lead_to(&session, Verdict::Allowed);
}

#[test]
fn an_allow_tells_what_it_hangs_on_and_what_would_end_it() {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"Tls","Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#;
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::PolicyTyped(create_tables(), text.into()));
    let advice = found(&session);
    assert_eq!(advice.hangs, ["Without `All` of `CreateTables` it would be denied."]);
    assert_eq!(advice.ways[0].steps[0].words, "The request carries `aws:SecureTransport` with the value `false`.");
    assert!(advice.ways[0].then.starts_with("Explicitly denied, by `Tls`"), "{}", advice.ways[0].then);
    all_lead_to(&session, Verdict::ExplicitlyDenied);
}
