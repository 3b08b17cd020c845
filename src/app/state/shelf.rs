//! The worlds that are kept in this browser, and how far keeping them has come.

use std::rc::Rc;
use std::sync::Arc;

use crate::app::platform::PlatformError;
use crate::model::{Time, World};
use crate::save::Beside;

/// Every world that this browser has or shall have.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The worlds. The shown one is among them once there is something in it to lose.
    pub worlds: Vec<Entry>,
    /// Id of the world that is shown.
    pub shown: Arc<str>,
    /// Whether another tab writes the shown world, so that this one only reads it.
    pub elsewhere: bool,
    /// Why nothing is kept at the moment.
    pub trouble: Option<PlatformError>,
    /// What the browser is to do next.
    pub errand: Option<Errand>,
    /// What could not be opened.
    pub notice: Option<Notice>,
    /// How the shown world was before, the latest first.
    pub snapshots: Vec<Snapshot>,
    /// The world or snapshot whose deletion waits for a second press.
    pub deleting: Option<Arc<str>>,
    /// Tells the ids of this visit from those of others.
    pub visit: Arc<str>,
    /// How many ids were made in this visit.
    pub made: u32,
}

/// One world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// When it was last saved in this browser.
    pub saved: Option<Time>,
    /// The world as it is, while the browser does not have it like that yet.
    pub unsaved: Option<Work>,
}

/// A world with what is kept beside it.
#[derive(Clone, Debug)]
pub struct Work {
    /// The world.
    pub world: Rc<World>,
    /// Its question and drafts.
    pub beside: Rc<Beside>,
}

/// Equal only when they are the same allocations.
impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.world, &other.world) && Rc::ptr_eq(&self.beside, &other.beside)
    }
}

impl Eq for Work {}

/// How a world was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its id.
    pub id: Arc<str>,
    /// The world that was so.
    pub world: Arc<str>,
    /// Its name; `None` for those that are made by themselves.
    pub name: Option<Arc<str>>,
    /// When that was.
    pub time: Time,
    /// What it holds, while the browser does not have it.
    pub unsaved: Option<Work>,
}

/// What was in the browser at the beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The worlds, the latest first.
    pub worlds: Vec<Entry>,
    /// The one that was open last.
    pub open: Option<Stored>,
    /// Id of that one, when the page stopped with it and does not open it by itself.
    pub stopped: Option<Arc<str>>,
}

/// A world as the browser has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// Its id.
    pub id: Arc<str>,
    /// Its save, if it is still there.
    pub text: Option<Arc<str>>,
    /// Whether this tab may write it.
    pub writable: bool,
}

/// Something that the browser is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Fetch the world of this id.
    Open(Arc<str>),
    /// Fetch it, and take it from the tab that writes it.
    TakeOver(Arc<str>),
    /// Forget it.
    Delete(Arc<str>),
    /// Save a world to a file.
    Download(Work),
    /// List the snapshots of the world of this id.
    List(Arc<str>),
    /// Keep a snapshot.
    Keep(Snapshot),
    /// Give the snapshot of this id a name.
    Name(Arc<str>, Arc<str>),
    /// Forget the snapshot of this id.
    Forget(Arc<str>),
    /// Keep the present as a snapshot, then fetch the one of this id.
    Restore(Arc<str>, Snapshot),
    /// Save a text to a file of this name.
    DownloadText(Arc<str>, Arc<str>),
    /// Show the federation flows.
    ShowFlows,
}

/// Something could not be opened; nothing was lost by that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What, in a sentence.
    pub text: String,
    /// Why.
    pub detail: String,
    /// What can be done about it.
    pub next: Option<Errand>,
}

/// How the shown world is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status<'a> {
    /// There is nothing to keep yet.
    Untouched,
    /// It will be kept in a moment.
    Saving,
    /// This browser has it as it is.
    Saved,
    /// It is not kept, and why.
    NotSaved(&'a PlatformError),
    /// Another tab keeps it.
    Elsewhere,
}

/// Something happened to the worlds of this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShelfEvent {
    /// The browser told what it has, or why it does not.
    Found(Result<Found, PlatformError>),
    /// The ready-made world of this id is begun.
    Begun(&'static str),
    /// The shown world gets another name.
    Renamed(String),
    /// Another world of this browser is wanted.
    Wanted(Arc<str>),
    /// A world that was wanted is here.
    Arrived(Result<Stored, PlatformError>),
    /// The shown world shall be written here and no longer by another tab.
    TakeOver,
    /// Another tab writes the world of this id now.
    Lost(Arc<str>),
    /// The browser has the world of this id as it was handed over, or has not.
    Kept(Arc<str>, Work, Result<Time, PlatformError>),
    /// The snapshots of the world of this id, or why there are none.
    Listed(Arc<str>, Result<Vec<Snapshot>, PlatformError>),
    /// The present is to be kept as a snapshot of this name, taken now.
    SnapshotNamed(String, Time),
    /// The snapshot of this id is there, or not.
    SnapshotKept(Arc<str>, Result<(), PlatformError>),
    /// It gets another name.
    SnapshotRenamed(Arc<str>, String),
    /// It is to be forgotten.
    SnapshotDeleted(Arc<str>),
    /// The world is to be again as it was in the snapshot of this id.
    SnapshotWanted(Arc<str>),
    /// Its text.
    SnapshotArrived(Arc<str>, Result<Arc<str>, PlatformError>),
    /// A file was read, or not.
    File(Result<Arc<str>, PlatformError>),
    /// The shown world is wanted as a file.
    FileWanted,
    /// A world is to be deleted, once that is confirmed.
    DeletionAsked(Arc<str>),
    /// It is not to be deleted.
    DeletionDropped,
    /// It is to be deleted.
    DeletionConfirmed,
    /// It is deleted, or not.
    Deleted(Arc<str>, Result<(), PlatformError>),
    /// The browser is doing what it was to do.
    ErrandTaken,
    /// What the notice offers is wanted.
    NoticeFollowed,
    /// The notice was read.
    NoticeClosed,
}

impl Shelf {
    /// The world of this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.worlds.iter().find(|entry| *entry.id == *id)
    }

    /// How the shown world is kept.
    pub fn status(&self) -> Status<'_> {
        match (self.entry(&self.shown).map(|entry| &entry.unsaved), &self.trouble) {
            _ if self.elsewhere => Status::Elsewhere,
            (Some(None), _) => Status::Saved,
            (None | Some(Some(_)), Some(trouble)) => Status::NotSaved(trouble),
            (Some(Some(_)), None) => Status::Saving,
            (None, None) => Status::Untouched,
        }
    }

    /// Worlds that the browser does not have as they are, and that this tab may write.
    pub fn unsaved(&self) -> Vec<(Arc<str>, Work)> {
        let may_write = |entry: &&Entry| !(self.elsewhere && entry.id == self.shown);
        let unsaved = |entry: &Entry| Some((entry.id.clone(), entry.unsaved.clone()?));
        self.worlds.iter().filter(may_write).filter_map(unsaved).collect()
    }

    /// Ids of the worlds that this tab writes.
    pub fn written(&self) -> Vec<Arc<str>> {
        let is_written = |entry: &&Entry| entry.id == self.shown && !self.elsewhere;
        let ids = self.worlds.iter().filter(|entry| is_written(entry) || entry.unsaved.is_some());
        ids.filter(|entry| !(self.elsewhere && entry.id == self.shown)).map(|entry| entry.id.clone()).collect()
    }
}

/// The name of the file for a world: what every system takes as a name.
pub fn file_name(world: &str) -> String {
    format!("{}.iam-playground.json", plain_name(world))
}

/// The name of a world as every file system takes it.
pub fn plain_name(world: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { '-' };
    let name: String = world.trim().chars().take(80).map(plain).collect();
    if name.is_empty() { "World".to_owned() } else { name }
}
