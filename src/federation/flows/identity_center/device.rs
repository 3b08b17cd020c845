//! The command line: a device code, an access token, role credentials (FED-60, ERR-194).

use serde_json::{Value, json};

use super::portal::PORTAL;
use super::session::{self, PORTAL_SESSION, answered};
use crate::federation::errors;
use crate::federation::jwt::pretty;
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Holding, Http, PaperKind};
use crate::federation::stage::{REGION, Stage};
use crate::federation::{identifiers, sts};

/// Seconds that a person has to agree.
const CODE: i64 = 600;
/// Seconds that have to lie between two questions.
const INTERVAL: i64 = 1;
/// Seconds that a registration is good.
const NINETY_DAYS: i64 = 7_776_000;

pub(super) fn login(stage: &mut Stage<'_>) -> Did {
    let profile = format!(
        "[profile sales]\nsso_session = example\nsso_account_id = {}\nsso_role_name = {}\nregion = {REGION}\n\n[sso-session example]\nsso_start_url = https://{PORTAL}/start\nsso_region = {REGION}\nsso_registration_scopes = sso:account:access\n",
        stage.home,
        stage.input("set")
    );
    stage.paper("~/.aws/config", PaperKind::Text, profile);
    Ok(Happened::Sent)
}

fn asked(stage: &mut Stage<'_>, path: &str, body: &Value) {
    let host = format!("oidc.{REGION}.amazonaws.com");
    let headers = [("Host", host.as_str()), ("Content-Type", "application/json")];
    let request = Http::new(format!("POST {path} HTTP/1.1"), &headers, pretty(body));
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
}

/// An error of the token service: a code of OAuth in the body, that of AWS in a header.
fn refuse(stage: &mut Stage<'_>, code: &str, status: u16, error: &str, words: &str) -> Failure {
    let body = pretty(&json!({ "error": error, "error_description": words }));
    let start = format!("HTTP/1.1 {status} {}", errors::reason(status));
    let headers = [("Content-Type", "application/json"), ("x-amzn-ErrorType", code)];
    if let Some(exchange) = &mut stage.record.exchange {
        exchange.response = Some(Http::new(start, &headers, body));
    }
    Failure::new(code, status, words, "ERR-194").approximately()
}

pub(super) fn register(stage: &mut Stage<'_>) -> Did {
    asked(
        stage,
        "/client/register",
        &json!({ "clientName": "AWS CLI", "clientType": "public", "scopes": ["sso:account:access"] }),
    );
    let seed = stage.seed("client");
    let issued = if stage.input("client") == "old" { stage.now.plus(-NINETY_DAYS - 1) } else { stage.now };
    if stage.input("client") == "old" {
        stage.note("The CLI has kept an earlier answer in a file and does not ask again.");
    }
    let (until, secret) = (issued.plus(NINETY_DAYS), identifiers::hex(&format!("{seed}/secret"), 64));
    let body = json!({
        "clientId": identifiers::hex(&seed, 32),
        "clientSecret": secret,
        "clientIdIssuedAt": issued.0,
        "clientSecretExpiresAt": until.0,
    });
    answered(stage, &body);
    stage.gain(Holding::new("cli", "client", "Registration", "says which program asks, not who").until(until));
    stage.made.insert("client", identifiers::hex(&seed, 32));
    stage.made.insert("client-secret", secret);
    Ok(Happened::Sent)
}

pub(super) fn start(stage: &mut Stage<'_>) -> Did {
    let url = format!("https://{PORTAL}/start");
    let body =
        json!({ "clientId": stage.made("client"), "clientSecret": stage.made("client-secret"), "startUrl": url });
    asked(stage, "/device_authorization", &body);
    if stage.input("client") == "old" {
        let failure = refuse(stage, "InvalidClientException", 401, "invalid_client", "Invalid client provided");
        return Err(failure.because("The registration was good for ninety days, and they are over."));
    }
    let seed = stage.seed("device");
    let user = user_code(&seed);
    let body = json!({
        "deviceCode": identifiers::hex(&seed, 64),
        "userCode": user,
        "verificationUri": format!("https://device.sso.{REGION}.amazonaws.com/"),
        "verificationUriComplete": format!("https://device.sso.{REGION}.amazonaws.com/?user_code={user}"),
        "expiresIn": CODE,
        "interval": INTERVAL,
    });
    answered(stage, &body);
    let until = stage.now.plus(CODE);
    stage.gain(Holding::new("cli", "device", "Device code", format!("waits for {user}")).until(until));
    stage.gain(Holding::new("browser", "user-code", "User code", user.clone()).until(until));
    stage.made.insert("device", identifiers::hex(&seed, 64));
    stage.made.insert("user-code", user);
    stage.made.insert("code-until", until.0.to_string());
    Ok(Happened::Sent)
}

/// Such as `BCDF-GHJK`: letters that are not taken for one another.
fn user_code(seed: &str) -> String {
    const LETTERS: [char; 16] = ['B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'S', 'T', 'V'];
    let digits = identifiers::hex(&format!("{seed}/user"), 8);
    let mut letters: Vec<char> =
        digits.chars().filter_map(|digit| LETTERS.get(usize::try_from(digit.to_digit(16)?).ok()?).copied()).collect();
    letters.insert(letters.len() / 2, '-');
    letters.into_iter().collect()
}

fn ask_for_token(stage: &mut Stage<'_>) {
    let body = json!({
        "clientId": stage.made("client"),
        "clientSecret": stage.made("client-secret"),
        "deviceCode": stage.made("device"),
        "grantType": "urn:ietf:params:oauth:grant-type:device_code",
    });
    asked(stage, "/token", &body);
}

pub(super) fn poll(stage: &mut Stage<'_>) -> Did {
    ask_for_token(stage);
    if stage.number("interval") < INTERVAL {
        let failure = refuse(stage, "SlowDownException", 400, "slow_down", "Slow down");
        return Err(failure.because("The program asks more often than the answer to StartDeviceAuthorization allows."));
    }
    // This error is part of the way: the program waits and asks again.
    let waiting = refuse(stage, "AuthorizationPendingException", 400, "authorization_pending", "Authorization pending");
    stage.note(format!("{}: nobody has agreed yet. The CLI waits and asks again.", waiting.code));
    Ok(Happened::Sent)
}

pub(super) fn approve(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("approval"));
    session::portal_session(stage)?;
    let code = stage.made("user-code").to_owned();
    let answer = if stage.input("answer") == "deny" { "does not agree" } else { "agrees" };
    stage.note(format!("The page shows the code {code} and the person {answer}."));
    stage.lose("browser", "user-code");
    Ok(Happened::Accepted)
}

pub(super) fn token(stage: &mut Stage<'_>) -> Did {
    ask_for_token(stage);
    if stage.now.0 >= stage.made("code-until").parse().unwrap_or_default() {
        let failure = refuse(stage, "ExpiredTokenException", 400, "expired_token", "Device code expired");
        return Err(failure.because("The person agreed when the ten minutes of the code were over."));
    }
    if stage.input("answer") == "deny" {
        let failure = refuse(stage, "AccessDeniedException", 400, "access_denied", "Access denied");
        return Err(failure.because("The person did not agree."));
    }
    let seed = stage.seed("token");
    let token = identifiers::hex(&seed, 80);
    answered(stage, &json!({ "accessToken": token, "tokenType": "Bearer", "expiresIn": PORTAL_SESSION }));
    let until = stage.now.plus(PORTAL_SESSION);
    stage.gain(Holding::new("cli", "token", "Access token", "for Identity Center alone").until(until));
    stage.lose("cli", "device");
    stage.paper("Access token", PaperKind::Opaque, token.clone());
    stage.made.insert("token", token);
    Ok(Happened::Sent)
}

pub(super) fn choose(stage: &mut Stage<'_>) -> Did {
    let assigned = session::is_assigned(stage);
    let host = format!("portal.sso.{REGION}.amazonaws.com");
    let start =
        format!("GET /federation/credentials?role_name={}&account_id={} HTTP/1.1", stage.input("set"), stage.home);
    let headers = [("Host", host.as_str()), ("x-amz-sso_bearer_token", stage.made("token"))];
    let request = Http::new(start, &headers, "");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    match assigned {
        Ok(()) => Ok(Happened::Accepted),
        Err(failure) => Err(sts::answered_by(stage, "sso", failure)),
    }
}

pub(super) fn back(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("center").cloned() else { return Ok(Happened::Sent) };
    let body = json!({
        "roleCredentials": {
            "accessKeyId": credentials.id,
            "secretAccessKey": credentials.secret,
            "sessionToken": credentials.token,
            // In milliseconds, unlike everywhere else.
            "expiration": credentials.expires.map(|until| until.0.saturating_mul(1_000)),
        },
    });
    answered(stage, &body);
    sts::hand_over(stage, "center", "cli");
    Ok(Happened::Sent)
}
