//! The data files of the site and how far they have come.

use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Packages that the data was made from.
    pub inputs: Vec<Input>,
    /// Actions of AWS.
    pub actions: usize,
    /// Managed policies that can be attached.
    pub policies: usize,
}

/// One package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name.
    pub package: String,
    /// Its version.
    pub version: String,
    /// Its licence.
    pub licence: String,
}

impl Manifest {
    /// Reads `manifest.json`. By hand: what derives would make of it is ten times as much code.
    fn parse(text: &str) -> Option<Self> {
        let json: Value = serde_json::from_str(text).ok()?;
        let text = |input: &Value, name: &str| Some(input.get(name)?.as_str()?.to_owned());
        let inputs = json.get("inputs")?.as_array()?.iter().map(|input| {
            Some(Input {
                package: text(input, "package")?,
                version: text(input, "version")?,
                licence: text(input, "licence")?,
            })
        });
        let count = |name: &str| usize::try_from(json.get("counts")?.get(name)?.as_u64()?).ok();
        Some(Self {
            inputs: inputs.collect::<Option<_>>()?,
            actions: count("actions")?,
            policies: count("attachablePolicies")?,
        })
    }
}

/// Everything that is fetched.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Names of all AWS managed policies.
    pub index: Remote<ByPtr<ManagedIndex>>,
    /// Shards that were asked for, by number; what they held is in `library`.
    shards: Vec<(u8, Remote<()>)>,
    /// The managed policies that are here.
    pub library: Library,
    /// All actions.
    pub actions: Remote<ByPtr<Catalog>>,
    /// Their text, for those who work beside the page.
    pub actions_text: Rc<str>,
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

    /// How far a shard has come; `None` when nobody has asked for it.
    pub fn shard(&self, number: u8) -> Option<&Remote<()>> {
        let known = self.shards.iter().find(|(known, _)| *known == number)?;
        Some(&known.1).filter(|remote| **remote != Remote::Idle)
    }

    fn set_shard(&mut self, number: u8, remote: Remote<()>) {
        match self.shards.iter_mut().find(|(known, _)| *known == number) {
            Some((_, known)) => *known = remote,
            None => self.shards.push((number, remote)),
        }
    }

    /// Why a file is not here, if it did not come.
    pub fn failure(&self, file: DataFile) -> Option<&str> {
        match file {
            DataFile::ManagedIndex => self.index.failure(),
            DataFile::ManagedShard(number) => self.shard(number)?.failure(),
            DataFile::Actions => self.actions.failure(),
            DataFile::Manifest => self.manifest.failure(),
        }
    }

    /// Puts `file` back to the beginning, so that it is fetched anew.
    pub fn reset(&mut self, file: DataFile) {
        match file {
            DataFile::ManagedIndex => self.index = Remote::Idle,
            DataFile::ManagedShard(number) => self.set_shard(number, Remote::Idle),
            DataFile::Actions => self.actions = Remote::Idle,
            DataFile::Manifest => self.manifest = Remote::Idle,
        }
    }

    /// Marks `file` as being on its way.
    pub fn begin(&mut self, file: DataFile) {
        match file {
            DataFile::ManagedIndex => self.index = Remote::Loading,
            DataFile::ManagedShard(number) => self.set_shard(number, Remote::Loading),
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
                let parsed =
                    text.and_then(|text| crate::catalog::parse_shard(text).map_err(|error| unreadable(file, &error)));
                let parsed = parsed.map(|policies| {
                    let library = std::mem::take(&mut self.library);
                    self.library =
                        policies.into_iter().fold(library, |library, policy| library.with(policy.arn, policy.document));
                });
                self.set_shard(number, remote(parsed));
            }
            DataFile::Actions => {
                self.actions_text = text.clone().unwrap_or_default().into();
                let parsed = text.and_then(|text| Catalog::parse(text).map_err(|error| unreadable(file, &error)));
                self.actions = remote(parsed.map(ByPtr::new));
            }
            DataFile::Manifest => {
                let parsed = text.and_then(|text| {
                    Manifest::parse(text).ok_or_else(|| unreadable(file, &"inputs and counts expected"))
                });
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
