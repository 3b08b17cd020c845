use super::FLOW;
use crate::eval::situation::{Library, Memo};
use crate::federation::{Inputs, Run, Seals, run};
use crate::model::{Time, example};

fn played(variant: &str) -> Run {
    let inputs =
        Inputs { variant: FLOW.variant(variant).expect("the variant"), ..Inputs::new(&FLOW, Time(1_796_115_600)) };
    run(&FLOW, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()))
}

/// FED-44.6: SecretKey, not SecretAccessKey; an hour in seconds since 1970 (FED-10).
#[test]
fn cognito_answers_in_its_own_words() {
    let run = played("enhanced");
    let back = run.played.iter().find(|played| played.step.id == "back").and_then(|played| played.exchange.clone());
    let body = back.and_then(|exchange| exchange.response).expect("a response").body;
    let value: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    let credentials = &value["Credentials"];
    assert!(credentials["SecretKey"].is_string() && credentials["SecretAccessKey"].is_null());
    // GetId comes two seconds after the login.
    assert_eq!(credentials["Expiration"], 1_796_115_600 + 2 + 3_600);
}

/// KEY-124.
#[test]
fn the_token_of_an_identity_names_pool_identity_and_login() {
    for (variant, methods) in
        [("enhanced", vec!["authenticated", "accounts.google.com"]), ("guest", vec!["unauthenticated"])]
    {
        let run = played(variant);
        let token = run.played.iter().find(|played| played.step.id == "token").expect("the step");
        let token = crate::federation::jwt::Decoded::read(&token.papers[0].text).expect("a token");
        assert_eq!(token.text("iss"), Some("https://cognito-identity.amazonaws.com"));
        assert_eq!(token.text("aud"), Some(super::pool::POOL));
        assert_eq!(token.texts("amr"), methods);
    }
}

#[test]
fn good_trust_policies_let_nobody_else_in() {
    for variant in ["enhanced", "basic", "guest"] {
        let run = played(variant);
        let trust = run.played.iter().find(|played| played.step.id == "trust").expect("the step");
        assert!(trust.notes.is_empty(), "{variant}: {:?}", trust.notes);
    }
}
