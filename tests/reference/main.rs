//! The crate against a second evaluator, which is slow, plain, and written from the specification alone.
//!
//! `CASES=100000` compares that many cases. A case is made from its seed, so a failure comes again.

mod evaluator;
mod flips;
mod generator;
mod shrink;
mod vectors;

use std::collections::BTreeMap;

use iam_playground::case;
use iam_playground::eval::trace::Stage;
use iam_playground::eval::{self, Basis, Verdict};
use serde_json::Value;

use evaluator::{Fault, Faults, Outcome, decide, decide_with};

/// How many disagreements a failure shows.
const SHOWN: usize = 12;

/// How many cases the faults may need.
const FAULT_CASES: u64 = 12_000;

/// How many cases to compare.
fn cases() -> u64 {
    std::env::var("CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(10_000)
}

/// The answer of the crate in the words of [`Outcome`].
fn crate_answer(case: &Value) -> Result<(String, String), String> {
    let parsed = case::parse(&case.to_string()).map_err(|error| error.to_string())?;
    let answer = case::answer(&parsed).map_err(|error| error.to_string())?;
    let by = answer.by.layer.or(answer.by.rule).unwrap_or_default();
    Ok((answer.decision.to_owned(), by))
}

/// Whether both say the same.
fn agrees(found: &Result<(String, String), String>, outcome: &Outcome) -> bool {
    found.as_ref().is_ok_and(|(decision, layer)| decision == outcome.decision && layer == outcome.layer)
}

#[test]
fn the_crate_and_the_reference_agree() {
    let mut shown = Vec::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..cases() {
        let case = generator::case(seed);
        let (found, wanted) = (crate_answer(&case), decide(&case));
        if agrees(&found, &wanted) {
            continue;
        }
        let kind = format!("crate {found:?}, reference {wanted:?}");
        let count = kinds.entry(kind.clone()).or_default();
        *count += 1;
        if *count <= 1 && shown.len() < SHOWN {
            let smallest = shrink::shrink(&case, |case| crate_answer(case) == found && decide(case) == wanted);
            shown.push(format!("{kind}\n{smallest}"));
        }
    }
    assert!(kinds.is_empty(), "{kinds:#?}\n\n{}", shown.join("\n\n"));
}

#[test]
fn the_circuit_conducts_exactly_where_the_request_is_allowed() {
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..cases() {
        let case = generator::case(seed);
        let parsed = case::parse(&case.to_string()).expect("a case");
        let (policies, request) = case::prepare(&parsed).expect("a request");
        let trace = eval::trace(&policies, &request);
        let Some(circuit) = &trace.circuit else {
            assert!(matches!(trace.decision.basis, Basis::Rule(_)), "{case}");
            continue;
        };
        let allowed = trace.decision.verdict == Verdict::Allowed;
        assert_eq!(circuit.conducts(&trace.gates), allowed, "{circuit:#?}\n{:#?}\n{case}", trace.gates);
        let parallel = circuit.stages.iter().any(|stage| matches!(stage, Stage::Either { .. }));
        let accounts = circuit.stages.iter().any(|stage| matches!(stage, Stage::Both { .. }));
        let shape = format!("parallel {parallel}, accounts {accounts}, allowed {allowed}");
        *shapes.entry(shape).or_default() += 1;
    }
    assert_eq!(shapes.len(), 6, "every shape of circuit, allowed and denied: {shapes:#?}");
}

#[test]
fn both_give_the_decisions_of_the_specification() {
    for (case, decision, layer) in vectors::vectors() {
        let wanted = Outcome { decision, layer };
        assert_eq!(decide(&case), wanted, "reference: {case}");
        assert_eq!(crate_answer(&case), Ok((decision.to_owned(), layer.to_owned())), "crate: {case}");
    }
}

#[test]
fn all_decisions_are_common() {
    const COUNT: u64 = 5_000;
    let mut decisions: BTreeMap<&str, u64> = BTreeMap::new();
    let mut layers: BTreeMap<String, u64> = BTreeMap::new();
    for seed in 0..COUNT {
        let outcome = decide(&generator::case(seed));
        *decisions.entry(outcome.decision).or_default() += 1;
        *layers.entry(format!("{} {}", outcome.decision, outcome.layer)).or_default() += 1;
    }
    println!("{layers:#?}");
    for decision in ["Allowed", "ExplicitlyDenied", "ImplicitlyDenied"] {
        let count = decisions.get(decision).copied().unwrap_or_default();
        assert!(count * 100 >= COUNT * 15, "{decision}: {count} of {COUNT}; {decisions:?}");
    }
}

#[test]
fn every_fault_is_noticed() {
    let answers: Vec<_> = (0..FAULT_CASES).map(generator::case).map(|case| (crate_answer(&case), case)).collect();
    let mut late = Vec::new();
    let unnoticed: Vec<_> = Fault::ALL
        .iter()
        .filter(|fault| {
            let faults = Faults(Some(**fault));
            let noticed = answers.iter().position(|(found, case)| {
                // Only what the faultless reference agrees on counts.
                !agrees(found, &decide_with(case, faults)) && agrees(found, &decide(case))
            });
            late.push((noticed, **fault));
            noticed.is_none()
        })
        .map(|fault| format!("{fault:?}: {}", fault.text()))
        .collect();
    late.sort_by_key(|(noticed, _)| std::cmp::Reverse(*noticed));
    println!("the latest noticed: {:?}", late.get(..12));
    assert!(unnoticed.is_empty(), "{} faults, unnoticed: {unnoticed:#?}", Fault::ALL.len());
}
