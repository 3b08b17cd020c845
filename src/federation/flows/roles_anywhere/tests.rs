use super::FLOW;
use super::certificate::{AUTHORITY, Certificate};
use crate::eval::situation::{Library, Memo};
use crate::federation::{Inputs, Played, Run, Seals, run};
use crate::model::{Time, example};

const NOW: Time = Time(1_796_115_600);

fn played() -> Run {
    let inputs = Inputs::new(&FLOW, NOW);
    run(&FLOW, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()))
}

fn step<'a>(run: &'a Run, id: &str) -> &'a Played {
    run.played.iter().find(|played| played.step.id == id).expect("the step")
}

fn certificate(name: &str) -> Certificate<'_> {
    Certificate {
        serial: "1f71c5114a119fc0cc5a5a52fb3720ad",
        name,
        unit: "Backup",
        from: NOW,
        until: NOW,
        is_authority: false,
        signs: true,
        by: AUTHORITY,
    }
}

/// FED-85: `CN=` up to 61 characters, the bare name up to 64, `ID=` and the number without one.
#[test]
fn the_source_identity_fits_into_64_characters() {
    let of = |name: &str| super::session::source_identity(&certificate(name));
    assert_eq!(of("backup.example.com"), "CN=backup.example.com");
    let (longest, longer) = ("a".repeat(61), "a".repeat(62));
    assert_eq!([of(&longest), of(&longer)], [format!("CN={longest}"), longer]);
    assert_eq!(of(""), "ID=1f71c5114a119fc0cc5a5a52fb3720ad");
}

/// FED-85: the session is named by the certificate's number and carries what it says.
#[test]
fn the_session_says_which_certificate_it_comes_from() {
    let run = played();
    let held = run.wallet(Some(run.played.len() - 1));
    let credentials = held.iter().find(|holding| holding.id == "credentials").expect("credentials");
    let arn = "arn:aws:sts::123456789012:assumed-role/BackupServer/1f71c5114a119fc0cc5a5a52fb3720ad";
    assert_eq!((credentials.owner, credentials.about.first().map(String::as_str)), ("server", Some(arn)));
    for line in ["source identity CN=backup.example.com", "tag x509Subject/CN = backup.example.com"] {
        assert!(credentials.about.contains(&line.to_owned()), "{line}: {:?}", credentials.about);
    }
}

/// FED-85: the algorithm, the number in decimal digits, and the signed headers, in the shape of Signature Version 4.
#[test]
fn the_request_is_signed_with_the_certificate() {
    let run = played();
    let request = &step(&run, "create").exchange.as_ref().expect("a request").request;
    let header = |name: &str| request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let authorization = header("Authorization").expect("a signature");
    let number = 0x1f71_c511_4a11_9fc0_cc5a_5a52_fb37_20ad_u128;
    let begins = format!(
        "AWS4-X509-RSA-SHA256 Credential={number}/20261202/us-east-1/rolesanywhere/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-x509, Signature="
    );
    assert!(authorization.starts_with(&begins), "{authorization}");
    assert!(header("X-Amz-X509").is_some());
    let canonical = &step(&run, "sign").papers[0].text;
    let lines: Vec<&str> = canonical.lines().collect();
    assert_eq!(lines[..2], ["POST", "/sessions"]);
    assert!(
        lines[2].starts_with("profileArn=arn%3Aaws%3Arolesanywhere%3Aus-east-1%3A123456789012%3Aprofile%2F"),
        "{}",
        lines[2]
    );
    assert_eq!(lines[8], "content-type;host;x-amz-date;x-amz-x509");
    assert_eq!(lines[9].len(), 64);
}

#[test]
fn a_good_trust_policy_lets_nobody_else_in() {
    assert!(step(&played(), "trust").notes.is_empty());
}
