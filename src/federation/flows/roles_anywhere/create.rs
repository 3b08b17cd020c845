//! The request for a session, and what Roles Anywhere looks at first (FED-85.1).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::certificate::{ALGORITHM, AUTHORITY, Certificate, SERVER};
use super::policies::{ANCHOR, PROFILE};
use crate::federation::digest::{base64, from_base64url, hex, sha256};
use crate::federation::jwt::pretty;
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Holding, Http, PaperKind};
use crate::federation::seal::{KeyName, Presented, Signed};
use crate::federation::stage::{REGION, Stage};
use crate::federation::{instant, sts, uri_encode};
use crate::model::Time;

/// Seconds by which clocks may differ.
const SKEW: i64 = 300;

/// The longest session that can be asked for, in seconds.
const LONGEST: i64 = 43_200;

/// A refusal of Roles Anywhere (ERR-192); its words are remembered unless said otherwise.
pub(super) fn refusal(message: impl Into<String>, why: impl Into<String>) -> Failure {
    Failure::new("AccessDeniedException", 403, message, "ERR-192").approximately().because(why)
}

/// Roles Anywhere answers with an error.
pub(super) fn refuse(stage: &mut Stage<'_>, failure: Failure) -> Failure {
    sts::answered_by(stage, "rolesanywhere", failure)
}

fn arn(stage: &Stage<'_>, rest: &str) -> String {
    format!("arn:aws:rolesanywhere:{REGION}:{}:{rest}", stage.home)
}

pub(super) fn enroll(stage: &mut Stage<'_>) -> Did {
    stage.made.insert("from", stage.now.0.to_string());
    let certificate = Certificate::of(stage);
    let key = stage.sealing.public(SERVER, ALGORITHM);
    let text = certificate.text(&key);
    let signature = stage.sealing.sign(certificate.by, ALGORITHM, &text).to_owned();
    stage.paper("Certificate of the server", PaperKind::Text, format!("{text}Signature: {signature}\n"));
    let about = certificate.subject();
    stage.gain(Holding::new("server", "certificate", "Certificate", about).until(certificate.until));
    Ok(Happened::Sent)
}

pub(super) fn process(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("age"));
    let text = format!(
        "[profile backup]\nregion = {REGION}\ncredential_process = aws_signing_helper credential-process --certificate /etc/pki/server.pem --private-key /etc/pki/server.key --trust-anchor-arn {} --profile-arn {} --role-arn {}\n",
        stage.input("anchor"),
        stage.input("profile"),
        stage.input("role")
    );
    stage.paper("~/.aws/config", PaperKind::Text, text);
    Ok(Happened::Sent)
}

/// Start, query, headers and body of the request, all but the signature; parameters and headers in order of their names.
struct Unsigned {
    start: String,
    query: String,
    headers: Vec<(&'static str, String)>,
    body: String,
    signed_at: Time,
}

fn unsigned(stage: &mut Stage<'_>) -> Unsigned {
    let certificate = Certificate::of(stage);
    let key = stage.sealing.public(SERVER, ALGORITHM);
    let signed_at = stage.now.plus(stage.number("ahead"));
    let parameters = [
        ("profileArn", stage.input("profile")),
        ("roleArn", stage.input("role")),
        ("trustAnchorArn", stage.input("anchor")),
    ];
    let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", uri_encode(value))).collect();
    let mut body = Map::new();
    match (stage.input("duration").trim(), stage.input("duration").trim().parse::<i64>()) {
        ("", _) => {}
        (_, Ok(seconds)) => {
            body.insert("durationSeconds".to_owned(), seconds.into());
        }
        (text, Err(_)) => {
            body.insert("durationSeconds".to_owned(), text.into());
        }
    }
    if !stage.input("session").is_empty() {
        body.insert("roleSessionName".to_owned(), stage.input("session").into());
    }
    Unsigned {
        start: format!("POST /sessions?{} HTTP/1.1", query.join("&")),
        query: query.join("&"),
        headers: vec![
            ("Content-Type", "application/json".to_owned()),
            ("Host", format!("rolesanywhere.{REGION}.amazonaws.com")),
            ("X-Amz-Date", instant::basic(signed_at)),
            ("X-Amz-X509", base64(certificate.text(&key).as_bytes())),
        ],
        body: Value::Object(body).to_string(),
        signed_at,
    }
}

impl Unsigned {
    fn names(&self) -> String {
        self.headers.iter().map(|(name, _)| name.to_lowercase()).collect::<Vec<_>>().join(";")
    }

    fn canonical(&self) -> String {
        let headers: String =
            self.headers.iter().map(|(name, value)| format!("{}:{value}\n", name.to_lowercase())).collect();
        let payload = hex(&sha256(self.body.as_bytes()));
        format!("POST\n/sessions\n{}\n{headers}\n{}\n{payload}", self.query, self.names())
    }

    fn scope(&self) -> String {
        let day: String = instant::basic(self.signed_at).chars().take(8).collect();
        format!("{day}/{REGION}/rolesanywhere/aws4_request")
    }

    fn to_sign(&self) -> String {
        let hash = hex(&sha256(self.canonical().as_bytes()));
        format!("AWS4-X509-RSA-SHA256\n{}\n{}\n{hash}", instant::basic(self.signed_at), self.scope())
    }
}

/// The key that signs: that of the certificate, or another.
fn signer(stage: &Stage<'_>) -> KeyName {
    if stage.input("signer") == "stranger" { "stranger" } else { SERVER }
}

pub(super) fn sign(stage: &mut Stage<'_>) -> Did {
    let request = unsigned(stage);
    stage.paper("Canonical request", PaperKind::Text, request.canonical());
    stage.paper("String to sign", PaperKind::Text, request.to_sign());
    stage.note("X-Amz-X509 has the certificate as the playground writes it; a real one has its DER form there.");
    let signature = stage.sealing.sign(signer(stage), ALGORITHM, &request.to_sign()).to_owned();
    stage.signed = (signer(stage), request.to_sign());
    stage.made.insert("signature", signature);
    Ok(Happened::Sent)
}

pub(super) fn send(stage: &mut Stage<'_>) -> Did {
    let request = unsigned(stage);
    let signature = from_base64url(stage.made("signature")).map(|bytes| hex(&bytes)).unwrap_or_default();
    let authorization = format!(
        "AWS4-X509-RSA-SHA256 Credential={}/{}, SignedHeaders={}, Signature={signature}",
        Certificate::of(stage).decimal(),
        request.scope(),
        request.names()
    );
    let mut headers: Vec<(&str, &str)> = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    headers.push(("Authorization", &authorization));
    let message = Http::new(request.start.clone(), &headers, request.body.clone());
    stage.record.exchange = Some(Exchange { request: message, response: None, signed: None });
    let duration = stage.input("duration");
    let wrong: Vec<String> = sts::duration(duration, LONGEST).into_iter().collect();
    let Some(message) = sts::validation(&wrong) else { return Ok(Happened::Sent) };
    let failure = Failure::new("ValidationException", 400, message, "ERR-192");
    Err(refuse(stage, if sts::is_whole(duration) { failure } else { failure.approximately() }))
}

pub(super) fn check(stage: &mut Stage<'_>) -> Did {
    let authority = stage.sealing.public(AUTHORITY, ALGORITHM);
    let anchor = json!({
        "trustAnchorArn": arn(stage, ANCHOR),
        "enabled": stage.input("anchor_state") != "off",
        "source": { "sourceType": "CERTIFICATE_BUNDLE", "publicKey": authority.members().into_iter().collect::<BTreeMap<_, _>>() },
        "revoked": if stage.input("revoked") == "yes" { json!([stage.input("serial")]) } else { json!([]) },
    });
    stage.paper("Trust anchor", PaperKind::Json, pretty(&anchor));
    match checked(stage) {
        Ok(()) => Ok(Happened::Accepted),
        Err(failure) => Err(refuse(stage, failure)),
    }
}

fn missing(what: &str, why: &str) -> Failure {
    let message = format!("{what} not found");
    Failure::new("ResourceNotFoundException", 404, message, "ERR-192").approximately().because(why)
}

/// Anchor and profile, the signature, the chain, and what the certificate is for.
fn checked(stage: &mut Stage<'_>) -> Result<(), Failure> {
    if stage.input("anchor") != arn(stage, ANCHOR) {
        return Err(missing("Trust anchor", "The account has no trust anchor with this ARN."));
    }
    if stage.input("profile") != arn(stage, PROFILE) {
        return Err(missing("Profile", "The account has no profile with this ARN."));
    }
    if stage.input("anchor_state") == "off" {
        return Err(refusal(
            "The trust anchor is disabled",
            "Somebody has switched the trust anchor off: nobody gets in through it.",
        ));
    }
    if stage.number("ahead").saturating_abs() > SKEW {
        return Err(refusal("Signature expired", "X-Amz-Date is more than five minutes from AWS's clock."));
    }
    let certificate = Certificate::of(stage);
    if !certificate.is_of_anchor(stage) {
        let failure = refusal(
            "Untrusted Signing Certificate",
            "Another authority has signed the certificate than that of the trust anchor.",
        );
        return Err(Failure { approximate: false, ..failure });
    }
    if certificate.until.0 <= stage.now.0 {
        let until = instant::extended(certificate.until);
        return Err(refusal(
            "Untrusted certificate. The certificate has expired",
            format!("It was valid until {until}."),
        ));
    }
    if certificate.is_authority || !certificate.signs {
        let why = match certificate.is_authority {
            true => "`CA:TRUE`: a certificate that may sign others cannot ask for a session itself.",
            false => "The key usage lacks `Digital Signature`, and the request is signed with it.",
        };
        return Err(refusal("Untrusted certificate. Insufficient certificate", why));
    }
    if stage.input("revoked") == "yes" {
        return Err(refusal(
            "Untrusted certificate. The certificate is revoked",
            "Its number is in the list that the authority has uploaded.",
        ));
    }
    let (by, input) = stage.signed.clone();
    let signature = stage.made("signature").to_owned();
    let presented = Presented { input: &input, signature: &signature };
    match stage.sealing.verify(SERVER, ALGORITHM, Signed { by, input: &input }, presented) {
        true => Ok(()),
        false => Err(Failure {
            approximate: false,
            ..refusal("Invalid signature", "Another key has signed than that of the certificate.")
        }),
    }
}
