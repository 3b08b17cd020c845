//! The data files of the site and how far they have come.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::app::ByPtr;
use crate::catalog::{Catalog, ManagedIndex};
use crate::eval::situation::Library;

/// A file under `data/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataFile {
    /// Names of all AWS managed policies.
    ManagedIndex,
    /// Documents of some of them.
    ManagedShard(u8),
    /// All actions of all services.
    Actions,
    /// Where the data comes from.
    Manifest,
}

impl DataFile {
    /// Its address, relative to the page.
    pub fn path(self) -> String {
        match self {
            Self::ManagedIndex => "data/managed/index.txt".to_owned(),
            Self::ManagedShard(number) => format!("data/managed/{number:02}.txt"),
            Self::Actions => "data/actions.txt".to_owned(),
            Self::Manifest => "data/manifest.json".to_owned(),
        }
    }
}

/// Something that is fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Remote<T> {
    /// Nobody has asked for it yet.
    #[default]
    Idle,
    /// On its way.
    Loading,
    /// Here.
    Ready(T),
    /// It did not come; the text says why.
    Failed(String),
}

impl<T> Remote<T> {
    /// The value, if it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }

    /// Why it is not here.
    pub fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(why) => Some(why),
            _ => None,
        }
    }
}

/// Whence the data: the part of `manifest.json` that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    /// Packages that the data was made from.
    pub inputs: Vec<Input>,
    /// How much of everything there is.
    pub counts: BTreeMap<String, u32>,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Input {
    /// Its name.
    pub package: String,
    /// Its version.
    pub version: String,
    /// Its licence.
    pub licence: String,
}

/// Everything that is fetched.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Names of all AWS managed policies.
    pub index: Remote<ByPtr<ManagedIndex>>,
    /// Shards by number; what they held is in `library`.
    pub shards: BTreeMap<u8, Remote<()>>,
    /// The managed policies that are here.
    pub library: Library,
    /// All actions.
    pub actions: Remote<ByPtr<Catalog>>,
    /// Whether anyone wants the actions yet.
    pub actions_wanted: bool,
    /// Whence the data.
    pub manifest: Remote<Manifest>,
}

impl Site {
    /// The shard that holds a managed policy, as far as the index is here and knows it.
    pub fn shard_of(&self, arn: &str) -> Option<u8> {
        self.index.ready()?.find(arn).map(|entry| entry.shard)
    }

    /// How far a file has come; the shard's value is `()`.
    pub fn failure(&self, file: DataFile) -> Option<&str> {
        match file {
            DataFile::ManagedIndex => self.index.failure(),
            DataFile::ManagedShard(number) => self.shards.get(&number)?.failure(),
            DataFile::Actions => self.actions.failure(),
            DataFile::Manifest => self.manifest.failure(),
        }
    }

    /// Puts `file` back to the beginning, so that it is fetched anew.
    pub fn reset(&mut self, file: DataFile) {
        match file {
            DataFile::ManagedIndex => self.index = Remote::Idle,
            DataFile::ManagedShard(number) => drop(self.shards.remove(&number)),
            DataFile::Actions => self.actions = Remote::Idle,
            DataFile::Manifest => self.manifest = Remote::Idle,
        }
    }

    /// Marks `file` as being on its way.
    pub fn begin(&mut self, file: DataFile) {
        match file {
            DataFile::ManagedIndex => self.index = Remote::Loading,
            DataFile::ManagedShard(number) => drop(self.shards.insert(number, Remote::Loading)),
            DataFile::Actions => self.actions = Remote::Loading,
            DataFile::Manifest => self.manifest = Remote::Loading,
        }
    }

    /// Takes the text of `file`, or why there is none.
    pub fn arrive(&mut self, file: DataFile, text: Result<&str, String>) {
        match file {
            DataFile::ManagedIndex => {
                let parsed = text.and_then(|text| ManagedIndex::parse(text).map_err(|error| unreadable(file, &error)));
                self.index = remote(parsed.map(ByPtr::new));
            }
            DataFile::ManagedShard(number) => {
                let parsed = text.and_then(|text| crate::catalog::parse_shard(text).map_err(|error| unreadable(file, &error)));
                let parsed = parsed.map(|policies| {
                    let library = std::mem::take(&mut self.library);
                    self.library = policies.into_iter().fold(library, |library, policy| library.with(policy.arn, policy.document));
                });
                self.shards.insert(number, remote(parsed));
            }
            DataFile::Actions => {
                let parsed = text.and_then(|text| Catalog::parse(text).map_err(|error| unreadable(file, &error)));
                self.actions = remote(parsed.map(ByPtr::new));
            }
            DataFile::Manifest => {
                let parsed = text.and_then(|text| serde_json::from_str(text).map_err(|error| unreadable(file, &error)));
                self.manifest = remote(parsed);
            }
        }
    }

    /// Adds one managed policy by hand; tests and native rendering do.
    pub fn add_policy(&mut self, arn: Arc<str>, text: Arc<str>) {
        self.library = std::mem::take(&mut self.library).with(arn, text);
    }
}

fn remote<T>(parsed: Result<T, String>) -> Remote<T> {
    match parsed {
        Ok(value) => Remote::Ready(value),
        Err(why) => Remote::Failed(why),
    }
}

fn unreadable(file: DataFile, error: &dyn std::fmt::Display) -> String {
    format!("`{}` arrived, but is not in the expected form: {error}.", file.path())
}
