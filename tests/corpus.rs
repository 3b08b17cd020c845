//! The literate corpus: every `## heading` of `tests/corpus/**/*.md` with a case under it is one test.
//!
//! A heading may start with the ids of the facts it shows. Under it stand, in any order with prose between:
//! a fenced block `json` with a case (without `id`), and a fenced block `expect` with lines `name: value`:
//!
//! - `decision`: `Allowed`, `ExplicitlyDenied` or `ImplicitlyDenied` (needed)
//! - `layer`: the layer that decided, or `rule`: the rule that did
//! - `policy`, `statement`: the statement that decided, by Sid or by position from 0
//! - `nearest`: the Sid or position of the nearest miss; `failing`: its failing elements, by commas
//! - `reason`: the name of a reason that some entry or condition of the trace must carry, such as `KeyAbsent`
//! - `gate LAYER`: the state of a gate in one word
//! - `message`: the access-denied text; `sentence`: the explanation
//! - `finding`: the code of a finding that some policy must have, or `none`
//!
//! Whatever a section expects, the sentence of its decision names the right layer, policy, statement and element, its circuit
//! conducts exactly where the request is allowed, and its entries and values, laid beside the request, agree with the run.
//!
//! A case that cannot be evaluated at all expects `error: …`, a part of the error's text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use iam_playground::case::{self, Case};
use iam_playground::eval::trace::{ConditionReason, ElementKind, EntryOutcome, GateKind, StatementTrace, Trace};
use iam_playground::eval::{Basis, Verdict, decide, trace};
use iam_playground::eval::{ContextValue, LayerKind, Request};
use iam_playground::explain::{self, Cell, Comparison, SegmentKind};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let mut files = Vec::new();
    markdown_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"), &mut files);
    files.sort();
    let trials = files.iter().flat_map(|file| {
        let text = std::fs::read_to_string(file).expect("the file can be read");
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        sections(&text).into_iter().map(move |section| {
            let title = format!("{name}: {}", section.heading);
            Trial::test(title, move || check(&section))
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn markdown_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            markdown_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
}

struct Section {
    heading: String,
    case: String,
    expect: Vec<(String, String)>,
}

fn sections(text: &str) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        match (&fence, line.strip_prefix("```")) {
            (None, Some(language)) => fence = Some(language.trim().to_owned()),
            (Some(_), Some(_)) => fence = None,
            (None, None) => {
                if let Some(heading) = line.strip_prefix("## ") {
                    found.push(Section { heading: heading.to_owned(), case: String::new(), expect: Vec::new() });
                }
            }
            (Some(language), None) => {
                let Some(section) = found.last_mut() else {
                    continue;
                };
                match language.as_str() {
                    "json" => section.case.push_str(&format!("{line}\n")),
                    "expect" => {
                        let (name, value) = line.split_once(": ").unwrap_or((line, ""));
                        section.expect.push((name.trim().to_owned(), value.trim().to_owned()));
                    }
                    _ => {}
                }
            }
        }
    }
    found.retain(|section| !section.case.is_empty() || !section.expect.is_empty());
    found
}

fn check(section: &Section) -> Result<(), Failed> {
    let expected: BTreeMap<&str, &str> =
        section.expect.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let with_id = section.case.trim_start().replacen('{', "{\"id\": \"corpus\",", 1);
    let case = case::parse(&with_id).and_then(|case| case::answer(&case).map(|answer| (case, answer)));
    let (case, answer) = match (case, expected.get("error")) {
        (Ok(found), None) => found,
        (Ok(_), Some(wanted)) => {
            return Err(format!("an error with `{wanted}` was expected").into());
        }
        (Err(error), Some(wanted)) if error.to_string().contains(wanted) => return Ok(()),
        (Err(error), _) => return Err(error.to_string().into()),
    };
    let (policies, request) = case::prepare(&case)?;
    let trace = trace(&policies, &request);
    if trace.decision != decide(&policies, &request) {
        return Err("the trace and the fast run disagree".into());
    }
    circuit(&trace)?;
    alignments(&trace, &request)?;
    if !expected.contains_key("decision") {
        return Err("the section expects no decision".into());
    }
    explanation(&trace, &request, &expected)?;
    for (name, wanted) in &section.expect {
        let found = match name.as_str() {
            "decision" => answer.decision.to_owned(),
            "layer" => answer.by.layer.clone().unwrap_or_default(),
            "rule" => answer.by.rule.clone().unwrap_or_default(),
            "policy" => answer.by.policy.clone().unwrap_or_default(),
            "statement" => trace
                .decisive()
                .and_then(|at| trace.statement(at))
                .map(|(_, statement)| name_of(statement, wanted))
                .unwrap_or_default(),
            "nearest" => trace
                .nearest_miss()
                .and_then(|at| trace.statement(at))
                .map(|(_, statement)| name_of(statement, wanted))
                .unwrap_or_default(),
            "failing" => failing(&trace),
            "message" => explain::aws_message(&trace, &request).unwrap_or_default(),
            "sentence" => explain::sentence(&trace, &request),
            "reason" => match reasons(&trace).contains(wanted) {
                true => wanted.clone(),
                false => reasons(&trace).join(", "),
            },
            "finding" => finding(&case, wanted),
            _ => match name.strip_prefix("gate ") {
                Some(layer) => gate(&trace, layer),
                None => return Err(format!("`{name}` is nothing that a section can expect").into()),
            },
        };
        if found != *wanted {
            return Err(format!("{name}: expected `{wanted}`, found `{found}`").into());
        }
    }
    Ok(())
}

/// Laid side by side, every entry and value of the trace shows as equal exactly where the run found it equal.
fn alignments(trace: &Trace, request: &Request) -> Result<(), Failed> {
    let kinds = [ElementKind::Principal, ElementKind::Action, ElementKind::Resource];
    for (at, _, statement) in trace.statements() {
        for (element, kind) in [statement.principal(), Some(statement.action()), statement.resource()].iter().zip(kinds)
        {
            for (place, entry) in element.iter().flat_map(|element| element.entries()).enumerate() {
                let found = explain::alignment(trace, request, at, Cell::Entry(kind, place));
                let found = found.ok_or("an entry has no alignment")?;
                for comparison in &found.comparisons {
                    agrees(comparison, *entry.outcome == EntryOutcome::Matches)?;
                }
            }
        }
        for (place, condition) in statement.conditions().enumerate() {
            let found = explain::alignment(trace, request, at, Cell::Condition(place));
            let found = found.ok_or("a condition has no alignment")?;
            for comparison in &found.comparisons {
                agrees(comparison, comparison.equal)?;
            }
            let one = matches!(condition.actual, Some(ContextValue::One(_)));
            let plain = condition.operator.filter(|operator| !operator.negated && operator.qualifier.is_none());
            let all_shown = found.comparisons.len() == condition.expected().len();
            let any = found.comparisons.iter().any(|comparison| comparison.equal);
            if one && plain.is_some() && all_shown && any != condition.matched {
                return Err(format!("a condition and its values disagree: {found:?}").into());
            }
        }
    }
    Ok(())
}

fn agrees(comparison: &Comparison, equal: bool) -> Result<(), Failed> {
    let differs = comparison.segments.iter().any(|segment| segment.kind == SegmentKind::Differs);
    let request: String = comparison.segments.iter().map(|segment| segment.request.as_str()).collect();
    let is_whole = request == comparison.request || request == comparison.request.to_lowercase();
    match comparison.segments.is_empty() || (differs != equal && is_whole) {
        true if comparison.equal == equal => Ok(()),
        _ => Err(format!("it is {equal} that they are equal: {comparison:?}").into()),
    }
}

/// The sentence of every decision names the right layer, policy, statement and element: what the section expects, and where
/// it leaves that open, what the decision rests on.
fn explanation(trace: &Trace, request: &Request, expected: &BTreeMap<&str, &str>) -> Result<(), Failed> {
    let sentence = explain::sentence(trace, request);
    let needs = |part: String| match sentence.contains(&part) {
        true => Ok(()),
        false => Err(Failed::from(format!("`{part}` is missing in: {sentence}"))),
    };
    let verdict = match expected.get("decision").copied() {
        Some("Allowed") => "Allowed",
        Some("ExplicitlyDenied") => "Explicitly denied",
        _ => "Implicitly denied",
    };
    if !sentence.starts_with(verdict) || !sentence.ends_with('.') || sentence.matches(". ").count() > 1 {
        return Err(format!("no sentence or two that begin with `{verdict}`: {sentence}").into());
    }
    let at = match trace.decision.basis {
        Basis::Rule(_) => return Ok(()),
        Basis::Statement(at) => at,
        Basis::NothingAllows(layer, _) => {
            needs(layer_words(expected.get("layer"), layer, request).to_owned())?;
            let Some((policy, nearest)) = trace.nearest_miss().and_then(|at| trace.statement(at)) else {
                return Ok(());
            };
            let named = expected.get("nearest").map_or_else(|| statement_words(nearest), |name| words_of(name));
            needs(format!("Closest: {named}"))?;
            if *nearest.sid().unwrap_or_default() != *policy.source.name {
                needs(format!("Closest: {named} of {}", policy_words(layer, &policy.source.name, request)))?;
            }
            let failing = failing(trace);
            let elements = expected.get("failing").copied().unwrap_or(&failing).split(", ");
            let closest = sentence.split("Closest: ").last().unwrap_or_default();
            for element in elements {
                if !closest.contains(&element.to_lowercase()) {
                    return Err(format!("{element} is not named as failing in: {sentence}").into());
                }
            }
            return Ok(());
        }
    };
    let Some((policy, statement)) = trace.statement(at) else { return Err("nothing decides".into()) };
    let name = expected.get("policy").map_or(&*policy.source.name, |name| name);
    needs(policy_words(at.layer, name, request))?;
    if policy.statements().len() > 1 {
        needs(expected.get("statement").map_or_else(|| statement_words(statement), |name| words_of(name)))?;
    }
    let layer = layer_words(expected.get("layer"), at.layer, request);
    // What is said of no layer is of an identity policy.
    if layer == "identity policy" { Ok(()) } else { needs(layer.to_owned()) }
}

/// A layer in words, by the name that sections use, or else by its kind.
fn layer_words(expected: Option<&&str>, layer: LayerKind, request: &Request) -> &'static str {
    let is_trust = request.action.service() == "sts" && request.resource_text().contains(":role/");
    match expected.copied().unwrap_or_default() {
        "scp" => "service control policy",
        "rcp" => "resource control policy",
        "endpoint" => "VPC endpoint policy",
        "resource" if is_trust => "trust policy",
        "resource" => "resource policy",
        "identity" => "identity policy",
        "boundary" => "permissions boundary",
        "session" => "session policy",
        _ if layer == LayerKind::Resource && is_trust => "trust policy",
        _ => explain::layer_name(layer),
    }
}

fn policy_words(layer: LayerKind, name: &str, request: &Request) -> String {
    match layer_words(None, layer, request) {
        "trust policy" => "the trust policy of role `".to_owned(),
        _ => format!("`{name}`"),
    }
}

fn statement_words(statement: StatementTrace<'_>) -> String {
    match statement.sid() {
        Some(sid) if !sid.is_empty() => format!("`{sid}`"),
        _ => format!("statement {}", statement.index() + 1),
    }
}

/// A Sid or a position, as the explanation names it.
fn words_of(name: &str) -> String {
    name.parse::<u32>().map_or_else(|_| format!("`{name}`"), |at| format!("statement {}", at + 1))
}

/// The circuit conducts exactly where the request is allowed, and has every gate once.
fn circuit(trace: &Trace) -> Result<(), Failed> {
    let is_rule = matches!(trace.decision.basis, Basis::Rule(_));
    let Some(circuit) = &trace.circuit else {
        return if is_rule { Ok(()) } else { Err("there is no circuit".into()) };
    };
    if circuit.conducts(&trace.gates) != (trace.decision.verdict == Verdict::Allowed) {
        return Err(format!("the circuit does not give the verdict: {circuit:?}, {:?}", trace.gates).into());
    }
    let steps = circuit.steps().map(|step| step.gate);
    let missing = trace.gates.iter().find(|gate| steps.clone().filter(|step| *step == gate.kind).count() != 1);
    missing.map_or(Ok(()), |gate| Err(format!("{:?} is not once in the circuit", gate.kind).into()))
}

/// The Sid or the position, whichever `wanted` looks like.
fn name_of(statement: StatementTrace<'_>, wanted: &str) -> String {
    match wanted.parse::<u32>() {
        Ok(_) => statement.index().to_string(),
        Err(_) => statement.sid().unwrap_or_default().to_owned(),
    }
}

fn failing(trace: &Trace) -> String {
    let nearest = trace.nearest_miss().and_then(|at| trace.statement(at));
    let names = nearest.into_iter().flat_map(|(_, statement)| statement.failing().map(|kind| format!("{kind:?}")));
    names.collect::<Vec<_>>().join(", ")
}

/// Names of all reasons in the trace, without their data.
fn reasons(trace: &Trace) -> Vec<String> {
    let word = |text: String| text.split([' ', '(']).next().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for (_, _, statement) in trace.statements() {
        let entries = statement.elements().flat_map(|element| element.entries());
        for entry in entries {
            found.push(match entry.outcome {
                EntryOutcome::OtherArnPart(part) => format!("OtherArnPart {part:?}"),
                other => word(format!("{other:?}")),
            });
        }
        found.extend(statement.conditions().map(|condition| match condition.reason {
            ConditionReason::Compared => "Compared".to_owned(),
            other => word(format!("{other:?}")),
        }));
    }
    found
}

fn gate(trace: &Trace, layer: &str) -> String {
    let names = |kind: GateKind| match kind {
        GateKind::DenySweep => "deny".to_owned(),
        GateKind::Layer(layer) => format!("{layer:?}").to_lowercase(),
    };
    let gate = trace.gates.iter().find(|gate| names(gate.kind) == layer.to_lowercase());
    gate.map(|gate| explain::gate_state(gate.state).to_owned()).unwrap_or_default()
}

fn finding(case: &Case, wanted: &str) -> String {
    let codes = case::findings(case).unwrap_or_default();
    if codes.is_empty() {
        return "none".to_owned();
    }
    match codes.contains(&wanted) {
        true => wanted.to_owned(),
        false => codes.join(", "),
    }
}
