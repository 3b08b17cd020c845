//! The fields of an object of JSON.

use jsonc_parser::ast::Object;
use jsonc_parser::common::Ranged;

use super::CaseError;
use crate::eval::ContextValue;
use crate::text::json::{self, Json};

/// An object with the text that it stands in.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    text: &'a str,
    /// What the object is, for errors.
    what: &'a str,
    object: &'a Object<'a>,
}

impl<'a> Fields<'a> {
    /// The object that a value is.
    pub fn of(text: &'a str, what: &'a str, value: &'a Json<'a>) -> Result<Self, CaseError> {
        match value {
            Json::Object(object) => Ok(Self { text, what, object }),
            other => Err(CaseError::Shape(format!("`{what}` is {}, not an object", json::kind(other)))),
        }
    }

    /// Nothing but the fields of these names, each once.
    pub fn knows(&self, known: &[&str]) -> Result<(), CaseError> {
        let mut seen: Vec<&str> = Vec::new();
        for (name, _) in self.all() {
            if !known.contains(&name) {
                return Err(CaseError::Shape(format!(
                    "`{name}` is not known in `{}`: write {}",
                    self.what,
                    known.join(", ")
                )));
            }
            if seen.contains(&name) {
                return Err(CaseError::Shape(format!("`{name}` stands twice in `{}`", self.what)));
            }
            seen.push(name);
        }
        Ok(())
    }

    /// Every field, in its order.
    pub fn all(&self) -> impl Iterator<Item = (&'a str, &'a Json<'a>)> + use<'a> {
        self.object.properties.iter().map(|property| (property.name.as_str(), &property.value))
    }

    /// A field; `null` is none.
    fn get(&self, name: &str) -> Option<&'a Json<'a>> {
        self.all()
            .find(|(known, value)| *known == name && !matches!(value, Json::NullKeyword(_)))
            .map(|(_, value)| value)
    }

    fn missing(&self, name: &str) -> CaseError {
        CaseError::Shape(format!("`{name}` is missing in `{}`", self.what))
    }

    fn not(name: &str, wanted: &str, found: &Json<'_>) -> CaseError {
        CaseError::Shape(format!("`{name}` is {}, not {wanted}", json::kind(found)))
    }

    /// A text that may be missing.
    pub fn optional_text(&self, name: &str) -> Result<Option<String>, CaseError> {
        self.get(name).map(|value| text(name, value)).transpose()
    }

    /// A text.
    pub fn text(&self, name: &str) -> Result<String, CaseError> {
        self.optional_text(name)?.ok_or_else(|| self.missing(name))
    }

    /// A list of texts that may be missing.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<String>>, CaseError> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Array(list)) => {
                list.elements.iter().map(|one| text(name, one)).collect::<Result<_, _>>().map(Some)
            }
            Some(other) => Err(Self::not(name, "a list", other)),
        }
    }

    /// A truth; a missing one is none.
    pub fn flag(&self, name: &str) -> Result<bool, CaseError> {
        match self.get(name) {
            None => Ok(false),
            Some(Json::BooleanLit(truth)) => Ok(truth.value),
            Some(other) => Err(Self::not(name, "a boolean", other)),
        }
    }

    /// An object that may be missing.
    pub fn optional(&self, name: &'a str) -> Result<Option<Self>, CaseError> {
        self.get(name).map(|value| Self::of(self.text, name, value)).transpose()
    }

    /// An object.
    pub fn object(&self, name: &'a str) -> Result<Self, CaseError> {
        self.optional(name)?.ok_or_else(|| self.missing(name))
    }

    /// A list of objects; a missing one is empty.
    pub fn list(&self, name: &'a str) -> Result<Vec<Self>, CaseError> {
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Json::Array(list)) => list.elements.iter().map(|one| Self::of(self.text, name, one)).collect(),
            Some(other) => Err(Self::not(name, "a list", other)),
        }
    }

    /// A list of objects that must be there.
    pub fn needed_list(&self, name: &'a str) -> Result<Vec<Self>, CaseError> {
        match self.get(name) {
            None => Err(self.missing(name)),
            Some(_) => self.list(name),
        }
    }

    /// A value as it is written.
    pub fn source(&self, name: &str) -> Result<&'a str, CaseError> {
        let found = self.all().find(|(known, _)| *known == name).ok_or_else(|| self.missing(name))?;
        self.text.get(found.1.start()..found.1.end()).ok_or_else(|| self.missing(name))
    }

    /// A text, or a list of texts.
    pub fn one_or_many(&self, name: &str, value: &Json<'_>) -> Result<ContextValue, CaseError> {
        match value {
            Json::Array(list) => {
                let texts: Result<Vec<String>, _> = list.elements.iter().map(|one| text(name, one)).collect();
                texts.map(ContextValue::Many)
            }
            one => text(name, one).map(ContextValue::One),
        }
    }
}

fn text(name: &str, value: &Json<'_>) -> Result<String, CaseError> {
    match value {
        Json::StringLit(text) => Ok(text.value.to_string()),
        other => Err(Fields::not(name, "a string", other)),
    }
}
