//! Reading the properties of an object: known names once each, everything else reported.

use jsonc_parser::ast::Object;
use jsonc_parser::common::Ranged;

use crate::text::json::Json;
use crate::text::{Diagnostic, Span};

/// One property of an object.
#[derive(Clone, Copy)]
pub(super) struct Property<'a> {
    pub name: &'a str,
    pub name_span: Span,
    /// Name and value.
    pub span: Span,
    pub value: &'a Json<'a>,
}

/// The known properties of an object, in the order of the text.
pub(super) struct Properties<'a>(Vec<Property<'a>>);

impl<'a> Properties<'a> {
    /// Reads `object`, reporting names other than `known` (POL-1, POL-3) and names that stand twice (POL-2).
    pub fn read(object: &'a Object<'a>, known: &[&str], owner: &str, findings: &mut Vec<Diagnostic>) -> Self {
        let mut kept: Vec<Property<'a>> = Vec::new();
        for property in all(object) {
            if !known.contains(&property.name) {
                findings.push(unknown_name(property, known, owner));
            } else if kept.iter().any(|earlier| earlier.name == property.name) {
                findings.push(repeated(property));
            } else {
                kept.push(property);
            }
        }
        Self(kept)
    }

    pub fn get(&self, name: &str) -> Option<Property<'a>> {
        self.0.iter().find(|property| property.name == name).copied()
    }
}

/// Every property, whatever its name.
pub(super) fn all<'a>(object: &'a Object<'a>) -> impl Iterator<Item = Property<'a>> {
    object.properties.iter().map(|property| Property {
        name: property.name.as_str(),
        name_span: Span::new(property.name.start(), property.name.end()),
        span: Span::new(property.range.start, property.range.end),
        value: &property.value,
    })
}

/// A finding for a name that stands a second time in its object.
pub(super) fn repeated(property: Property<'_>) -> Diagnostic {
    let message = format!("`{}` stands twice in this object, and which one counts cannot be told.", property.name);
    Diagnostic::error("policy/duplicate-json-key", property.name_span, message).help("Join the two, or delete one.")
}

fn unknown_name(property: Property<'_>, known: &[&str], owner: &str) -> Diagnostic {
    let message = format!("`{}` is no element of {owner}.", property.name);
    let help = match known.iter().find(|name| name.eq_ignore_ascii_case(property.name)) {
        Some(name) => format!("Names are case-sensitive: write `{name}`."),
        None => format!("Known are {}.", known.join(", ")),
    };
    Diagnostic::error("policy/invalid-policy-element", property.name_span, message).help(help)
}
