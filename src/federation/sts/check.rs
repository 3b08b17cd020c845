//! What STS looks at before any policy: parameters, who may ask at all, the second factor.

use super::{Ask, Operation};
use crate::federation::credentials::{Caller, Credentials};
use crate::federation::identifiers;
use crate::federation::outcome::Failure;
use crate::federation::stage::Stage;
use crate::ident::Arn;
use crate::model::{MfaKind, PrincipalRef, Proof, Time};
use crate::policy::{PolicyKind, parse_document};

/// Parameters of every operation, in the ranges of the API (FED-29); all that are out of range are named at once (ERR-156).
pub fn parameters(ask: &Ask) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    if ask.operation.is_of_role() {
        length(&mut wrong, "roleArn", &ask.role, 20, 2_048);
    }
    // The assertion has the name of its session.
    if ask.operation == Operation::AssumeRoleWithSaml {
        length(&mut wrong, "principalArn", &ask.principal, 20, 2_048);
        length(&mut wrong, "sAMLAssertion", &ask.assertion, 4, 100_000);
    } else if ask.operation.is_of_role() {
        length(&mut wrong, "roleSessionName", &ask.name, 2, 64);
        pattern(&mut wrong, "roleSessionName", &ask.name, "_+=,.@-", r"[\w+=,.@-]*");
    }
    if ask.operation == Operation::GetFederationToken {
        length(&mut wrong, "name", &ask.name, 2, 32);
        pattern(&mut wrong, "name", &ask.name, "_+=,.@-", r"[\w+=,.@-]*");
    }
    wrong.extend(duration(&ask.duration, ask.operation.longest()));
    if !ask.external_id.is_empty() {
        length(&mut wrong, "externalId", &ask.external_id, 2, 1_224);
        pattern(&mut wrong, "externalId", &ask.external_id, "_+=,.@:/-", r"[\w+=,.@:\/-]*");
    }
    if !ask.serial.is_empty() {
        length(&mut wrong, "serialNumber", &ask.serial, 9, 256);
    }
    if !ask.code.is_empty() {
        length(&mut wrong, "tokenCode", &ask.code, 6, 6);
        if !ask.code.bytes().all(|byte| byte.is_ascii_digit()) {
            wrong.push(constraint(&ask.code, "tokenCode", r"satisfy regular expression pattern: [\d]*"));
        }
    }
    if !ask.source_identity.is_empty() {
        length(&mut wrong, "sourceIdentity", &ask.source_identity, 2, 64);
        pattern(&mut wrong, "sourceIdentity", &ask.source_identity, "_+=,.@-", r"[\w+=,.@-]*");
    }
    length_at_most(&mut wrong, "policy", &ask.policy, 2_048);
    if ask.operation == Operation::AssumeRoleWithWebIdentity {
        length(&mut wrong, "webIdentityToken", &ask.token, 4, 20_000);
    }
    if ask.policy_arns.len() > 10 {
        wrong.push(format!(
            "Value '[{}]' at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10",
            ask.policy_arns.join(", ")
        ));
    }
    tags(&mut wrong, &ask.tags);
    if let Some(message) = validation(&wrong) {
        let failure = invalid(message, "ERR-156");
        return Err(if is_whole(&ask.duration) { failure } else { failure.approximately() });
    }
    if ask.operation.is_of_role() && !is_role(&ask.role) {
        return Err(invalid("Request ARN is invalid", "ERR-76").because(
            "RoleArn has to be the ARN of a role: `arn:aws:iam::`, twelve digits, `:role/` and the name with its path.",
        ));
    }
    let folded: std::collections::BTreeSet<String> = ask.tags.iter().map(|(key, _)| key.to_lowercase()).collect();
    if folded.len() != ask.tags.len() {
        return Err(invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.", "ERR-76"));
    }
    document(ask)
}

/// Tags in a token or an assertion have the limits of those in a request (EVAL-163); AWS's words are not known.
pub fn brought_tags(brought: &[(String, String)]) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    tags(&mut wrong, brought);
    match wrong.is_empty() {
        true => Ok(()),
        false => {
            let message = "The session tags are not valid.";
            Err(Failure::new("InvalidIdentityToken", 400, message, "ERR-55").approximately().because(wrong.join("; ")))
        }
    }
}

/// EVAL-163.
fn tags(wrong: &mut Vec<String>, tags: &[(String, String)]) {
    if tags.len() > 50 {
        wrong.push(
            "Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50".into(),
        );
    }
    for (at, (key, value)) in tags.iter().enumerate() {
        let at = at.saturating_add(1);
        length(wrong, &format!("tags.{at}.member.key"), key, 1, 128);
        length_at_most(wrong, &format!("tags.{at}.member.value"), value, 256);
    }
}

fn is_role(text: &str) -> bool {
    Arn::parse(text).is_some_and(|arn| arn.service == "iam" && arn.after_type("role").is_some())
}

/// A session policy that is none (ERR-51).
fn document(ask: &Ask) -> Result<(), Failure> {
    if ask.policy.trim().is_empty() {
        return Ok(());
    }
    let parsed = parse_document(&ask.policy, PolicyKind::Identity);
    match parsed.value.is_some() && !parsed.has_errors() {
        true => Ok(()),
        false => Err(Failure::new("MalformedPolicyDocument", 400, "Syntax errors in policy.", "ERR-170")),
    }
}

/// What is wrong with parameters, in one message (ERR-156); `None` where nothing is.
pub fn validation(wrong: &[String]) -> Option<String> {
    match wrong.len() {
        0 => None,
        1 => Some(format!("1 validation error detected: {}", wrong.join(""))),
        many => Some(format!("{many} validation errors detected: {}", wrong.join("; "))),
    }
}

/// What is wrong with a DurationSeconds (ERR-62c); one that is left out is right.
pub fn duration(text: &str, longest: i64) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let rule = match text.parse::<i64>() {
        Ok(seconds) if seconds > longest => format!("have value less than or equal to {longest}"),
        Ok(seconds) if seconds < 900 => "have value greater than or equal to 900".to_owned(),
        Ok(_) => return None,
        Err(_) => "be a whole number".to_owned(),
    };
    Some(constraint(text, "durationSeconds", &rule))
}

/// Whether a DurationSeconds is a number or left out; how AWS words what is neither is not known.
pub fn is_whole(duration: &str) -> bool {
    let text = duration.trim();
    text.is_empty() || text.parse::<i64>().is_ok()
}

fn length(wrong: &mut Vec<String>, field: &str, value: &str, least: usize, most: usize) {
    if value.chars().count() < least {
        wrong.push(constraint(value, field, &format!("have length greater than or equal to {least}")));
    }
    length_at_most(wrong, field, value, most);
}

fn length_at_most(wrong: &mut Vec<String>, field: &str, value: &str, most: usize) {
    if value.chars().count() > most {
        wrong.push(constraint(value, field, &format!("have length less than or equal to {most}")));
    }
}

fn pattern(wrong: &mut Vec<String>, field: &str, value: &str, also: &str, written: &str) {
    if !value.chars().all(|c| c.is_ascii_alphanumeric() || also.contains(c)) {
        wrong.push(constraint(value, field, &format!("satisfy regular expression pattern: {written}")));
    }
}

fn constraint(value: &str, field: &str, rule: &str) -> String {
    format!("Value '{value}' at '{field}' failed to satisfy constraint: Member must {rule}")
}

pub(super) fn invalid(message: impl Into<String>, fact: &'static str) -> Failure {
    Failure::new("ValidationError", 400, message, fact)
}

/// ERR-61, ERR-65: root users assume no roles, and sessions get no tokens.
pub fn sessions(ask: &Ask, credentials: &Credentials) -> Result<(), Failure> {
    match ask.operation {
        Operation::AssumeRole if credentials.caller.principal == PrincipalRef::Root => {
            Err(Failure::new("AccessDenied", 403, "Roles may not be assumed by root accounts.", "ERR-61"))
        }
        Operation::GetSessionToken | Operation::GetFederationToken if credentials.token.is_some() => {
            let message = format!("Cannot call {} with session credentials", ask.operation.name());
            Err(Failure::new("AccessDenied", 403, message, "ERR-65"))
        }
        _ => Ok(()),
    }
}

/// Whether a second factor is proved; a wrong one is refused (ERR-63…64b).
pub fn second_factor(stage: &Stage<'_>, ask: &Ask, caller: &Caller) -> Result<bool, Failure> {
    let refused = |message: &str, fact| Err(Failure::new("AccessDenied", 403, message, fact));
    match (ask.serial.is_empty(), ask.code.is_empty()) {
        (true, true) => return Ok(false),
        (false, false) => {}
        _ => {
            let message =
                "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
            return refused(message, "ERR-64b").map_err(Failure::approximately);
        }
    }
    if caller.session.proof == Some(Proof::Federation) || !has_device(stage, caller, &ask.serial) {
        return refused(
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
            "ERR-64",
        );
    }
    match ask.code == one_time_code(&ask.serial, stage.now) {
        true => Ok(true),
        false => refused("MultiFactorAuthentication failed with invalid MFA one time pass code. ", "ERR-63"),
    }
}

/// What an authenticator shows in a step of 30 seconds (FED-68); made up, so that nobody needs one.
pub fn one_time_code(serial: &str, now: Time) -> String {
    let seed = format!("{serial}/{}", now.0.div_euclid(30));
    let number = u64::from_str_radix(&identifiers::hex(&seed, 12), 16).unwrap_or_default();
    format!("{:06}", number % 1_000_000)
}

/// Whether the serial is that of a device of the user which shows codes; passkeys do not (FED-68).
fn has_device(stage: &Stage<'_>, caller: &Caller, serial: &str) -> bool {
    let PrincipalRef::User(name) = &caller.principal else { return false };
    let user = stage.world.account(&caller.account).and_then(|account| account.users.get(name));
    let arn = |device: &str| format!("arn:aws:iam::{}:mfa/{device}", caller.account);
    let shows_codes = |kind| kind != MfaKind::Passkey;
    user.is_some_and(|user| {
        user.mfa_devices.iter().any(|device| shows_codes(device.kind) && arn(&device.name) == serial)
    })
}
