//! Reading one statement.

use std::sync::Arc;

use super::element;
use super::object::{Properties, Property};
use crate::policy::{Effect, PolicyKind, Statement};
use crate::text::json::{self, Json};
use crate::text::{Diagnostic, Span, Spanned};

const ELEMENTS: [&str; 9] =
    ["Sid", "Principal", "NotPrincipal", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// Findings after which a statement could mean one thing or another (POL-2, POL-26).
const AMBIGUOUS: [&str; 2] = ["policy/duplicate-json-key", "policy/unsupported-element-combination"];

/// Reads a statement; `None` when what it says is incomplete or ambiguous.
pub(super) fn read(
    value: &Json<'_>,
    index: u32,
    kind: PolicyKind,
    findings: &mut Vec<Diagnostic>,
) -> Option<Statement> {
    let span = json::span(value);
    let Json::Object(object) = value else {
        findings.push(
            Diagnostic::error(
                "policy/data-type-mismatch",
                span,
                format!("A statement is an object, and this is {}.", json::kind(value)),
            )
            .help("Write `{ \"Effect\": \"Allow\", \"Action\": \"…\", \"Resource\": \"…\" }`."),
        );
        return None;
    };
    let before = findings.len();
    let mut reader = Reader {
        properties: Properties::read(object, &ELEMENTS, "a statement", findings),
        start: Span { end: span.start.saturating_add(1), ..span },
        kind,
        findings,
    };
    let principal = reader.principal();
    let action = reader.either("Action", "policy/missing-action", true);
    let resource = reader.either("Resource", "policy/missing-resource", kind != PolicyKind::Trust);
    let effect = reader.effect();
    let sid = reader.sid();
    let Reader { properties, findings, .. } = reader;
    let conditions =
        properties.get("Condition").map(|property| element::conditions(property, findings)).unwrap_or_default();
    // Without the elements that say what it is about, a statement would seem to be about everything; with one of them
    // twice, it could be about either.
    let incomplete =
        (resource.is_none() && kind != PolicyKind::Trust) || (principal.is_none() && kind.names_principals());
    let ambiguous = findings.iter().skip(before).any(|finding| AMBIGUOUS.contains(&finding.code));
    if incomplete || ambiguous {
        return None;
    }
    let (action, negated) = action?;
    let action = element::strings(action, negated, findings);
    let resource = resource.map(|(property, negated)| element::strings(property, negated, findings));
    Some(Statement { index, sid, effect: effect?, principal, action, resource, conditions, span })
}

struct Reader<'a, 'f> {
    properties: Properties<'a>,
    /// The opening brace, which stands for the statement in findings about what is missing.
    start: Span,
    kind: PolicyKind,
    findings: &'f mut Vec<Diagnostic>,
}

impl<'a> Reader<'a, '_> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Diagnostic::error(code, span, message).help(help));
    }

    /// An element or its Not form (POL-26).
    fn either(&mut self, name: &'static str, missing: &'static str, required: bool) -> Option<(Property<'a>, bool)> {
        let not_name = format!("Not{name}");
        let plain = self.properties.get(name);
        let negated = self.properties.get(&not_name);
        if let (Some(_), Some(second)) = (plain, negated) {
            let message = format!("A statement has `{name}` or `{not_name}`, not both.");
            self.error(
                "policy/unsupported-element-combination",
                second.name_span,
                message,
                "Delete one, or write two statements.",
            );
        }
        let found = plain.map(|property| (property, false)).or(negated.map(|property| (property, true)));
        if found.is_none() && required {
            let message = format!("The statement has no `{name}`.");
            self.error(missing, self.start, message, format!("Add `{name}` or `{not_name}`."));
        }
        found
    }

    /// POL-20…25, POL-125 and POL-126 say where a principal must and must not stand.
    fn principal(&mut self) -> Option<crate::policy::PrincipalElement> {
        let may_have = self.kind.names_principals();
        let (property, negated) = self.either("Principal", "policy/missing-principal", may_have)?;
        if !may_have {
            let message = format!(
                "`{}` does not belong here: whom the policy is for follows from where it hangs.",
                property.name
            );
            self.error("policy/unsupported-principal", property.name_span, message, "Delete it.");
            return None;
        }
        if negated && matches!(self.kind, PolicyKind::Trust | PolicyKind::ResourceControl) {
            let message = "`NotPrincipal` does not belong in this kind of policy.";
            self.error(
                "policy/invalid-policy-element",
                property.name_span,
                message,
                "Use `Principal` with a condition on aws:PrincipalArn.",
            );
        }
        Some(element::principal(property, negated, self.findings))
    }

    /// POL-27.
    fn effect(&mut self) -> Option<Spanned<Effect>> {
        let Some(property) = self.properties.get("Effect") else {
            self.error(
                "policy/missing-effect",
                self.start,
                "The statement has no `Effect`.",
                "Add `\"Effect\": \"Allow\"` or `\"Deny\"`.",
            );
            return None;
        };
        let span = json::span(property.value);
        let effect = match property.value.as_string_lit().map(|text| &*text.value) {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => {
                self.error(
                    "policy/invalid-effect",
                    span,
                    "`Effect` is exactly \"Allow\" or \"Deny\".",
                    "Write it with a capital first letter.",
                );
                return None;
            }
        };
        Some(Spanned::new(effect, span))
    }

    fn sid(&mut self) -> Option<Spanned<Arc<str>>> {
        let property = self.properties.get("Sid")?;
        match property.value {
            Json::StringLit(text) => Some(Spanned::new(text.value.as_ref().into(), json::span(property.value))),
            other => {
                let message = format!("`Sid` is a string, and this is {}.", json::kind(other));
                self.error("policy/data-type-mismatch", json::span(other), message, "Put it in double quotes.");
                None
            }
        }
    }
}
