//! Pinned decisions.

use super::*;
use crate::app::state::pins::{read, rows, write};

fn pinned() -> Session {
    let mut session = Session::loaded();
    session.on(Event::Pinned);
    session
}

#[test]
fn a_pin_tells_which_step_broke_it() {
    let mut session = pinned();
    session.on(Event::ContextSet("aws:UserAgent".to_owned(), Some("x".to_owned())));
    session.on(leave());
    session.on(Event::PolicyTyped(create_tables(), other("").into()));
    let row = rows(&session.0, &Memo::default()).remove(0);
    assert_eq!((row.expected, row.holds()), (Verdict::Allowed, Some(false)));
    assert_eq!(row.broken_by.as_deref(), Some("Remove Administrator from Administrators"));
    session.on(Event::Undone);
    session.on(Event::Undone);
    assert_eq!(rows(&session.0, &Memo::default())[0].holds(), Some(true));
}

#[test]
fn a_question_is_pinned_once_and_a_broken_pin_can_expect_what_is() {
    let mut session = pinned();
    session.on(Event::Pinned);
    assert_eq!(session.0.pins.len(), 1);
    session.on(leave());
    session.on(Event::PinAccepted(0));
    assert_eq!(rows(&session.0, &Memo::default())[0].holds(), Some(true));
    session.on(Event::Unpinned(0));
    assert!(session.0.pins.is_empty());
    session.on(Event::Undone);
    assert_eq!(session.0.pins.len(), 1, "undo brings it back");
}

#[test]
fn the_file_of_cases_answers_the_same_outside_and_is_read_back_as_the_same_pins() {
    let mut session = pinned();
    session.ask(example::TABLE_MAKER);
    session.on(Event::Pinned);
    session.on(Event::PrincipalChosen(PrincipalRef::Role("RedshiftLoader".into())));
    session.on(Event::ActionTyped("s3:GetObject".to_owned()));
    session.on(Event::ResourceTyped("arn:aws:s3:::example-sales/2026/june.csv".to_owned()));
    session.on(Event::ContextSet("aws:SecureTransport".to_owned(), Some("false".to_owned())));
    session.on(Event::Pinned);
    session.on(Event::PrincipalChosen(PrincipalRef::Root));
    session.on(Event::Pinned);
    let file = write(&session.0);
    let expected: Vec<&str> = session.0.pins.iter().map(|pin| pin.expected.id()).collect();
    let answered: Vec<String> = file.lines().map(|line| crate::case::answer_line(line).expect("an answer")).collect();
    for (line, expected) in answered.iter().zip(&expected) {
        assert!(line.contains(&format!("\"decision\":\"{expected}\"")), "{line}");
    }
    assert_eq!((answered.len(), expected.len()), (4, 4));
    let again = read(&file, &session.0.world, &session.0.asked.now).expect("pins");
    assert_eq!(again.as_slice(), &*session.0.pins);
}

#[test]
fn cases_with_their_own_policies_keep_them() {
    let line = r#"{"id":"x","note":"anyone reads","request":{"principal":{"kind":"anonymous"},"action":"s3:GetObject","resource":"arn:aws:s3:::b/k","resourceAccount":"111122223333"},"policies":{"resource":{"name":"bucket","document":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}}}},"expect":{"decision":"Allowed"}}"#;
    let mut session = Session::loaded();
    session.on(Event::Shelf(ShelfEvent::File(Ok(format!("{line}\n").into()))));
    let row = rows(&session.0, &Memo::default()).remove(0);
    assert_eq!((row.words.as_str(), row.holds(), row.opens.is_none()), ("anyone reads", Some(true), true));
    let file = write(&session.0);
    assert_eq!(file.trim_end(), line);
}

#[test]
fn a_file_with_a_line_that_is_no_case_is_refused_with_the_line() {
    let mut session = Session::loaded();
    let bad = r#"{"id":"x","request":{"principal":{"kind":"anonymous"},"action":"GetObject","resource":"*","resourceAccount":"111122223333"}}"#;
    session.on(Event::Shelf(ShelfEvent::File(Ok(bad.into()))));
    let notice = session.0.shelf.notice.as_ref().expect("a notice");
    assert!(notice.detail.starts_with("Line 1 of the file is no case: `action`"), "{}", notice.detail);
    assert!(session.0.pins.is_empty());
}

#[test]
fn a_pin_of_somebody_who_has_signed_in_holds() {
    let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}"#;
    let mut session = Session::loaded();
    session.on(Event::PolicyTyped(create_tables(), text.into()));
    let principal = PrincipalRef::User(example::TABLE_MAKER.into());
    let proof = crate::model::Proof::ConsoleWithMfa;
    session.on(Event::SignedIn { principal, proof, commands: [].into() });
    assert_eq!(session.verdict(), Verdict::Allowed);
    session.on(Event::Pinned);
    assert_eq!(rows(&session.0, &Memo::default())[0].holds(), Some(true));
    let again = read(&write(&session.0), &session.0.world, &session.0.asked.now).expect("pins");
    assert_eq!(again.as_slice(), &*session.0.pins);
}

#[test]
fn a_session_policy_goes_through_the_file() {
    let mut session = Session::loaded();
    session.ask_in_limited_session();
    session.on(Event::Pinned);
    let file: Arc<str> = write(&session.0).into();
    session.on(Event::Unpinned(0));
    session.on(Event::Shelf(ShelfEvent::File(Ok(file))));
    let rows = rows(&session.0, &Memo::default());
    assert_eq!(rows.iter().map(|row| (row.holds(), row.opens.is_some())).collect::<Vec<_>>(), [(Some(true), true)]);
}

#[test]
fn pins_of_a_file_are_kept_and_not_in_a_world_of_another_tab() {
    let file: Arc<str> = write(&pinned().0).into();
    let mut session = Session::loaded();
    session.on(Event::Shelf(ShelfEvent::File(Ok(file.clone()))));
    let kept = session.0.shelf.worlds.first().and_then(|entry| entry.unsaved.clone()).expect("what is to be saved");
    assert_eq!(kept.beside.pins.len(), 1);
    let shown = session.0.shelf.shown.clone();
    session.on(Event::Unpinned(0));
    session.on(Event::Shelf(ShelfEvent::Lost(shown)));
    session.on(Event::Shelf(ShelfEvent::File(Ok(file))));
    assert!(session.0.pins.is_empty() && session.0.shelf.notice.is_some());
}
