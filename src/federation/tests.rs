//! Every flow, every variant, every fault: what comes of each step, by the facts.

mod cases;

use std::collections::BTreeSet;
use std::fmt::Write;

use super::*;
use crate::eval::situation::{Library, Memo};
use crate::explain;
use crate::ident::AccountId;
use crate::model::{Time, example};

/// 2026-12-01T09:00:00Z.
const NOW: Time = Time(1_796_115_600);

fn played(flow: &'static Flow, inputs: &Inputs) -> Run {
    run(flow, &example::primer(), inputs, &Seals::default(), (&Library::default(), &Memo::default()))
}

fn inputs(flow: &'static Flow, variant: &'static Variant, fault: Option<&'static Fault>) -> Inputs {
    Inputs { variant, fault, ..Inputs::new(flow, NOW) }
}

/// Every flow with each of its variants.
fn ways() -> impl Iterator<Item = (&'static Flow, &'static Variant)> {
    FLOWS.into_iter().flat_map(|flow| flow.variants.iter().map(move |variant| (flow, variant)))
}

#[test]
fn every_way_ends_well_without_a_fault() {
    for (flow, variant) in ways() {
        let run = played(flow, &inputs(flow, variant, None));
        for played in &run.played {
            let failure = played.failure().map(|failure| (&failure.code, &failure.message, &failure.why));
            assert_eq!(failure, None, "{} {} {}", flow.id, variant.id, played.step.id);
        }
        assert!(run.missing.is_empty(), "{} {}: {:?}", flow.id, variant.id, run.missing);
        let decided = run.played.iter().flat_map(|played| &played.decisions).filter(|decided| decided.allows());
        assert!(decided.count() > 0, "{} {} asks the engine nothing", flow.id, variant.id);
    }
}

/// Policies name the account of the flow, whichever it is, and what a flow needs is made where it is missing.
#[test]
fn every_way_ends_the_same_in_an_account_that_has_nothing() {
    let account = AccountId::parse("210987654321").expect("an account");
    let play = |flow, inputs: &Inputs| {
        let world = example::empty("Empty");
        run(flow, &world, inputs, &Seals::default(), (&Library::default(), &Memo::default()))
    };
    for (flow, variant) in ways() {
        for fault in std::iter::once(None).chain(flow.faults_of(variant).map(Some)) {
            let inputs = Inputs { account: account.clone(), ..inputs(flow, variant, fault) };
            let run = play(flow, &inputs);
            let failed = run.failed().map(|at| (run.played[at].step.id, run.played[at].failure().expect("it failed")));
            let expected = fault.map(|fault| (fault.expect.step, fault.expect.code));
            let what = format!("{} {} {:?}: {failed:?}", flow.id, variant.id, fault.map(|fault| fault.id));
            assert_eq!(failed.map(|(step, failure)| (step, &*failure.code)), expected, "{what}");
        }
    }
}

#[test]
fn every_fault_fails_where_and_as_the_facts_say() {
    for (flow, variant) in ways() {
        for fault in flow.faults_of(variant) {
            let run = played(flow, &inputs(flow, variant, Some(fault)));
            let what = format!("{} {} {}", flow.id, variant.id, fault.id);
            let at = run.failed().unwrap_or_else(|| panic!("{what}: nothing fails"));
            let failed = &run.played[at];
            let failure = failed.failure().expect("it failed");
            assert_eq!((failed.step.id, &*failure.code), (fault.expect.step, fault.expect.code), "{what}: {failure:?}");
            let layer = failed.decision().filter(|_| failure.decided).and_then(Decided::layer);
            assert_eq!(layer, fault.expect.layer, "{what}: {failure:?}");
            assert!(run.played[at + 1..].iter().all(|later| later.outcome == Outcome::NotReached), "{what}");
        }
    }
}

#[test]
fn every_way_has_at_least_six_faults_of_different_names() {
    for (flow, variant) in ways() {
        let faults: Vec<_> = flow.faults_of(variant).map(|fault| fault.id).collect();
        assert!(faults.len() >= 6, "{} {}: {faults:?}", flow.id, variant.id);
        assert_eq!(faults.iter().collect::<BTreeSet<_>>().len(), faults.len(), "{} {}", flow.id, variant.id);
    }
}

#[test]
fn flows_name_only_what_is_there() {
    let mut ids = BTreeSet::new();
    for (flow, variant) in ways() {
        let what = format!("{} {}", flow.id, variant.id);
        ids.insert(flow.id);
        let lanes: BTreeSet<_> = flow.lanes.iter().map(|lane| lane.id).collect();
        let steps: Vec<_> = flow.steps_of(variant).map(|step| step.id).collect();
        assert_eq!(steps.iter().collect::<BTreeSet<_>>().len(), steps.len(), "{what}: {steps:?}");
        for step in flow.steps_of(variant) {
            assert!(lanes.contains(step.from) && lanes.contains(step.to), "{what} {}", step.id);
        }
        let known: BTreeSet<_> = flow.inputs_of(variant).map(|(input, _)| input.id).collect();
        for (input, default) in flow.inputs_of(variant) {
            assert!(steps.contains(&input.step), "{what}: {} is of no step", input.id);
            let wrong = input.wrong.iter().map(|(_, value)| *value);
            for value in std::iter::once(default).chain(wrong) {
                assert_eq!(input.error(value), None, "{what}: {} = {value}", input.id);
            }
        }
        for fault in flow.faults_of(variant) {
            for (id, value) in fault.set {
                let input = flow.inputs_of(variant).map(|(input, _)| input).find(|input| input.id == *id);
                assert_eq!(input.and_then(|input| input.error(value)), None, "{what}: {} {id}", fault.id);
            }
            assert!(fault.set.iter().all(|(id, _)| known.contains(id)), "{what}: {}", fault.id);
            assert!(!fault.set.is_empty() || fault.world.is_some(), "{what}: {} changes nothing", fault.id);
        }
    }
    assert_eq!(ids.len(), FLOWS.len());
}

/// Whatever somebody types, a run ends: with a value, or with a refusal.
#[test]
fn no_value_of_an_input_breaks_a_run() {
    let long = "x".repeat(5_000);
    let (least, most) = (i64::MIN.to_string(), i64::MAX.to_string());
    let numbers = [&*least, &most, "315360000", "-315360000"];
    let texts = ["", &*long, "%ü\u{0}\n\"<&"];
    for (flow, variant) in ways() {
        for (input, _) in flow.inputs_of(variant) {
            let values = match input.kind {
                InputKind::Number { .. } => &numbers[..],
                InputKind::Text | InputKind::Policy => &texts[..],
                InputKind::Choice(_) => &texts[..1],
            };
            for &value in values {
                let mut inputs = inputs(flow, variant, None);
                inputs.values.insert(input.id, value.to_owned());
                let run = played(flow, &inputs);
                assert_eq!(run.played.len(), flow.steps_of(variant).count());
                for played in &run.played {
                    for (until, now) in played.gained.iter().filter_map(|held| Some((held.until?, played.now))) {
                        let _ = remaining(until, now);
                    }
                }
                let _ = outcomes(flow, &inputs, &run);
            }
        }
        // All of them at once.
        for value in numbers.into_iter().chain(texts) {
            let mut inputs = inputs(flow, variant, None);
            inputs.values = flow.inputs_of(variant).map(|(input, _)| (input.id, value.to_owned())).collect();
            assert_eq!(played(flow, &inputs).played.len(), flow.steps_of(variant).count());
        }
    }
}

#[test]
fn a_value_that_an_input_cannot_have_does_not_count() {
    let flow = flow("web-identity").expect("the flow");
    let kind = |id: &str| flow.input(id).expect("the input");
    assert_eq!(kind("delay").error("soon"), Some("a whole number of seconds, such as 3600".to_owned()));
    assert_eq!(kind("delay").error(" 7200 "), None);
    let ten_years = "a number from -315360000 to 315360000".to_owned();
    assert_eq!(["315360000", "-315360000"].map(|value| kind("delay").error(value)), [None, None]);
    assert_eq!(kind("delay").error("315360001"), Some(ten_years.clone()));
    assert_eq!(kind("delay").error("-9223372036854775808"), Some(ten_years));
    assert_eq!(kind("person").error("carl"), Some("one of ana, ben".to_owned()));
    assert_eq!(kind("person").error("ben"), None);
    // STS says what is wrong with that one.
    assert_eq!(kind("duration").error("soon"), None);
    let mut inputs = inputs(flow, &flow.variants[0], None);
    inputs.values = [("delay", "soon"), ("person", "carl"), ("region", "us-west-9"), ("duration", "soon")]
        .into_iter()
        .map(|(id, value)| (id, value.to_owned()))
        .collect();
    let effective = inputs.effective(flow);
    let of = |id: &str| effective.get(id).map(String::as_str);
    assert_eq!([of("delay"), of("person"), of("region")], [Some("5"), Some("ana"), Some("us-east-1")]);
    assert_eq!(of("duration"), Some("soon"));
}

#[test]
fn the_table_of_the_documentation_is_that_of_the_flows() {
    let is_same = include_str!("flows.md") == table(&FLOWS);
    assert!(
        is_same,
        "write it anew: cargo run --no-default-features --example flow -- --table > target/flows.md && mv target/flows.md src/federation/"
    );
}

#[test]
fn a_run_is_the_same_every_time() {
    for (flow, variant) in ways() {
        let inputs = inputs(flow, variant, None);
        let (one, other) = (played(flow, &inputs), played(flow, &inputs));
        assert_eq!(one.differs_at(&other), None, "{} {}", flow.id, variant.id);
        assert_eq!(outcomes(flow, &inputs, &one), outcomes(flow, &inputs, &other));
    }
}

#[test]
fn what_ec2_hides_can_be_decoded() {
    let world = example::primer();
    let (library, memo, seals) = (Library::default(), Memo::default(), Seals::default());
    let flow = flow("web-identity").expect("the flow");
    let inputs = inputs(flow, &flow.variants[0], flow.fault("someone-else", &flow.variants[0]));
    let run = run(flow, &world, &inputs, &seals, (&library, &memo));
    let decided = run.played[run.failed().expect("it fails")].decision().expect("a decision");
    let text = sts::message::decoded(&sts::message::encoded(decided)).expect("a message of ours");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["allowed"], false);
    assert_eq!(report["explicitDeny"], false);
    assert_eq!(report["context"]["action"], "s3:GetObject");
    assert_eq!(report["context"]["resource"], "arn:aws:s3:::example-photos/google/107691503500061507151/cat.jpg");
}

/// What comes of each step, line by line.
fn lines(run: &Run) -> String {
    let mut text = String::new();
    for played in &run.played {
        let _ = write!(text, "{:<12} {}", played.step.id, played.outcome.id());
        if let Some(failure) = played.failure() {
            let _ = write!(text, ": {} {}", failure.code, failure.message);
        }
        if let Some(decided) = played.decision() {
            let sentence = explain::sentence(&decided.trace, &decided.request);
            let _ = write!(text, "\n             {sentence}");
        }
        text.push('\n');
    }
    text
}

#[test]
fn what_comes_of_every_step() {
    for flow in FLOWS {
        let mut text = String::new();
        for variant in flow.variants {
            let faults = std::iter::once(None).chain(flow.faults_of(variant).map(Some));
            for fault in faults {
                let run = played(flow, &inputs(flow, variant, fault));
                let _ = writeln!(text, "# {}: {}", variant.id, fault.map_or("no fault", |fault| fault.id));
                text.push_str(&lines(&run));
                text.push('\n');
            }
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(flow.id, text);
        });
    }
}
