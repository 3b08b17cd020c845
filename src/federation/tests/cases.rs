//! Single ways of flows, as the facts say.

use super::*;

fn failure_of(run: &Run) -> (&'static str, &Failure) {
    let played = &run.played[run.failed().expect("it fails")];
    (played.step.id, played.failure().expect("a failure"))
}

fn request(run: &Run, step: &str) -> Http {
    let played = run.played.iter().find(|played| played.step.id == step).expect("the step");
    played.exchange.clone().expect("an exchange").request
}

fn response(run: &Run, step: &str) -> Http {
    let played = run.played.iter().find(|played| played.step.id == step).expect("the step");
    played.exchange.clone().and_then(|exchange| exchange.response).expect("a response")
}

/// A way of a flow, with a fault and with values set.
fn way(flow: &str, variant: &str, fault: &str, values: &[(&'static str, &str)]) -> Run {
    let flow = super::flow(flow).expect("the flow");
    let variant = flow.variant(variant).expect("the variant");
    let fault = Some(fault).filter(|id| !id.is_empty()).map(|id| flow.fault(id, variant).expect("the fault"));
    let mut inputs = inputs(flow, variant, fault);
    inputs.values = values.iter().map(|(id, value)| (*id, (*value).to_owned())).collect();
    played(flow, &inputs)
}

/// ERR-213: what no fact quotes is shown as remembered.
#[test]
fn words_that_no_fact_quotes_are_approximate() {
    for (flow, variant, fault, values) in [
        ("web-identity", "google", "access-token", [].as_slice()),
        ("web-identity", "google", "", &[("duration", "soon")]),
        ("cognito", "enhanced", "access-token", &[]),
        ("cognito", "enhanced", "no-pool", &[]),
        ("cognito", "basic", "classic-off", &[]),
        ("cognito", "guest", "no-guests", &[]),
        ("saml", "api", "too-old", &[]),
        ("identity-center", "console", "not-assigned", &[]),
        ("identity-center", "cli", "no-role", &[]),
        ("eks", "pod-identity", "no-tags", &[]),
        ("roles-anywhere", "server", "", &[("duration", "soon")]),
    ] {
        let run = way(flow, variant, fault, values);
        let (step, failure) = failure_of(&run);
        assert!(failure.approximate, "{flow} {variant} {fault} {step}: {failure:?}");
    }
    for (flow, variant, fault, values) in [
        ("web-identity", "google", "unknown-provider", [].as_slice()),
        ("web-identity", "google", "", &[("duration", "60")]),
        ("saml", "api", "audience", &[]),
    ] {
        let run = way(flow, variant, fault, values);
        assert!(!failure_of(&run).1.approximate, "{flow} {variant} {fault}");
    }
}

/// ERR-40: a key that is not active is as good as none.
#[test]
fn an_inactive_access_key_is_not_known() {
    let flow = flow("mfa-session").expect("the flow");
    let inputs = inputs(flow, flow.variant("deny").expect("the variant"), None);
    let (world, _) = staged(flow, &example::primer(), &inputs);
    let user = crate::model::SignsIn::User("BackupOperator".into());
    let id =
        world.account(&inputs.account).expect("the account").users.get("BackupOperator").expect("the user").access_keys
            [0]
        .id
        .clone();
    let mut setting = Setting::new(world, inputs.account.clone(), ("deny", NOW));
    setting.run(&crate::model::Command::UpdateAccessKey { of: user, id: id.clone(), active: false });
    let run = run(flow, &setting.done().0, &inputs, &Seals::default(), (&Library::default(), &Memo::default()));
    let (step, failure) = failure_of(&run);
    assert_eq!((step, &*failure.code, failure.status), ("ask", "InvalidClientTokenId", 403));
    assert_eq!(failure.message, "The security token included in the request is invalid.");
    assert!(failure.why.contains("not active"), "{}", failure.why);
    let played = run.played.iter().find(|played| played.step.id == "ask").and_then(|played| played.exchange.clone());
    assert_eq!(played.and_then(|exchange| exchange.signed).map(|signed| signed.id), Some(id.to_string()));
}

/// FED-30: whether a source identity may be changed or a tag passed again is looked at after the policies.
#[test]
fn policies_come_before_what_a_chain_carries() {
    for values in [("source_identity2", "Administrator"), ("tags2", "Project=Payroll")] {
        let run = way("role-chain", "two", "may-not-go-on", &[values]);
        let (step, failure) = failure_of(&run);
        assert_eq!((step, &*failure.code, failure.decided), ("trust-second", "AccessDenied", true), "{failure:?}");
        assert!(failure.message.starts_with("User: arn:aws:sts::"), "{failure:?}");
    }
}

/// RFC 6749 section 4.2.2 for access tokens; OpenID Connect Core section 3.2.2.1: an ID token alone needs a nonce, and the
/// token repeats it.
#[test]
fn people_are_sent_to_the_sign_in_page_of_their_provider() {
    for (variant, address, kind) in [
        ("google", "https://accounts.google.com/o/oauth2/v2/auth?", "id_token"),
        ("amazon", "https://www.amazon.com/ap/oa?", "token"),
        ("facebook", "https://www.facebook.com/dialog/oauth?", "token"),
        ("oidc", "https://id.example.com/authorize?", "id_token"),
    ] {
        let run = way("web-identity", variant, "", &[]);
        let headers = response(&run, "redirect").headers;
        let location = &headers.iter().find(|(name, _)| name == "Location").expect("an address").1;
        assert!(location.starts_with(address), "{location}");
        assert!(location.contains(&format!("&response_type={kind}&")), "{location}");
        let nonce = location.split('&').find_map(|field| field.strip_prefix("nonce="));
        assert_eq!(nonce.is_some(), kind == "id_token", "{location}");
        if let Some(nonce) = nonce {
            let step = run.played.iter().find(|played| played.step.id == "token").expect("the step");
            let token = jwt::Decoded::read(&step.papers[0].text).expect("a token");
            assert_eq!(token.text("nonce"), Some(nonce));
        }
    }
}

/// FED-65: the address leads to the page that was wanted, and the bar names the role that was taken.
#[test]
fn the_console_opens_the_page_that_was_wanted_under_the_role_that_was_taken() {
    let mut setting = Setting::new(example::primer(), AccountId::example(), ("assume-role", NOW));
    let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/Broker"},"Action":"sts:AssumeRole"}}"#;
    setting.user("Broker", &[]);
    setting.role("PhotoReader", "", trust, &[]);
    let flow = flow("broker").expect("the flow");
    let mut inputs = inputs(flow, flow.variant("assume-role").expect("the variant"), None);
    for (id, value) in
        [("role", "arn:aws:iam::123456789012:role/PhotoReader"), ("bucket", "photos"), ("session_duration", "")]
    {
        inputs.values.insert(id, value.to_owned());
    }
    let run = run(flow, &setting.done().0, &inputs, &Seals::default(), (&Library::default(), &Memo::default()));
    let login = request(&run, "login").start;
    assert!(login.contains("buckets%2Fexample-photos&"), "{login}");
    let headers = response(&run, "login").headers;
    assert!(headers.iter().any(|(name, value)| name == "Location" && value.ends_with("/buckets/example-photos")));
    let browse = run.played.iter().find(|played| played.step.id == "browse").expect("the step");
    assert!(browse.notes.iter().any(|note| note.contains("`PhotoReader/")), "{:?}", browse.notes);
}

/// ERR-156, ERR-192: what is sent is what is refused.
#[test]
fn roles_anywhere_tells_which_duration_it_got() {
    for (value, rule) in [
        ("60", "have value greater than or equal to 900"),
        ("9000000000", "have value less than or equal to 43200"),
        ("soon", "be a whole number"),
    ] {
        let run = way("roles-anywhere", "server", "", &[("duration", value)]);
        let (step, failure) = failure_of(&run);
        assert_eq!((step, &*failure.code), ("create", "ValidationException"));
        assert_eq!(
            failure.message,
            format!(
                "1 validation error detected: Value '{value}' at 'durationSeconds' failed to satisfy constraint: Member must {rule}"
            )
        );
    }
}
