//! Policies that nearly match a request.

use serde_json::{Map, Value, json};

use super::condition::{Keys, condition};
use super::random::Random;
use super::scene::{OTHER, Scene, near_names};
use super::vocabulary::{near_pattern, other_case, with_variable};

/// Where a policy stands, as far as its grammar depends on it (POL-20 to POL-25).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Identity,
    Boundary,
    ServiceControl,
    ResourceControl,
    Resource,
    Trust,
    Endpoint,
}

/// A policy document.
pub fn document(random: &mut Random, scene: &Scene, keys: &Keys, place: Place) -> Value {
    let mut statements = Vec::new();
    // Gates are often open wide, or too few cases would pass them all.
    let wide = match place {
        Place::Identity => 25,
        Place::ResourceControl => 0,
        Place::Resource | Place::Trust => 15,
        Place::Boundary | Place::ServiceControl | Place::Endpoint => 45,
    };
    if random.chance(wide) {
        statements.push(wide_allow(random, scene, place));
    }
    for _ in 0..1 + random.below(4) / 3 {
        statements.push(statement(random, scene, keys, place));
    }
    let statements = match statements.len() {
        1 if random.chance(20) => statements.remove(0),
        _ => Value::Array(statements),
    };
    match random.below(100) {
        0..10 if place != Place::ResourceControl => json!({ "Statement": statements }),
        10..22 if place != Place::ResourceControl => json!({ "Version": "2008-10-17", "Statement": statements }),
        _ => json!({ "Version": "2012-10-17", "Statement": statements }),
    }
}

/// A document that allows everything.
pub fn full_access() -> Value {
    json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] })
}

fn has_principal(place: Place) -> bool {
    !matches!(place, Place::Identity | Place::Boundary | Place::ServiceControl)
}

fn wide_allow(random: &mut Random, scene: &Scene, place: Place) -> Value {
    let mut statement = json!({ "Effect": "Allow", "Action": if place == Place::Trust { "sts:*" } else { "*" } });
    if has_principal(place) {
        let everyone = place == Place::Endpoint || random.chance(30);
        statement["Principal"] = if everyone { json!("*") } else { principal(random, scene) };
    }
    if place != Place::Trust {
        statement["Resource"] = json!("*");
    }
    statement
}

fn statement(random: &mut Random, scene: &Scene, keys: &Keys, place: Place) -> Value {
    let deny = match place {
        Place::ResourceControl => true,
        Place::Resource => random.chance(26),
        _ => random.chance(15),
    };
    let mut statement = Map::new();
    if random.chance(20) {
        statement.insert("Sid".to_owned(), json!(format!("S{}", random.below(100_000_000))));
    }
    statement.insert("Effect".to_owned(), json!(if deny { "Deny" } else { "Allow" }));
    match place {
        Place::ResourceControl => {
            statement.insert("Principal".to_owned(), json!("*"));
        }
        Place::Endpoint if random.chance(super::ENDPOINT_EVERYONE) => {
            statement.insert("Principal".to_owned(), json!("*"));
        }
        // EVAL-125, EVAL-126: with Deny, and not in trust policies.
        Place::Resource | Place::Endpoint if deny && random.chance(60) => {
            statement.insert("NotPrincipal".to_owned(), not_principal(random, scene));
        }
        _ if has_principal(place) => {
            statement.insert("Principal".to_owned(), principal(random, scene));
        }
        _ => {}
    }
    let without_not = matches!(place, Place::ResourceControl | Place::Trust);
    let not_action = !without_not && random.chance(12);
    let actions = several(random, |random| action(random, scene, place, not_action));
    statement.insert(if not_action { "NotAction" } else { "Action" }.to_owned(), actions);
    if place != Place::Trust {
        let not_resource = random.chance(12);
        let resources = several(random, |random| resource(random, scene, keys, not_resource));
        statement.insert(if not_resource { "NotResource" } else { "Resource" }.to_owned(), resources);
    }
    if random.chance(if deny { 55 } else { 45 }) {
        statement.insert("Condition".to_owned(), condition(random, keys));
    }
    Value::Object(statement)
}

/// One entry, alone or in an array, or several.
fn several(random: &mut Random, mut entry: impl FnMut(&mut Random) -> String) -> Value {
    match random.below(10) {
        0..=5 => json!(entry(random)),
        6 | 7 => json!([entry(random)]),
        _ => json!([entry(random), entry(random)]),
    }
}

fn action(random: &mut Random, scene: &Scene, place: Place, not: bool) -> String {
    let (prefix, name) = scene.action.split_once(':').unwrap_or_default();
    let other = ["s3:GetObject", "s3:DeleteObject", "sqs:*", "sts:AssumeRole", "iam:*", "kms:Describe*"];
    let other = if place == Place::Trust { "sts:SetContext" } else { random.word(&other) };
    let roll = if not { 60 + random.below(60) } else { random.below(100) };
    match roll {
        0..30 => scene.action.clone(),
        30..45 => format!("{prefix}:*"),
        45..55 if place != Place::ResourceControl && place != Place::Trust => "*".to_owned(),
        45..80 => format!("{prefix}:{}", near_pattern(random, name)),
        80..90 => other_case(random, &scene.action),
        _ => other.to_owned(),
    }
}

fn resource(random: &mut Random, scene: &Scene, keys: &Keys, not: bool) -> String {
    let arn = match scene.resourceless {
        true => "arn:aws:s3:::data/ann",
        false => scene.resource.as_str(),
    };
    let roll = if not || scene.resourceless && random.chance(25) { 34 + random.below(66) } else { random.below(100) };
    match roll {
        0..20 => "*".to_owned(),
        20..34 => arn.to_owned(),
        34..52 => near_pattern(random, arn),
        52..66 => by_segments(random, arn),
        66..84 => in_last_part(random, arn, |random, last| with_variable(random, last, &keys.used)),
        84..92 => in_last_part(random, arn, near_pattern),
        92..95 => arn.splitn(6, ':').take(3 + random.below(3)).collect::<Vec<_>>().join(":"),
        _ => random
            .word(&["arn:aws:s3:::data/*", "arn:aws:sqs:*:*:jobs", "arn:aws:s3:::other", "arn:aws:s3:*"])
            .to_owned(),
    }
}

/// The ARN with another pattern for a segment or two.
fn by_segments(random: &mut Random, arn: &str) -> String {
    let mut segments: Vec<String> = arn.splitn(6, ':').map(str::to_owned).collect();
    for _ in 0..1 + random.below(2) {
        let position = [1, 3, 4, 2, 4, 3][random.below(6)];
        let segment = segments[position].clone();
        segments[position] = match (position, random.below(5)) {
            (2, _) => other_case(random, &segment),
            (_, 0) => "*".to_owned(),
            (_, 1) => other_case(random, &segment),
            (4, 2) => "????????????".to_owned(),
            _ => near_pattern(random, &segment),
        };
    }
    segments.join(":")
}

fn in_last_part(random: &mut Random, arn: &str, change: impl Fn(&mut Random, &str) -> String) -> String {
    let segments: Vec<&str> = arn.splitn(6, ':').collect();
    let last = change(random, segments[5]);
    format!("{}:{last}", segments[..5].join(":"))
}

fn principal(random: &mut Random, scene: &Scene) -> Value {
    let count = random.weighted(&[0, 70, 22, 8]);
    let list: Vec<(&str, String)> = (0..count)
        .map(|_| if random.chance(72) { random.pick(&scene.names).clone() } else { near_names(random, scene) })
        .collect();
    let lone = list.len() == 1 && list[0].1 == "*";
    if lone && random.chance(60) {
        return json!("*");
    }
    by_kind(random, list)
}

fn not_principal(random: &mut Random, scene: &Scene) -> Value {
    let mut list: Vec<(&str, String)> = Vec::new();
    for entry in &scene.exemption {
        if random.chance(80) {
            list.push(entry.clone());
        }
    }
    if list.is_empty() || random.chance(15) {
        list.push(near_names(random, scene));
    }
    if list.is_empty() {
        list.push(("AWS", OTHER.to_owned()));
    }
    by_kind(random, list)
}

/// Entries as the map that a Principal element is.
fn by_kind(random: &mut Random, list: Vec<(&str, String)>) -> Value {
    let mut kinds: Map<String, Value> = Map::new();
    for (kind, entry) in list {
        let known = kinds.entry(kind).or_insert_with(|| json!([]));
        if let Value::Array(entries) = known {
            entries.push(json!(entry));
        }
    }
    for entries in kinds.values_mut() {
        if let Value::Array(list) = entries
            && list.len() == 1
            && random.chance(60)
        {
            *entries = list.remove(0);
        }
    }
    Value::Object(kinds)
}
