use yew::Reducible;

use super::*;
use crate::analysis::account::Check;
use crate::app::state::{Outcome, State, Tab, answer};
use crate::eval::Verdict;
use crate::model::{Command, InlinePolicy, example};

const ADMINISTRATOR_ACCESS: &str = r#"AdministratorAccess	/	v1	2015-02-06	{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const INDEX: &str = "AdministratorAccess\t/\tv1\t2015-02-06\t00\tj";

fn opening() -> Rc<State> {
    Rc::new(State::opening("2026-11-24T12:00:00Z".to_owned()))
}

fn loaded() -> Rc<State> {
    let state = opening().reduce(Event::FileArrived(DataFile::ManagedIndex, Ok(INDEX.to_owned())));
    state.reduce(Event::FileArrived(DataFile::ManagedShard(0), Ok(ADMINISTRATOR_ACCESS.to_owned())))
}

fn checked(state: &State) -> Checks {
    checks(&state.world, &state.site, &state.asked.account, state.now, &Memo::default()).expect("the account")
}

fn writes_itself_a_policy() -> Rc<State> {
    let text =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*"}]}"#;
    loaded().reduce(Event::Changed(Command::PutInlinePolicy {
        holder: Holder::User(example::TABLE_MAKER.into()),
        policy: InlinePolicy { name: "Itself".into(), text: text.into() },
    }))
}

#[test]
fn the_count_is_in_words_and_the_findings_are_there() {
    let state = loaded();
    let checks = checked(&state);
    assert!(checks.missing.is_empty());
    assert!(checks.count().contains(" high"), "{}", checks.count());
    assert_eq!(SEVERITIES.iter().map(|severity| checks.of(*severity).count()).sum::<usize>(), checks.findings.len());
}

#[test]
fn a_policy_whose_text_is_not_here_is_named() {
    let state = opening();
    assert_eq!(checked(&state).missing.first().map(|missing| missing.why), Some(WhyMissing::Awaited));
    let state = state.reduce(Event::FileArrived(DataFile::ManagedIndex, Ok(INDEX.to_owned())));
    let state = state.reduce(Event::FileArrived(DataFile::ManagedShard(0), Err("offline".to_owned())));
    let failed = WhyMissing::Failed(DataFile::ManagedShard(0));
    assert_eq!(checked(&state).missing.first().map(|missing| missing.why), Some(failed));
    let without = opening().reduce(Event::FileArrived(DataFile::ManagedIndex, Ok(String::new())));
    assert_eq!(checked(&without).missing.first().map(|missing| missing.why), Some(WhyMissing::Unknown));
}

#[test]
fn the_question_of_a_step_is_answered_with_yes_and_its_statement_is_shown() {
    let state = writes_itself_a_policy();
    let checks = checked(&state);
    let found = checks.findings.iter().find(|finding| finding.code == Check::PrivilegeEscalation).expect("a way");
    let row = checks.row(found, &state.site);
    let hop = row.hops.first().expect("a step");
    let events: Vec<Event> = hop.evidence.iter().filter_map(|link| link.event.clone()).collect();
    let [shows, asks] = events.as_slice() else { panic!("two links: {events:?}") };
    let state = state.reduce(shows.clone());
    let selection = state.view.selection.clone().expect("a selection");
    assert_eq!(selection.policy.name().as_ref(), "Itself");
    assert_eq!(state.view.tab, Tab::Policy);
    let state = state.reduce(asks.clone());
    let Outcome::Answered(answer) = answer(&state.world, &state.site, &state.asked, &Default::default()) else {
        panic!("no answer")
    };
    assert_eq!(answer.verdict(), Verdict::Allowed);
    assert_eq!(answer.request.action.as_str(), "iam:PutUserPolicy");
}

#[test]
fn every_fix_is_one_step_that_ends_its_finding() {
    for state in [loaded(), writes_itself_a_policy()] {
        let before = checked(&state);
        for finding in &before.findings {
            let row = before.row(finding, &state.site);
            assert_ne!(row.fix.is_some(), row.why_no_fix.is_some(), "{}", finding.code);
            let Some(event) = row.fix.and_then(|fix| fix.event) else { continue };
            let after = state.clone().reduce(event);
            assert_eq!(after.view.refusal, None, "{}", finding.code);
            let same = |other: &&Finding| {
                (other.code, &other.subject, &other.detail) == (finding.code, &finding.subject, &finding.detail)
            };
            assert_eq!(checked(&after).findings.iter().find(same), None, "{}", finding.code);
            let undone = after.reduce(Event::Undone);
            assert_eq!(undone.world, state.world, "{}", finding.code);
        }
    }
}

#[test]
fn every_object_of_a_finding_opens() {
    let state = writes_itself_a_policy();
    let checks = checked(&state);
    for finding in &checks.findings {
        let row = checks.row(finding, &state.site);
        assert!(row.about.event.is_some() || finding.subject == Subject::Account, "{:?}", finding.subject);
    }
}
