//! The state and its beginning.

use std::rc::Rc;
use std::sync::Arc;

use yew::Reducible;

use crate::analysis::Pin;
use crate::app::ByPtr;
use crate::app::platform::theme::Theme;
use crate::model::{Account, Asking, Time, World, example};
use crate::save;

use super::trial::Trial;
use super::{Asked, DataFile, Drafts, Event, History, Moment, Remote, Shelf, Site, Tables, View, reduce};

/// Everything the page knows. Each part is shared, so that components can take and compare the parts they need.
#[derive(Clone, Debug)]
pub struct State {
    /// The accounts with what is in them.
    pub world: Rc<World>,
    /// When the page was opened.
    pub now: Time,
    /// The moments before, and those taken back.
    pub history: ByPtr<History>,
    /// What is asked.
    pub asked: ByPtr<Asked>,
    /// Decisions that are to stay as they are.
    pub pins: Rc<[Pin]>,
    /// What is being tried, if anything is.
    pub trial: Option<Rc<Trial>>,
    /// Policy texts that are not JSON at the moment.
    pub drafts: ByPtr<Drafts>,
    /// What is open.
    pub view: ByPtr<View>,
    /// Tables of decisions.
    pub tables: ByPtr<Tables>,
    /// Light, dark, or as the system is; `None` before the choice of an earlier visit was read.
    pub theme: Option<Theme>,
    /// The worlds of this browser.
    pub shelf: ByPtr<Shelf>,
    /// What was fetched.
    pub site: ByPtr<Site>,
}

impl State {
    /// The primer's account, asked whether its Administrator may list all buckets.
    pub fn opening(now: String) -> Self {
        Self {
            now: crate::eval::operator::date::parse(&now)
                .and_then(|nanoseconds| i64::try_from(nanoseconds.div_euclid(1_000_000_000)).ok())
                .map_or_else(Time::default, Time),
            world: Rc::new(example::primer()),
            history: ByPtr::new(History::default()),
            asked: ByPtr::new(Asked::opening(now)),
            pins: Rc::new([]),
            trial: None,
            drafts: ByPtr::new(Drafts::default()),
            view: ByPtr::new(View::default()),
            tables: ByPtr::new(Tables::default()),
            theme: None,
            shelf: ByPtr::new(Shelf::default()),
            site: ByPtr::new(Site::default()),
        }
    }

    /// The same with ids of worlds that no other visit gives.
    pub fn in_visit(mut self, visit: String) -> Self {
        self.shelf = ByPtr::new(Shelf { shown: format!("{visit}-0").into(), visit: visit.into(), ..Shelf::default() });
        self
    }

    /// The world and the question as they are.
    pub fn moment(&self) -> Moment {
        Moment { world: self.world.clone(), asked: self.asked.clone(), pins: self.pins.clone() }
    }

    /// The last questions before this one, the latest first, each once.
    pub fn recent(&self) -> Vec<Asking> {
        const MOST: usize = 10;
        let now = self.asked.asking();
        let mut found: Vec<Asking> = Vec::new();
        let mut last = &self.asked;
        for (_, before) in self.history.steps().rev() {
            // Most steps change the world alone.
            if before.asked == *std::mem::replace(&mut last, &before.asked) {
                continue;
            }
            let asking = before.asked.asking();
            let is_new = asking != now && !before.asked.is_stale() && !found.contains(&asking);
            if is_new && self.world.accounts.contains_key(&asking.account) {
                found.push(asking);
            }
            if found.len() == MOST {
                break;
            }
        }
        found
    }

    /// The account of whoever asks.
    pub fn account(&self) -> Arc<Account> {
        let id = &self.asked.account;
        let nobody = || Arc::new(example::empty_account(id.clone(), "", ""));
        self.world.accounts.get(id).cloned().unwrap_or_else(nobody)
    }

    /// The question beside the world of a save, where it can be asked in this one; otherwise why not.
    pub fn question_in(&self, save: &str) -> Result<Asking, String> {
        let saved = save::read(save).map_err(|error| format!("This question cannot be asked. {error}"))?;
        let known = |asking: &Asking| self.world.accounts.contains_key(&asking.account);
        let unknown = || "This question cannot be asked: its account is not in the world of the workbench.".to_owned();
        saved.beside.question.filter(known).ok_or_else(unknown)
    }

    /// Files that should be on their way and are not.
    pub fn wanted_files(&self) -> Vec<DataFile> {
        let site = &self.site;
        let mut wanted = Vec::new();
        if site.index == Remote::Idle {
            wanted.push(DataFile::ManagedIndex);
        }
        let chosen = self.view.dialog.as_ref().and_then(|dialog| match dialog {
            super::Dialog::Attach(attaching) => attaching.chosen.as_ref(),
            _ => None,
        });
        // Other accounts count too: the checks ask who of them may come in.
        let attached = self.world.accounts.values().flat_map(|account| account.attached_arns());
        let attached = attached.chain(chosen).chain(&self.asked.session.managed);
        for shard in attached.filter(|arn| !site.library.contains(arn)).filter_map(|arn| site.shard_of(arn)) {
            let file = DataFile::ManagedShard(shard);
            if site.shard(shard).is_none() && !wanted.contains(&file) {
                wanted.push(file);
            }
        }
        if site.actions_wanted && site.actions == Remote::Idle {
            wanted.push(DataFile::Actions);
        }
        if site.actions_wanted && site.manifest == Remote::Idle {
            wanted.push(DataFile::Manifest);
        }
        wanted
    }
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        reduce::reduce(&self, event).map_or(self, Rc::new)
    }
}
