//! Where a run happens: the world, the clock, what everybody holds, and the record of the step that is being played.

mod call;
mod decide;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::credentials::{Caller, Credentials};
use super::flow::{FARTHEST, Flow, Variant};
use super::identifiers;
use super::outcome::{Decided, Exchange, Holding, Http, Paper, PaperKind};
use super::seal::{KeyName, Sealing};
use super::sts::Pending;
use crate::eval::situation::{Library, Memo};
use crate::ident::AccountId;
use crate::model::{PrincipalRef, Time, World};

pub use call::Call;
pub use decide::Undecided;

/// The region that flows run in.
pub const REGION: &str = "us-east-1";
/// A region where nobody has switched STS on (FED-18).
pub const INACTIVE_REGION: &str = "ap-east-1";

/// A run while it happens.
#[derive(Debug)]
pub struct Stage<'a> {
    /// The flow.
    pub flow: &'static Flow,
    /// Which way it goes.
    pub variant: &'static Variant,
    /// The world.
    pub world: &'a World,
    /// The account that it runs in.
    pub home: &'a AccountId,
    /// The clock.
    pub now: Time,
    /// Who holds which credentials, by lane.
    pub credentials: BTreeMap<&'static str, Credentials>,
    /// What was made on the way and is used again, by name.
    pub made: BTreeMap<&'static str, String>,
    /// Keys and signatures.
    pub sealing: Sealing<'a>,
    /// The key that signed the last token or assertion, and the text that it signed.
    pub signed: (KeyName, String),
    /// What STS is asked right now.
    pub pending: Option<Pending>,
    /// The record of the step that is being played.
    pub record: Record,
    library: &'a Library,
    memo: &'a Memo,
    values: &'a BTreeMap<String, String>,
    serial: u32,
    /// ARNs of managed policies whose text is not at hand.
    missing: Vec<Arc<str>>,
}

/// What a step leaves behind.
#[derive(Debug, Default)]
pub struct Record {
    /// The request and the response.
    pub exchange: Option<Exchange>,
    /// The decisions.
    pub decisions: Vec<Decided>,
    /// The last question, where nobody could decide it.
    pub undecided: Option<Undecided>,
    /// Texts to look at.
    pub papers: Vec<Paper>,
    /// What somebody holds from now on.
    pub gained: Vec<Holding>,
    /// What somebody does not hold any longer.
    pub lost: Vec<(&'static str, &'static str)>,
    /// What was noticed.
    pub notes: Vec<String>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(
        flow: &'static Flow,
        variant: &'static Variant,
        (world, home): (&'a World, &'a AccountId),
        (library, memo): (&'a Library, &'a Memo),
        values: &'a BTreeMap<String, String>,
        (sealing, now): (Sealing<'a>, Time),
    ) -> Self {
        Self {
            flow,
            variant,
            world,
            home,
            now,
            credentials: BTreeMap::new(),
            made: BTreeMap::new(),
            sealing,
            signed: ("", String::new()),
            pending: None,
            record: Record::default(),
            library,
            memo,
            values,
            serial: 0,
            missing: Vec::new(),
        }
    }

    /// The value of an input; empty where the variant has none of that name.
    pub fn input(&self, id: &str) -> &'a str {
        self.values.get(id).map_or("", |value| value)
    }

    /// The value of an input as a number. Inputs that are sent as they are written can be none, which counts as 0, and large
    /// ones, which are cut down.
    pub fn number(&self, id: &str) -> i64 {
        self.input(id).trim().parse::<i64>().unwrap_or_default().clamp(-FARTHEST, FARTHEST)
    }

    /// Whether the run goes this way.
    pub fn is(&self, variant: &str) -> bool {
        self.variant.id == variant
    }

    /// What was made under this name; empty when nothing was.
    pub fn made(&self, name: &str) -> &str {
        self.made.get(name).map_or("", |text| text)
    }

    /// ARN of a role of the account.
    pub fn role_arn(&self, name: &str) -> String {
        let principal = PrincipalRef::Role(name.into());
        self.world.account(self.home).map(|account| account.arn_of(&principal)).unwrap_or_default()
    }

    /// A fresh seed for what AWS makes up: the same in every run.
    pub fn seed(&mut self, what: &str) -> String {
        self.serial += 1;
        format!("{}/{}/{}/{what}/{}", self.flow.id, self.variant.id, self.home, self.serial)
    }

    /// Time passes.
    pub fn wait(&mut self, seconds: i64) {
        self.now = self.now.plus(seconds);
    }

    /// Something to look at.
    pub fn paper(&mut self, title: &str, kind: PaperKind, text: impl Into<String>) {
        self.record.papers.push(Paper { title: title.to_owned(), kind, text: text.into() });
    }

    /// Something that was noticed, in a sentence.
    pub fn note(&mut self, sentence: impl Into<String>) {
        self.record.notes.push(sentence.into());
    }

    /// Somebody holds something from now on.
    pub fn gain(&mut self, holding: Holding) {
        self.record.gained.push(holding);
    }

    /// Somebody does not hold something any longer.
    pub fn lose(&mut self, owner: &'static str, id: &'static str) {
        self.record.lost.push((owner, id));
    }

    /// Long-term access keys of a user for a lane: the first active key of the user; where none is active, one that is not;
    /// and one made up for a user who has none.
    pub fn long_term(&mut self, lane: &'static str, account: &AccountId, user: &str) {
        let known = self.world.account(account).and_then(|account| account.users.get(user));
        let keys = known.map(|user| user.access_keys.as_slice()).unwrap_or_default();
        let key = keys.iter().find(|key| key.active).or_else(|| keys.first()).map(|key| key.id.to_string());
        self.key_of(lane, key, Caller::new(account, PrincipalRef::User(user.into())), user);
    }

    /// Access keys of the root user for a lane.
    pub fn root_key(&mut self, lane: &'static str, account: &AccountId) {
        self.key_of(lane, None, Caller::new(account, PrincipalRef::Root), "root");
    }

    fn key_of(&mut self, lane: &'static str, key: Option<String>, caller: Caller, name: &str) {
        let seed = format!("{}/{name}", caller.account);
        let credentials = Credentials {
            id: key.unwrap_or_else(|| identifiers::access_key_id("AKIA", &seed)),
            secret: identifiers::secret(&seed),
            token: None,
            issued: self.now,
            expires: None,
            caller,
        };
        self.credentials.insert(lane, credentials);
    }

    /// The program of a lane takes the access key of its temporary credentials and forgets the session token (FED-102).
    pub fn forget_token(&mut self, lane: &'static str) {
        if let Some(credentials) = self.credentials.get_mut(lane) {
            credentials.token = None;
        }
    }

    /// Temporary credentials that a lane has had before the flow begins, good for so many seconds from now.
    pub fn temporary(&mut self, lane: &'static str, caller: Caller, seconds: i64) {
        let seed = self.seed("credentials");
        let credentials = Credentials {
            id: identifiers::access_key_id("ASIA", &seed),
            secret: identifiers::secret(&seed),
            token: Some(identifiers::session_token(&seed)),
            issued: self.now,
            expires: Some(self.now.plus(seconds)),
            caller,
        };
        self.credentials.insert(lane, credentials);
    }

    /// The answer to what was asked, in this step or before.
    pub fn respond(&mut self, response: Http) {
        self.record.exchange.get_or_insert_default().response = Some(response);
    }

    /// ARNs of managed policies whose text a decision lacked.
    pub(super) fn missing(self) -> (Vec<Arc<str>>, Sealing<'a>) {
        (self.missing, self.sealing)
    }
}
