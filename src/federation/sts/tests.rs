//! STS answers as AWS's does: parameters, responses, errors.

use std::collections::BTreeMap;

use super::{Ask, Happened, Operation, Stage, answer, check};
use crate::eval::LayerKind;
use crate::eval::situation::{Library, Memo};
use crate::eval::trace::GateKind;
use crate::federation::seal::Sealing;
use crate::federation::{self, Failure, Inputs, Run, Seals};
use crate::ident::AccountId;
use crate::model::{Time, example};

/// 2026-12-01T09:00:00Z.
const NOW: Time = Time(1_796_115_600);

/// The flow of a mobile app with some values set.
fn run(values: &[(&'static str, &str)]) -> Run {
    run_of("web-identity", "google", values)
}

/// A way of a flow with some values set.
fn run_of(flow: &str, variant: &str, values: &[(&'static str, &str)]) -> Run {
    let flow = federation::flow(flow).expect("the flow");
    let mut inputs = Inputs::new(flow, NOW);
    inputs.variant = flow.variant(variant).expect("the variant");
    inputs.values = values.iter().map(|(id, value)| (*id, (*value).to_owned())).collect();
    federation::run(flow, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()))
}

/// The step that fails, and how.
fn failure_of(run: &Run) -> (&'static str, Failure) {
    let played = &run.played[run.failed().expect("it fails")];
    (played.step.id, played.failure().expect("a failure").clone())
}

fn failure(values: &[(&'static str, &str)]) -> Failure {
    let run = run(values);
    let at = run.failed().expect("it fails");
    run.played[at].failure().expect("a failure").clone()
}

fn exchange(run: &Run, step: &str) -> federation::Exchange {
    let played = run.played.iter().find(|played| played.step.id == step).expect("the step");
    played.exchange.clone().expect("an exchange")
}

#[test]
fn a_parameter_out_of_range_is_named_with_its_value_and_the_range() {
    // ERR-62c, ERR-156, FED-29.
    let message = |values: &[(&'static str, &str)]| failure(values).message;
    assert_eq!(
        message(&[("duration", "43201")]),
        "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200"
    );
    assert_eq!(
        message(&[("duration", "899")]),
        "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"
    );
    assert_eq!(
        message(&[("session", "a")]),
        "1 validation error detected: Value 'a' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2"
    );
    assert!(message(&[("session", &"x".repeat(65))]).ends_with("Member must have length less than or equal to 64"));
    let both = message(&[("session", "a b"), ("duration", "60")]);
    assert!(both.starts_with("2 validation errors detected: "), "{both}");
}

#[test]
fn the_range_of_the_api_comes_before_the_maximum_of_the_role() {
    // EVAL-161: 43,201 is out of range, 7,200 only above the role's hour.
    assert_eq!(failure(&[("duration", "7200")]).fact, "ERR-62");
    assert_eq!(
        failure(&[("duration", "7200")]).message,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    );
}

#[test]
fn a_session_policy_has_to_be_one() {
    let failure = failure(&[("policy", "{")]);
    assert_eq!((&*failure.code, failure.status), ("MalformedPolicyDocument", 400));
}

#[test]
fn parameters_are_checked_before_the_token() {
    // FED-30: the expired token is not looked at.
    assert_eq!(failure(&[("session", "a"), ("delay", "7200")]).code, "ValidationError");
}

#[test]
fn the_response_has_the_fields_of_the_api() {
    // FED-20, FED-23.
    let run = run(&[]);
    let response = exchange(&run, "issue").response.expect("a response");
    let document = roxmltree::Document::parse(&response.body).expect("XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "AssumeRoleWithWebIdentityResponse");
    assert_eq!(root.tag_name().namespace(), Some("https://sts.amazonaws.com/doc/2011-06-15/"));
    let text = |name: &str| {
        let node = document.descendants().find(|node| node.tag_name().name() == name);
        node.and_then(|node| node.text()).unwrap_or_else(|| panic!("no {name}")).to_owned()
    };
    assert!(text("AccessKeyId").starts_with("ASIA") && text("AccessKeyId").len() == 20);
    assert_eq!(text("SecretAccessKey").len(), 40);
    // Asked five seconds after the token was issued, for an hour.
    assert_eq!(text("Expiration"), "2026-12-01T10:00:05Z");
    assert!(text("AssumedRoleId").starts_with("AROA") && text("AssumedRoleId").ends_with(":app-session"));
    assert_eq!(text("Arn"), "arn:aws:sts::123456789012:assumed-role/MobileAppUser/app-session");
    assert_eq!(text("SubjectFromWebIdentityToken"), "107691503500061507151");
    assert_eq!(text("Provider"), "accounts.google.com");
    assert_eq!(text("Audience"), "407408718192.apps.googleusercontent.com");
}

#[test]
fn an_error_has_the_shape_of_the_api() {
    // ERR-200.
    let run = run(&[("audience", "another-app")]);
    let response = exchange(&run, "trust").response.expect("a response");
    assert!(response.start.starts_with("HTTP/1.1 403 "), "{}", response.start);
    let document = roxmltree::Document::parse(&response.body).expect("XML");
    let names: Vec<_> =
        document.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name()).collect();
    assert_eq!(names, ["ErrorResponse", "Error", "Type", "Code", "Message", "RequestId"]);
}

#[test]
fn the_request_with_a_token_is_not_signed_and_the_call_after_it_is() {
    // FED-16, FED-40.3.
    let run = run(&[]);
    let ask = exchange(&run, "ask");
    assert!(ask.worked().is_none());
    assert!(
        ask.request.body.starts_with("Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam")
    );
    let worked = exchange(&run, "photo").worked().expect("signed");
    let sent = |name: &str| worked.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    assert!(sent("X-Amz-Security-Token") && sent("Authorization") && sent("X-Amz-Date"));
}

/// FED-41.4: the key that has to have signed is that of whoever the token names as its issuer.
#[test]
fn nobody_signs_for_another_issuer() {
    let google = [
        ("issuer", "https://accounts.google.com"),
        ("audience", example::GOOGLE_APP),
        ("role", "arn:aws:iam::123456789012:role/MobileAppUser"),
    ];
    let run = run_of("web-identity", "oidc", &google);
    let (step, failure) = failure_of(&run);
    assert_eq!((step, &*failure.code, failure.fact), ("verify", "InvalidIdentityToken", "ERR-74"));
    assert!(failure.why.contains("`https://accounts.google.com`"), "{}", failure.why);
    let verify = run.played.iter().find(|played| played.step.id == "verify").expect("the step");
    assert!(verify.papers.is_empty(), "the documents of another issuer: {:?}", verify.papers);
}

/// FED-41.0: the address of a provider is exactly the token's `iss`, and begins with https.
#[test]
fn the_issuer_counts_to_the_letter() {
    let of = |variant, issuer| {
        let (step, failure) = failure_of(&run_of("web-identity", variant, &[("issuer", issuer)]));
        (step, failure.code, failure.fact, failure.message)
    };
    let unknown = |address: &str| {
        let message = format!("No OpenIDConnect provider found in your account for {address}");
        ("verify", "InvalidIdentityToken".to_owned(), "ERR-70", message)
    };
    assert_eq!(of("oidc", "https://id.example.com/"), unknown("https://id.example.com/"));
    assert_eq!(of("oidc", "http://id.example.com"), unknown("http://id.example.com"));
    assert_eq!(of("google", "https://accounts.google.com/"), unknown("https://accounts.google.com/"));
    assert_eq!(of("google", "http://accounts.google.com"), unknown("http://accounts.google.com"));
}

/// FED-41.4: iss, sub, aud, exp and iat are needed.
#[test]
fn a_token_has_the_claims_that_sts_needs() {
    for (input, claim) in [("issuer", "iss"), ("audience", "aud")] {
        let (step, failure) = failure_of(&run(&[(input, "")]));
        assert_eq!((step, &*failure.code, failure.fact), ("verify", "InvalidIdentityToken", "ERR-74"), "{claim}");
        assert!(failure.why.contains(&format!("`{claim}`")), "{}", failure.why);
    }
}

/// FED-31: AWS says the same as where trust is missing; the playground says what it is.
#[test]
fn a_role_that_is_not_there_is_named() {
    let values = [("role", "arn:aws:iam::123456789012:role/MobilAppUser")];
    let (step, failure) = failure_of(&run(&values));
    assert_eq!((step, &*failure.code), ("trust", "AccessDenied"));
    assert_eq!(failure.message, "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    assert!(failure.why.starts_with("There is no role `MobilAppUser` in account `123456789012`."), "{}", failure.why);
    let decided = run(&values).played.iter().find_map(|played| played.decision().cloned()).expect("a decision");
    let sentence = crate::explain::sentence(&decided.trace, &decided.request);
    assert!(sentence.contains("there is no role `MobilAppUser` in account `123456789012`"), "{sentence}");
    let trust = GateKind::Layer(LayerKind::Resource);
    let gate = decided.trace.gates.iter().find(|gate| gate.kind == trust).expect("the gate");
    let detail = crate::explain::gate_detail(gate, &decided.trace, &decided.request);
    assert!(detail.starts_with("There is none: no role of this name is there"), "{detail}");
}

/// ERR-69, ERR-82: no account, no role, the same words.
#[test]
fn a_role_of_an_account_that_is_not_there_is_refused_in_the_words_of_sts() {
    let run = run(&[("role", "arn:aws:iam::999988887777:role/MobileAppUser")]);
    let (step, failure) = failure_of(&run);
    assert_eq!((step, &*failure.code, failure.status, failure.fact), ("trust", "AccessDenied", 403, "ERR-69"));
    assert_eq!(failure.message, "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    assert!(failure.why.contains("`999988887777`"), "{}", failure.why);
    assert!(!failure.decided);
}

/// FED-18: a regional endpoint takes requests that are signed for its region.
#[test]
fn a_request_to_sts_is_signed_for_the_region_that_it_is_sent_to() {
    let run = run_of("cross-account", "vendor", &[("region", "ap-east-1")]);
    let exchange = exchange(&run, "assume");
    assert!(exchange.request.headers.contains(&("Host".to_owned(), "sts.ap-east-1.amazonaws.com".to_owned())));
    assert_eq!(exchange.signed.expect("signed").region, "ap-east-1");
}

/// ERR-76.
#[test]
fn a_role_arn_that_is_none() {
    let failure = failure(&[("role", "arn:aws:iam::123456789012:user/ann")]);
    assert_eq!((&*failure.code, failure.status, failure.fact), ("ValidationError", 400, "ERR-76"));
    assert_eq!(failure.message, "Request ARN is invalid");
}

/// FED-29: a token has 4 characters at least.
#[test]
fn the_shortest_token() {
    let ask = |token: &str| Ask {
        operation: Operation::AssumeRoleWithWebIdentity,
        role: "arn:aws:iam::123456789012:role/MobileAppUser".into(),
        name: "app".into(),
        token: token.into(),
        ..Ask::default()
    };
    let message = check::parameters(&ask("abc")).map_err(|failure| failure.message);
    assert_eq!(
        message,
        Err("1 validation error detected: Value 'abc' at 'webIdentityToken' failed to satisfy constraint: Member must have length greater than or equal to 4".to_owned())
    );
    assert_eq!(check::parameters(&ask("abcd")), Ok(()));
}

/// EVAL-163: a key has at most 128 characters, a value at most 256.
#[test]
fn tags_have_a_longest_key_and_value() {
    let of = |key: usize, value: usize| {
        let ask = Ask {
            role: "arn:aws:iam::123456789012:role/MobileAppUser".into(),
            name: "app".into(),
            tags: vec![("k".repeat(key), "v".repeat(value))],
            ..Ask::default()
        };
        check::parameters(&ask).map_err(|failure| failure.message)
    };
    assert_eq!(of(128, 256), Ok(()));
    let key = of(129, 0).expect_err("too long");
    assert!(
        key.ends_with(
            "at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128"
        ),
        "{key}"
    );
    let value = of(1, 257).expect_err("too long");
    assert!(
        value.ends_with(
            "at 'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256"
        ),
        "{value}"
    );
}

/// FED-6, FED-7: a session of the root user lasts an hour at most.
#[test]
fn a_session_of_the_root_user_ends_after_an_hour() {
    let flow = federation::flow("web-identity").expect("the flow");
    let (world, home, library, memo) = (example::primer(), AccountId::example(), Library::default(), Memo::default());
    let (seals, values) = (Seals::default(), BTreeMap::new());
    for (duration, seconds) in [("", 3_600), ("900", 900), ("43200", 3_600)] {
        let here = (&world, &home);
        let at = (Sealing::new(&seals), NOW);
        let mut stage = Stage::new(flow, &flow.variants[0], here, (&library, &memo), &values, at);
        stage.root_key("app", &home);
        let ask = Ask { operation: Operation::GetSessionToken, duration: duration.to_owned(), ..Ask::default() };
        assert_eq!(answer(&mut stage, ask, "app"), Ok(Happened::Sent));
        assert_eq!(stage.credentials["app"].expires, Some(Time(NOW.0 + seconds)), "{duration}");
    }
}
