//! The instance metadata service, version 2, and version 1 where the instance lets it (FED-75.2…75.5, ERR-195).

use serde_json::json;

use crate::eval::ContextValue;
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Holding, Http, PaperKind};
use crate::federation::stage::Stage;
use crate::federation::{errors, identifiers, instant};
use crate::model::Time;

const HOST: &str = "169.254.169.254";
const CREDENTIALS: &str = "/latest/meta-data/iam/security-credentials/";

/// The metadata service answers with a status and no code.
fn refused(stage: &mut Stage<'_>, status: u16, why: &str) -> Failure {
    let reason = errors::reason(status);
    stage.respond(Http::new(format!("HTTP/1.1 {status} {reason}"), &[("Server", "EC2ws")], ""));
    Failure::new(&format!("HTTP {status}"), status, reason, "ERR-195").because(why)
}

fn asked(stage: &mut Stage<'_>, start: String, headers: &[(&str, &str)]) {
    let headers = [&[("Host", HOST)], headers].concat();
    let request = Http::new(format!("{start} HTTP/1.1"), &headers, "");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
}

fn uses_token(stage: &Stage<'_>) -> bool {
    stage.input("v2") != "no"
}

/// Hops from the metadata service to the application.
fn distance(stage: &Stage<'_>) -> i64 {
    if stage.is("container") { 2 } else { 1 }
}

/// The service is off for the whole instance.
fn switched_on(stage: &mut Stage<'_>) -> Result<(), Failure> {
    match stage.input("endpoint") {
        "disabled" => Err(refused(stage, 403, "The metadata service of the instance is switched off.")),
        _ => Ok(()),
    }
}

pub(super) fn ask_token(stage: &mut Stage<'_>) -> Did {
    if !uses_token(stage) {
        stage.note("The application asks for no token, as programs for version 1 do.");
        return Ok(Happened::Sent);
    }
    let ttl = stage.input("ttl").trim().to_owned();
    asked(stage, "PUT /latest/api/token".to_owned(), &[("X-aws-ec2-metadata-token-ttl-seconds", &ttl)]);
    switched_on(stage)?;
    if !matches!(ttl.parse::<i64>(), Ok(1..=21_600)) {
        return Err(refused(stage, 400, "A token lasts 1 to 21,600 seconds."));
    }
    match stage.number("hop_limit") < distance(stage) {
        true => Err(Failure::new("Timeout", 0, "No answer", "FED-75").approximately().because(
            "The answer with the token may travel one hop only, and a container is one hop further than the instance: the packet is dropped on the way.",
        )),
        false => Ok(Happened::Sent),
    }
}

pub(super) fn token(stage: &mut Stage<'_>) -> Did {
    if !uses_token(stage) {
        return Ok(Happened::Sent);
    }
    let token = identifiers::session_token(&stage.seed("metadata token"));
    let until = stage.now.plus(stage.number("ttl"));
    let lasts = stage.input("ttl").trim().to_owned();
    let headers = [("Content-Type", "text/plain"), ("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", lasts.as_str())];
    stage.respond(Http::new("HTTP/1.1 200 OK", &headers, token.clone()));
    stage.gain(
        Holding::new("app", "metadata-token", "Metadata token", "opens the metadata of this instance").until(until),
    );
    stage.made.insert("token", token);
    stage.made.insert("token-until", until.0.to_string());
    Ok(Happened::Sent)
}

/// A GET with the token, where the application has one.
fn get(stage: &mut Stage<'_>, path: &str) -> Result<(), Failure> {
    let token = stage.made("token").to_owned();
    let headers = [("X-aws-ec2-metadata-token", token.as_str())];
    asked(stage, format!("GET {path}"), if token.is_empty() { &[] } else { &headers });
    switched_on(stage)?;
    if token.is_empty() {
        return match stage.input("http_tokens") {
            "optional" => Ok(()),
            _ => Err(refused(stage, 401, "The instance takes requests with a token only.")),
        };
    }
    let until: i64 = stage.made("token-until").parse().unwrap_or_default();
    if until <= stage.now.0 {
        let why = format!("The metadata token was good until {}.", instant::extended(Time(until)));
        return Err(refused(stage, 401, &why));
    }
    Ok(())
}

fn answer(stage: &mut Stage<'_>, kind: &str, body: impl Into<String>) {
    stage.respond(Http::new("HTTP/1.1 200 OK", &[("Content-Type", kind), ("Server", "EC2ws")], body));
}

pub(super) fn name(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("token_age"));
    get(stage, CREDENTIALS)?;
    match super::role_of_profile(stage) {
        Some(role) => {
            answer(stage, "text/plain", role);
            Ok(Happened::Sent)
        }
        None => Err(refused(stage, 404, "The instance has no profile, and so no role.")),
    }
}

pub(super) fn keys(stage: &mut Stage<'_>) -> Did {
    fetch(stage)?;
    if stage.input("fields") == "two" {
        stage.forget_token("app");
        stage.note("The application takes AccessKeyId and SecretAccessKey, and looks in vain for a SessionToken: here it is called Token.");
    }
    Ok(Happened::Sent)
}

/// The same hours later, with a new metadata token where the old one is over.
pub(super) fn again(stage: &mut Stage<'_>) -> Did {
    let until: i64 = stage.made("token-until").parse().unwrap_or_default();
    if uses_token(stage) && until <= stage.now.0 {
        stage.note("The metadata token is over too: the application asks for another one first.");
        token(stage)?;
    }
    fetch(stage)?;
    Ok(Happened::Allowed)
}

fn fetch(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let role = super::role_of_profile(stage).unwrap_or_default();
    get(stage, &format!("{CREDENTIALS}{role}"))?;
    let body = hand_out(stage);
    answer(stage, "text/plain", body);
    Ok(())
}

/// The application gets what the metadata service has; the document with it.
fn hand_out(stage: &mut Stage<'_>) -> String {
    let Some(mut credentials) = stage.credentials.get("imds").cloned() else { return String::new() };
    let delivery = if uses_token(stage) { "2.0" } else { "1.0" };
    credentials.caller.keys.insert("ec2:RoleDelivery".to_owned(), Some(ContextValue::One(delivery.to_owned())));
    let document = json!({
        "Code": "Success",
        "LastUpdated": instant::extended(credentials.issued),
        "Type": "AWS-HMAC",
        "AccessKeyId": credentials.id,
        "SecretAccessKey": credentials.secret,
        "Token": credentials.token,
        "Expiration": credentials.expires.map(instant::extended),
    });
    let document = format!("{document:#}");
    stage.paper("Credentials", PaperKind::Json, document.clone());
    let about = credentials.caller.arn(stage.world);
    let mut holding = Holding::new("app", "credentials", "Temporary credentials", about);
    holding.about.push(credentials.id.clone());
    holding.until = credentials.expires;
    stage.gain(holding);
    stage.credentials.insert("app", credentials);
    document
}
