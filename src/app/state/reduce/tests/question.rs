//! Several actions, sessions, and the last questions.

use super::*;
use crate::app::state::SessionPart;
use crate::model;

const CATALOG: &str = "S\ts3\tAmazon S3\nR\tobject\tarn:${Partition}:s3:::${BucketName}/${ObjectName}\nA\tGetObject\tR\t0!\nA\tListAllMyBuckets\tL\nS\tdynamodb\tAmazon DynamoDB\nR\ttable\tarn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}\nA\tCreateTable\tW\t0!\nA\tListTables\tL";

fn with_catalog() -> Session {
    let mut session = Session::loaded();
    session.arrives(DataFile::Actions, CATALOG);
    session
}

#[test]
fn several_actions_are_answered_each_and_the_first_denied_one_shows_why() {
    let mut session = with_catalog();
    session.ask(example::TABLE_MAKER);
    session.on(Event::ActionTyped("dynamodb:*, s3:ListAllMyBuckets".to_owned()));
    let answer = session.answer();
    let verdicts: Vec<_> =
        answer.among.iter().map(|one| (one.question.action.as_str().to_owned(), one.decision.verdict)).collect();
    assert_eq!(
        verdicts,
        [
            ("dynamodb:CreateTable".to_owned(), Verdict::Allowed),
            ("dynamodb:ListTables".to_owned(), Verdict::ImplicitlyDenied),
            ("s3:ListAllMyBuckets".to_owned(), Verdict::ImplicitlyDenied),
        ]
    );
    assert_eq!(answer.question.action.as_str(), "dynamodb:ListTables", "EVAL-3: the first that is missing is named");
    session.on(Event::ActionFocused(verdict_action("dynamodb:CreateTable")));
    assert_eq!(session.verdict(), Verdict::Allowed);
}

fn verdict_action(name: &str) -> crate::ident::ActionName {
    crate::ident::ActionName::parse(name).expect("an action")
}

#[test]
fn a_wildcard_waits_for_the_list_of_actions_and_is_read_when_it_comes() {
    let mut session = Session::loaded();
    session.on(Event::ActionTyped("s3:*".to_owned()));
    assert!(session.0.asked.is_stale());
    session.arrives(DataFile::Actions, CATALOG);
    assert!(!session.0.asked.is_stale());
    assert_eq!(session.answer().among.len(), 2);
}

/// EVAL-65, EVAL-168: a session of GetFederationToken may do what user and session policies both allow.
#[test]
fn a_federation_token_without_session_policy_may_do_nothing() {
    let mut session = Session::loaded();
    let mut brings = model::Session { proof: Some(model::Proof::Federation), ..Default::default() };
    session.on(Event::SessionSet { what: SessionPart::Proof, session: Box::new(brings.clone()) });
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    brings.managed = vec![example::ADMINISTRATOR_ACCESS.into()];
    session.on(Event::SessionSet { what: SessionPart::Policies, session: Box::new(brings) });
    assert_eq!(session.verdict(), Verdict::Allowed);
}

/// EVAL-72: a session policy limits a session of a role, and grants nothing.
#[test]
fn a_session_policy_limits_a_role() {
    let mut session = Session::loaded();
    session.on(Event::PrincipalChosen(PrincipalRef::Role("RedshiftLoader".into())));
    session.on(Event::ActionTyped("s3:GetObject".to_owned()));
    session.on(Event::ResourceTyped("arn:aws:s3:::example-sales/2026/june.csv".to_owned()));
    let without = session.verdict();
    session.on(Event::SessionPolicyBegun);
    assert_eq!((without, session.verdict()), (Verdict::Allowed, Verdict::Allowed));
    let policy = PolicyRef::Session { arn: None };
    session.on(Event::PolicyTyped(
        policy,
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}"#.into(),
    ));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    session.on(Event::Undone);
    assert_eq!(session.verdict(), Verdict::Allowed);
}

/// EVAL-163: a session tag stands over the role's own, whatever the case of its key.
#[test]
fn session_tags_are_principal_tags() {
    let mut session = Session::loaded();
    session.on(Event::PrincipalChosen(PrincipalRef::Role("RedshiftLoader".into())));
    let none = model::Session::default();
    let brings = crate::app::state::session::with_text(&none, SessionPart::Tags, "Team=blue").expect("tags");
    session.on(Event::SessionSet { what: SessionPart::Tags, session: Box::new(brings) });
    let value = session.answer().request.context.text("aws:principaltag/team").map(str::to_owned);
    assert_eq!(value.as_deref(), Some("blue"));
}

#[test]
fn the_last_questions_are_at_hand_each_once() {
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::ActionTyped("dynamodb:CreateTable".to_owned()));
    session.on(Event::PrincipalChosen(PrincipalRef::Root));
    let last: Vec<String> =
        session.0.recent().iter().map(|asking| format!("{} {}", asking.principal, asking.action)).collect();
    assert_eq!(
        last,
        [
            "user TableMaker dynamodb:CreateTable",
            "user TableMaker s3:ListAllMyBuckets",
            "user Administrator s3:ListAllMyBuckets"
        ]
    );
    let first = session.0.recent().pop().expect("a question");
    session.on(Event::QuestionAsked(Rc::new(first)));
    assert_eq!(session.verdict(), Verdict::Allowed);
}

#[test]
fn typing_a_session_policy_goes_on_after_text_that_is_no_policy() {
    let mut session = Session::loaded();
    session.on(Event::PrincipalChosen(PrincipalRef::Role("RedshiftLoader".into())));
    session.on(Event::SessionPolicyBegun);
    let policy = PolicyRef::Session { arn: None };
    let text = session.0.asked.session.policy.clone().expect("a policy");
    session.on(Event::PolicyTyped(policy.clone(), format!("{text}{{").into()));
    assert!(session.0.drafts.get(&policy).is_some());
    session.on(Event::PolicyTyped(policy.clone(), text));
    assert!(session.0.drafts.get(&policy).is_none());
    session.on(Event::PolicyTyped(policy.clone(), "{".into()));
    session.on(Event::PrincipalChosen(PrincipalRef::Root));
    assert!(session.0.drafts.get(&policy).is_none(), "another caller has no session policy to go on with");
}

#[test]
fn nobody_takes_over_the_session_of_another() {
    let mut session = Session::loaded();
    let brings = model::Session { proof: Some(model::Proof::Federation), ..Default::default() };
    session.on(Event::SessionSet { what: SessionPart::Proof, session: Box::new(brings) });
    session.on(Event::Changed(Command::DeleteUser { name: example::ADMINISTRATOR.into() }));
    session.on(leave());
    session.on(Event::Changed(Command::DeleteUser { name: example::ADMINISTRATOR.into() }));
    assert_eq!((&session.0.asked.principal, &session.0.asked.session), (&PrincipalRef::Root, &Default::default()));
}

#[test]
fn several_actions_on_their_own_examples_come_back_as_they_were() {
    let mut session = with_catalog();
    session.on(Event::ActionTyped("s3:GetObject, dynamodb:CreateTable".to_owned()));
    let about =
        |session: &Session| session.answer().among.iter().map(|one| one.question.resource.clone()).collect::<Vec<_>>();
    let before = about(&session);
    assert_ne!(before[0], before[1], "each on an example of its own kind");
    let asking = session.0.asked.asking();
    session.on(Event::ActionTyped("s3:ListAllMyBuckets".to_owned()));
    session.on(Event::QuestionAsked(Rc::new(asking)));
    assert_eq!(about(&session), before);
}
