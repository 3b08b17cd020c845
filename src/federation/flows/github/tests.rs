use super::FLOW;
use crate::eval::situation::{Library, Memo};
use crate::federation::{Inputs, Run, Seals, run};
use crate::model::{Time, example};

fn played(variant: &str) -> Run {
    let variant = FLOW.variant(variant).expect("the variant");
    let inputs = Inputs { variant, ..Inputs::new(&FLOW, Time(1_796_115_600)) };
    run(&FLOW, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()))
}

fn notes(run: &Run, step: &str) -> Vec<String> {
    run.played.iter().filter(|played| played.step.id == step).flat_map(|played| played.notes.clone()).collect()
}

/// FED-43: `repo:ORG/*` is too broad.
#[test]
fn a_trust_policy_that_lets_others_in_is_noticed() {
    assert_eq!(notes(&played("branch"), "trust"), Vec::<String>::new());
    assert_eq!(notes(&played("environment"), "trust"), Vec::<String>::new());
    assert_eq!(
        notes(&played("organization"), "trust"),
        [
            "It would let in every branch of the repository as well: `repo:example-org/scratch:ref:refs/heads/anything`.",
            "It would let in other repositories of the owner as well: `repo:example-org/website:ref:refs/heads/break-in`.",
        ]
    );
}

#[test]
fn what_was_asked_only_to_notice_leaves_no_decision() {
    let run = played("organization");
    let trust = run.played.iter().find(|played| played.step.id == "trust").expect("the step");
    assert_eq!(trust.decisions.len(), 1);
}

#[test]
fn after_the_job_the_runner_holds_nothing() {
    let run = played("branch");
    let held = run.wallet(Some(run.played.len() - 1));
    assert_eq!(held.iter().map(|holding| holding.owner).collect::<Vec<_>>(), ["github"]);
}
