mod advice;
mod flows;
mod pins;
mod question;
mod session;
mod shelf;
mod steps;
mod tables;
mod trial;

use std::rc::Rc;
use std::sync::Arc;

use yew::Reducible;

use crate::app::ByPtr;
use crate::app::platform::PlatformError;
use crate::app::state::{
    Answer, AttachTo, Attaching, DataFile, Dialog, Entry, Errand, Event, Found, Outcome, ShelfEvent, State, Status,
    Stored, answer, file_name,
};
use crate::eval::Verdict;
use crate::eval::situation::Memo;
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

    /// Asks about a role whose session policy allows another file than the one that is asked for.
    fn ask_in_limited_session(&mut self) {
        self.on(Event::PrincipalChosen(PrincipalRef::Role("RedshiftLoader".into())));
        self.on(Event::ActionTyped("s3:GetObject".to_owned()));
        self.on(Event::ResourceTyped("arn:aws:s3:::example-sales/2026/june.csv".to_owned()));
        self.on(Event::SessionPolicyBegun);
        self.on(Event::ResourceTyped("arn:aws:s3:::example-sales/2026/july.csv".to_owned()));
        assert_eq!(self.verdict(), Verdict::ImplicitlyDenied);
    }

    fn outcome(&self) -> Outcome {
        answer(&self.0.world, &self.0.site, &self.0.asked, &Memo::default())
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
    session.on(Event::DialogOpened(Dialog::Attach(Attaching::new(AttachTo::Permissions(table_maker())))));
    session.on(Event::AttachChosen(READ_ONLY.into()));
    assert_eq!(session.0.wanted_files(), [DataFile::ManagedShard(7)]);
    assert!(session.0.view.dialog.is_some(), "the dialog waits");
    session.arrives(DataFile::ManagedShard(7), SHARD_7);
    assert_eq!((session.verdict(), &session.0.view.dialog), (Verdict::Allowed, &None));
}

#[test]
fn choosing_again_after_a_failure_fetches_again() {
    let mut session = Session::loaded();
    session.on(Event::DialogOpened(Dialog::Attach(Attaching::new(AttachTo::Permissions(table_maker())))));
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
    session.on(Event::DialogOpened(Dialog::Attach(Attaching::new(AttachTo::Permissions(table_maker())))));
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
