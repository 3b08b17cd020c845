//! Where a run happens: the world, the clock, what everybody holds, and the record of the step that is being played.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::credentials::{Caller, Credentials, Keys};
use super::flow::{Flow, Variant};
use super::identifiers;
use super::outcome::{Decided, Did, Exchange, Failure, Happened, Holding, Http, Paper, PaperKind, Signed};
use super::seal::{KeyName, Sealing};
use super::sts::{self, Pending};
use super::{errors, instant};
use crate::eval::situation::{self, Library, Memo};
use crate::eval::{ContextValue, Resource, trace};
use crate::explain;
use crate::ident::{AccountId, ActionName};
use crate::model::{PrincipalRef, Time, World};

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
    /// Texts to look at.
    pub papers: Vec<Paper>,
    /// What somebody holds from now on.
    pub gained: Vec<Holding>,
    /// What somebody does not hold any longer.
    pub lost: Vec<(&'static str, &'static str)>,
    /// What was noticed.
    pub notes: Vec<String>,
}

/// A call to a service.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The action, such as `s3:GetObject`.
    pub action: &'a str,
    /// ARN, or `*`.
    pub resource: &'a str,
    /// Method and path, such as `GET /cat.jpg`.
    pub start: String,
    /// Host.
    pub host: String,
    /// Headers beside the host and those of the signature.
    pub headers: Vec<(String, String)>,
    /// Body of the request.
    pub body: String,
    /// Keys of the request that follow from its parameters.
    pub keys: Keys,
    /// What the service answers when it allows.
    pub answer: &'a str,
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

    /// The value of an input as a number; 0 where it is none.
    pub fn number(&self, id: &str) -> i64 {
        self.input(id).trim().parse().unwrap_or_default()
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
        self.now = Time(self.now.0.saturating_add(seconds));
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

    /// Long-term access keys of a user for a lane; the first active key of the user where it has one.
    pub fn long_term(&mut self, lane: &'static str, account: &AccountId, user: &str) {
        let known = self.world.account(account).and_then(|account| account.users.get(user));
        let key = known.and_then(|user| user.access_keys.iter().find(|key| key.active)).map(|key| key.id.to_string());
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
            expires: Some(Time(self.now.0.saturating_add(seconds))),
            caller,
        };
        self.credentials.insert(lane, credentials);
    }

    /// Decides a question and keeps the record; true when it is allowed.
    pub fn decide(&mut self, caller: &Caller, action: &str, resource: &str, keys: &Keys) -> bool {
        let Some(decided) = self.decided(caller, action, resource, keys) else { return false };
        let allows = decided.allows();
        self.record.decisions.push(decided);
        allows
    }

    /// Whether a question would be allowed; no record is kept of what nobody asked.
    pub fn would(&mut self, caller: &Caller, action: &str, resource: &str, keys: &Keys) -> bool {
        self.decided(caller, action, resource, keys).is_some_and(|decided| decided.allows())
    }

    fn decided(&mut self, caller: &Caller, action: &str, resource: &str, keys: &Keys) -> Option<Decided> {
        let action = ActionName::parse(action).ok()?;
        let resource = if resource == "*" { Resource::None } else { Resource::Arn(resource.into()) };
        let question = caller.question(&action, &resource, keys, self.now);
        let gathered = situation::gather_with(self.world, self.library, self.memo, &question);
        self.missing.extend(gathered.missing.iter().cloned());
        let request = situation::request(self.world, &question)?;
        let trace = trace(&gathered.policies, &request);
        Some(Decided { question, request: request.into(), gathered: gathered.into(), trace: trace.into() })
    }

    /// The refusal of the last decision, as a service words it.
    pub fn refused(&self, code: &str, status: u16, fact: &'static str) -> Failure {
        let Some(decided) = self.record.decisions.last() else {
            return Failure::new(code, status, "Access Denied", fact);
        };
        let message = explain::aws_message(&decided.trace, &decided.request).unwrap_or_default();
        let why = explain::sentence(&decided.trace, &decided.request);
        Failure { decided: true, ..Failure::new(code, status, message, fact).because(why) }
    }

    /// The refusal of the last decision, as a service words it that is known by its prefix (ERR-17, ERR-20).
    pub fn refused_by(&mut self, service: &str, fact: &'static str) -> Failure {
        let (code, status) = errors::denied(service);
        let failure = self.refused(code, status, fact);
        if service == "ec2" { self.with_message(failure) } else { failure }
    }

    /// Whether whoever has just called a service of this prefix may pass a role on to a service (FED-75.0…77.0, KEY-150).
    pub fn pass_role(&mut self, lane: &'static str, service: &'static str, role: &str, to: &str) -> Did {
        let Some(credentials) = self.credentials.get(lane).cloned() else { return Err(errors::unsigned(service)) };
        let mut keys = self.age_keys(&credentials);
        keys.insert("iam:PassedToService".to_owned(), Some(ContextValue::One(to.to_owned())));
        if self.decide(&credentials.caller, "iam:PassRole", role, &keys) {
            return Ok(Happened::Allowed);
        }
        let failure = self.refused_by(service, "ERR-160");
        let id = identifiers::request_id(&self.seed("request"));
        self.respond(errors::response(service, &failure, &id));
        Err(failure)
    }

    /// A call to a service with the credentials of a lane: signed, checked for being alive, decided, answered.
    pub fn call(&mut self, lane: &'static str, call: Call<'_>) -> Did {
        let service = errors::service_of(call.action);
        let Some(credentials) = self.credentials.get(lane).cloned() else {
            return Err(errors::unsigned(service));
        };
        let (start, body) = (format!("{} HTTP/1.1", call.start), call.body);
        let mut headers = vec![("Host".to_owned(), call.host)];
        headers.extend(call.headers);
        headers.push(("X-Amz-Date".to_owned(), instant::basic(self.now)));
        let signed = self.signed(&credentials, service);
        let request = Http { start, headers, body };
        self.record.exchange = Some(Exchange { request, response: None, signed: Some(signed) });
        let done = self.answered(&credentials, service, call.action, call.resource, &call.keys);
        let id = self.seed("request");
        let response = match &done {
            Ok(_) => Http::new(
                errors::success(call.action),
                &[("x-amz-request-id", &identifiers::request_id(&id))],
                call.answer,
            ),
            Err(failure) => errors::response(service, failure, &identifiers::request_id(&id)),
        };
        self.respond(response);
        done
    }

    fn answered(&mut self, credentials: &Credentials, service: &str, action: &str, resource: &str, keys: &Keys) -> Did {
        errors::alive(credentials, service, self.now)?;
        let mut keys = keys.clone();
        keys.extend(self.age_keys(credentials));
        match self.decide(&credentials.caller, action, resource, &keys) {
            true => Ok(Happened::Allowed),
            false => Err(self.refused_by(service, "ERR-17")),
        }
    }

    /// EC2 hides why it refuses in a message that STS decodes for whoever may have it decoded (ERR-20).
    fn with_message(&mut self, failure: Failure) -> Failure {
        let Some(decided) = self.record.decisions.last() else { return failure };
        let encoded = sts::message::encoded(decided);
        if let Ok(text) = sts::message::decoded(&encoded) {
            self.paper("The message, as sts:DecodeAuthorizationMessage decodes it", PaperKind::Json, text);
        }
        let message = format!(
            "You are not authorized to perform this operation. {}. Encoded authorization failure message: {encoded}",
            failure.message
        );
        Failure { message, fact: "ERR-20", ..failure }.approximately()
    }

    /// Keys that depend on how old temporary credentials are (KEY-22, KEY-24).
    pub fn age_keys(&self, credentials: &Credentials) -> Keys {
        let mut keys = Keys::new();
        if credentials.token.is_none() {
            return keys;
        }
        let mut set = |name: &str, value: String| keys.insert(name.to_owned(), Some(ContextValue::One(value)));
        set("aws:TokenIssueTime", instant::extended(credentials.issued));
        if credentials.caller.session.proof == Some(crate::model::Proof::TokenWithMfa) {
            set("aws:MultiFactorAuthAge", (self.now.0 - credentials.issued.0).to_string());
        }
        keys
    }

    /// What signs a request of these credentials now.
    pub fn signed(&self, credentials: &Credentials, service: &'static str) -> Signed {
        let Credentials { id, secret, token, .. } = credentials.clone();
        Signed { id, secret, token, region: REGION.to_owned(), service, time: self.now }
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
