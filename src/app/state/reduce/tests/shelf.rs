//! The worlds of this browser.

use super::*;

fn shelf(session: &mut Session, event: ShelfEvent) {
    session.on(Event::Shelf(event));
}

/// A session in a browser that has these worlds, by id and save, the first of them open.
fn with_worlds(worlds: &[(&str, &str)]) -> Session {
    let mut session = Session::opening();
    session.0 = Rc::new(State::clone(&session.0).in_visit("visit".to_owned()));
    let entry = |(id, _): &(&str, &str)| Entry {
        id: (*id).into(),
        name: format!("World {id}").into(),
        saved: Some(Time(1)),
        unsaved: None,
    };
    let open = worlds.first().map(|(id, text)| stored(id, text));
    let found = Found { worlds: worlds.iter().map(entry).collect(), open, stopped: None };
    shelf(&mut session, ShelfEvent::Found(Ok(found)));
    session
}

fn stored(id: &str, text: &str) -> Stored {
    Stored { id: id.into(), text: Some(text.into()), writable: true }
}

fn save_of(name: &str) -> String {
    save::write(&example::empty(name), Time(5))
}

/// Everything unsaved reaches the browser.
fn all_kept(session: &mut Session) {
    for (id, world) in session.0.shelf.unsaved() {
        shelf(session, ShelfEvent::Kept(id, world, Ok(Time(9))));
    }
}

fn names(session: &Session) -> Vec<String> {
    session.0.shelf.worlds.iter().map(|entry| entry.name.to_string()).collect()
}

#[test]
fn nothing_is_kept_before_something_is_made() {
    let mut session = with_worlds(&[]);
    assert_eq!((session.0.shelf.status(), session.0.shelf.unsaved().len()), (Status::Untouched, 0));
    assert_eq!(session.0.world, Rc::new(example::primer()));
    session.on(leave());
    assert_eq!((session.0.shelf.status(), names(&session)), (Status::Saving, vec!["Primer".to_owned()]));
    all_kept(&mut session);
    assert_eq!(session.0.shelf.status(), Status::Saved);
    session.on(Event::Undone);
    assert_eq!(session.0.shelf.status(), Status::Saving, "undoing is a change too");
}

#[test]
fn a_change_during_saving_is_saved_as_well() {
    let mut session = with_worlds(&[]);
    session.on(leave());
    let on_its_way = session.0.shelf.unsaved();
    session.on(Event::Undone);
    for (id, world) in on_its_way {
        shelf(&mut session, ShelfEvent::Kept(id, world, Ok(Time(9))));
    }
    assert_eq!(session.0.shelf.status(), Status::Saving);
}

#[test]
fn the_last_world_is_open_and_needs_no_saving() {
    let session = with_worlds(&[("a", &save_of("Mine"))]);
    assert_eq!((&*session.0.world.name, session.0.shelf.status()), ("Mine", Status::Saved));
    assert_eq!((session.0.asked.principal.clone(), session.0.history.undoes()), (PrincipalRef::Root, None));
}

#[test]
fn a_save_that_cannot_be_opened_is_named_stays_and_the_example_goes_on() {
    for (text, why) in [("{", "not JSON"), (r#"{"app":"iam-playground","format":9}"#, "newer version")] {
        let mut session = with_worlds(&[("a", text)]);
        let notice = session.0.shelf.notice.clone().expect("a notice");
        assert!(notice.text.contains("`World a`") && notice.detail.contains(why), "{notice:?}");
        assert_eq!(
            notice.next,
            Some(Errand::DownloadText("World a.iam-playground.json".into(), text.into())),
            "what is saved can be had"
        );
        assert_eq!(
            (session.0.world.clone(), session.0.shelf.status()),
            (Rc::new(example::primer()), Status::Untouched)
        );
        session.on(leave());
        assert!(session.0.shelf.unsaved().iter().all(|(id, _)| &**id != "a"), "it is not overwritten");
        assert_eq!(names(&session), ["Primer", "World a"]);
    }
}

#[test]
fn a_world_with_which_the_page_stopped_is_opened_only_on_request() {
    let mut session = Session::opening();
    let entry = Entry { id: "a".into(), name: "Mine".into(), saved: Some(Time(1)), unsaved: None };
    let found = Found { worlds: vec![entry], open: None, stopped: Some("a".into()) };
    shelf(&mut session, ShelfEvent::Found(Ok(found)));
    assert_eq!(session.0.world, Rc::new(example::primer()));
    shelf(&mut session, ShelfEvent::NoticeFollowed);
    assert_eq!(session.0.shelf.errand, Some(Errand::Open("a".into())));
}

#[test]
fn where_nothing_can_be_kept_changes_stay_in_the_page_and_are_tried_again() {
    let mut session = Session::opening();
    let refused = PlatformError::Refused("its database");
    shelf(&mut session, ShelfEvent::Found(Err(refused.clone())));
    assert_eq!(session.0.shelf.status(), Status::NotSaved(&refused));
    session.on(leave());
    assert_eq!((session.0.shelf.unsaved().len(), session.0.shelf.status()), (1, Status::NotSaved(&refused)));
    all_kept(&mut session);
    assert_eq!(session.0.shelf.status(), Status::Saved);
}

#[test]
fn a_full_browser_loses_no_world_when_another_is_opened() {
    let mut session = with_worlds(&[("a", &save_of("A"))]);
    let principal = session.0.asked.principal.clone();
    shelf(&mut session, ShelfEvent::Renamed(" Mine ".to_owned()));
    let unsaved = session.0.shelf.unsaved();
    for (id, world) in unsaved {
        shelf(&mut session, ShelfEvent::Kept(id, world, Err(PlatformError::Full)));
    }
    assert_eq!(session.0.shelf.status(), Status::NotSaved(&PlatformError::Full));
    shelf(&mut session, ShelfEvent::Begun("empty"));
    assert_eq!(session.0.shelf.unsaved().len(), 2, "both wait");
    shelf(&mut session, ShelfEvent::Wanted("a".into()));
    assert_eq!((&*session.0.world.name, session.0.shelf.errand.clone()), ("Mine", None), "it never left");
    assert_eq!(session.0.asked.principal, principal);
}

#[test]
fn another_world_is_fetched_and_shown_without_the_steps_of_the_first() {
    let mut session = with_worlds(&[("a", &save_of("A")), ("b", &save_of("B"))]);
    shelf(&mut session, ShelfEvent::Renamed("Mine".to_owned()));
    shelf(&mut session, ShelfEvent::Wanted("b".into()));
    assert_eq!((session.0.shelf.errand.clone(), &*session.0.world.name), (Some(Errand::Open("b".into())), "Mine"));
    shelf(&mut session, ShelfEvent::ErrandTaken);
    shelf(&mut session, ShelfEvent::Arrived(Ok(stored("b", &save_of("B")))));
    assert_eq!((&*session.0.world.name, session.0.history.undoes()), ("B", None));
    assert_eq!(session.0.shelf.unsaved().len(), 1, "the first is still to be saved");
    assert_eq!(session.0.shelf.written(), ["a".into(), "b".into()] as [Arc<str>; 2]);
}

#[test]
fn a_world_that_is_gone_or_refused_leaves_the_open_one() {
    let mut session = with_worlds(&[("a", &save_of("A")), ("b", "")]);
    let gone = Stored { id: "b".into(), text: None, writable: true };
    shelf(&mut session, ShelfEvent::Arrived(Ok(gone)));
    assert_eq!((&*session.0.world.name, names(&session)), ("A", vec!["A".to_owned()]));
    shelf(&mut session, ShelfEvent::Arrived(Err(PlatformError::Refused("its database"))));
    let notice = session.0.shelf.notice.clone().expect("a notice");
    assert!(notice.detail.contains("does not let this page use its database"), "{notice:?}");
}

#[test]
fn a_world_of_another_tab_is_read_only_until_it_is_taken_over() {
    let mut session = Session::opening();
    let entry = Entry { id: "a".into(), name: "A".into(), saved: Some(Time(1)), unsaved: None };
    let open = Some(Stored { writable: false, ..stored("a", &save::write(&example::primer(), Time(5))) });
    shelf(&mut session, ShelfEvent::Found(Ok(Found { worlds: vec![entry], open, stopped: None })));
    assert_eq!(session.0.shelf.status(), Status::Elsewhere);
    let before = session.0.world.clone();
    for event in [leave(), Event::Shelf(ShelfEvent::Renamed("Other".to_owned())), Event::Undone] {
        session.on(event);
        assert!(Rc::ptr_eq(&session.0.world, &before));
    }
    assert!(session.0.view.refusal.as_deref().is_some_and(|why| why.contains("another tab")));
    assert_eq!((session.0.shelf.unsaved(), session.0.shelf.written()), (vec![], vec![]));
    session.ask(example::TABLE_MAKER);
    shelf(&mut session, ShelfEvent::TakeOver);
    assert_eq!(session.0.shelf.errand, Some(Errand::TakeOver("a".into())));
    shelf(&mut session, ShelfEvent::Arrived(Ok(stored("a", &save_of("Newer")))));
    assert_eq!((&*session.0.world.name, session.0.shelf.status()), ("Newer", Status::Saved));
}

#[test]
fn nothing_that_changes_the_world_is_done_in_a_tab_that_reads() {
    let create: Arc<[Command]> = [Command::CreateGroup { name: "Readers".into(), path: "/".into() }].into();
    let administrator = PrincipalRef::User(example::ADMINISTRATOR.into());
    let changes = [
        Event::ChangedTogether { label: "Create group Readers".into(), commands: create.clone(), stay: false },
        Event::SignedIn { principal: administrator, proof: Default::default(), commands: create },
        Event::ResourcePolicyBegun("arn:aws:s3:::example-photos".into()),
    ];
    for change in changes {
        let mut session = Session::loaded();
        Rc::make_mut(&mut session.0).shelf.make_mut().elsewhere = true;
        let before = session.0.world.clone();
        session.on(change.clone());
        assert!(Rc::ptr_eq(&before, &session.0.world), "{change:?}");
        assert!(session.0.view.refusal.is_some() && session.0.asked.signed_in.is_none(), "{change:?}");
    }
}

#[test]
fn changes_that_another_tab_came_before_become_a_world_of_their_own() {
    let mut session = with_worlds(&[("a", &save_of("A"))]);
    shelf(&mut session, ShelfEvent::Renamed("Mine".to_owned()));
    shelf(&mut session, ShelfEvent::Lost("a".into()));
    assert_eq!((session.0.shelf.status(), session.0.shelf.unsaved()), (Status::Elsewhere, vec![]));
    shelf(&mut session, ShelfEvent::Arrived(Ok(stored("a", &save_of("Theirs")))));
    assert_eq!(names(&session), ["Theirs", "Mine (changes of this tab)"]);
    assert_eq!(session.0.shelf.unsaved().len(), 1);
}

#[test]
fn a_file_opens_beside_the_worlds_that_are_there() {
    let mut session = with_worlds(&[("a", &save_of("A"))]);
    shelf(&mut session, ShelfEvent::File(Ok(save_of("From a file").into())));
    assert_eq!(
        (&*session.0.world.name, names(&session)),
        ("From a file", vec!["From a file".to_owned(), "A".to_owned()])
    );
    assert_eq!(session.0.shelf.status(), Status::Saving);
    let before = session.0.world.clone();
    shelf(&mut session, ShelfEvent::File(Ok("hello".into())));
    shelf(&mut session, ShelfEvent::File(Err(PlatformError::Unreadable("photo.png".to_owned()))));
    let notice = session.0.shelf.notice.clone().expect("a notice");
    assert_eq!(notice.detail, "`photo.png` cannot be read.");
    assert!(Rc::ptr_eq(&session.0.world, &before));
}

#[test]
fn deleting_takes_two_presses_and_tells_when_it_fails() {
    let mut session = with_worlds(&[("a", &save_of("A")), ("b", &save_of("B"))]);
    shelf(&mut session, ShelfEvent::DeletionConfirmed);
    assert_eq!(session.0.shelf.errand, None);
    shelf(&mut session, ShelfEvent::DeletionAsked("b".into()));
    shelf(&mut session, ShelfEvent::DeletionDropped);
    shelf(&mut session, ShelfEvent::DeletionConfirmed);
    assert_eq!(session.0.shelf.errand, None);
    shelf(&mut session, ShelfEvent::DeletionAsked("b".into()));
    shelf(&mut session, ShelfEvent::DeletionConfirmed);
    assert_eq!(session.0.shelf.errand, Some(Errand::Delete("b".into())));
    shelf(&mut session, ShelfEvent::Deleted("b".into(), Err(PlatformError::Refused("its database"))));
    assert_eq!((names(&session).len(), session.0.shelf.notice.is_some()), (2, true));
    shelf(&mut session, ShelfEvent::Deleted("b".into(), Ok(())));
    assert_eq!(names(&session).len(), 1);
}

#[test]
fn files_have_names_that_every_system_takes() {
    assert_eq!(file_name("Photo app/2: \"final\""), "Photo app-2- -final-.iam-playground.json");
    assert_eq!(file_name("  "), "World.iam-playground.json");
}

fn mine(session: &Session) -> String {
    let entry = session.0.shelf.entry(&session.0.shelf.shown).expect("the shown world");
    let work = entry.unsaved.clone().expect("something to save");
    save::write_with(&work.world, &work.beside, Time(9))
}

/// The same page, loaded again with what was saved.
fn again(text: &str) -> Session {
    let mut session = Session::loaded();
    let open = Some(Stored { id: "w".into(), text: Some(text.into()), writable: true });
    let worlds = vec![Entry { id: "w".into(), name: "W".into(), saved: Some(Time(9)), unsaved: None }];
    session.on(Event::Shelf(ShelfEvent::Found(Ok(Found { worlds, open, stopped: None }))));
    session
}

#[test]
fn question_and_drafts_come_back_with_the_world() {
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::ActionTyped("dynamodb:CreateTable".to_owned()));
    session.on(Event::ResourceTyped("arn:aws:dynamodb:us-east-1:123456789012:table/Music".to_owned()));
    session.on(Event::ContextSet("aws:SourceIp".to_owned(), Some("198.51.100.1".to_owned())));
    assert!(session.0.shelf.worlds.is_empty(), "a question alone makes no world");
    session.on(Event::PolicyTyped(create_tables(), "{".into()));
    let back = again(&mine(&session));
    assert_eq!(back.0.asked.question(), session.0.asked.question());
    assert_eq!(back.0.drafts.get(&create_tables()).map(|text| &**text), Some("{"));
    assert_eq!(back.verdict(), Verdict::Allowed);
}

#[test]
fn somebody_who_is_not_there_yet_is_waited_for() {
    let mut session = Session::loaded();
    session.on(Event::Shelf(ShelfEvent::Begun("empty")));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    assert_eq!(session.answer().sentence, "Implicitly denied: there is no user `Administrator` in this account yet.");
    assert_eq!(session.answer().aws_message, None);
    let user = |name: &str| Command::CreateUser { name: name.into(), path: "/".into(), tags: Vec::new() };
    session.on(Event::Changed(user("Ben")));
    assert!(session.answer().sentence.contains("no user `Administrator`"));
    session.on(Event::Changed(user(example::ADMINISTRATOR)));
    assert!(session.answer().sentence.contains("no identity policy is attached"));
}

#[test]
fn an_example_opens_on_its_own_question() {
    let mut session = Session::loaded();
    session.on(Event::Shelf(ShelfEvent::Begun("organization")));
    assert_eq!(
        (session.verdict(), &*session.0.asked.actions.text),
        (Verdict::ExplicitlyDenied, "cloudtrail:StopLogging")
    );
    session.on(Event::Shelf(ShelfEvent::Begun("mobile")));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
}

#[test]
fn a_snapshot_is_restored_as_one_step_that_can_be_undone() {
    let mut session = Session::loaded();
    session.on(Event::Shelf(ShelfEvent::SnapshotNamed(" Before ".to_owned(), Time(5))));
    let Some(Errand::Keep(taken)) = session.0.shelf.errand.clone() else { panic!("nothing to keep") };
    assert_eq!(
        (taken.name.as_deref(), taken.time, taken.world.clone()),
        (Some("Before"), Time(5), session.0.shelf.shown.clone())
    );
    // The browser refused: it lasts for the visit.
    session.on(Event::Shelf(ShelfEvent::SnapshotKept(taken.id.clone(), Err(PlatformError::Full))));
    let notice = session.0.shelf.notice.clone().expect("a notice");
    assert_eq!(notice.text, "The snapshot `Before` is not saved: it lasts as long as this page is open.");
    session.on(Event::Shelf(ShelfEvent::SnapshotRenamed(taken.id.clone(), "Then".to_owned())));
    assert!(
        matches!(&session.0.shelf.errand, Some(Errand::Keep(whole)) if whole.unsaved.is_some()),
        "nothing is lost by a name"
    );
    session.on(Event::Shelf(ShelfEvent::SnapshotRenamed(taken.id.clone(), "Before".to_owned())));
    session.on(leave());
    session.on(Event::Shelf(ShelfEvent::SnapshotWanted(taken.id.clone())));
    assert_eq!(
        (session.verdict(), session.0.history.undoes().map(|label| &**label)),
        (Verdict::Allowed, Some("Restore Before"))
    );
    session.on(Event::Undone);
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    // Once the browser has it, it comes from there, after the present was kept.
    session.on(Event::Shelf(ShelfEvent::SnapshotKept(taken.id.clone(), Ok(()))));
    session.on(Event::Shelf(ShelfEvent::SnapshotWanted(taken.id.clone())));
    assert!(
        matches!(&session.0.shelf.errand, Some(Errand::Restore(id, before)) if *id == taken.id && before.name.is_none())
    );
    let text = save::write(&example::primer(), Time(5));
    session.on(Event::Shelf(ShelfEvent::SnapshotArrived(taken.id.clone(), Ok(text.into()))));
    assert_eq!(session.verdict(), Verdict::Allowed);
    session.on(Event::Shelf(ShelfEvent::SnapshotRenamed(taken.id.clone(), "Later".to_owned())));
    assert_eq!(session.0.shelf.errand, Some(Errand::Name(taken.id.clone(), "Later".into())));
    session.on(Event::Shelf(ShelfEvent::SnapshotDeleted(taken.id.clone())));
    assert!(session.0.shelf.snapshots.is_empty());
}
