//! The request context: condition keys and their values (EVAL-2, KEY).

use std::hash::BuildHasherDefault;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxHasher;

/// The value of a key in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextValue {
    /// A single-valued key.
    One(String),
    /// A multi-valued key, even with one value or none (EVAL-179).
    Many(Vec<String>),
}

impl ContextValue {
    /// On one line, with commas between the values of a list.
    pub fn line(&self) -> String {
        match self {
            Self::One(text) => text.clone(),
            Self::Many(texts) => texts.join(", "),
        }
    }
}

impl From<&str> for ContextValue {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}

/// All keys that a request carries. Nothing is ever added behind the caller's back; a key that is not here is absent (EVAL-7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    values: IndexMap<String, Entry, BuildHasherDefault<FxHasher>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    written: String,
    /// Shared with the traces of every condition that asked for it.
    value: Arc<ContextValue>,
}

impl Context {
    /// Sets a key; names that differ only in case are one key (POL-77).
    pub fn set(&mut self, key: &str, value: impl Into<ContextValue>) {
        self.values.insert(key.to_lowercase(), Entry { written: key.to_owned(), value: Arc::new(value.into()) });
    }

    /// Removes a key.
    pub fn remove(&mut self, key: &str) {
        self.values.shift_remove(&key.to_lowercase());
    }

    /// The value of a key in any case.
    pub fn get(&self, key: &str) -> Option<&ContextValue> {
        self.folded(&key.to_lowercase())
    }

    /// The value of a key that is already in lower case.
    pub(crate) fn folded(&self, key: &str) -> Option<&ContextValue> {
        self.shared(key).map(|value| &**value)
    }

    /// The same, to be kept.
    pub(crate) fn shared(&self, key: &str) -> Option<&Arc<ContextValue>> {
        self.values.get(key).map(|entry| &entry.value)
    }

    /// The text of a single-valued key: all that a policy variable may use (POL-122).
    pub(crate) fn text(&self, folded_key: &str) -> Option<&str> {
        match self.folded(folded_key)? {
            ContextValue::One(text) => Some(text),
            ContextValue::Many(_) => None,
        }
    }

    /// Keys as written, with their values, in the order they were first set.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ContextValue)> {
        self.values.values().map(|entry| (entry.written.as_str(), &*entry.value))
    }
}

impl<'a, V: Into<ContextValue>> FromIterator<(&'a str, V)> for Context {
    fn from_iter<T: IntoIterator<Item = (&'a str, V)>>(pairs: T) -> Self {
        let mut context = Self::default();
        for (key, value) in pairs {
            context.set(key, value);
        }
        context
    }
}
