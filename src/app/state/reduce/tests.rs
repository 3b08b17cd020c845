use std::rc::Rc;
use std::sync::Arc;

use yew::Reducible;

use crate::app::ByPtr;
use crate::app::platform::PlatformError;
use crate::app::state::{
    Answer, Attaching, DataFile, Dialog, Entry, Errand, Event, Found, Outcome, ShelfEvent, State, Status, Stored,
    answer, file_name,
};
use crate::eval::Verdict;
use crate::model::{Command, Holder, PolicyRef, PrincipalRef, SignsIn, Time, example};
use crate::save;

const INDEX: &str = "AdministratorAccess\t/\tv1\t2015-02-06\t00\tj\nReadOnlyAccess\t/\tv9\t2026-01-01\t07\tj";
const SHARD_0: &str = r#"AdministratorAccess	/	v1	2015-02-06	{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const SHARD_7: &str = r#"ReadOnlyAccess	/	v9	2026-01-01	{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:List*","Resource":"*"}]}"#;
const READ_ONLY: &str = "arn:aws:iam::aws:policy/ReadOnlyAccess";

struct Session(Rc<State>);

impl Session {
    fn opening() -> Self {
        Self(Rc::new(State::opening("2026-11-24T12:00:00Z".to_owned())))
    }

    fn loaded() -> Self {
        let mut session = Self::opening();
        session.arrives(DataFile::ManagedIndex, INDEX);
        session.arrives(DataFile::ManagedShard(0), SHARD_0);
        session
    }

    fn arrives(&mut self, file: DataFile, text: &str) {
        self.on(Event::FileRequested(file));
        self.on(Event::FileArrived(file, Ok(text.to_owned())));
    }

    fn on(&mut self, event: Event) {
        self.0 = self.0.clone().reduce(event);
    }

    fn ask(&mut self, user: &str) {
        self.on(Event::PrincipalChosen(PrincipalRef::User(user.into())));
    }

    fn outcome(&self) -> Outcome {
        answer(&self.0.world, &self.0.site, &self.0.asked)
    }

    fn answer(&self) -> ByPtr<Answer> {
        self.outcome().answer().expect("an answer").clone()
    }

    fn verdict(&self) -> Verdict {
        self.answer().verdict()
    }
}

fn table_maker() -> Holder {
    Holder::User(example::TABLE_MAKER.into())
}

fn create_tables() -> PolicyRef {
    PolicyRef::Inline { holder: table_maker(), name: "CreateTables".into() }
}

fn leave() -> Event {
    Event::Changed(Command::RemoveUserFromGroup {
        user: example::ADMINISTRATOR.into(),
        group: example::ADMINISTRATORS.into(),
    })
}

#[test]
fn the_first_answer_waits_for_the_policy_that_counts_and_for_nothing_else() {
    let mut session = Session::opening();
    assert_eq!(session.0.wanted_files(), [DataFile::ManagedIndex]);
    session.arrives(DataFile::ManagedIndex, INDEX);
    assert_eq!((session.0.wanted_files(), session.outcome()), (vec![DataFile::ManagedShard(0)], Outcome::Waiting));
    session.arrives(DataFile::ManagedShard(0), SHARD_0);
    assert_eq!(session.verdict(), Verdict::Allowed);
    assert_eq!(session.0.wanted_files(), []);
    session.on(Event::ActionsWanted);
    assert_eq!(session.0.wanted_files(), [DataFile::Actions, DataFile::Manifest]);
}

#[test]
fn a_user_without_managed_policies_is_answered_before_any_file_is_there() {
    let mut session = Session::opening();
    session.ask(example::TABLE_MAKER);
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
}

#[test]
fn a_file_that_did_not_come_is_named_and_fetched_again_only_on_request() {
    let mut session = Session::opening();
    session.on(Event::FileRequested(DataFile::ManagedIndex));
    session.on(Event::FileArrived(DataFile::ManagedIndex, Err("No answer.".to_owned())));
    assert_eq!(session.outcome(), Outcome::Failed(DataFile::ManagedIndex, "No answer.".to_owned()));
    assert_eq!(session.0.wanted_files(), []);
    session.on(Event::FileRetried(DataFile::ManagedIndex));
    assert_eq!(session.0.wanted_files(), [DataFile::ManagedIndex]);
}

#[test]
fn a_file_in_another_form_is_a_failure_with_its_line() {
    let mut session = Session::opening();
    session.arrives(DataFile::ManagedIndex, "<!doctype html>");
    let Outcome::Failed(_, why) = session.outcome() else { panic!("no failure") };
    assert!(why.contains("data/managed/index.txt") && why.contains("line 1"), "{why}");
}

#[test]
fn leaving_the_group_denies_implicitly_and_undo_allows_again() {
    let mut session = Session::loaded();
    session.on(leave());
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
    assert_eq!(session.0.history.undoes().map(|label| &**label), Some("Remove Administrator from Administrators"));
    session.on(Event::Undone);
    assert_eq!(session.verdict(), Verdict::Allowed);
    let before = session.0.clone();
    session.on(Event::Undone);
    assert!(Rc::ptr_eq(&before, &session.0), "with nothing to undo, nothing is drawn again");
}

#[test]
fn a_chosen_policy_is_attached_when_its_text_arrives() {
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::DialogOpened(Dialog::Attach(Attaching { holder: table_maker(), bounds: false, chosen: None })));
    session.on(Event::AttachChosen(READ_ONLY.into()));
    assert_eq!(session.0.wanted_files(), [DataFile::ManagedShard(7)]);
    assert!(session.0.view.dialog.is_some(), "the dialog waits");
    session.arrives(DataFile::ManagedShard(7), SHARD_7);
    assert_eq!((session.verdict(), &session.0.view.dialog), (Verdict::Allowed, &None));
}

#[test]
fn choosing_again_after_a_failure_fetches_again() {
    let mut session = Session::loaded();
    session.on(Event::DialogOpened(Dialog::Attach(Attaching { holder: table_maker(), bounds: false, chosen: None })));
    session.on(Event::AttachChosen(READ_ONLY.into()));
    session.on(Event::FileRequested(DataFile::ManagedShard(7)));
    session.on(Event::FileArrived(DataFile::ManagedShard(7), Err("No answer.".to_owned())));
    assert_eq!(session.0.wanted_files(), []);
    session.on(Event::AttachChosen(READ_ONLY.into()));
    assert_eq!(session.0.wanted_files(), [DataFile::ManagedShard(7)]);
}

#[test]
fn an_eleventh_policy_is_refused_in_the_dialog_with_the_words_of_aws() {
    let mut session = Session::loaded();
    for number in 0..10 {
        let arn: Arc<str> = format!("arn:aws:iam::aws:policy/P{number}").into();
        session.0 = {
            let mut state = State::clone(&session.0);
            state.site.make_mut().add_policy(arn.clone(), "{}".into());
            Rc::new(state)
        };
        session.on(Event::Changed(Command::AttachPolicy { holder: table_maker(), arn }));
    }
    session.on(Event::DialogOpened(Dialog::Attach(Attaching { holder: table_maker(), bounds: false, chosen: None })));
    session.on(Event::AttachChosen(example::ADMINISTRATOR_ACCESS.into()));
    let refusal = session.0.view.refusal.clone().expect("a refusal");
    assert!(refusal.starts_with("LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10"), "{refusal}");
    assert!(session.0.view.dialog.is_some());
}

#[test]
fn text_that_is_not_json_is_kept_while_the_last_good_text_answers() {
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::ActionTyped("dynamodb:CreateTable".to_owned()));
    session.on(Event::ResourceTyped("arn:aws:dynamodb:us-east-1:123456789012:table/Music".to_owned()));
    session.on(Event::EditingBegun(create_tables()));
    session.on(Event::PolicyTyped(create_tables(), "{".into()));
    assert_eq!(session.verdict(), Verdict::Allowed);
    session.ask(example::ADMINISTRATOR);
    session.ask(example::TABLE_MAKER);
    assert_eq!(
        session.0.drafts.get(&create_tables()).map(|text| &**text),
        Some("{"),
        "looking elsewhere loses nothing"
    );
    session.on(Event::PolicyTyped(create_tables(), other("").into()));
    assert_eq!((session.verdict(), session.0.drafts.is_empty()), (Verdict::ImplicitlyDenied, true));
}

/// A policy that AWS would save, and that is not about tables.
fn other(ending: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:*","Resource":"*"}}}}{ending}"#)
}

#[test]
fn json_that_aws_would_not_save_is_a_draft_too() {
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::PolicyTyped(create_tables(), other("").replace("Allow", "Deny").into()));
    session.on(Event::ActionTyped("s3:ListAllMyBuckets".to_owned()));
    session.on(Event::PolicyTyped(create_tables(), other("").replace("Allow", "deny").into()));
    assert_eq!((session.verdict(), session.0.drafts.is_empty()), (Verdict::ExplicitlyDenied, false));
}

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
    assert_eq!((&*session.0.asked.action.text, session.0.asked.changes.is_empty()), ("s3:GetObject", true));
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

fn create_user() -> Event {
    Event::Changed(Command::CreateUser { name: "New".into(), path: "/".into(), tags: Vec::new() })
}

#[test]
fn while_learning_only_that_is_changed_which_policies_allow() {
    let mut session = Session::loaded();
    session.on(Event::LearnToggled);
    session.on(create_user());
    assert!(session.0.view.refusal.as_ref().is_some_and(|words| words.starts_with("Nobody has signed in.")));

    session.on(Event::ActedAs(PrincipalRef::User(example::TABLE_MAKER.into())));
    session.on(create_user());
    let refusal = session.0.view.refusal.clone().expect("a refusal");
    assert!(refusal.contains("user/TableMaker is not authorized to perform: iam:CreateUser"), "{refusal}");
    session.on(Event::RefusalAsked);
    assert_eq!((session.verdict(), &*session.0.asked.action.text), (Verdict::ImplicitlyDenied, "iam:CreateUser"));
    assert_eq!(session.0.asked.resource.text, "arn:aws:iam::123456789012:user/New");

    session.on(Event::ActedAs(PrincipalRef::User(example::ADMINISTRATOR.into())));
    session.on(create_user());
    assert!(session.0.account().users.contains("New"));
}

/// CON-58, CON-68: the root user opens billing, and it still takes a policy.
#[test]
fn billing_is_closed_then_open_to_those_with_a_policy() {
    let mut session = Session::loaded();
    session.on(Event::ActionTyped("aws-portal:ViewBilling".to_owned()));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied, "for the administrator too");
    session.on(Event::LearnToggled);
    let open = || Event::Changed(Command::SetBillingAccess { active: true });
    session.on(Event::ActedAs(PrincipalRef::User(example::ADMINISTRATOR.into())));
    session.on(open());
    assert!(session.0.view.refusal.as_ref().is_some_and(|words| words.starts_with("Only the root user")));
    session.on(Event::ActedAs(PrincipalRef::Root));
    session.on(open());
    session.on(Event::PrincipalChosen(PrincipalRef::User(example::ADMINISTRATOR.into())));
    assert_eq!(session.verdict(), Verdict::Allowed);
    session.on(Event::PrincipalChosen(PrincipalRef::User(example::TABLE_MAKER.into())));
    assert_eq!(session.verdict(), Verdict::ImplicitlyDenied);
}

#[test]
fn a_policy_that_is_gone_is_no_longer_shown() {
    let mut session = Session::loaded();
    session.ask(example::TABLE_MAKER);
    session.on(Event::EditingBegun(create_tables()));
    session.on(Event::Changed(Command::DeleteInlinePolicy { holder: table_maker(), name: "CreateTables".into() }));
    assert_eq!((&session.0.view.policy, &session.0.view.editing), (&None, &None));
}

#[test]
fn a_new_inline_policy_answers_at_once_and_a_taken_name_is_refused() {
    let mut session = Session::loaded();
    let holder = Holder::User(example::ADMINISTRATOR.into());
    let begun = |name: &str| Event::InlineBegun {
        holder: holder.clone(),
        name: name.into(),
        text: r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#.into(),
    };
    session.on(begun("Stop"));
    assert_eq!(session.verdict(), Verdict::ExplicitlyDenied);
    assert_eq!(session.0.view.editing, Some(PolicyRef::Inline { holder: holder.clone(), name: "Stop".into() }));
    session.on(begun("Stop"));
    assert!(
        session
            .0
            .view
            .refusal
            .as_deref()
            .is_some_and(|text| text.contains("already has an inline policy named `Stop`"))
    );
}

#[test]
fn a_key_in_another_case_is_the_same_key() {
    let mut session = Session::loaded();
    session.on(Event::ContextSet("aws:SourceIp".to_owned(), Some("192.0.2.1".to_owned())));
    session.on(Event::ContextSet("AWS:sourceip".to_owned(), None));
    assert_eq!(session.0.asked.changes.len(), 1);
    session.on(Event::ContextReset("aws:sourceIP".to_owned()));
    assert!(session.0.asked.changes.is_empty());
}

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
fn whoever_signs_in_is_asked_about_and_one_that_is_refused_is_not_signed_in() {
    let signs_in = |user: &str, device: &str| {
        let of = SignsIn::User(user.into());
        let removes = || Command::DeactivateMfaDevice { of, name: device.into() };
        let commands: Vec<Command> = if device.is_empty() { Vec::new() } else { vec![removes()] };
        Event::SignedIn {
            principal: PrincipalRef::User(user.into()),
            proof: Default::default(),
            commands: commands.into(),
        }
    };
    let mut session = Session::loaded();
    session.on(signs_in(example::TABLE_MAKER, "none"));
    assert!(session.0.asked.signed_in.is_none() && session.0.view.refusal.is_some());
    session.on(signs_in(example::TABLE_MAKER, ""));
    let maker = PrincipalRef::User(example::TABLE_MAKER.into());
    assert_eq!(
        (session.0.asked.signed_in.as_ref().map(|signed_in| &signed_in.principal), &session.0.asked.principal),
        (Some(&maker), &maker)
    );
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
    assert!(session.answer().sentence.contains("no policy is attached"));
}

#[test]
fn an_example_opens_on_its_own_question() {
    let mut session = Session::loaded();
    session.on(Event::Shelf(ShelfEvent::Begun("organization")));
    assert_eq!(
        (session.verdict(), &*session.0.asked.action.text),
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
