//! Conditions that nearly hold, and the context they are about.

use serde_json::{Map, Value, json};

use super::random::Random;
use super::scene::Scene;
use super::vocabulary::{KEYS, Type, near_pattern, other_case, values, variable, wanted, with_variable};

/// The condition keys of one case: few, so that conditions and context meet.
pub struct Keys {
    pub used: Vec<(&'static str, Type)>,
    pub context: Map<String, Value>,
}

pub fn keys(random: &mut Random, scene: &Scene) -> Keys {
    let used: Vec<(&'static str, Type)> = (0..3 + random.below(3)).map(|_| *random.pick(&KEYS)).collect();
    let mut context = Map::new();
    for (key, kind) in &used {
        if !random.chance(75) {
            continue;
        }
        let value = match (&scene.principal_arn, *kind) {
            (Some(arn), Type::Arn) if *key == "aws:PrincipalArn" => json!(arn),
            (_, Type::Many) => list(random, *kind),
            // Now and then a key has several values where one is usual.
            (_, kind) if random.chance(6) => list(random, kind),
            (_, kind) => json!(random.word(values(kind))),
        };
        let key = if random.chance(5) { other_case(random, key) } else { (*key).to_owned() };
        // A key is there once, whatever its case.
        if !context.keys().any(|known| known.eq_ignore_ascii_case(&key)) {
            context.insert(key, value);
        }
    }
    if let (Some(id), true) = (&scene.user_id, random.chance(85)) {
        context.insert("aws:userid".to_owned(), json!(id));
    }
    Keys { used, context }
}

fn list(random: &mut Random, kind: Type) -> Value {
    (0..random.below(4)).map(|_| random.word(values(kind))).collect()
}

/// A Condition element.
pub fn condition(random: &mut Random, keys: &Keys) -> Value {
    let mut operators = Map::new();
    for _ in 0..1 + random.below(8) / 6 {
        let (key, kind) = *random.pick(&keys.used);
        let operator = operator(random, kind);
        let mut block = Map::new();
        block.insert(spelling(random, key), wanted_values(random, &operator, key, kind, keys));
        if random.chance(15) {
            let (other, kind) = *random.pick(&keys.used);
            if !other.eq_ignore_ascii_case(key) {
                block.insert(other.to_owned(), wanted_values(random, &operator, other, kind, keys));
            }
        }
        operators.insert(operator, Value::Object(block));
    }
    Value::Object(operators)
}

fn spelling(random: &mut Random, key: &str) -> String {
    if random.chance(10) { other_case(random, key) } else { key.to_owned() }
}

/// An operator that suits the type of a key, mostly, with all affixes.
fn operator(random: &mut Random, kind: Type) -> String {
    const TEXT: [&str; 6] = [
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
    ];
    const ORDERED: [&str; 6] =
        ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
    if random.chance(7) {
        return random.word(&["Null", "Null", "null"]).to_owned();
    }
    let kind = if random.chance(6) { random.pick(&KEYS).1 } else { kind };
    let base = match kind {
        Type::Text | Type::Many => random.word(&TEXT).to_owned(),
        Type::Number => format!("Numeric{}", random.word(&ORDERED)),
        Type::Date => format!("Date{}", random.word(&ORDERED)),
        Type::Bool => "Bool".to_owned(),
        Type::Binary => "BinaryEquals".to_owned(),
        Type::Address => random.word(&["IpAddress", "NotIpAddress"]).to_owned(),
        Type::Arn => random.word(&["ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals"]).to_owned(),
    };
    let set = match random.below(100) {
        0..12 => "ForAllValues:",
        12..24 => "ForAnyValue:",
        24..60 if kind == Type::Many => random.word(&["ForAllValues:", "ForAnyValue:"]),
        _ => "",
    };
    let suffix = if random.chance(18) { "IfExists" } else { "" };
    let name = format!("{set}{base}{suffix}");
    if random.chance(4) { name.to_lowercase() } else { name }
}

/// One value or several, some of them those of the request.
fn wanted_values(random: &mut Random, operator: &str, key: &str, kind: Type, keys: &Keys) -> Value {
    if operator.eq_ignore_ascii_case("Null") {
        return match random.below(8) {
            0 => json!(["true", "false"]),
            1 => json!(["false", "true"]),
            2 => json!(true),
            3 => json!(false),
            4 | 5 => json!("true"),
            _ => json!("false"),
        };
    }
    let count = random.weighted(&[0, 70, 20, 10]);
    let mut list: Vec<Value> = (0..count).map(|_| wanted_value(random, operator, key, kind, keys)).collect();
    match list.len() {
        1 if random.chance(80) => list.remove(0),
        _ => Value::Array(list),
    }
}

fn wanted_value(random: &mut Random, operator: &str, key: &str, kind: Type, keys: &Keys) -> Value {
    let own: Vec<&str> = match keys.context.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)) {
        Some((_, Value::Array(list))) => list.iter().filter_map(Value::as_str).collect(),
        Some((_, value)) => value.as_str().into_iter().collect(),
        None => Vec::new(),
    };
    let value = match own.is_empty() || random.chance(40) {
        true => random.word(wanted(kind)).to_owned(),
        false => random.word(&own).to_owned(),
    };
    let lower = operator.to_lowercase();
    let patterns = lower.contains("like") || lower.contains("arn");
    let value = match patterns && random.chance(55) || random.chance(5) {
        true => near_pattern(random, &value),
        false => value,
    };
    let value = match (random.chance(14), kind) {
        (true, Type::Bool) => random.word(&BOOL_VARIABLES).to_owned(),
        (true, _) if random.chance(40) => variable(random, &keys.used),
        (true, _) => with_variable(random, &value, &keys.used),
        (false, _) => value,
    };
    // POL-6: without quotes.
    match (value.as_str(), value.parse::<i32>()) {
        ("true", _) if random.chance(30) => json!(true),
        ("false", _) if random.chance(30) => json!(false),
        (text, Ok(number)) if random.chance(30) && number.to_string() == text => json!(number),
        (text, _) => json!(text),
    }
}

/// Variables that often are booleans.
const BOOL_VARIABLES: [&str; 4] = [
    "${aws:SecureTransport}",
    "${aws:MultiFactorAuthPresent, 'true'}",
    "${aws:Nothing, 'true'}",
    "${aws:ViaAWSService, 'false'}",
];
