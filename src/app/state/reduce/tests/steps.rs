//! Undo and redo.

use super::*;

#[test]
fn undo_takes_back_what_was_typed_after_the_text_it_restores() {
    let mut session = Session::loaded();
    session.on(Event::PolicyTyped(create_tables(), other("").into()));
    session.on(Event::PolicyTyped(create_tables(), "{".into()));
    session.on(Event::Undone);
    assert!(session.0.drafts.is_empty(), "the editor shows the text that answers");
}

#[test]
fn typing_on_is_one_step_of_undo() {
    let mut session = Session::loaded();
    let before = session.0.world.clone();
    for ending in ["", " ", "  "] {
        session.on(Event::PolicyTyped(create_tables(), other(ending).into()));
    }
    assert_ne!(session.0.world, before);
    session.on(Event::Undone);
    assert_eq!(session.0.world, before);
}

#[test]
fn redo_does_again_what_undo_took_back_until_something_else_is_done() {
    let mut session = Session::loaded();
    session.on(leave());
    session.on(Event::Undone);
    assert_eq!(session.0.history.redoes().map(|label| &**label), Some("Remove Administrator from Administrators"));
    session.on(Event::Redone);
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    session.on(Event::Undone);
    session.on(Event::ActionTyped("s3:GetObject".to_owned()));
    assert_eq!(session.0.history.redoes(), None);
}

#[test]
fn the_question_is_undone_too_and_typing_it_is_one_step() {
    let mut session = Session::loaded();
    let before = session.0.asked.clone();
    for text in ["s3:", "s3:Get", "s3:GetObject"] {
        session.on(Event::ActionTyped(text.to_owned()));
    }
    session.on(Event::ContextSet("aws:SecureTransport".to_owned(), Some("false".to_owned())));
    session.on(Event::Undone);
    assert_eq!((&*session.0.asked.actions.text, session.0.asked.changes.is_empty()), ("s3:GetObject", true));
    session.on(Event::Undone);
    assert_eq!(*session.0.asked, *before);
}

#[test]
fn five_hundred_steps_are_undone_and_redone() {
    let mut session = Session::loaded();
    let first = session.0.world.clone();
    for at in 0..500 {
        let (name, path) = (format!("User{at}").into(), "/".into());
        session.on(Event::Changed(Command::CreateUser { name, path, tags: Vec::new() }));
    }
    let last = session.0.world.clone();
    for _ in 0..500 {
        session.on(Event::Undone);
    }
    assert_eq!(session.0.world, first);
    for _ in 0..500 {
        session.on(Event::Redone);
    }
    assert_eq!(session.0.world, last);
}
