//! The federation endpoint of AWS sign-in: credentials become an address, and the address a console session (FED-65,
//! ERR-196).

use serde_json::json;

use crate::federation::instant;
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Holding, Http, PaperKind};
use crate::federation::stage::Stage;
use crate::federation::{Credentials, identifiers, uri_encode};
use crate::model::{PrincipalRef, Proof, Time};

const HOST: &str = "signin.aws.amazon.com";
/// Where employees sign in at the company.
const ISSUER: &str = "https://broker.example.com/";
/// Seconds for which a sign-in token is good (FED-65.5).
const TOKEN: i64 = 900;

/// The session as the endpoint takes it.
fn session(credentials: &Credentials) -> String {
    let token = credentials.token.as_deref().unwrap_or_default();
    json!({ "sessionId": credentials.id, "sessionKey": credentials.secret, "sessionToken": token }).to_string()
}

/// What the endpoint has against a request; it answers with status 400 and no code (ERR-196).
fn wrong(stage: &Stage<'_>, credentials: &Credentials) -> Option<&'static str> {
    let proof = credentials.caller.session.proof;
    if matches!(proof, Some(Proof::Token | Proof::TokenWithMfa)) {
        return Some(
            "Credentials of GetSessionToken open no console session; those of AssumeRole and GetFederationToken do.",
        );
    }
    if credentials.expires.is_some_and(|until| until.0 <= stage.now.0) {
        return Some("The temporary credentials have ended.");
    }
    let duration = stage.input("session_duration").trim();
    if duration.is_empty() {
        return None;
    }
    if proof == Some(Proof::Federation) {
        return Some(
            "SessionDuration does not go with credentials of GetFederationToken: the console session ends when they do.",
        );
    }
    if stage.made("chain") == "yes" {
        return Some(
            "SessionDuration does not go with credentials of a chain: the broker that assumed the role is itself a session of a role.",
        );
    }
    match duration.parse::<i64>() {
        Ok(900..=43_200) => None,
        _ => Some("SessionDuration takes 900 to 43,200 seconds."),
    }
}

fn refused(stage: &mut Stage<'_>, why: &str) -> Failure {
    stage.respond(Http::new("HTTP/1.1 400 Bad Request", &[("Content-Type", "text/html")], ""));
    Failure::new("HTTP 400", 400, "Bad Request", "ERR-196").approximately().because(why)
}

/// The broker asks for a token.
pub(super) fn ask_token(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("broker").cloned() else { return Ok(Happened::Sent) };
    let session = session(&credentials);
    let duration = stage.input("session_duration").trim();
    let duration =
        if duration.is_empty() { String::new() } else { format!("&SessionDuration={}", uri_encode(duration)) };
    let start = format!("GET /federation?Action=getSigninToken{duration}&Session={} HTTP/1.1", uri_encode(&session));
    let request = Http::new(start, &[("Host", HOST)], "");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    stage.paper("Session", PaperKind::Json, session);
    match wrong(stage, &credentials) {
        Some(why) => Err(refused(stage, why)),
        None => Ok(Happened::Sent),
    }
}

/// The broker gets it.
pub(super) fn token(stage: &mut Stage<'_>) -> Did {
    let token = identifiers::session_token(&stage.seed("sign-in token"));
    let answer = json!({ "SigninToken": token }).to_string();
    stage.respond(Http::new("HTTP/1.1 200 OK", &[("Content-Type", "application/json")], answer));
    let until = stage.now.plus(TOKEN);
    stage.gain(Holding::new("broker", "signin-token", "Sign-in token", "opens a console session").until(until));
    stage.made.insert("token", token);
    stage.made.insert("token-until", until.0.to_string());
    Ok(Happened::Sent)
}

/// The page that the employee wants to.
fn destination(stage: &Stage<'_>) -> String {
    format!("https://s3.console.aws.amazon.com/s3/buckets/{}", super::bucket(stage))
}

/// Path and query of the address that signs in.
fn login_path(stage: &Stage<'_>) -> String {
    let destination = destination(stage);
    format!(
        "/federation?Action=login&Issuer={}&Destination={}&SigninToken={}",
        uri_encode(ISSUER),
        uri_encode(&destination),
        uri_encode(stage.made("token"))
    )
}

/// The broker sends the browser there.
pub(super) fn address(stage: &mut Stage<'_>) -> Did {
    let location = format!("https://{HOST}{}", login_path(stage));
    let request = Http::new("GET /aws HTTP/1.1", &[("Host", "broker.example.com")], "");
    let response = Http::new("HTTP/1.1 302 Found", &[("Location", &location)], "");
    stage.record.exchange = Some(Exchange { request, response: Some(response), signed: None });
    let until = Time(stage.made("token-until").parse().unwrap_or_default());
    stage.lose("broker", "signin-token");
    stage.gain(Holding::new("user", "address", "Address that signs in", "whoever has it is signed in").until(until));
    Ok(Happened::Sent)
}

/// The browser follows it.
pub(super) fn login(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("wait"));
    let request = Http::new(format!("GET {} HTTP/1.1", login_path(stage)), &[("Host", HOST)], "");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    let until: i64 = stage.made("token-until").parse().unwrap_or_default();
    if stage.now.0 >= until {
        let why = format!("The sign-in token was good until {}.", instant::extended(Time(until)));
        return Err(refused(stage, &why));
    }
    let Some(mut credentials) = stage.credentials.get("broker").cloned() else { return Ok(Happened::Sent) };
    // The session lasts as long as was asked for; without that, as long as the credentials.
    if let Ok(seconds) = stage.input("session_duration").trim().parse::<i64>() {
        credentials.expires = Some(stage.now.plus(seconds));
    }
    let destination = destination(stage);
    let headers = [("Location", destination.as_str()), ("Set-Cookie", "aws-creds=…")];
    stage.respond(Http::new("HTTP/1.1 302 Found", &headers, ""));
    stage.lose("user", "address");
    let mut session = Holding::new("user", "session", "Console session", credentials.caller.arn(stage.world));
    session.until = credentials.expires;
    stage.gain(session);
    stage.credentials.insert("console", credentials);
    Ok(Happened::Accepted)
}

/// The employee opens a page of the console.
pub(super) fn browse(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    let Some(credentials) = stage.credentials.get("console") else { return Ok(Happened::Sent) };
    if let Some(until) = credentials.expires.filter(|until| until.0 <= stage.now.0) {
        let message = format!("The session is over. Sign in again: {ISSUER}");
        return Err(Failure::new("SessionExpired", 0, message, "FED-65")
            .approximately()
            .because(format!("The console session lasted until {}.", instant::extended(until))));
    }
    let name = credentials.caller.session.name.as_deref().unwrap_or_default();
    let account = credentials.caller.account.grouped();
    let shown = match &credentials.caller.principal {
        PrincipalRef::Role(role) => format!("{role}/{name} @ {account}"),
        _ => format!("{name} @ {account}"),
    };
    stage.note(format!("The navigation bar shows `{shown}`."));
    Ok(Happened::Sent)
}
