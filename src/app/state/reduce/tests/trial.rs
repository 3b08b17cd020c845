//! Trying changes.

use super::*;
use crate::app::state::trial::Tried;
use crate::eval::LayerKind;
use crate::eval::situation::Part;

fn tried(session: &Session) -> Tried {
    session.0.trial.as_ref().expect("a trial").tried(&session.0, &Memo::default())
}

fn administrator_access() -> PolicyRef {
    PolicyRef::Attached {
        holder: Holder::Group(example::ADMINISTRATORS.into()),
        arn: example::ADMINISTRATOR_ACCESS.into(),
    }
}

#[test]
fn what_is_switched_off_does_not_count_and_the_answer_before_is_at_hand() {
    for part in [
        Part::Layer(LayerKind::Identity),
        Part::Policy(administrator_access()),
        Part::Statement(administrator_access(), 0),
    ] {
        let mut session = Session::loaded();
        let world = session.0.world.clone();
        session.on(Event::Switched(part.clone()));
        assert_eq!(session.verdict(), Verdict::ImplicitlyDenied, "{part:?}");
        assert!(Rc::ptr_eq(&world, &session.0.world), "the world stays");
        let tried = tried(&session);
        assert_eq!(tried.base.map(|base| base.verdict()), Some(Verdict::Allowed));
        assert_eq!(tried.steps.iter().map(|(_, turned)| *turned).collect::<Vec<_>>(), [true]);
        session.on(Event::Switched(part));
        assert_eq!(session.verdict(), Verdict::Allowed);
    }
}

#[test]
fn the_step_that_turned_the_verdict_is_named_among_those_that_did_not() {
    let mut session = Session::loaded();
    session.on(Event::TrialBegun);
    session.on(Event::ContextSet("aws:SecureTransport".to_owned(), Some("false".to_owned())));
    session.on(leave());
    session.on(Event::ContextSet("aws:UserAgent".to_owned(), Some("x".to_owned())));
    let steps = tried(&session).steps;
    let turned: Vec<&str> = steps.iter().filter(|(_, turned)| *turned).map(|(label, _)| &**label).collect();
    assert_eq!((steps.len(), turned), (3, vec!["Remove Administrator from Administrators"]));
}

#[test]
fn what_is_dropped_is_as_if_it_had_not_been() {
    let mut session = Session::loaded();
    session.on(Event::ContextSet("aws:SecureTransport".to_owned(), Some("false".to_owned())));
    let (world, asked) = (session.0.world.clone(), session.0.asked.clone());
    session.on(Event::TrialBegun);
    session.on(leave());
    session.on(Event::Switched(Part::Layer(LayerKind::Identity)));
    session.on(Event::TrialDropped);
    assert_eq!((&session.0.world, &*session.0.asked), (&world, &*asked));
    assert!(session.0.trial.is_none());
    session.on(Event::Undone);
    assert!(session.0.asked.changes.is_empty(), "the steps before the trial can still be undone");
}

#[test]
fn undo_stays_inside_of_a_trial() {
    let mut session = Session::loaded();
    session.on(leave());
    let world = session.0.world.clone();
    session.on(Event::TrialBegun);
    session.on(Event::ContextSet("aws:SecureTransport".to_owned(), Some("false".to_owned())));
    for _ in 0..3 {
        session.on(Event::Undone);
    }
    assert_eq!(session.0.world, world, "what was done before the trial stays");
    assert!(session.0.trial.is_some());
    session.on(Event::Redone);
    session.on(Event::TrialDropped);
    session.on(Event::Redone);
    assert!(session.0.asked.changes.is_empty(), "what was only tried cannot be done again");
    session.on(Event::Undone);
    assert_ne!(session.0.world, world, "what was done before the trial can be undone after it");
}

#[test]
fn a_trial_that_is_kept_is_one_step() {
    let mut session = Session::loaded();
    let (world, asked) = (session.0.world.clone(), session.0.asked.clone());
    session.on(Event::Switched(Part::Layer(LayerKind::Identity)));
    session.on(Event::ContextSet("aws:SecureTransport".to_owned(), Some("false".to_owned())));
    session.on(Event::TrialKept);
    session.on(Event::Undone);
    assert_eq!((&session.0.world, &*session.0.asked), (&world, &*asked));
}

#[test]
fn what_would_not_be_the_same_for_good_is_not_kept() {
    let mut session = Session::loaded();
    session.arrives(DataFile::ManagedShard(7), SHARD_7);
    let holder = Holder::User(example::ADMINISTRATOR.into());
    let boundary = PolicyRef::Boundary { holder: holder.clone(), arn: READ_ONLY.into() };
    session.on(Event::Changed(Command::PutPermissionsBoundary { holder, arn: READ_ONLY.into() }));
    assert_eq!(session.verdict(), Verdict::Allowed);
    // A boundary without a statement lets nothing through; no boundary lets everything through.
    session.on(Event::Switched(Part::Statement(boundary.clone(), 0)));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    session.on(Event::TrialKept);
    assert!(session.0.trial.is_some() && session.0.view.refusal.is_some());
    session.on(Event::TrialDropped);
    assert_eq!(session.verdict(), Verdict::Allowed);
}

#[test]
fn while_learning_nothing_that_was_tried_is_kept() {
    let mut session = Session::loaded();
    session.on(Event::LearnToggled);
    let world = session.0.world.clone();
    session.on(Event::TrialBegun);
    session.on(leave());
    session.on(Event::TrialKept);
    assert!(session.0.view.refusal.is_some());
    session.on(Event::TrialDropped);
    assert_eq!(session.0.world, world);
}

#[test]
fn who_was_made_in_a_trial_goes_with_it_and_the_question_comes_back() {
    let mut session = Session::loaded();
    session.on(Event::TrialBegun);
    let commands = [Command::CreateUser { name: "Eve".into(), path: "/".into(), tags: Default::default() }].into();
    session.on(Event::ChangedTogether { label: "Make Eve".into(), commands, stay: false });
    session.ask("Eve");
    session.on(Event::TrialDropped);
    assert_eq!(session.0.asked.principal, PrincipalRef::User(example::ADMINISTRATOR.into()));
}

#[test]
fn a_world_that_is_renamed_during_a_trial_keeps_nothing_of_it() {
    let mut session = Session::loaded();
    session.on(Event::TrialBegun);
    session.on(leave());
    session.on(Event::Shelf(ShelfEvent::Renamed("Other".into())));
    assert_eq!((session.verdict(), &*session.0.world.name), (Verdict::Allowed, "Other"));
}

#[test]
fn what_is_kept_is_removed_for_good() {
    let mut session = Session::loaded();
    session.on(Event::Switched(Part::Policy(administrator_access())));
    session.on(Event::TrialKept);
    assert!(session.0.trial.is_none() && session.0.asked.off.is_empty());
    let group = session.0.account().groups.get(example::ADMINISTRATORS).cloned().expect("the group");
    assert!(group.permissions.attached.is_empty());
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
}

#[test]
fn a_statement_of_ones_own_policy_is_taken_out_of_its_text() {
    let two = r#"{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:*","Resource":"*"},{"Sid":"B","Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#;
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::PolicyTyped(create_tables(), two.into()));
    assert_eq!(session.verdict(), Verdict::ExplicitlyDenied);
    session.on(Event::Switched(Part::Statement(create_tables(), 1)));
    assert_eq!(session.verdict(), Verdict::Allowed);
    session.on(Event::TrialKept);
    let account = session.0.account();
    let text = create_tables().text(&session.0.world, &account).cloned().expect("the policy");
    assert!(text.contains("\"A\"") && !text.contains("\"B\""), "{text}");
    assert_eq!(session.verdict(), Verdict::Allowed);
}

#[test]
fn a_statement_of_aws_cannot_be_kept_away_and_nothing_is_lost() {
    let two = "TwoStatements\t/\tv1\t2020-01-01\t{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Action\":\"ec2:*\",\"Resource\":\"*\"}]}";
    let mut session = Session::opening();
    session.arrives(
        DataFile::ManagedIndex,
        "AdministratorAccess\t/\tv1\t2015-02-06\t00\tj\nTwoStatements\t/\tv1\t2020-01-01\t00\t",
    );
    session.arrives(DataFile::ManagedShard(0), &format!("{SHARD_0}\n{two}"));
    let arn: Arc<str> = "arn:aws:iam::aws:policy/TwoStatements".into();
    session.on(Event::Changed(Command::AttachPolicy { holder: table_maker(), arn: arn.clone() }));
    session.ask(example::TABLE_MAKER);
    session.on(Event::Switched(Part::Statement(PolicyRef::Attached { holder: table_maker(), arn }, 0)));
    session.on(Event::TrialKept);
    assert!(session.0.view.refusal.as_deref().is_some_and(|words| words.contains("AWS's own")));
    assert!(session.0.trial.is_some());
}

#[test]
fn what_is_only_tried_is_not_saved() {
    let mut session = Session::loaded();
    session.on(Event::TrialBegun);
    session.on(leave());
    assert!(session.0.shelf.worlds.is_empty());
    session.on(Event::TrialKept);
    assert_eq!(session.0.shelf.worlds.len(), 1);
}
