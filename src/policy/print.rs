//! From a document back to JSON text, in the order in which people read a policy.

use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use serde_json::{Map, Serializer, Value, json};

use crate::policy::{Condition, Effect, Element, PolicyDocument, PrincipalElement, PrincipalEntry, Statement, Version};

/// The document as indented JSON. Parsing it gives a document that says the same.
///
/// ```
/// use iam_playground::policy::{parse_document, print_document, PolicyKind};
/// let text = r#"{"Statement": {"Resource": "*", "Action": "s3:*", "Effect": "Allow"}, "Version": "2012-10-17"}"#;
/// let document = parse_document(text, PolicyKind::Identity).value.unwrap();
/// let again = parse_document(&print_document(&document), PolicyKind::Identity).value.unwrap();
/// assert_eq!(print_document(&again), print_document(&document));
/// ```
pub fn print_document(document: &PolicyDocument) -> String {
    let version = match document.version {
        Version::V2008 => "2008-10-17",
        Version::V2012 => "2012-10-17",
    };
    let statements: Vec<Value> = document.statements.iter().map(statement).collect();
    serde_json::to_string_pretty(&json!({ "Version": version, "Statement": statements })).unwrap_or_default()
}

/// One statement as JSON, indented by `indent`, or on one line without it. It stands in a document as it is.
///
/// ```
/// use iam_playground::policy::{parse_document, print_statement, PolicyKind};
/// let text = r#"{"Statement": {"Resource": ["*"], "Action": "s3:*", "Effect": "Allow"}}"#;
/// let document = parse_document(text, PolicyKind::Identity).value.unwrap();
/// assert_eq!(print_statement(&document.statements[0], None), r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#);
/// ```
pub fn print_statement(of: &Statement, indent: Option<&str>) -> String {
    let value = statement(of);
    let Some(indent) = indent else { return value.to_string() };
    let mut out = Vec::new();
    let format = PrettyFormatter::with_indent(indent.as_bytes());
    match value.serialize(&mut Serializer::with_formatter(&mut out, format)) {
        Ok(()) => String::from_utf8(out).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

fn statement(statement: &Statement) -> Value {
    let mut map = Map::new();
    if let Some(sid) = &statement.sid {
        map.insert("Sid".to_owned(), sid.value.as_str().into());
    }
    let effect = match statement.effect.value {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    map.insert("Effect".to_owned(), effect.into());
    if let Some(element) = &statement.principal {
        map.insert(named("Principal", element.negated), principal(element));
    }
    map.insert(named("Action", statement.action.negated), strings(&statement.action));
    if let Some(element) = &statement.resource {
        map.insert(named("Resource", element.negated), strings(element));
    }
    if !statement.conditions.is_empty() {
        map.insert("Condition".to_owned(), conditions(&statement.conditions));
    }
    Value::Object(map)
}

fn named(element: &str, negated: bool) -> String {
    if negated { format!("Not{element}") } else { element.to_owned() }
}

/// A list of one is written as a string (POL-5).
fn strings(element: &Element) -> Value {
    one_or_many(element.entries.iter().map(|entry| entry.value.as_str().into()).collect())
}

fn one_or_many(mut values: Vec<Value>) -> Value {
    match values.len() {
        1 => values.remove(0),
        _ => Value::Array(values),
    }
}

fn principal(element: &PrincipalElement) -> Value {
    if let [only] = element.entries.as_slice()
        && only.value == PrincipalEntry::Everyone
    {
        return "*".into();
    }
    let mut kinds: Map<String, Value> = Map::new();
    for entry in &element.entries {
        let (kind, text) = match &entry.value {
            PrincipalEntry::Everyone => ("AWS", "*"),
            PrincipalEntry::Aws(text) => ("AWS", text.as_str()),
            PrincipalEntry::Service(text) => ("Service", text.as_str()),
            PrincipalEntry::Federated(text) => ("Federated", text.as_str()),
            PrincipalEntry::CanonicalUser(text) => ("CanonicalUser", text.as_str()),
        };
        let list = kinds.entry(kind).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(text.into());
        }
    }
    let written = kinds.into_iter().map(|(kind, list)| match list {
        Value::Array(list) => (kind, one_or_many(list)),
        other => (kind, other),
    });
    Value::Object(written.collect())
}

/// Keys of one operator stand together; a key that an operator names twice keeps only its first values, as in reading.
fn conditions(conditions: &[Condition]) -> Value {
    let mut operators: Map<String, Value> = Map::new();
    for condition in conditions {
        let keys = operators.entry(&condition.operator_text.value).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(keys) = keys {
            let values = condition.values.iter().map(|value| value.value.as_str().into()).collect();
            keys.entry(&condition.key.value).or_insert_with(|| one_or_many(values));
        }
    }
    Value::Object(operators)
}
