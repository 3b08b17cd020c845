use std::collections::BTreeMap;

use super::super::{Ask, Operation};
use super::*;
use crate::eval::ContextValue;
use crate::eval::situation::{Library, Memo};
use crate::federation::idp;
use crate::federation::outcome::Http;
use crate::federation::saml::{Assertion, NameFormat};
use crate::federation::seal::{Sealing, Seals};
use crate::federation::{self, Setting, sts};
use crate::model::example;

/// 2026-12-01T09:00:00Z.
const NOW: Time = Time(1_796_115_600);
const ROLE: &str = "arn:aws:iam::123456789012:role/Backup";
const PROVIDER: &str = "arn:aws:iam::123456789012:saml-provider/MySAMLIdP";
const SIGN_IN: &str = "https://signin.aws.amazon.com/saml";

const TRUST: &str = r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": { "Federated": "arn:aws:iam::123456789012:saml-provider/MySAMLIdP" },
    "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"],
    "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } }
  }
}"#;

fn attribute(name: &str, values: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), values.iter().map(|value| (*value).to_owned()).collect())
}

fn assertion() -> Assertion<'static> {
    Assertion {
        response_id: "_response",
        assertion_id: "_assertion",
        issued: Time(NOW.0 - 5),
        issuer: "https://example.com/saml",
        destination: SIGN_IN,
        recipient: SIGN_IN,
        audience: "urn:amazon:webservices",
        subject: "ana",
        format: NameFormat::Persistent,
        not_before: Time(NOW.0 - 5),
        not_on_or_after: Time(NOW.0 + 295),
        session_not_on_or_after: None,
        attributes: vec![
            attribute(saml::ROLE, &[&format!("{ROLE},{PROVIDER}")]),
            attribute(saml::ROLE_SESSION_NAME, &["ana@example.com"]),
        ],
    }
}

/// What comes of an assertion, from the request to the credentials: the response of STS, and what is left pending after the
/// assertion was verified.
fn asked(assertion: &Assertion<'_>, published: KeyName, tamper: fn(String) -> String) -> (Did, Option<Bearer>, Http) {
    asked_of(PROVIDER, assertion, published, tamper)
}

fn asked_of(
    principal: &str,
    assertion: &Assertion<'_>,
    published: KeyName,
    tamper: fn(String) -> String,
) -> (Did, Option<Bearer>, Http) {
    let flow = federation::flow("web-identity").unwrap();
    let mut setting = Setting::new(example::primer(), AccountId::example(), ("", NOW));
    setting.saml_provider("MySAMLIdP", "https://example.com/saml");
    setting.role("Backup", "", TRUST, &[]);
    let (world, _) = setting.done();
    let (library, memo, seals, values, home) =
        (Library::default(), Memo::default(), Seals::default(), BTreeMap::new(), AccountId::example());
    let here = (&world, &home);
    let mut stage = Stage::new(flow, &flow.variants[0], here, (&library, &memo), &values, (Sealing::new(&seals), NOW));
    let response = tamper(idp::sign(&mut stage, "saml", assertion));
    let ask = Ask {
        operation: Operation::AssumeRoleWithSaml,
        role: ROLE.to_owned(),
        principal: principal.to_owned(),
        assertion: saml::encode(&response),
        ..Ask::default()
    };
    sts::receive(&mut stage, ask, None).unwrap();
    let done = verify_saml(&mut stage, published, Door::Api);
    let bearer = stage.pending.clone().and_then(|pending| pending.bearer);
    let done = done.and_then(|_| sts::authorize(&mut stage)).and_then(|_| sts::issue(&mut stage, "app"));
    let response = stage.record.exchange.take().and_then(|exchange| exchange.response);
    (done, bearer, response.unwrap_or_default())
}

fn refusal(assertion: &Assertion<'_>) -> (String, u16, String, &'static str) {
    let failure = asked(assertion, "saml", |response| response).0.unwrap_err();
    (failure.code, failure.status, failure.message, failure.fact)
}

fn with(name: &str, values: &[&str]) -> Assertion<'static> {
    let mut changed = assertion();
    changed.attributes.retain(|(own, _)| own != name);
    changed.attributes.push(attribute(name, values));
    changed
}

fn keys(keys: &Keys) -> Vec<(&str, String)> {
    keys.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_ref()?.line()))).collect()
}

/// FED-22, KEY-135…139. The qualifier is what `printf %s 'https://example.com/saml123456789012/MySAMLIdP' | openssl dgst
/// -sha1 -binary | base64` gives.
#[test]
fn an_assertion_becomes_keys_and_fields() {
    let (done, bearer, response) = asked(&assertion(), "saml", |response| response);
    assert_eq!(done, Ok(Happened::Sent));
    let bearer = bearer.unwrap();
    let session = [
        ("saml:namequalifier", "1uAJanUnBc2XeUkHURMht+xam2c=".to_owned()),
        ("saml:sub", "ana".to_owned()),
        ("saml:sub_type", "persistent".to_owned()),
    ];
    assert_eq!(keys(&bearer.session_keys), session);
    let mut all = session.to_vec();
    all.extend([
        ("saml:aud", SIGN_IN.to_owned()),
        ("saml:iss", "https://example.com/saml".to_owned()),
        ("saml:doc", "123456789012/MySAMLIdP".to_owned()),
    ]);
    all.sort();
    assert_eq!(keys(&bearer.caller.keys), all);
    for line in [
        "<Subject>ana</Subject>",
        "<SubjectType>persistent</SubjectType>",
        "<Issuer>https://example.com/saml</Issuer>",
        "<Audience>https://signin.aws.amazon.com/saml</Audience>",
        "<NameQualifier>1uAJanUnBc2XeUkHURMht+xam2c=</NameQualifier>",
        "<Arn>arn:aws:sts::123456789012:assumed-role/Backup/ana@example.com</Arn>",
        "<Expiration>2026-12-01T10:00:00Z</Expiration>",
    ] {
        assert!(response.body.contains(line), "{line}: {}", response.body);
    }
}

/// ERR-80…90.
#[test]
fn what_is_wrong_has_its_words() {
    let invalid = |message: &str, fact| ("InvalidIdentityToken".to_owned(), 400, message.to_owned(), fact);
    let denied =
        ("AccessDenied".to_owned(), 403, "Not authorized to perform sts:AssumeRoleWithSAML".to_owned(), "ERR-82");
    let bad_name = invalid("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", "ERR-83");
    let bad_identity =
        invalid(r#"Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:""#, "ERR-84");
    let audience = invalid("Response does not contain the required audience.", "ERR-90");
    for (changed, expected) in [
        (
            Assertion { issuer: "https://example.com/SAML", ..assertion() },
            invalid("Issuer not present in specified provider", "ERR-86"),
        ),
        (Assertion { audience: "https://sp.example.com", ..assertion() }, audience.clone()),
        (Assertion { audience: "https://evil.example/.signin.aws.amazon.com/saml", ..assertion() }, audience),
        (with(saml::ROLE_SESSION_NAME, &[]), invalid("RoleSessionName is required in AuthnResponse", "ERR-81")),
        (with(saml::ROLE_SESSION_NAME, &["Ana Example"]), bad_name.clone()),
        (with(saml::ROLE_SESSION_NAME, &["a"]), bad_name.clone()),
        (with(saml::ROLE_SESSION_NAME, &[&"a".repeat(65)]), bad_name),
        (with(saml::SOURCE_IDENTITY, &["aws:ana"]), bad_identity.clone()),
        (with(saml::SOURCE_IDENTITY, &["a"]), bad_identity),
        (with(saml::ROLE, &[]), denied.clone()),
        (with(saml::ROLE, &[ROLE]), denied.clone()),
        (with(saml::ROLE, &[&format!("{ROLE}, {PROVIDER}")]), denied.clone()),
        (with(saml::ROLE, &[&format!("{ROLE}2,{PROVIDER}")]), denied.clone()),
        (Assertion { subject: "", ..assertion() }, denied.clone()),
        // The trust policy wants another address (KEY-135).
        (Assertion { recipient: "https://eu-west-1.signin.aws.amazon.com/saml", ..assertion() }, denied),
    ] {
        assert_eq!(refusal(&changed), expected, "{changed:?}");
    }
}

/// ERR-88: case counts.
#[test]
fn a_provider_is_known_by_its_exact_name() {
    for principal in [
        "arn:aws:iam::123456789012:saml-provider/mysamlidp",
        "arn:aws:iam::123456789012:saml-provider/Other",
        "arn:aws:iam::210987654321:saml-provider/MySAMLIdP",
        "arn:aws:iam::123456789012:oidc-provider/MySAMLIdP",
        "MySAMLIdP, of our company",
    ] {
        let failure = asked_of(principal, &assertion(), "saml", |response| response).0.unwrap_err();
        assert_eq!(
            (&*failure.code, failure.status, &*failure.message),
            ("InvalidIdentityToken", 400, "Specified provider doesn't exist."),
            "{principal}"
        );
    }
}

#[test]
fn the_pair_may_stand_in_either_order_among_others() {
    let swapped = format!("{PROVIDER},{ROLE}");
    let other = format!("{ROLE}2,{PROVIDER}");
    for values in [vec![swapped.as_str()], vec![&other, &swapped]] {
        assert_eq!(asked(&with(saml::ROLE, &values), "saml", |response| response).0, Ok(Happened::Sent));
    }
}

/// ERR-56, FED-122: five minutes, and five minutes of difference between clocks.
#[test]
fn an_assertion_is_good_for_a_while() {
    let at = |issued: i64, end: i64| {
        let issued = Time(NOW.0 + issued);
        Assertion { issued, not_before: issued, not_on_or_after: Time(NOW.0 + end), ..assertion() }
    };
    let code = |assertion: &Assertion<'_>| {
        asked(assertion, "saml", |response| response).0.map_err(|failure| (failure.code, failure.fact))
    };
    let expired = |fact| Err(("ExpiredTokenException".to_owned(), fact));
    assert_eq!(code(&at(-300, 3_600)), Ok(Happened::Sent));
    assert_eq!(code(&at(-301, 3_600)), expired("FED-122"));
    assert_eq!(code(&at(-60, 1)), Ok(Happened::Sent));
    assert_eq!(code(&at(-60, 0)), expired("ERR-56"));
    assert_eq!(code(&at(300, 3_600)), Ok(Happened::Sent));
    assert_eq!(code(&at(301, 3_600)), Err(("InvalidIdentityToken".to_owned(), "ERR-55")));
    let over = Assertion { session_not_on_or_after: Some(NOW), ..assertion() };
    assert_eq!(code(&over), expired("ERR-56"));
}

/// ERR-85: natively too, before any browser has signed.
#[test]
fn a_tampered_assertion_fails() {
    let refused = |published, tamper: fn(String) -> String| {
        asked(&assertion(), published, tamper).0.map_err(|failure| (failure.code, failure.message))
    };
    let invalid = Err(("InvalidIdentityToken".to_owned(), "Response signature invalid".to_owned()));
    assert_eq!(refused("saml", |response| response), Ok(Happened::Sent));
    let changed = |response: String| response.replace(">ana<", ">ben<");
    assert_eq!(refused("saml", changed), invalid);
    assert_eq!(refused("saml", |response| idp::refitted(&response.replace(">ana<", ">ben<"))), invalid);
    assert_eq!(refused("saml", |response| response.replace("ds:Signature", "ds:Unknown")), invalid);
    assert_eq!(refused("saml-old", |response| response), invalid);
    // Outside of the assertion nothing is signed: AWS does not read it.
    assert_eq!(refused("saml", |response| response.replace("_response", "_other")), Ok(Happened::Sent));
}

/// ERR-53. The status is not signed, and AWS need not trust it to turn people away.
#[test]
fn a_sign_in_that_failed_at_the_provider_is_refused() {
    let failed = |response: String| response.replace(":status:Success", ":status:AuthnFailed");
    let failure = asked(&assertion(), "saml", failed).0.unwrap_err();
    assert_eq!((&*failure.code, failure.status, failure.approximate), ("IDPRejectedClaim", 403, true));
}

/// FED-4.
#[test]
fn a_session_ends_with_that_at_the_provider() {
    let expiration = |assertion: &Assertion<'_>| {
        let body = asked(assertion, "saml", |response| response).2.body;
        let (_, rest) = body.split_once("<Expiration>").unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    let session = |seconds| Assertion { session_not_on_or_after: Some(Time(NOW.0 + seconds)), ..assertion() };
    assert_eq!(expiration(&session(28_800)), "2026-12-01T10:00:00Z");
    assert_eq!(expiration(&session(1_800)), "2026-12-01T09:30:00Z");
}

/// FED-55, KEY-141.
#[test]
fn tags_and_a_source_identity_go_along() {
    let mut assertion = with(saml::SOURCE_IDENTITY, &["ana"]);
    assertion.attributes.push(attribute(&format!("{}Team", saml::PRINCIPAL_TAG), &["Sales"]));
    assertion.attributes.push(attribute(saml::TRANSITIVE_TAG_KEYS, &["Team"]));
    let (done, _, response) = asked(&assertion, "saml", |response| response);
    assert_eq!(done, Ok(Happened::Sent));
    assert!(response.body.contains("<SourceIdentity>ana</SourceIdentity>"), "{}", response.body);
    assert!(response.body.contains("<PackedPolicySize>"), "{}", response.body);
}

/// KEY-137.
#[test]
fn other_kinds_of_names_keep_their_whole_identifier() {
    let kind = |format| {
        let (_, bearer, _) = asked(&Assertion { format, ..assertion() }, "saml", |response| response);
        bearer.unwrap().session_keys.get("saml:sub_type").cloned().flatten()
    };
    assert_eq!(kind(NameFormat::Transient), Some("transient".into()));
    assert_eq!(kind(NameFormat::Email), Some("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress".into()));
}

/// KEY-140, KEY-233.
#[test]
fn attributes_become_keys_for_the_trust_alone() {
    let mut assertion = assertion();
    let mail = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
    assertion.attributes.push(attribute(mail, &["ana@example.com", "a.example@example.com"]));
    assertion.attributes.push(attribute("0.9.2342.19200300.100.1.3", &["second@example.com"]));
    assertion.attributes.push(attribute("urn:oid:1.3.6.1.4.1.5923.1.1.1.6", &["ana@example.edu"]));
    let bearer = asked(&assertion, "saml", |response| response).1.unwrap();
    let many = ContextValue::Many(vec!["ana@example.com".to_owned(), "a.example@example.com".to_owned()]);
    assert_eq!(bearer.caller.keys.get("saml:mail"), Some(&Some(many)));
    assert_eq!(bearer.caller.keys.get("saml:edupersonprincipalname"), Some(&Some("ana@example.edu".into())));
    assert_eq!(bearer.session_keys.keys().filter(|key| key.contains("mail")).count(), 0);
}

/// FED-54: SessionDuration is about the console; FED-4: SessionNotOnOrAfter bounds every session.
#[test]
fn the_session_duration_of_an_assertion_is_not_for_programs() {
    let until = |assertion: &Assertion<'_>| {
        let (done, bearer, _) = asked(assertion, "saml", |response| response);
        done.unwrap();
        bearer.unwrap().not_after
    };
    assert_eq!(until(&with(saml::SESSION_DURATION, &["900"])), None);
    let ends = Some(Time(NOW.0 + 1_800));
    assert_eq!(until(&Assertion { session_not_on_or_after: ends, ..assertion() }), ends);
}

/// EVAL-163.
#[test]
fn tags_in_an_assertion_have_a_longest_value() {
    let of = |length: usize| {
        let value = "v".repeat(length);
        asked(&with(&format!("{}Project", saml::PRINCIPAL_TAG), &[&value]), "saml", |response| response).0
    };
    assert_eq!(of(256), Ok(Happened::Sent));
    let failure = of(257).unwrap_err();
    assert_eq!((&*failure.code, failure.status, failure.approximate), ("InvalidIdentityToken", 400, true));
}
