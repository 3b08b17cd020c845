use std::rc::Rc;

use yew::Reducible;

use super::*;
use crate::app::state::DataFile;
use crate::model::example;

fn opening() -> Rc<State> {
    Rc::new(State::opening("2026-11-24T12:00:00Z".to_owned()))
}

fn empty() -> Rc<State> {
    opening().reduce(Event::Shelf(ShelfEvent::Begun(Beginning::Empty)))
}

fn with_index(state: Rc<State>) -> Rc<State> {
    let index = "AdministratorAccess\t/\tv1\t2015-02-06\t00\tj\nReadOnlyAccess\t/\tv9\t2026-01-01\t07\tj";
    state.reduce(Event::FileArrived(DataFile::ManagedIndex, Ok(index.to_owned())))
}

fn names(state: &State, query: &str) -> Vec<String> {
    found(&items(state), query, &state.account()).into_iter().map(|item| item.words).collect()
}

/// Opens the palette and picks the first thing that fits.
fn pick(state: Rc<State>, query: &str) -> Rc<State> {
    let state = state.reduce(Event::DialogOpened(Dialog::Palette));
    let event = found(&items(&state), query, &state.account()).remove(0).event.expect("it can be picked");
    state.reduce(Event::Picked(Box::new(event)))
}

#[test]
fn a_group_and_a_user_are_made_by_their_names_alone() {
    let state = pick(with_index(empty()), "Admins");
    assert!(state.account().groups.contains("Admins"));
    let state = pick(state, "Administrator");
    assert!(state.account().users.contains("Administrator"));
    assert_eq!(state.view.dialog, None);
    assert_eq!(state.history.undoes().map(|label| &**label), Some("Create user Administrator"));
    let state = pick(state, "create group Testers2");
    assert!(state.account().groups.contains("Testers2"));
}

#[test]
fn a_name_that_is_taken_is_found_and_not_made_again() {
    let state = with_index(opening());
    assert_eq!(names(&state, "administrator").first().map(String::as_str), Some(example::ADMINISTRATOR));
    assert!(!names(&state, "administrator").iter().any(|words| words.starts_with("Create user Admin")));
    assert!(!names(&state, "readonlyaccess").iter().any(|words| words.starts_with("Create")));
    assert!(names(&state, "no such name").is_empty(), "a name has no spaces");
}

#[test]
fn whole_names_come_before_beginnings_and_those_before_the_middle_of_words() {
    let state = with_index(opening());
    let found = names(&state, "admin");
    let at = |name: &str| found.iter().position(|words| words == name).expect("found");
    assert!(at(example::ADMINISTRATOR) < at("Create user admin"));
    assert!(at("Create user admin") < at("AdministratorAccess"));
    assert_eq!(names(&state, "theme dark"), ["Theme: dark"]);
    assert_eq!(names(&state, "access only"), ["ReadOnlyAccess"]);
    assert_eq!(names(&state, "admin"), found, "the same each time");
}

#[test]
fn a_policy_of_aws_is_shown_where_it_hangs_and_attached_where_it_does_not() {
    let state = pick(with_index(opening()), "AdministratorAccess");
    assert!(matches!(&state.view.policy, Some(PolicyRef::Attached { .. })));
    let state = pick(state, "ReadOnlyAccess");
    let account = state.account();
    let attached = &account.users.get(example::ADMINISTRATOR).expect("the user").permissions.attached;
    assert!(attached.iter().any(|arn| arn.ends_with("/ReadOnlyAccess")));
    let root = state.reduce(Event::PrincipalChosen(PrincipalRef::Root));
    let other = items(&root).into_iter().find(|item| item.words == "ReadOnlyAccess").expect("listed");
    assert!(other.event.is_some(), "it hangs on a user, so it can be shown");
}

#[test]
fn commands_that_would_do_nothing_are_not_offered() {
    let state = opening();
    assert!(!names(&state, "undo").iter().any(|words| words.starts_with("Undo:")));
    assert!(!names(&state, "sign out").contains(&"Sign out".to_owned()));
    let state = pick(state, "create user Ann");
    assert_eq!(names(&state, "undo").first().map(String::as_str), Some("Undo: Create user Ann"));
    let state = pick(state, "undo");
    assert!(!state.account().users.contains("Ann"));
}

#[test]
fn a_command_that_opens_a_dialog_replaces_the_palette() {
    let state = pick(opening(), "create role");
    assert_eq!(state.view.dialog, Some(Dialog::New(NewKind::Role)));
    let state = pick(opening(), example::ADMINISTRATORS);
    assert_eq!(state.view.dialog, None);
    assert!(state.view.revealed.is_some());
}

#[test]
fn what_is_refused_leaves_the_palette_open() {
    let state = pick(opening(), &format!("user {}", "a".repeat(65)));
    assert_eq!(state.view.dialog, Some(Dialog::Palette));
    assert!(state.view.refusal.is_some());
}

#[test]
fn of_thousands_of_objects_fifty_are_listed() {
    let commands = (0..3_000).map(|number| Command::CreateUser {
        name: format!("user{number}").into(),
        path: "/".into(),
        tags: Vec::new(),
    });
    let event = Event::ChangedTogether { label: "Many".into(), commands: commands.collect(), stay: false };
    let state = empty().reduce(event);
    let items = items(&state);
    assert!(items.len() > 3_000);
    assert_eq!(found(&items, "user", &state.account()).len(), MOST);
    assert_eq!(found(&items, "user2999", &state.account()).first().map(|item| &*item.words), Some("user2999"));
}
