use super::super::digest::from_base64url;
use super::*;

const INPUT: &str = "header.claims";

fn check(seals: &Seals, published: KeyName, presented: Presented<'_>) -> (bool, Wanted) {
    let mut sealing = Sealing::new(seals);
    let signed = Signed { by: "google", input: INPUT };
    let answer = sealing.verify(published, Algorithm::Rs256, signed, presented);
    (answer, sealing.into_wanted())
}

fn wanted_signature() -> WantedSignature {
    WantedSignature { key: "google", algorithm: Algorithm::Rs256, input: INPUT.to_owned() }
}

#[test]
fn placeholders_can_be_read() {
    let text = |part: &str| String::from_utf8(from_base64url(part).unwrap()).unwrap();
    assert_eq!(text(UNSIGNED), "The browser has not signed this yet.");
    assert_eq!(text(NO_KEY), "The browser has not made this key.");
}

#[test]
fn a_run_without_a_browser_gets_ideal_answers() {
    let none = Seals::default();
    let mut sealing = Sealing::new(&none);
    assert_eq!(sealing.sign("google", Algorithm::Rs256, INPUT), UNSIGNED);
    assert_eq!(sealing.sign("google", Algorithm::Rs256, INPUT), UNSIGNED);
    assert_eq!(sealing.public("google", Algorithm::Rs256), PublicKey::placeholder(Algorithm::Rs256));
    let wanted = sealing.into_wanted();
    assert_eq!(wanted.signatures, [wanted_signature()]);
    assert_eq!(wanted.keys, [("google", Algorithm::Rs256)]);

    let presented = Presented { input: INPUT, signature: UNSIGNED };
    assert_eq!(check(&none, "google", presented), (true, Wanted::default()));
    assert_eq!(check(&none, "stranger", presented), (false, Wanted::default()));
    assert!(!check(&none, "google", Presented { input: "header.other", ..presented }).0);
    assert!(!check(&none, "google", Presented { signature: "bm9uc2Vuc2U", ..presented }).0);
}

#[test]
fn a_signature_that_is_there_is_verified_by_the_browser() {
    let mut seals = Seals::default();
    seals.keep_signature(wanted_signature(), "c2lnbmF0dXJl".to_owned());
    assert_eq!(Sealing::new(&seals).sign("google", Algorithm::Rs256, INPUT), "c2lnbmF0dXJl");

    let presented = Presented { input: INPUT, signature: "c2lnbmF0dXJl" };
    let (ideal, wanted) = check(&seals, "google", presented);
    let expected = WantedVerification {
        key: "google",
        algorithm: Algorithm::Rs256,
        input: INPUT.to_owned(),
        signature: "c2lnbmF0dXJl".to_owned(),
    };
    assert!(ideal);
    assert_eq!(wanted, Wanted { verifications: vec![expected.clone()], ..Wanted::default() });
    assert!(!wanted.is_empty());

    // What the browser says counts, even against the ideal.
    seals.keep_verification(expected, false);
    assert_eq!(check(&seals, "google", presented), (false, Wanted::default()));
}

#[test]
fn keys_of_one_name_differ_by_algorithm() {
    let mut seals = Seals::default();
    let public = PublicKey::Ec { x: "eA".to_owned(), y: "eQ".to_owned() };
    seals.keep_key("google", Algorithm::Es256, public.clone());
    assert_eq!(seals.public("google", Algorithm::Es256), Some(&public));
    assert_eq!(seals.public("google", Algorithm::Rs256), None);
    assert_eq!(public.members(), [("kty", "EC"), ("crv", "P-256"), ("x", "eA"), ("y", "eQ")]);
}

#[test]
fn algorithms_are_found_by_name() {
    assert_eq!(Algorithm::from_jose("ES256"), Some(Algorithm::Es256));
    assert_eq!(Algorithm::from_jose("none"), None);
}
