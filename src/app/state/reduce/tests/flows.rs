//! Worlds and questions that the flows hand over.

use super::*;
use crate::app::state::State;
use crate::model::{Asking, World};
use crate::save::Beside;

/// The present world after `command`.
fn changed(session: &Session, command: &Command) -> World {
    let mut other = Session(session.0.clone());
    other.on(Event::Changed(command.clone()));
    World::clone(&other.0.world)
}

fn create_ann() -> Command {
    Command::CreateUser { name: "Ann".into(), path: "/".into(), tags: Vec::new() }
}

fn taken(world: &World) -> Event {
    Event::WorldTaken { save: save::write(world, Time(7)).into(), label: "Take the flow's world".into() }
}

fn undoes(state: &State) -> Option<&str> {
    state.history.undoes().map(|label| &**label)
}

#[test]
fn a_world_is_taken_as_one_step_and_the_question_stays() {
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    let (before, asked) = (session.0.world.clone(), session.0.asked.clone());
    let next = changed(&session, &create_ann());
    session.on(taken(&next));
    assert_eq!((&*session.0.world, &*session.0.asked), (&next, &*asked));
    assert_eq!((undoes(&session.0), session.0.shelf.status()), (Some("Take the flow's world"), Status::Saving));
    session.on(Event::Undone);
    assert_eq!(session.0.world, before);
}

#[test]
fn the_same_world_is_no_step() {
    let mut session = Session::loaded();
    let before = session.0.clone();
    session.on(taken(&before.world));
    assert!(Rc::ptr_eq(&before, &session.0));
}

#[test]
fn while_learning_nothing_is_taken_unless_it_is_only_tried() {
    let mut session = Session::loaded();
    session.on(Event::LearnToggled);
    let before = session.0.world.clone();
    let next = changed(&Session::loaded(), &create_ann());
    session.on(taken(&next));
    assert_eq!(session.0.world, before);
    let refusal = session.0.view.refusal.clone().expect("a refusal");
    assert!(refusal.contains("Switch learn mode off"), "{refusal}");
    session.on(Event::TrialBegun);
    session.on(taken(&next));
    assert_eq!((&*session.0.world, &session.0.view.refusal), (&next, &None));
    session.on(Event::TrialDropped);
    assert_eq!(session.0.world, before);
}

#[test]
fn a_world_that_another_tab_writes_is_not_replaced() {
    let mut session = Session::loaded();
    let next = changed(&session, &create_ann());
    let mut state = State::clone(&session.0);
    state.shelf.make_mut().elsewhere = true;
    session.0 = Rc::new(state);
    let before = session.0.world.clone();
    session.on(taken(&next));
    assert_eq!(session.0.world, before);
    assert!(session.0.view.refusal.as_deref().is_some_and(|words| words.contains("another tab")));
}

#[test]
fn a_text_that_is_no_save_is_refused_with_the_reason() {
    let mut session = Session::loaded();
    let before = session.0.world.clone();
    session.on(Event::WorldTaken { save: "{}".into(), label: "".into() });
    assert_eq!(session.0.world, before);
    assert_eq!(
        session.0.view.refusal.as_deref(),
        Some("This change cannot be taken over. This is JSON, but no world of IAM Playground.")
    );
}

#[test]
fn a_draft_over_a_text_that_is_another_one_now_is_let_go_and_others_stay() {
    let mut session = Session::loaded();
    session.on(Event::PolicyTyped(create_tables(), "{".into()));
    session.on(taken(&changed(&session, &create_ann())));
    assert_eq!(session.0.drafts.get(&create_tables()).map(|text| &**text), Some("{"));
    let policy = crate::model::InlinePolicy { name: "CreateTables".into(), text: other("").into() };
    session.on(taken(&changed(&session, &Command::PutInlinePolicy { holder: table_maker(), policy })));
    assert!(session.0.drafts.is_empty());
}

#[test]
fn the_question_beside_a_world_is_asked_where_its_account_is_known() {
    let session = Session::loaded();
    let save_with = |question: Option<Asking>| {
        save::write_with(&example::primer(), &Beside { question, ..Beside::default() }, Time(7))
    };
    let asking = Asking::new(PrincipalRef::Root, "s3:GetObject", "arn:aws:s3:::photos/cat.jpg");
    assert_eq!(session.0.question_in(&save_with(Some(asking.clone()))), Ok(asking.clone()));
    let elsewhere = Asking { account: crate::ident::AccountId::parse("999988887777").expect("an account"), ..asking };
    for save in [save_with(None), save_with(Some(elsewhere)), "no save".to_owned()] {
        let why = session.0.question_in(&save).expect_err("a refusal");
        assert!(why.starts_with("This question cannot be asked"), "{why}");
    }
}
