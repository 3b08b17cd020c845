//! Objects by name.

use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Something that has a name in its account.
pub trait HasName {
    /// The name, as it was written.
    fn name(&self) -> &Arc<str>;
}

/// Objects of one kind, in the order of their names. Names that differ only in case are one (CON-113). A sorted list, and
/// no tree: accounts are small, and the page carries the code for every kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<T>(Vec<Arc<T>>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: HasName + Clone> Named<T> {
    /// Where the object of this name is, or belongs.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|known| compared(known.name(), name))
    }

    /// The object of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.place(name).ok().and_then(|at| self.0.get(at)).map(|object| &**object)
    }

    /// Whether the name is taken.
    pub fn contains(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// The object of this name, to be changed; not its name.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let at = self.place(name).ok()?;
        self.0.get_mut(at).map(Arc::make_mut)
    }

    /// Every object, to be changed; not their names.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(Arc::make_mut)
    }

    /// Adds an object; `false`, and nothing done, when its name is taken.
    pub(crate) fn add(&mut self, object: T) -> bool {
        match self.place(object.name()) {
            Ok(_) => false,
            Err(at) => {
                self.0.insert(at, Arc::new(object));
                true
            }
        }
    }

    pub(super) fn remove(&mut self, name: &str) -> Option<Arc<T>> {
        self.place(name).ok().map(|at| self.0.remove(at))
    }

    /// Every object.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> + DoubleEndedIterator {
        self.0.iter().map(|object| &**object)
    }

    /// Every name.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &Arc<str>> {
        self.0.iter().map(|object| object.name())
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

/// The order of names, without regard to case.
fn compared(one: &str, other: &str) -> Ordering {
    let folded = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().map(folded).cmp(other.bytes().map(folded))
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
        serializer.collect_seq(&self.0)
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
