//! Objects by name.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Something that has a name in its account.
pub trait HasName {
    /// The name, as it was written.
    fn name(&self) -> &Arc<str>;
}

/// Objects of one kind by name, in the order of their names. Names that differ only in case are one (CON-113).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<T>(BTreeMap<String, Arc<T>>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: HasName + Clone> Named<T> {
    /// The object of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.get(&fold(name)).map(|object| &**object)
    }

    /// Whether the name is taken.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(&fold(name))
    }

    /// The object of this name, to be changed; not its name.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.0.get_mut(&fold(name)).map(Arc::make_mut)
    }

    /// Every object, to be changed; not their names.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.values_mut().map(Arc::make_mut)
    }

    /// Adds an object; `false`, and nothing done, when its name is taken.
    pub(crate) fn add(&mut self, object: T) -> bool {
        match self.0.entry(fold(object.name())) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(Arc::new(object));
                true
            }
        }
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Arc<T>> {
        self.0.remove(&fold(name))
    }

    /// Every object.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> + DoubleEndedIterator {
        self.0.values().map(|object| &**object)
    }

    /// Every name.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &Arc<str>> {
        self.0.values().map(|object| object.name())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

impl<T: HasName + Clone> FromIterator<T> for Named<T> {
    fn from_iter<I: IntoIterator<Item = T>>(objects: I) -> Self {
        let mut named = Self::default();
        for object in objects {
            named.add(object);
        }
        named
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.values())
    }
}

impl<'de, T: Deserialize<'de> + HasName + Clone> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let objects = Vec::<T>::deserialize(deserializer)?;
        let mut named = Self::default();
        for object in objects {
            let name = object.name().clone();
            if !named.add(object) {
                return Err(serde::de::Error::custom(format!("the name `{name}` is there twice")));
            }
        }
        Ok(named)
    }
}
