//! From an assignment to a session of the role: the same for people and programs (FED-60.3).

use serde_json::Value;

use super::policies::{ISSUER, PATH, PROVIDER, ROLE};
use super::{CLI, CONSOLE};
use crate::federation::identifiers;
use crate::federation::idp;
use crate::federation::jwt::pretty;
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Holding, Http, PaperKind};
use crate::federation::saml::{self, Assertion, NameFormat};
use crate::federation::seal::KeyName;
use crate::federation::stage::Stage;
use crate::federation::sts::{self, Ask, Door, Operation};

/// The key of Identity Center.
const KEY: KeyName = "identity-center";
/// Where AWS takes assertions.
const SIGN_IN: &str = "https://signin.aws.amazon.com/saml";
/// Seconds that a portal session and an access token last.
pub(super) const PORTAL_SESSION: i64 = 28_800;
/// Seconds in which an assertion has to be handed over.
const FIVE_MINUTES: i64 = 300;

/// The ARN of the role of the permission set.
pub(super) fn role(stage: &Stage<'_>) -> String {
    format!("arn:aws:iam::{}:role{PATH}{ROLE}", stage.home)
}

fn provider(stage: &Stage<'_>) -> String {
    format!("arn:aws:iam::{}:saml-provider/{PROVIDER}", stage.home)
}

/// The portal session is checked, then the assignment (ERR-193).
pub(super) fn is_assigned(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.wait(stage.number("pause"));
    let until = stage.made("portal").parse().unwrap_or_default();
    if stage.now.0 >= until {
        let message = "Session token not found or invalid";
        let failure = Failure::new("UnauthorizedException", 401, message, "ERR-193").approximately();
        return Err(failure.because("The portal session has lasted its eight hours: sign in again."));
    }
    match (stage.input("assigned"), stage.input("set")) {
        ("no", _) => {
            Err(no_access("Neither the person nor a group of theirs is assigned the permission set in this account."))
        }
        (_, "SalesReader") => Ok(()),
        _ => Err(no_access(
            "There is no permission set of that name for this person in this account; the name counts to the letter.",
        )),
    }
}

/// What Identity Center says whatever is missing; its words are remembered.
pub(super) fn no_access(why: &str) -> Failure {
    Failure::new("ForbiddenException", 403, "No access", "ERR-193").approximately().because(why)
}

/// An answer in JSON.
pub(super) fn answered(stage: &mut Stage<'_>, body: &Value) {
    let response = Http::new("HTTP/1.1 200 OK", &[("Content-Type", "application/json")], pretty(body));
    match &mut stage.record.exchange {
        Some(exchange) => exchange.response = Some(response),
        none => *none = Some(Exchange { response: Some(response), ..Exchange::default() }),
    }
}

/// The portal session begins.
pub(super) fn portal_session(stage: &mut Stage<'_>) -> Did {
    let until = stage.now.plus(PORTAL_SESSION);
    let about = format!("of {}, for eight hours", stage.input("user"));
    stage.gain(Holding::new("browser", "portal", "Portal session", about).until(until));
    stage.made.insert("portal", until.0.to_string());
    Ok(Happened::Accepted)
}

/// What Identity Center says of the person.
fn signed(stage: &mut Stage<'_>) -> String {
    let seed = stage.seed("assertion");
    let (response, assertion) =
        (format!("_{}", identifiers::request_id(&seed)), format!("_{}", identifiers::hex(&seed, 32)));
    let mut attributes = vec![
        (saml::ROLE.to_owned(), vec![format!("{},{}", role(stage), provider(stage))]),
        (saml::ROLE_SESSION_NAME.to_owned(), vec![stage.input("user").to_owned()]),
        (saml::SESSION_DURATION.to_owned(), vec![stage.input("duration").to_owned()]),
    ];
    if !stage.input("department").is_empty() {
        attributes.push((format!("{}Department", saml::PRINCIPAL_TAG), vec![stage.input("department").to_owned()]));
    }
    let said = Assertion {
        response_id: &response,
        assertion_id: &assertion,
        issued: stage.now,
        issuer: ISSUER,
        destination: SIGN_IN,
        recipient: SIGN_IN,
        audience: SIGN_IN,
        subject: stage.input("user"),
        format: NameFormat::Persistent,
        not_before: stage.now,
        not_on_or_after: stage.now.plus(FIVE_MINUTES),
        session_not_on_or_after: None,
        attributes,
    };
    let text = idp::sign(stage, KEY, &said);
    stage.paper("Assertion of Identity Center", PaperKind::Saml, text.clone());
    text
}

pub(super) fn assertion(stage: &mut Stage<'_>) -> Did {
    let text = signed(stage);
    let until = stage.now.plus(FIVE_MINUTES);
    stage.gain(Holding::new("browser", "assertion", "Assertion", format!("for {}", role(stage))).until(until));
    stage.made.insert("assertion", saml::encode(&text));
    Ok(Happened::Sent)
}

pub(super) fn ask(stage: &mut Stage<'_>) -> Did {
    if stage.is(CLI) {
        let text = signed(stage);
        stage.made.insert("assertion", saml::encode(&text));
    }
    let ask = Ask {
        operation: Operation::AssumeRoleWithSaml,
        role: role(stage),
        principal: provider(stage),
        assertion: stage.made("assertion").to_owned(),
        duration: stage.input("duration").to_owned(),
        ..Ask::default()
    };
    sts::receive(stage, ask, None)
}

pub(super) fn verify(stage: &mut Stage<'_>) -> Did {
    let metadata = idp::metadata(stage, ISSUER, ISSUER, KEY);
    stage.paper("Metadata in the SAML provider", PaperKind::Saml, metadata);
    if stage.is(CONSOLE) {
        return sts::verify_saml(stage, KEY, Door::SignIn);
    }
    sts::verify_saml(stage, KEY, Door::Api)
        .map_err(|refusal| sts::answered_by(stage, "sso", no_access(&refusal.message)))
}

pub(super) fn trust(stage: &mut Stage<'_>) -> Did {
    match stage.is(CONSOLE) {
        true => sts::authorize(stage),
        false => sts::authorize_for(stage, "sso", no_access("")),
    }
}
