use super::FLOW;
use crate::eval::situation::{Library, Memo};
use crate::federation::{Inputs, Run, Seals, run};
use crate::model::{Time, example};

fn played(variant: &str) -> Run {
    let variant = FLOW.variant(variant).expect("the variant");
    let inputs = Inputs { variant, ..Inputs::new(&FLOW, Time(1_796_115_600)) };
    run(&FLOW, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()))
}

/// FED-60: the caller is `assumed-role/AWSReservedSSO_…/user`.
#[test]
fn the_session_has_the_name_of_the_person() {
    for (variant, holder) in [("console", "console"), ("cli", "cli")] {
        let run = played(variant);
        let held = run.wallet(Some(run.played.len() - 1));
        let credentials = held.iter().find(|holding| holding.id == "credentials").expect("credentials");
        assert_eq!(credentials.owner, holder);
        let arn = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_SalesReader_0a1b2c3d4e5f6789/ana";
        assert_eq!(credentials.about.first().map(String::as_str), Some(arn));
        assert!(credentials.about.contains(&"tag Department = sales".to_owned()), "{:?}", credentials.about);
    }
}

/// FED-60: the browser gets a cookie; the credentials stay with the console.
#[test]
fn the_browser_holds_no_credentials() {
    let run = played("console");
    for at in 0..run.played.len() {
        let held = run.wallet(Some(at));
        assert!(!held.iter().any(|holding| (holding.owner, holding.id) == ("browser", "credentials")), "{held:?}");
    }
    let held = run.wallet(Some(run.played.len() - 1));
    assert!(held.iter().any(|holding| (holding.owner, holding.id) == ("browser", "session")), "{held:?}");
}

/// FED-60: GetRoleCredentials gives the end in milliseconds.
#[test]
fn role_credentials_end_in_milliseconds() {
    let run = played("cli");
    let back = run.played.iter().find(|played| played.step.id == "back").and_then(|played| played.exchange.clone());
    let body = back.and_then(|exchange| exchange.response).expect("a response").body;
    let value: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    // Twenty seconds until the person agrees, sixty until the CLI asks, an hour of session.
    assert_eq!(value["roleCredentials"]["expiration"], (1_796_115_600_i64 + 20 + 60 + 3_600) * 1_000);
}

/// ERR-194: before anybody has agreed the answer is an error, and the way goes on.
#[test]
fn waiting_is_an_error_that_is_none() {
    let run = played("cli");
    let poll = run.played.iter().find(|played| played.step.id == "poll").expect("the step");
    assert_eq!(poll.outcome.id(), "sent");
    let response = poll.exchange.as_ref().and_then(|exchange| exchange.response.as_ref()).expect("a response");
    assert_eq!(response.start, "HTTP/1.1 400 Bad Request");
    assert!(response.body.contains("authorization_pending"));
}
