use crate::eval::situation::{Library, Memo};
use crate::federation::saml::{self, Metadata, Received};
use crate::federation::{Algorithm, Inputs, Paper, PaperKind, PublicKey, Run, Seals, identifiers, run};
use crate::model::{Time, example};

/// 2026-12-01T09:00:00Z.
const NOW: Time = Time(1_796_115_600);

fn played(variant: &str, fault: Option<&str>, seals: &Seals) -> Run {
    let mut inputs = Inputs { variant: super::FLOW.variant(variant).unwrap(), ..Inputs::new(&super::FLOW, NOW) };
    inputs.fault = fault.map(|id| super::FLOW.fault(id, inputs.variant).unwrap());
    run_with(&inputs, seals)
}

fn run_with(inputs: &Inputs, seals: &Seals) -> Run {
    run(&super::FLOW, &example::primer(), inputs, seals, (&Library::default(), &Memo::default()))
}

fn papers<'a>(run: &'a Run, step: &str) -> &'a [Paper] {
    &run.played.iter().find(|played| played.step.id == step).unwrap().papers
}

fn response(run: &Run) -> &str {
    &papers(run, "assertion").iter().find(|paper| paper.kind == PaperKind::Saml).unwrap().text
}

/// FED-52, FED-53, KEY-135.
#[test]
fn the_response_of_a_run_can_be_read() {
    let run = played("console", None, &Seals::default());
    let received = Received::read(response(&run)).unwrap();
    assert_eq!(received.issuer, "http://adfs.example.com/adfs/services/trust");
    assert_eq!(received.recipient.as_deref(), Some("https://signin.aws.amazon.com/saml"));
    assert_eq!(received.audiences, ["urn:amazon:webservices"]);
    let roles: Vec<&str> = received.values(saml::ROLE).collect();
    let pair = |role| format!("arn:aws:iam::123456789012:role/{role},arn:aws:iam::123456789012:saml-provider/ADFS");
    assert_eq!(roles, [pair("SalesAnalyst"), pair("BackupUser")]);
    assert_eq!(received.values(saml::ROLE_SESSION_NAME).collect::<Vec<_>>(), ["ana@example.com"]);
    let signature = received.signature.unwrap();
    assert!(signature.is_digest_right());
    // The page has signed nothing yet.
    assert_eq!(run.wanted.signatures.iter().map(|wanted| &wanted.input).collect::<Vec<_>>(), [&signature.signed_info]);
    let metadata = Metadata::read(&papers(&run, "verify")[0].text).unwrap();
    assert_eq!((metadata.entity_id, metadata.keys), (received.issuer, vec![PublicKey::placeholder(Algorithm::Rs256)]));
}

/// FED-51.4: the form field is the response in base64, without line breaks.
#[test]
fn the_form_carries_the_response() {
    for (variant, step, field) in [("api", "ask", "SAMLAssertion="), ("console", "post", "SAMLResponse=")] {
        let run = played(variant, None, &Seals::default());
        let sent = run.played.iter().find(|played| played.step.id == step).unwrap();
        let body = &sent.exchange.as_ref().unwrap().request.body;
        let value = body.split('&').find_map(|pair| pair.strip_prefix(field)).unwrap();
        let value = value.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
        assert_eq!(saml::decode(&value).as_deref(), Some(response(&run)), "{variant}");
        assert!(!body.contains('\n'));
    }
}

/// ERR-85: what was changed does not hold, before any browser has signed.
#[test]
fn a_tampered_response_is_noticed() {
    let hash_fits = |fault| {
        let run = played("api", Some(fault), &Seals::default());
        let failed = run.failed().map(|at| (run.played[at].step.id, run.played[at].failure().unwrap().fact));
        assert_eq!(failed, Some(("verify", "ERR-85")), "{fault}");
        let received = Received::read(response(&run)).unwrap();
        assert!(received.values(saml::ROLE).any(|pair| pair.contains(":role/Administrator,")), "{fault}");
        received.signature.unwrap().is_digest_right()
    };
    assert_eq!((hash_fits("tampered"), hash_fits("refitted")), (false, true));
}

/// Makes what a run wants until it wants nothing more, as the page does. `valid` says which keys' signatures hold.
fn sealed(variant: &str, fault: Option<&str>, valid: &[&str]) -> (Run, usize) {
    let mut seals = Seals::default();
    for round in 0..5 {
        let run = played(variant, fault, &seals);
        if run.wanted.is_empty() {
            return (run, round);
        }
        for (key, algorithm) in run.wanted.keys {
            let n = identifiers::hex(key, 8);
            seals.keep_key(key, algorithm, PublicKey::Rsa { n, e: "AQAB".to_owned() });
        }
        for wanted in run.wanted.signatures {
            let signature = identifiers::hex(&wanted.input, 16);
            seals.keep_signature(wanted, signature);
        }
        for wanted in run.wanted.verifications {
            let is_valid = valid.contains(&wanted.key);
            seals.keep_verification(wanted, is_valid);
        }
    }
    panic!("the run never has enough");
}

#[test]
fn a_run_with_signatures_ends_as_without() {
    for variant in ["api", "console"] {
        let (run, rounds) = sealed(variant, None, &["saml"]);
        assert_eq!((run.failed(), rounds), (None, 2), "{variant}");
        let received = Received::read(response(&run)).unwrap();
        assert_eq!(
            received.signature.and_then(|signature| signature.key),
            Metadata::read(&papers(&run, "verify")[0].text).unwrap().keys.pop()
        );
    }
    let (run, _) = sealed("console", Some("certificate"), &["saml"]);
    assert_eq!(run.failed().map(|at| run.played[at].step.id), Some("verify"));
    let received = Received::read(response(&run)).unwrap();
    let published = Metadata::read(&papers(&run, "verify")[0].text).unwrap().keys;
    assert!(received.signature.and_then(|signature| signature.key).is_some_and(|key| !published.contains(&key)));
}

/// FED-51.5: roles by account.
#[test]
fn people_choose_among_their_roles() {
    let run = played("console", None, &Seals::default());
    assert_eq!(papers(&run, "pick")[0].text, "Account: 123456789012\n  ( ) SalesAnalyst\n  ( ) BackupUser\n");
    let mut inputs = Inputs { variant: super::FLOW.variant("console").unwrap(), ..Inputs::new(&super::FLOW, NOW) };
    inputs.values.insert("groups", "AWS-210987654321-Audit, AWS-123456789012-SalesAnalyst".to_owned());
    let run = run_with(&inputs, &Seals::default());
    assert_eq!(
        papers(&run, "pick")[0].text,
        "Account: 210987654321\n  ( ) Audit\nAccount: 123456789012\n  ( ) SalesAnalyst\n"
    );
    assert_eq!(run.failed(), None);
}

/// FED-51.5: grouped by account.
#[test]
fn every_account_stands_on_the_page_once() {
    let mut inputs = Inputs { variant: super::FLOW.variant("console").unwrap(), ..Inputs::new(&super::FLOW, NOW) };
    let groups = "AWS-123456789012-SalesAnalyst,AWS-210987654321-Auditor,AWS-123456789012-BackupUser";
    inputs.values.insert("groups", groups.to_owned());
    let run = run_with(&inputs, &Seals::default());
    let page = &papers(&run, "pick")[0].text;
    let accounts: Vec<&str> = page.lines().filter(|line| line.starts_with("Account: ")).collect();
    assert_eq!(accounts.len(), 2, "{page}");
    let lines: Vec<&str> = page.lines().map(str::trim).collect();
    assert_eq!([lines[1], lines[2], lines[4]], ["( ) SalesAnalyst", "( ) BackupUser", "( ) Auditor"], "{page}");
}
