//! The identity pool: logins come in, identities come out (FED-44.2 to FED-44.4).

use serde_json::{Value, json};

use super::GUEST;
use super::login::GOOGLE;
use crate::federation::jwt::{Decoded, pretty};
use crate::federation::oidc;
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Holding, Http};
use crate::federation::stage::{REGION, Stage};
use crate::federation::sts;
use crate::model::example::GOOGLE_APP;

/// The pool.
pub(super) const POOL: &str = "us-east-1:0f1e2d3c-4b5a-4698-8776-655443322110";
/// How the pool's settings name Google.
const LOGIN: &str = "accounts.google.com";

/// How the pool knows somebody.
pub(super) fn identity_of(person: &str) -> &'static str {
    match person {
        "ana" => "us-east-1:a11a0000-7c1d-4e0f-9b5a-1f2e3d4c5b6a",
        "ben" => "us-east-1:be110000-2a3b-4c5d-8e9f-a0b1c2d3e4f5",
        _ => "us-east-1:90e57000-6d5c-4b3a-8f1e-0d2c4b6a8e7f",
    }
}

/// The identity of whoever uses the app.
pub(super) fn own(stage: &Stage<'_>) -> &'static str {
    identity_of(if stage.is(GUEST) { "guest" } else { stage.input("person") })
}

/// The identity that the app names.
pub(super) fn named(stage: &Stage<'_>) -> &'static str {
    match stage.input("identity") {
        "other" => identity_of(if stage.input("person") == "ben" { "ana" } else { "ben" }),
        _ => own(stage),
    }
}

/// A request to Cognito; none of them is signed.
fn asked(stage: &mut Stage<'_>, operation: &str, mut body: Value) -> Did {
    if !stage.is(GUEST)
        && let Some(members) = body.as_object_mut()
    {
        members.insert("Logins".to_owned(), json!({ stage.input("provider"): stage.made("login") }));
    }
    let (host, target) =
        (format!("cognito-identity.{REGION}.amazonaws.com"), format!("AWSCognitoIdentityService.{operation}"));
    let headers =
        [("Host", host.as_str()), ("Content-Type", "application/x-amz-json-1.1"), ("X-Amz-Target", target.as_str())];
    let request = Http::new("POST / HTTP/1.1", &headers, body.to_string());
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    Ok(Happened::Sent)
}

/// An answer of Cognito.
pub(super) fn answered(stage: &mut Stage<'_>, body: &Value) {
    let headers = [("Content-Type", "application/x-amz-json-1.1")];
    let response = Http::new("HTTP/1.1 200 OK", &headers, pretty(body));
    stage.record.exchange = Some(Exchange { response: Some(response), ..Exchange::default() });
}

/// A refusal of Cognito (ERR-190); its words are remembered.
pub(super) fn refusal(code: &str, message: impl Into<String>) -> Failure {
    Failure::new(code, 400, message, "ERR-190").approximately()
}

pub(super) fn get_id(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("delay"));
    let body = json!({ "AccountId": stage.home.as_str(), "IdentityPoolId": stage.input("pool") });
    asked(stage, "GetId", body)
}

pub(super) fn get_credentials(stage: &mut Stage<'_>) -> Did {
    let body = json!({ "IdentityId": named(stage) });
    asked(stage, "GetCredentialsForIdentity", body)
}

pub(super) fn get_token(stage: &mut Stage<'_>) -> Did {
    let body = json!({ "IdentityId": named(stage) });
    asked(stage, "GetOpenIdToken", body)
}

pub(super) fn check(stage: &mut Stage<'_>) -> Did {
    match checked(stage) {
        Ok(()) => Ok(Happened::Accepted),
        Err(failure) => Err(sts::answered_by(stage, "cognito-identity", failure)),
    }
}

fn checked(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let pool = stage.input("pool");
    if pool != POOL {
        let failure = refusal("ResourceNotFoundException", format!("IdentityPool '{pool}' not found."));
        return Err(failure.because("Region and id of the pool have to be exactly those of the settings."));
    }
    if !stage.is(GUEST) {
        return login_is_good(stage);
    }
    match stage.input("guests") {
        "no" => {
            Err(refusal("NotAuthorizedException", "Unauthenticated access is not supported for this identity pool.")
                .because("The app sends no login, and the pool gives identities only to those who have one."))
        }
        _ => Ok(()),
    }
}

/// The provider, the signature, the audience and the time of the login token.
fn login_is_good(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let refused = |message: String| refusal("NotAuthorizedException", message);
    if stage.input("provider") != LOGIN {
        let why = format!(
            "The pool knows Google as `{LOGIN}`, and the app sends its token as one of `{}`.",
            stage.input("provider")
        );
        let failure = refused("Token is not from a supported provider of this identity pool.".to_owned());
        return Err(failure.because(why));
    }
    let Ok(token) = Decoded::read(stage.made("login")) else {
        let message = "Invalid login token. Not a valid OpenId Connect identity token.";
        return Err(refused(message.to_owned())
            .because("Google gives an ID token and an access token; Cognito takes the ID token."));
    };
    if !oidc::is_genuine(stage, &GOOGLE, &token) {
        let failure = refused("Invalid login token. Couldn't verify signed token.".to_owned());
        return Err(failure.because("The signature does not fit the keys that Google publishes."));
    }
    if token.text("aud") != Some(GOOGLE_APP) {
        let failure = refused("Invalid login token. Incorrect token audience.".to_owned());
        return Err(failure.because(format!(
            "The pool's settings name the app `{GOOGLE_APP}`, and the token is for `{}`.",
            stage.input("app")
        )));
    }
    match token.time("exp") {
        Some(until) if until.0 > stage.now.0 => Ok(()),
        until => {
            let until = until.unwrap_or(stage.now).0;
            Err(refused(format!("Invalid login token. Token expired: {} >= {until}", stage.now.0)))
        }
    }
}

pub(super) fn identity(stage: &mut Stage<'_>) -> Did {
    let identity = own(stage);
    answered(stage, &json!({ "IdentityId": identity }));
    stage.gain(Holding::new("app", "identity", "IdentityId", identity));
    Ok(Happened::Sent)
}
