//! Tables: what they are about, when they are made anew, and what of late results is kept.

use super::*;
use crate::analysis::tables::{Job, Rival};
use crate::app::state::tables::{Desk, Known, Opened, Order, TablesEvent, Which, Work, order};
use crate::app::state::{SignedIn, Tab};
use crate::eval::situation::Memo;
use crate::model::Asking;
use crate::model::Proof;

const ACTIONS: &str = "S\tdynamodb\tAmazon DynamoDB\nR\ttable\tarn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}\nA\tCreateTable\tW\t0!\nA\tGetItem\tR\t0!\nS\ts3\tAmazon S3\nR\tbucket\tarn:${Partition}:s3:::${BucketName}\nA\tListAllMyBuckets\tL\nA\tListBucket\tL\t0!";

impl Session {
    /// With the list of actions, looking at a table.
    fn at(which: Which) -> Self {
        let mut session = Self::loaded();
        session.on(Event::TabShown(Tab::Tables));
        session.arrives(DataFile::Actions, ACTIONS);
        session.tables(TablesEvent::Chosen(which));
        session
    }

    fn tables(&mut self, event: TablesEvent) {
        self.on(Event::Tables(event));
    }

    fn order(&self) -> ByPtr<Order> {
        ByPtr::new(order(&self.0).expect("an order"))
    }

    /// Makes the table, as a worker would.
    fn make(&mut self) -> ByPtr<Order> {
        let order = self.order();
        let marks = order.run(&Memo::default(), &mut |_, _| {});
        self.tables(TablesEvent::Done(order.clone(), marks.into()));
        order
    }

    fn is_made(&self) -> bool {
        let order = self.order();
        self.0.tables.last(&order.job).is_some_and(|done| done.order == *order)
    }
}

fn asked(action: &str, resource: &str) -> Event {
    Event::QuestionAsked(Rc::new(Asking::new(PrincipalRef::Root, action, resource)))
}

#[test]
fn the_tab_asks_for_the_list_of_actions_and_waits_for_it() {
    let mut session = Session::loaded();
    session.on(Event::TabShown(Tab::Tables));
    assert!(session.0.wanted_files().contains(&DataFile::Actions));
    assert_eq!(order(&session.0), None);
    session.arrives(DataFile::Actions, ACTIONS);
    assert_eq!(session.order().job, Job::Matrix(String::new()));
    session.on(Event::TabShown(Tab::Policy));
    assert_eq!(order(&session.0), None);
}

#[test]
fn a_table_waits_for_the_texts_of_attached_policies() {
    let mut session = Session::at(Which::WhoCan);
    let holder = Holder::User(example::TABLE_MAKER.into());
    session.on(Event::Changed(Command::AttachPolicy { holder, arn: READ_ONLY.into() }));
    assert_eq!(order(&session.0), None);
    session.arrives(DataFile::ManagedShard(7), SHARD_7);
    session.make();
    assert!(session.is_made());
}

#[test]
fn opening_a_cell_leaves_the_table_as_it_is() {
    let mut session = Session::at(Which::WhoCan);
    session.make();
    session.on(asked("s3:ListBucket", "arn:aws:s3:::example-photos"));
    assert_eq!(session.0.asked.actions.text, "s3:ListBucket");
    assert_eq!(session.0.asked.principal, PrincipalRef::Root);
    assert!(session.is_made());
}

#[test]
fn another_question_or_another_world_makes_it_anew() {
    let mut session = Session::at(Which::WhoCan);
    session.make();
    session.on(Event::ActionTyped("dynamodb:GetItem".to_owned()));
    assert!(!session.is_made());
    session.make();
    session.on(Event::Changed(Command::RemoveUserFromGroup {
        user: example::ADMINISTRATOR.into(),
        group: example::ADMINISTRATORS.into(),
    }));
    assert!(!session.is_made());
    let made = session.make();
    assert!(session.is_made());
    session.on(Event::ContextSet("aws:SourceIp".to_owned(), None));
    assert!(!session.is_made() && *session.order() != *made);
}

#[test]
fn a_table_over_all_actions_does_not_mind_which_is_asked_about() {
    let mut session = Session::at(Which::HeatMap);
    session.make();
    session.on(Event::ActionTyped("dynamodb:GetItem".to_owned()));
    assert!(session.is_made());
    // What can is the same, seen otherwise.
    session.tables(TablesEvent::Chosen(Which::WhatCan));
    assert!(session.is_made());
    session.ask(example::TABLE_MAKER);
    assert!(!session.is_made());
}

#[test]
fn what_comes_late_is_not_shown_for_something_else() {
    let mut session = Session::at(Which::WhoCan);
    let late = session.order();
    let marks: Rc<str> = late.run(&Memo::default(), &mut |_, _| {}).into();
    session.on(Event::ActionTyped("dynamodb:GetItem".to_owned()));
    session.tables(TablesEvent::Progress(late.clone(), 1, 2));
    session.tables(TablesEvent::Done(late.clone(), marks));
    session.tables(TablesEvent::Failed(late.clone(), "no matter".to_owned()));
    assert!(session.0.tables.last(&late.job).is_none());
    assert_eq!(session.0.tables.work, Work::Quiet);
}

#[test]
fn work_can_be_stopped_and_the_last_table_stays() {
    let mut session = Session::at(Which::HeatMap);
    let before = session.make();
    session.ask(example::TABLE_MAKER);
    let order = session.order();
    session.tables(TablesEvent::Progress(order.clone(), 1, 4));
    assert_eq!(session.0.tables.work, Work::Running(order.clone(), 1, 4));
    session.tables(TablesEvent::Cancelled);
    session.tables(TablesEvent::Progress(order.clone(), 2, 4));
    assert!(matches!(&session.0.tables.work, Work::Cancelled(stopped) if **stopped == *order));
    assert!(session.0.tables.last(&order.job).is_some_and(|done| done.order == *before));
    session.tables(TablesEvent::Again);
    assert_eq!(session.0.tables.work, Work::Quiet);
}

#[test]
fn the_actions_of_a_cell_close_with_another_table_and_another_question() {
    let mut session = Session::at(Which::HeatMap);
    let opened = || Some(Opened { service: "s3".into(), level: None });
    session.tables(TablesEvent::Opened(opened()));
    session.tables(TablesEvent::Chosen(Which::WhatCan));
    assert_eq!(session.0.tables.opened, None);
    session.tables(TablesEvent::Opened(opened()));
    session.on(asked("s3:ListBucket", "arn:aws:s3:::example-photos"));
    assert_eq!(session.0.tables.opened, opened());
    session.ask(example::TABLE_MAKER);
    assert_eq!(session.0.tables.opened, None);
}

#[test]
fn a_rival_that_is_gone_gives_way_to_the_first() {
    let mut session = Session::at(Which::Differences);
    let other = Rival::Principal(PrincipalRef::Root);
    session.tables(TablesEvent::RivalChosen(other.clone()));
    assert_eq!(session.order().job, Job::Differences(other));
    session.on(Event::PrincipalChosen(PrincipalRef::Root));
    let first = Rival::Principal(PrincipalRef::User(example::ADMINISTRATOR.into()));
    assert_eq!(session.order().job, Job::Differences(first));
}

/// A worker knows nothing but texts, and makes the same of them.
#[test]
fn a_worker_makes_the_same_table() {
    let mut session = Session::at(Which::Matrix);
    let text = |action: &str| {
        format!(r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{action}","Resource":"*"}}}}"#)
            .into()
    };
    for command in [
        Command::CreatePolicy { name: "P".into(), path: "/".into(), description: "".into(), text: text("s3:*") },
        Command::CreatePolicyVersion { name: "P".into(), text: text("dynamodb:*"), set_default: true },
        Command::AttachPolicy {
            holder: Holder::User(example::ADMINISTRATOR.into()),
            arn: "arn:aws:iam::123456789012:policy/P".into(),
        },
    ] {
        session.on(Event::Changed(command));
    }
    session.on(Event::ContextSet("aws:SourceIp".to_owned(), None));
    session.0 = Rc::new({
        let mut state = State::clone(&session.0);
        let signed_in = SignedIn { principal: PrincipalRef::Root, proof: Proof::ConsoleWithMfa };
        state.asked.make_mut().signed_in = Some(signed_in);
        state
    });
    session.on(Event::ActionTyped("s3:ListBucket".to_owned()));
    assert!(session.order().terms.signed_in.is_some());
    session.tables(TablesEvent::Typed("s3:*, dynamodb:*".to_owned()));
    let (mut desk, mut known) = (Desk::default(), Known::default());
    let version = Rival::Version { policy: "P".into(), number: 1 };
    let jobs = [
        (Which::Matrix, None),
        (Which::WhoCan, None),
        (Which::HeatMap, None),
        (Which::Differences, Some(version)),
        (Which::Differences, Some(Rival::Principal(PrincipalRef::Role(example::MOBILE_APP.into())))),
    ];
    for (number, (which, rival)) in (0..).zip(jobs) {
        session.tables(TablesEvent::Chosen(which));
        rival.into_iter().for_each(|rival| session.tables(TablesEvent::RivalChosen(rival)));
        let order = session.order();
        let texts = order.texts(number, &session.0.site.actions_text, &mut known);
        // The world and the list of actions are told once.
        assert_eq!(texts.iter().any(|text| text == ACTIONS), number == 0);
        let (of, taken) = desk.take(texts);
        let taken = taken.expect("the order makes sense");
        assert_eq!((of, &taken.job, &taken.terms), (number, &order.job, &order.terms));
        let marks = taken.run(desk.memo(), &mut |_, _| {});
        assert_eq!(marks, order.run(&Memo::default(), &mut |_, _| {}));
        assert!(marks.contains('a'), "{marks}");
    }
}

#[test]
fn an_order_that_makes_no_sense_is_none() {
    assert!(matches!(Desk::default().take(vec!["7".to_owned(), "matrix".to_owned()]), (7, None)));
}
