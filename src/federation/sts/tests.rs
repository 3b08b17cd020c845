//! STS answers as AWS's does: parameters, responses, errors.

use crate::eval::situation::{Library, Memo};
use crate::federation::{self, Failure, Inputs, Run, Seals};
use crate::model::{Time, example};

/// 2026-12-01T09:00:00Z.
const NOW: Time = Time(1_796_115_600);

/// The flow of a mobile app with some values set.
fn run(values: &[(&'static str, &str)]) -> Run {
    let flow = federation::flow("web-identity").expect("the flow");
    let mut inputs = Inputs::new(flow, NOW);
    inputs.values = values.iter().map(|(id, value)| (*id, (*value).to_owned())).collect();
    federation::run(flow, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()))
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
