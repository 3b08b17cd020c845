//! From a good certificate to a session of the role (FED-85.2, FED-85.3).

use serde_json::json;

use super::certificate::{Certificate, ISSUER};
use super::create::{refusal, refuse};
use super::policies::ANCHOR;
use crate::eval::ContextValue;
use crate::federation::jwt::pretty;
use crate::federation::outcome::{Did, Exchange, Happened, Http, PaperKind};
use crate::federation::stage::{REGION, Stage};
use crate::federation::sts::{self, Ask, Operation};
use crate::federation::{Caller, Keys, identifiers, instant};

pub(super) fn profile(stage: &mut Stage<'_>) -> Did {
    let profile = json!({
        "profileArn": stage.input("profile"),
        "enabled": stage.input("profile_state") != "off",
        "roleArns": [stage.input("listed")],
        "durationSeconds": stage.number("longest"),
        "acceptRoleSessionName": stage.input("accepts") == "yes",
        "sessionPolicy": stage.input("policy"),
    });
    stage.paper("Profile", PaperKind::Json, pretty(&profile));
    let role = stage.input("role");
    let failure = match () {
        () if stage.input("profile_state") == "off" => {
            refusal("The profile is disabled", "Somebody has switched the profile off: no role can be had through it.")
        }
        () if stage.input("listed") != role => {
            refusal(format!("Unable to assume role for {role}."), "The profile does not list the role.")
        }
        // Words and code as seen at AWS.
        () if !stage.input("session").is_empty() && stage.input("accepts") != "yes" => refusal(
            "Not authorized to set roleSessionName.",
            "The profile does not let servers choose the name of the session.",
        ),
        () => return Ok(Happened::Accepted),
    };
    Err(refuse(stage, failure))
}

/// The source identity: a long name stands alone, and without one the number does (FED-85).
pub(super) fn source_identity(certificate: &Certificate<'_>) -> String {
    match certificate.name.chars().count() {
        0 => format!("ID={}", certificate.serial),
        1..=61 => format!("CN={}", certificate.name),
        _ => certificate.name.to_owned(),
    }
}

/// What the certificate says, as tags.
fn tags(certificate: &Certificate<'_>) -> Vec<(String, String)> {
    let known = [
        ("x509Subject/O", "Example Corp"),
        ("x509Subject/OU", certificate.unit),
        ("x509Subject/CN", certificate.name),
        ("x509Issuer/O", "Example Corp"),
        ("x509Issuer/CN", ISSUER),
        ("x509SAN/DNS", certificate.name),
    ];
    let there = known.into_iter().filter(|(_, value)| !value.is_empty());
    there.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

pub(super) fn assume(stage: &mut Stage<'_>) -> Did {
    let certificate = Certificate::of(stage);
    let tags = tags(&certificate);
    let anchor = format!("arn:aws:rolesanywhere:{REGION}:{}:{ANCHOR}", stage.home);
    let mut service = Caller::service(stage.home, "rolesanywhere.amazonaws.com", &anchor);
    // Already while the trust policy is asked (FED-85).
    for (key, value) in &tags {
        service.key(&format!("aws:PrincipalTag/{key}"), value.as_str());
    }
    let role = stage.input("role");
    let most = stage.world.role(role).map_or(3_600, |(_, role)| i64::from(role.max_session));
    let longest = stage.number("longest");
    // Without a wish the session lasts as long as the profile says.
    let asked = stage.input("duration").trim().parse().unwrap_or(longest);
    let seconds = asked.min(longest).min(most);
    if seconds < asked {
        stage.note(format!("{asked} seconds were asked; profile and role allow {seconds}."));
    }
    let ask = Ask {
        operation: Operation::AssumeRole,
        role: role.to_owned(),
        name: match stage.input("session") {
            "" => certificate.serial.to_owned(),
            name => name.to_owned(),
        },
        duration: seconds.to_string(),
        policy: stage.input("policy").to_owned(),
        source_identity: source_identity(&certificate),
        tags,
        ..Ask::default()
    };
    sts::receive_from_service(stage, ask, service).map_err(|refused| {
        let failure = refusal(format!("Unable to assume role for {role}."), refused.message);
        refuse(stage, failure)
    })
}

/// The decision, and whom else the trust policy would let in.
pub(super) fn trust(stage: &mut Stage<'_>) -> Did {
    let message = format!("Unable to assume role for {}.", stage.input("role"));
    let done = sts::authorize_for(stage, "rolesanywhere", refusal(message, ""))?;
    let one = |value: &str| Some(ContextValue::One(value.to_owned()));
    let anchor =
        format!("arn:aws:rolesanywhere:{REGION}:{}:trust-anchor/11111111-2222-4333-8444-555555555555", stage.home);
    if sts::would_trust(stage, &Keys::from([("aws:SourceArn".to_owned(), one(&anchor))])) {
        stage.note("It would let in the certificates of every other trust anchor of the account as well.");
    }
    let other = Keys::from([
        ("aws:PrincipalTag/x509Subject/CN".to_owned(), one("printer.example.com")),
        ("aws:PrincipalTag/x509Subject/OU".to_owned(), one("Printers")),
        ("aws:RequestTag/x509Subject/CN".to_owned(), one("printer.example.com")),
        ("aws:RequestTag/x509Subject/OU".to_owned(), one("Printers")),
        ("sts:SourceIdentity".to_owned(), one("CN=printer.example.com")),
    ]);
    if sts::would_trust(stage, &other) {
        stage.note("It would let in every other certificate of the authority as well, such as that of a printer.");
    }
    Ok(done)
}

pub(super) fn back(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("anywhere").cloned() else { return Ok(Happened::Sent) };
    let subject = identifiers::request_id(&format!("subject/{}", stage.input("name")));
    let body = json!({
        "credentialSet": [{
            "assumedRoleUser": {
                "arn": credentials.caller.arn(stage.world),
                "assumedRoleId": credentials.caller.user_id(stage.world),
            },
            "credentials": {
                "accessKeyId": credentials.id,
                "secretAccessKey": credentials.secret,
                "sessionToken": credentials.token,
                "expiration": credentials.expires.map(instant::extended),
            },
            "packedPolicySize": stage.made("packed").parse::<u32>().unwrap_or_default(),
            "roleArn": stage.input("role"),
            "sourceIdentity": credentials.caller.session.source_identity.as_deref(),
        }],
        "subjectArn": format!("arn:aws:rolesanywhere:{REGION}:{}:subject/{subject}", stage.home),
    });
    let response = Http::new("HTTP/1.1 201 Created", &[("Content-Type", "application/json")], pretty(&body));
    stage.record.exchange = Some(Exchange { response: Some(response), ..Exchange::default() });
    sts::hand_over(stage, "anywhere", "server");
    Ok(Happened::Sent)
}

pub(super) fn output(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("server").cloned() else { return Ok(Happened::Sent) };
    let output = json!({
        "Version": 1,
        "AccessKeyId": credentials.id,
        "SecretAccessKey": credentials.secret,
        "SessionToken": credentials.token,
        "Expiration": credentials.expires.map(instant::extended),
    });
    stage.paper("Output of credential_process", PaperKind::Json, pretty(&output));
    Ok(Happened::Sent)
}
