//! The Security Token Service as it answers: parameters, tokens, policies, durations, in AWS's order (FED-30), with its
//! responses and errors (FED-20…28, ERR-50…90).
//!
//! A request goes through [`receive`], [`authorize`] and [`issue`]; between the first two, whoever brings a token has it
//! verified. A flow plays each as a step of its own, or all at once with [`answer`].

mod check;
mod issue;
pub mod message;
mod permit;
mod reply;
mod saml;
mod web;

use std::collections::BTreeMap;

use super::credentials::{Caller, Keys};
use super::errors;
use super::identifiers;
use super::outcome::{Did, Exchange, Failure, Happened, Http, PaperKind};
use super::stage::{INACTIVE_REGION, REGION, Stage};
use crate::model::{PrincipalRef, Time};

pub use check::{duration, is_whole, one_time_code, validation};
pub use issue::issue;
pub use permit::{authorize, would_trust};
pub use reply::caller_identity;
pub use saml::{Door, verify_saml};
pub use web::{WebToken, verify_web_token};

/// What STS can be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Operation {
    /// A role, with credentials.
    #[default]
    AssumeRole,
    /// A role, with an assertion.
    AssumeRoleWithSaml,
    /// A role, with a token.
    AssumeRoleWithWebIdentity,
    /// A session of a user for somebody else.
    GetFederationToken,
    /// A session of a user for itself.
    GetSessionToken,
}

impl Operation {
    /// As the API spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AssumeRole => "AssumeRole",
            Self::AssumeRoleWithSaml => "AssumeRoleWithSAML",
            Self::AssumeRoleWithWebIdentity => "AssumeRoleWithWebIdentity",
            Self::GetFederationToken => "GetFederationToken",
            Self::GetSessionToken => "GetSessionToken",
        }
    }

    /// Whether it is about a role.
    pub fn is_of_role(self) -> bool {
        !matches!(self, Self::GetFederationToken | Self::GetSessionToken)
    }

    /// Longest duration that the API takes, in seconds (FED-3…7).
    fn longest(self) -> i64 {
        if self.is_of_role() { 43_200 } else { 129_600 }
    }
}

/// A request to STS; what is empty is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Which operation.
    pub operation: Operation,
    /// RoleArn.
    pub role: String,
    /// RoleSessionName, or Name of GetFederationToken; of an assertion, its own.
    pub name: String,
    /// DurationSeconds, as written.
    pub duration: String,
    /// Policy.
    pub policy: String,
    /// PolicyArns.
    pub policy_arns: Vec<String>,
    /// Tags.
    pub tags: Vec<(String, String)>,
    /// TransitiveTagKeys.
    pub transitive: Vec<String>,
    /// SourceIdentity.
    pub source_identity: String,
    /// ExternalId.
    pub external_id: String,
    /// SerialNumber.
    pub serial: String,
    /// TokenCode.
    pub code: String,
    /// WebIdentityToken.
    pub token: String,
    /// ProviderId.
    pub provider_id: String,
    /// PrincipalArn.
    pub principal: String,
    /// SAMLAssertion, in base64.
    pub assertion: String,
}

/// Whoever asks, once STS knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// Whose permission is asked for.
    pub caller: Caller,
    /// The lane whose credentials signed; `None` for tokens, assertions and services.
    pub lane: Option<&'static str>,
    /// What the token or assertion adds to the session: keys of its requests.
    pub session_keys: Keys,
    /// The provider, for sessions of people who signed in elsewhere.
    pub provider: Option<String>,
    /// Fields that the response has beside the usual ones.
    pub fields: Vec<(&'static str, String)>,
    /// A session may not last longer than until then.
    pub not_after: Option<Time>,
    /// Whether a second factor was proved with the request.
    pub mfa: bool,
    /// Whether a service asks: role maxima do not bound its sessions (EVAL-162).
    pub is_service: bool,
}

/// A request that STS is working on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The request.
    pub ask: Ask,
    /// Whoever asks; `None` while a token is still to be verified.
    pub bearer: Option<Bearer>,
}

impl Bearer {
    /// Somebody whose own policies and the role's trust decide.
    pub fn new(caller: Caller) -> Self {
        Self {
            caller,
            lane: None,
            session_keys: Keys::new(),
            provider: None,
            fields: Vec::new(),
            not_after: None,
            mfa: false,
            is_service: false,
        }
    }
}

/// Takes a request in: parameters, then the credentials that signed it, then the region. `lane` has signed it; unsigned
/// requests have none.
pub fn receive(stage: &mut Stage<'_>, ask: Ask, lane: Option<&'static str>) -> Did {
    let region = match stage.input("region") {
        "" => REGION.to_owned(),
        region => region.to_owned(),
    };
    let credentials = lane.and_then(|lane| stage.credentials.get(lane)).cloned();
    let signed = credentials.as_ref().map(|credentials| stage.signed(credentials, "sts", &region));
    let host = format!("sts.{region}.amazonaws.com");
    let mut headers =
        vec![("Host", host.as_str()), ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")];
    let date = super::instant::basic(stage.now);
    if signed.is_some() {
        headers.push(("X-Amz-Date", &date));
    }
    let request = Http::new("POST / HTTP/1.1", &headers, reply::form(&ask));
    stage.record.exchange = Some(Exchange { request, response: None, signed });
    let done = received(stage, &ask, lane, &region);
    stage.pending = Some(Pending { ask, bearer: done.as_ref().ok().cloned().flatten() });
    match done {
        Ok(_) => Ok(Happened::Sent),
        Err(failure) => Err(refuse(stage, failure)),
    }
}

fn received(stage: &Stage<'_>, ask: &Ask, lane: Option<&'static str>, region: &str) -> Result<Option<Bearer>, Failure> {
    check::parameters(ask)?;
    let Some(lane) = lane else { return active(stage, ask, region).map(|()| None) };
    let Some(credentials) = stage.credentials.get(lane) else { return Err(errors::unsigned("sts")) };
    stage.alive(credentials, "sts")?;
    active(stage, ask, region)?;
    check::sessions(ask, credentials)?;
    let mfa = check::second_factor(stage, ask, &credentials.caller)?;
    let mut caller = credentials.caller.clone();
    caller.keys.extend(stage.age_keys(credentials));
    Ok(Some(Bearer { lane: Some(lane), mfa, ..Bearer::new(caller) }))
}

/// ERR-57: STS has to be active in the region for the account of the role or the credentials (FED-18).
fn active(stage: &Stage<'_>, ask: &Ask, region: &str) -> Result<(), Failure> {
    if region != INACTIVE_REGION {
        return Ok(());
    }
    let account = ask.role.split(':').nth(4).filter(|id| !id.is_empty()).unwrap_or(stage.home.as_str());
    let message = format!(
        "STS is not activated in this region for account:{account}. Your account administrator can activate STS in this region using the IAM Console."
    );
    Err(Failure::new("RegionDisabledException", 403, message, "ERR-57"))
}

/// Takes in a request that a service makes for itself. Nobody but AWS sees it travel; the account's log has it.
pub fn receive_from_service(stage: &mut Stage<'_>, ask: Ask, caller: Caller) -> Did {
    if let PrincipalRef::Service(name) = &caller.principal {
        stage.paper("As CloudTrail logs it", PaperKind::Json, reply::logged(&ask, name));
    }
    let bearer = Bearer { is_service: true, ..Bearer::new(caller) };
    let done = check::parameters(&ask);
    stage.pending = Some(Pending { ask, bearer: Some(bearer) });
    done.map(|()| Happened::Sent)
}

/// Decides a request of a service. What STS refuses, the service tells in its own words; what the policies say stays known.
pub fn authorize_for(stage: &mut Stage<'_>, service: &str, words: Failure) -> Did {
    authorize(stage).map_err(|refusal| {
        let decided = refusal.decided;
        let why = if decided { refusal.why } else { refusal.message };
        answered_by(stage, service, Failure { decided, why, ..words })
    })
}

/// A service answers with an error.
pub fn answered_by(stage: &mut Stage<'_>, service: &str, failure: Failure) -> Failure {
    let seed = stage.seed("request");
    let response = errors::response(service, &failure, &identifiers::request_id(&seed));
    let request = stage.record.exchange.take().filter(|exchange| exchange.response.is_none());
    stage.record.exchange = Some(Exchange { response: Some(response), ..request.unwrap_or_default() });
    failure
}

/// One lane gives the credentials that it got to another and keeps none.
pub fn hand_over(stage: &mut Stage<'_>, from: &'static str, to: &'static str) {
    if let Some(credentials) = stage.credentials.remove(from) {
        let holding = issue::holding(stage, to, &credentials);
        stage.lose(from, holding.id);
        stage.gain(holding);
        stage.credentials.insert(to, credentials);
    }
}

/// A request from the beginning to the end, for the lane that gets the credentials.
pub fn answer(stage: &mut Stage<'_>, ask: Ask, lane: &'static str) -> Did {
    receive(stage, ask, Some(lane))?;
    authorize(stage)?;
    issue(stage, lane)
}

/// STS answers with an error.
pub(super) fn refuse(stage: &mut Stage<'_>, failure: Failure) -> Failure {
    let seed = stage.seed("request");
    let response = errors::response("sts", &failure, &identifiers::request_id(&seed));
    stage.respond(response);
    failure
}

/// Tags by key, the later over the earlier; keys that differ only in case are one (EVAL-163).
fn merged(before: &crate::model::Tags, passed: &[(String, String)]) -> crate::model::Tags {
    let mut tags: BTreeMap<_, _> = before.clone();
    for (key, value) in passed {
        tags.retain(|known, _| !known.eq_ignore_ascii_case(key));
        tags.insert(key.as_str().into(), value.as_str().into());
    }
    tags
}

#[cfg(test)]
mod tests;
