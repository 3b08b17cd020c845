//! Our engine and two others on the same principals, in decisions a second: a table on standard output.
//!
//! `peers CASES.json` writes the cases for the peer that runs in Node to that file.

#[path = "../cases.rs"]
mod cases;

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use iam_playground::eval::decide;
use iam_rs::{Arn, Context, ContextValue, Decision, EvaluationOptions, IAMPolicy, IAMRequest, PolicyEvaluator};
use iam_rs::{Principal, PrincipalId};
use serde_json::{Value, json};

use cases::{ACCOUNT, ACTION, CONTEXT, RESOURCE, Text, Texts, USER, cases, managed, request};

const WARM_UP: Duration = Duration::from_secs(1);
const TIMED: Duration = Duration::from_secs(2);
/// Decisions between two looks at the clock, which takes about as long as the fastest of them.
const BATCH: u32 = 64;

/// How often our engine should be as fast: peer, start of the case's name, factor.
const TARGETS: [(&str, &str, f64); 3] = [
    ("iam-simulate", "ten managed policies", 100.0),
    ("iam-rs", "one small policy", 5.0),
    ("iam-rs", "100 managed policies", 50.0),
];

/// What one engine made of one case.
struct Run {
    decision: String,
    per_second: f64,
}

/// One line of the table.
struct Row {
    case: String,
    peer: String,
    ours: f64,
    theirs: f64,
    decisions: String,
}

#[expect(clippy::disallowed_methods, reason = "the clock that is missing in a browser is here")]
fn per_second(mut decide: impl FnMut()) -> f64 {
    let mut run = |least| {
        let (started, mut count) = (Instant::now(), 0.0);
        loop {
            (0..BATCH).for_each(|_| decide());
            count += f64::from(BATCH);
            let passed = started.elapsed();
            if passed >= least {
                return count / passed.as_secs_f64();
            }
        }
    };
    run(WARM_UP);
    run(TIMED)
}

/// Policies are compiled before the loop; in it stands the decision alone.
fn ours(texts: &Texts) -> Run {
    let (policies, request) = (texts.compile(), request());
    let decision = format!("{:?}", decide(&policies, &request).verdict);
    let per_second = per_second(|| {
        black_box(decide(black_box(&policies), black_box(&request)));
    });
    Run { decision, per_second }
}

/// Policies are parsed and given to an evaluator before the loop, the request is made before it too; in the loop stands
/// the evaluation alone. It knows identity policies only: nothing for a case with others.
fn iam_rs(texts: &Texts) -> Option<Run> {
    if [&texts.boundary, &texts.service_control, &texts.resource].iter().any(|others| !others.is_empty()) {
        return None;
    }
    let policies: Result<Vec<IAMPolicy>, _> =
        texts.identity.iter().map(|text| IAMPolicy::from_json(&text.json)).collect();
    let policies = match policies {
        Ok(policies) => policies,
        Err(error) => return Some(Run { decision: format!("policy not read: {error}"), per_second: f64::NAN }),
    };
    let mut context = Context::new();
    for (key, value) in CONTEXT {
        let value = value.parse().map_or_else(|_| ContextValue::String(value.into()), ContextValue::Boolean);
        context.insert(key.into(), value);
    }
    let principal = Principal::Aws(PrincipalId::String(USER.into()));
    let request = IAMRequest::new_with_context(principal, ACTION, Arn::parse(RESOURCE).expect("an ARN"), context);
    // The limit on statements guards against policies of strangers; these are known.
    let evaluator = PolicyEvaluator::with_policies(policies)
        .with_options(EvaluationOptions { max_statements: usize::MAX, ..EvaluationOptions::default() });
    let decision = match evaluator.evaluate(&request) {
        Ok(result) => match result.decision {
            Decision::Allow => "Allowed",
            Decision::Deny => "ExplicitlyDenied",
            Decision::NotApplicable => "ImplicitlyDenied",
        }
        .into(),
        Err(error) => error.to_string(),
    };
    let per_second = per_second(|| {
        let _ = black_box(black_box(&evaluator).evaluate(black_box(&request)));
    });
    Some(Run { decision, per_second })
}

/// A case in the shape that iam-simulate reads.
fn simulation(name: &str, texts: &Texts) -> Value {
    let document = |text: &Text| serde_json::from_str::<Value>(&text.json).expect("JSON");
    let named = |text: &Text| json!({ "name": &*text.name, "policy": document(text) });
    let all = |texts: &[Text]| texts.iter().map(named).collect::<Vec<_>>();
    let levels: Vec<_> = texts
        .service_control
        .iter()
        .enumerate()
        .map(|(level, text)| json!({ "orgIdentifier": format!("level-{level}"), "policies": [named(text)] }))
        .collect();
    let mut simulation = json!({
        "request": {
            "principal": USER,
            "action": ACTION,
            "resource": { "resource": RESOURCE, "accountId": ACCOUNT },
            "contextVariables": CONTEXT.into_iter().collect::<HashMap<_, _>>(),
        },
        "identityPolicies": all(&texts.identity),
        "serviceControlPolicies": levels,
        "resourceControlPolicies": [],
    });
    // An empty list of boundaries might be read as a boundary that allows nothing.
    if !texts.boundary.is_empty() {
        simulation["permissionBoundaryPolicies"] = all(&texts.boundary).into();
    }
    if let [bucket] = &*texts.resource {
        simulation["resourcePolicy"] = document(bucket);
    }
    json!({ "name": name, "simulation": simulation })
}

/// The runs of iam-simulate by case and peer.
fn iam_simulate(file: &Path, cases: &[(&str, Texts)]) -> Vec<(String, String, Run)> {
    let simulations: Vec<_> = cases.iter().map(|(name, texts)| simulation(name, texts)).collect();
    std::fs::write(file, Value::from(simulations).to_string()).expect("the file for the cases can be written");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("simulate.mjs");
    let output = Command::new("node").arg(script).arg(file).stderr(Stdio::inherit()).output().expect("node runs");
    assert!(output.status.success(), "simulate.mjs failed");
    let results: Vec<Value> = serde_json::from_slice(&output.stdout).expect("simulate.mjs prints JSON");
    let text = |result: &Value, key: &str| result[key].as_str().expect("a text").to_owned();
    let run = |result: &Value| Run {
        decision: text(result, "decision"),
        per_second: result["perSecond"].as_f64().expect("a number"),
    };
    results.iter().map(|result| (text(result, "case"), text(result, "peer"), run(result))).collect()
}

fn rows(file: &Path) -> Vec<Row> {
    let cases = cases(&managed());
    // One right after the other: what else the machine does changes with time.
    let native: Vec<_> = cases.iter().map(|(_, texts)| (ours(texts), iam_rs(texts))).collect();
    let row = |case: &str, peer: &str, own: &Run, run: &Run| {
        let (ours, theirs) = (&own.decision, &run.decision);
        let decisions = if ours == theirs { format!("yes: {ours}") } else { format!("NO: ours {ours}, peer {theirs}") };
        Row { case: case.into(), peer: peer.into(), ours: own.per_second, theirs: run.per_second, decisions }
    };
    let simulated = iam_simulate(file, &cases);
    let mut rows = Vec::new();
    for ((case, _), (own, iam_rs)) in cases.iter().zip(&native) {
        for (_, peer, run) in simulated.iter().filter(|(name, ..)| name == case) {
            rows.push(row(case, peer, own, run));
        }
        rows.extend(iam_rs.as_ref().map(|run| row(case, "iam-rs", own, run)));
    }
    rows
}

fn main() {
    let file = std::env::args_os().nth(1).expect("usage: peers CASES.json");
    let rows = rows(Path::new(&file));
    println!("| case | peer | ours/s | peer/s | ratio | decisions agree |\n|---|---|---|---|---|---|");
    for Row { case, peer, ours, theirs, decisions } in &rows {
        println!("| {case} | {peer} | {ours:.0} | {theirs:.0} | {:.0}x | {decisions} |", ours / theirs);
    }
    println!();
    for (peer, case, least) in TARGETS {
        let row = rows.iter().find(|row| row.peer == peer && row.case.starts_with(case)).expect("the case is there");
        let ratio = row.ours / row.theirs;
        let met = if ratio >= least { "met" } else { "missed" };
        println!("target: {peer} on {}: at least {least:.0}x, is {ratio:.0}x, {met}", row.case);
    }
}
