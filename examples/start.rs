//! The first answer: a small wasm that answers the question the page opens on, while the page itself is still on its way.

use iam_playground::catalog::parse_shard;
use iam_playground::eval::situation::{self, Library, Question};
use iam_playground::eval::trace;
use iam_playground::explain::{sentence, verdict_name};
use iam_playground::model::example;
use wasm_bindgen::prelude::wasm_bindgen;

/// The verdict by name, and why. `managed` is the text of the data file that holds the attached managed policy, `now` the
/// time as ISO 8601 in UTC; nothing when that file does not hold what the world needs.
#[wasm_bindgen]
pub fn opening(managed: &str, now: String) -> Option<Vec<String>> {
    let library = parse_shard(managed)
        .ok()?
        .into_iter()
        .fold(Library::default(), |library, policy| library.with(policy.arn, policy.document));
    let (world, question) = (example::administrator_alone(), Question::opening(now));
    let gathered = situation::gather(&world, &library, &question);
    if !gathered.missing.is_empty() {
        return None;
    }
    let request = situation::request(&world, &question)?;
    let trace = trace(&gathered.policies, &request);
    let verdict = verdict_name(trace.decision.verdict);
    let sentence = sentence(&trace, &request);
    Some(vec![verdict.to_owned(), sentence.strip_prefix(verdict).unwrap_or(&sentence).to_owned()])
}
