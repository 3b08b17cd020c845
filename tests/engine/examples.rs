//! The ready-made worlds: whole, and each with the verdict that AWS would give.

use iam_playground::catalog::parse_shard;
use iam_playground::eval::situation::{self, Library, Question};
use iam_playground::eval::{Resource, Verdict, trace};
use iam_playground::explain::sentence;
use iam_playground::ident::ActionName;
use iam_playground::model::example::{self, EXAMPLES};
use iam_playground::model::{PrincipalRef, Time};
use iam_playground::save;

use crate::project;

#[test]
fn each_opens_on_the_verdict_that_shows_its_point() {
    use Verdict::{Allowed, ExplicitlyDenied, ImplicitlyDenied};
    let text = std::fs::read_to_string(project("static/data/managed/00.txt")).expect("the data");
    let library = parse_shard(&text)
        .expect("policies")
        .into_iter()
        .fold(Library::default(), |library, policy| library.with(policy.arn, policy.document));
    let verdicts = EXAMPLES.map(|example| {
        let (world, asking) = ((example.world)(), (example.question)());
        let question = Question {
            session: Default::default(),
            off: Default::default(),
            account: asking.account,
            principal: asking.principal,
            action: ActionName::parse(&asking.action).expect("an action"),
            resource: if &*asking.resource == "*" { Resource::None } else { Resource::Arn(asking.resource) },
            changes: Default::default(),
            now: "2026-11-24T12:00:00Z".to_owned(),
        };
        let gathered = situation::gather(&world, &library, &question);
        assert!(gathered.missing.is_empty(), "{}", example.id);
        let request = situation::request(&world, &question).expect("a request");
        (example.id, trace(&gathered.policies, &request).decision.verdict)
    });
    assert_eq!(
        verdicts,
        [
            ("primer", Allowed),
            ("empty", ImplicitlyDenied),
            ("identities", Allowed),
            ("table-maker", Allowed),
            ("redshift", Allowed),
            ("ec2", Allowed),
            ("mobile", ImplicitlyDenied),
            ("organization", ExplicitlyDenied),
        ]
    );
}

#[test]
fn each_is_saved_and_read_again_as_it_is() {
    for example in EXAMPLES {
        let beside = save::Beside { question: Some((example.question)()), ..save::Beside::default() };
        let (world, time) = ((example.world)(), Time(1_800_000_000));
        let read = save::read(&save::write_with(&world, &beside, time));
        assert_eq!(read, Ok(save::Saved { world, beside, time }), "{}", example.id);
    }
}

#[test]
fn only_the_empty_one_asks_about_somebody_who_is_not_there() {
    for example in EXAMPLES {
        let (world, asking) = ((example.world)(), (example.question)());
        let account = world.account(&asking.account).expect("the account");
        assert_eq!(account.has(&asking.principal), example.id != "empty", "{}", example.id);
    }
}

#[test]
fn identities_are_of_every_kind() {
    let world = (EXAMPLES.iter().find(|example| example.id == "identities").expect("it").world)();
    let account = world.accounts.values().next().expect("an account");
    let ana = account.users.get("Ana").expect("Ana");
    assert!(ana.login.is_some() && ana.access_keys.len() == 1 && ana.groups.len() == 1);
    assert_eq!((account.roles.len(), account.providers.len(), account.instance_profiles.len()), (5, 2, 1));
    let callers = situation::callers(account);
    assert!(callers.iter().any(|one| matches!(one, PrincipalRef::Service(_))));
    assert!(callers.iter().any(|one| matches!(one, PrincipalRef::FederatedSession { .. })));
}

#[test]
fn the_first_answer_is_that_of_the_whole_world() {
    let text = std::fs::read_to_string(project("static/data/managed/00.txt")).expect("the data");
    let policies = parse_shard(&text).expect("policies");
    let library =
        policies.into_iter().fold(Library::default(), |known, policy| known.with(policy.arn, policy.document));
    let answers = [example::administrator_alone(), example::primer()].map(|world| {
        let question = Question::opening("2026-11-24T12:00:00Z".to_owned());
        let request = situation::request(&world, &question).expect("a request");
        let trace = trace(&situation::gather(&world, &library, &question).policies, &request);
        (trace.decision.verdict, sentence(&trace, &request))
    });
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, Verdict::Allowed);
}
