//! From JSON text to a policy document, keeping whatever can be understood.

mod element;
mod object;
mod statement;

use std::collections::HashSet;

use crate::policy::{PolicyDocument, PolicyKind, Version};
use crate::text::json::{self, Json};
use crate::text::{Diagnostic, Parsed, Span};

use object::Properties;

/// Parses a policy document for the place where it hangs.
///
/// Text that is not JSON gives no value and one finding. JSON of the wrong shape gives every statement that could be
/// understood, and a finding for each thing that could not.
///
/// ```
/// use iam_playground::policy::{parse_document, PolicyKind};
/// let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;
/// let parsed = parse_document(text, PolicyKind::Identity);
/// assert_eq!(parsed.value.unwrap().statements.len(), 1);
/// assert!(parsed.diagnostics.is_empty());
/// ```
pub fn parse_document(text: &str, kind: PolicyKind) -> Parsed<PolicyDocument> {
    let root = match json::parse(text) {
        Ok(root) => root,
        Err(diagnostic) => return Parsed { value: None, diagnostics: vec![diagnostic] },
    };
    let mut findings = Vec::new();
    let value = document(&root, kind, &mut findings);
    crate::text::order::sort_by_key(&mut findings, |finding| finding.span.start);
    Parsed { value, diagnostics: findings }
}

fn document(root: &Json<'_>, kind: PolicyKind, findings: &mut Vec<Diagnostic>) -> Option<PolicyDocument> {
    let Json::Object(object) = root else {
        findings.push(
            Diagnostic::error(
                "policy/data-type-mismatch",
                json::span(root),
                format!("A policy is an object, and this is {}.", json::kind(root)),
            )
            .help("Wrap it in `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`."),
        );
        return None;
    };
    let properties = Properties::read(object, &["Version", "Id", "Statement"], "a policy", findings);
    let version = version(&properties, json::span(root), findings);
    if let Some(id) = properties.get("Id").filter(|_| kind == PolicyKind::Identity) {
        findings.push(
            Diagnostic::error("policy/invalid-policy-element", id.span, "An identity policy has no `Id`.")
                .help("Delete it."),
        );
    }
    let statements: Vec<&Json<'_>> = match properties.get("Statement").map(|property| property.value) {
        Some(Json::Array(list)) => list.elements.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    if statements.is_empty() {
        findings.push(
            Diagnostic::error("policy/missing-statement", json::span(root), "The policy has no statement.")
                .help("Add a `Statement` with at least one entry."),
        );
    }
    let read = (0u32..).zip(statements).filter_map(|(index, value)| statement::read(value, index, kind, findings));
    let document = PolicyDocument { version, statements: read.collect() };
    check_sids(&document, kind, findings);
    Some(document)
}

/// POL-10, POL-14.
fn version(properties: &Properties<'_>, whole: Span, findings: &mut Vec<Diagnostic>) -> Version {
    let Some(property) = properties.get("Version") else {
        findings.push(
            Diagnostic::warning(
                "policy/missing-version",
                Span { end: whole.start + 1, ..whole },
                "Without `Version` the policy runs as 2008-10-17, where variables are plain text.",
            )
            .help("Add `\"Version\": \"2012-10-17\"`."),
        );
        return Version::V2008;
    };
    match property.value.as_string_lit().map(|text| &*text.value) {
        Some("2012-10-17") => Version::V2012,
        Some("2008-10-17") => Version::V2008,
        _ => {
            findings.push(
                Diagnostic::error(
                    "policy/invalid-version",
                    json::span(property.value),
                    "`Version` is one of two published dates.",
                )
                .help("Write \"2012-10-17\"."),
            );
            Version::V2012
        }
    }
}

/// POL-30: IAM and SCPs want distinct alphanumeric ids, other services take more (POL-31).
fn check_sids(document: &PolicyDocument, kind: PolicyKind, findings: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for sid in document.statements.iter().filter_map(|statement| statement.sid.as_ref()) {
        let strict = matches!(kind, PolicyKind::Identity | PolicyKind::Trust | PolicyKind::ServiceControl);
        if strict && !sid.value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            findings.push(
                Diagnostic::error(
                    "policy/unsupported-sid",
                    sid.span,
                    format!("`{}` is no statement id here.", sid.value),
                )
                .help("Use letters and digits only."),
            );
        }
        if !sid.value.is_empty() && !seen.insert(&sid.value) {
            let message = format!("The statement id `{}` is used twice.", sid.value);
            let finding = match kind {
                PolicyKind::Identity => Diagnostic::error("policy/unique-sids-required", sid.span, message),
                _ => Diagnostic::warning("policy/unique-sids-recommended", sid.span, message),
            };
            findings.push(finding.help("Give each statement its own id, or none."));
        }
    }
}

#[cfg(test)]
mod tests;
