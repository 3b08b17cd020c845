//! Calls to services: signed, checked for being alive, decided, answered.

use super::{REGION, Stage};
use crate::eval::ContextValue;
use crate::federation::credentials::{Credentials, Keys};
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Http, PaperKind, Signed};
use crate::federation::{errors, identifiers, instant, sts};
use crate::model::PrincipalRef;

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

impl Stage<'_> {
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
        let signed = self.signed(&credentials, service, REGION);
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
        self.alive(credentials, service)?;
        let mut keys = keys.clone();
        keys.extend(self.age_keys(credentials));
        match self.decide(&credentials.caller, action, resource, &keys) {
            true => Ok(Happened::Allowed),
            false => Err(self.refused_by(service, "ERR-17")),
        }
    }

    /// Whether credentials are known, whole and still good at a service.
    pub fn alive(&self, credentials: &Credentials, service: &str) -> Result<(), Failure> {
        match self.is_inactive(credentials) {
            true => Err(errors::unknown(service, "The access key is not active: somebody has switched it off.")),
            false => errors::alive(credentials, service, self.now),
        }
    }

    /// Whether they are an access key of a user that is switched off.
    fn is_inactive(&self, credentials: &Credentials) -> bool {
        let PrincipalRef::User(name) = &credentials.caller.principal else { return false };
        let user = self.world.account(&credentials.caller.account).and_then(|account| account.users.get(name));
        user.is_some_and(|user| user.access_keys.iter().any(|key| *key.id == *credentials.id && !key.active))
    }

    /// EC2 hides why it refuses in a message that STS decodes for whoever may have it decoded (ERR-20).
    pub(super) fn with_message(&mut self, failure: Failure) -> Failure {
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
            set("aws:MultiFactorAuthAge", credentials.issued.until(self.now).to_string());
        }
        keys
    }

    /// What signs a request of these credentials now, to a service in a region.
    pub fn signed(&self, credentials: &Credentials, service: &str, region: &str) -> Signed {
        let Credentials { id, secret, token, .. } = credentials.clone();
        Signed { id, secret, token, region: region.to_owned(), service: service.to_owned(), time: self.now }
    }
}
