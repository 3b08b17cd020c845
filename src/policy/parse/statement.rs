//! Reading one statement.

use super::element;
use super::object::{Properties, Property};
use crate::policy::{Effect, Element, PolicyKind, Statement};
use crate::text::json::{self, Json};
use crate::text::{Diagnostic, Severity, Span, Spanned};

const ELEMENTS: [&str; 9] =
    ["Sid", "Principal", "NotPrincipal", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/// The one error after which a statement can still be read: its condition is known never to hold.
const HARMLESS: &str = "policy/invalid-condition-operator";

/// Reads a statement; `None` when anything in it is missing, twice there or not of its type. AWS stores no such statement,
/// and what is left of it could say more than was meant.
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
    let resource = reader.resource();
    let effect = reader.effect();
    let sid = reader.sid();
    let Reader { properties, findings, .. } = reader;
    let conditions =
        properties.get("Condition").map(|property| element::conditions(property, findings)).unwrap_or_default();
    let action = action.map(|(property, negated)| element::strings(property, negated, findings));
    let resource = resource.map(|(property, negated)| element::strings(property, negated, findings));
    let is_broken = |finding: &Diagnostic| finding.severity == Severity::Error && finding.code != HARMLESS;
    // An empty Not form would be about everything.
    let says_nothing = |element: &Element| element.negated && element.entries.is_empty();
    if findings.iter().skip(before).any(is_broken) || action.iter().chain(&resource).any(says_nothing) {
        return None;
    }
    Some(Statement { index, sid, effect: effect?, principal, action: action?, resource, conditions, span })
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

    /// POL-20…22.
    fn resource(&mut self) -> Option<(Property<'a>, bool)> {
        let required = !matches!(self.kind, PolicyKind::Trust | PolicyKind::Resource);
        let found = self.either("Resource", "policy/missing-resource", required);
        match (self.kind, found) {
            (PolicyKind::Trust, Some((property, _))) => self.error(
                "policy/role-trust-policy-syntax-error-resource",
                property.name_span,
                format!("`{}` does not belong here: a trust policy is about the role it hangs on.", property.name),
                "Delete it.",
            ),
            (PolicyKind::Resource, None) => self.findings.push(
                Diagnostic::warning(
                    "policy/missing-resource",
                    self.start,
                    "The statement has no `Resource`; it is read as being about the resource it hangs on.",
                )
                .help("Most services, S3 among them, refuse this: add `Resource`."),
            ),
            _ => {}
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

    fn sid(&mut self) -> Option<Spanned<String>> {
        let property = self.properties.get("Sid")?;
        match property.value {
            Json::StringLit(text) => Some(Spanned::new(text.value.clone().into_owned(), json::span(property.value))),
            other => {
                let message = format!("`Sid` is a string, and this is {}.", json::kind(other));
                self.error("policy/data-type-mismatch", json::span(other), message, "Put it in double quotes.");
                None
            }
        }
    }
}
