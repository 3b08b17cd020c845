use super::FLOW;
use crate::eval::situation::{Library, Memo};
use crate::federation::{Inputs, Run, Seals, run, staged};
use crate::model::{Command, Occasion, Time, World, apply, example};

const NOW: Time = Time(1_796_115_600);

fn played(world: &World, variant: &str) -> Run {
    let inputs = inputs(variant);
    run(&FLOW, world, &inputs, &Seals::default(), (&Library::default(), &Memo::default()))
}

fn inputs(variant: &str) -> Inputs {
    Inputs { variant: FLOW.variant(variant).expect("the variant"), ..Inputs::new(&FLOW, NOW) }
}

/// FED-45: trust without `sub` lets every pod of the cluster in.
#[test]
fn a_trust_policy_without_a_subject_is_noticed() {
    let notes = |run: &Run| run.played.iter().flat_map(|played| played.notes.clone()).collect::<Vec<_>>();
    assert_eq!(notes(&played(&example::primer(), "irsa")), Vec::<String>::new());
    let (world, _) = staged(&FLOW, &example::primer(), &inputs("irsa"));
    let account = world.accounts.keys().next().expect("an account").clone();
    let role = world.account(&account).and_then(|account| account.roles.get("OrdersService")).expect("the role");
    let text = role.trust.lines().filter(|line| !line.contains(":sub\"")).collect::<Vec<_>>().join("\n");
    let text = text.replace("\"sts.amazonaws.com\",", "\"sts.amazonaws.com\"").into();
    let command = Command::UpdateAssumeRolePolicy { role: "OrdersService".into(), text };
    let world = apply(&world, &command, &Occasion { account, now: NOW }).expect("a trust policy");
    let noticed = "It would let in every other pod of the cluster as well, such as those of `system:serviceaccount:default:default`.";
    assert_eq!(notes(&played(&world, "irsa")), [noticed]);
}

/// FED-46.
#[test]
fn the_pod_gets_a_session_with_six_tags_through_the_agent() {
    let run = played(&example::primer(), "pod-identity");
    let holder = |step: &str| {
        let at = run.played.iter().position(|played| played.step.id == step).expect("the step");
        let held = run.wallet(Some(at)).into_iter().find(|holding| holding.id == "credentials").expect("credentials");
        (held.owner, held.about.iter().filter(|line| line.starts_with("tag ")).count())
    };
    assert_eq!([holder("issue"), holder("back"), holder("deliver")], [("eks", 6), ("agent", 6), ("pod", 6)]);
}

/// FED-46.2: the agent wants the token alone, without `Bearer`.
#[test]
fn the_agent_gets_the_token_as_it_is() {
    let run = played(&example::primer(), "pod-identity");
    let get = run.played.iter().find(|played| played.step.id == "get").and_then(|played| played.exchange.as_ref());
    let headers = &get.expect("a request").request.headers;
    let sent = headers.iter().find(|(name, _)| name == "Authorization").map(|(_, value)| value.as_str());
    assert_eq!(sent.map(|token| token.split('.').count()), Some(3));
    assert_eq!(sent.map(|token| token.contains(' ')), Some(false));
}

/// EVAL-164: the tags that EKS sets pass along when the pod takes another role.
#[test]
fn the_tags_of_a_pod_are_transitive() {
    let run = played(&example::primer(), "pod-identity");
    let assume = run.played.iter().find(|played| played.step.id == "trust").expect("the step");
    let decided = assume.decisions.last().expect("a decision");
    let keys = decided.request.context.get("sts:transitivetagkeys").map(|value| value.line()).unwrap_or_default();
    for key in ["eks-cluster-arn", "eks-cluster-name", "kubernetes-namespace", "kubernetes-pod-uid"] {
        assert!(keys.contains(key), "{keys}");
    }
}
