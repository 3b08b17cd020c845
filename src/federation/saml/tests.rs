use super::super::digest::hex;
use super::super::xml::canonical;
use super::*;

const SIGN_IN: &str = "https://signin.aws.amazon.com/saml";

/// 2026-01-01T00:00:00Z.
const NOW: Time = Time(1_767_225_600);

fn key() -> PublicKey {
    PublicKey::Rsa { n: "-_8".to_owned(), e: "AQAB".to_owned() }
}

fn assertion() -> Assertion<'static> {
    Assertion {
        response_id: "_response",
        assertion_id: "_assertion",
        issued: NOW,
        issuer: "https://adfs.example.com/adfs/services/trust",
        destination: SIGN_IN,
        recipient: SIGN_IN,
        audience: "urn:amazon:webservices",
        subject: "ann@example.com",
        format: NameFormat::Email,
        not_before: Time(NOW.0 - 30),
        not_on_or_after: Time(NOW.0 + 300),
        session_not_on_or_after: Some(Time(NOW.0 + 28_800)),
        attributes: vec![
            (
                ROLE.to_owned(),
                vec!["arn:aws:iam::1:role/A,arn:aws:iam::1:saml-provider/P".to_owned(), "two".to_owned()],
            ),
            (format!("{PRINCIPAL_TAG}Team"), vec!["R&D <\"hot\">\r\n\u{e9}".to_owned()]),
        ],
    }
}

fn signature(text: &str) -> Signature {
    Received::read(text).unwrap().signature.unwrap()
}

#[test]
fn what_is_written_is_canonical() {
    let response = assertion().response("c2lnbmF0dXJl", &key());
    let document = roxmltree::Document::parse(&response).unwrap();
    assert_eq!(canonical(document.root_element(), None), response);
    let own = document.root_element().children().find(|node| node.has_tag_name((ASSERTION, "Assertion"))).unwrap();
    let signature = own.children().find(|node| node.has_tag_name((SIGNATURE, "Signature"))).unwrap();
    assert_eq!(canonical(own, Some(signature.id())), assertion().unsigned());
    let signed_info = signature.children().find(|node| node.has_tag_name((SIGNATURE, "SignedInfo"))).unwrap();
    assert_eq!(canonical(signed_info, None), assertion().signed_info());
}

#[test]
fn what_is_written_is_read() {
    let received = Received::read(&assertion().response("c2lnbmF0dXJl", &key())).unwrap();
    assert_eq!(received.issuer, "https://adfs.example.com/adfs/services/trust");
    assert_eq!(received.response_id.as_deref(), Some("_response"));
    assert_eq!(received.assertion_id.as_deref(), Some("_assertion"));
    assert_eq!((received.destination.as_deref(), received.recipient.as_deref()), (Some(SIGN_IN), Some(SIGN_IN)));
    assert_eq!(received.status.as_deref(), Some("urn:oasis:names:tc:SAML:2.0:status:Success"));
    assert_eq!(received.audiences, ["urn:amazon:webservices"]);
    assert_eq!(received.subject.as_deref(), Some("ann@example.com"));
    assert_eq!(received.subject_format.as_deref(), Some("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"));
    assert_eq!(received.issued, Some(NOW));
    assert_eq!(received.not_before, Some(Time(NOW.0 - 30)));
    assert_eq!(
        (received.not_on_or_after, received.confirmed_until),
        (Some(Time(NOW.0 + 300)), Some(Time(NOW.0 + 300)))
    );
    assert_eq!(received.session_not_on_or_after, Some(Time(NOW.0 + 28_800)));
    assert_eq!(received.attributes, assertion().attributes);
    assert_eq!(received.values(ROLE).nth(1), Some("two"));
    assert_eq!(received.values(ROLE_SESSION_NAME).next(), None);

    let signature = received.signature.unwrap();
    assert!(signature.is_digest_right());
    assert_eq!((signature.algorithm, signature.value.as_str()), (Algorithm::Rs256, "c2lnbmF0dXJl"));
    assert_eq!(signature.signed_info, assertion().signed_info());
    assert_eq!(signature.key, Some(key()));
}

#[test]
fn a_response_without_optional_parts_is_read() {
    let bare = Assertion { session_not_on_or_after: None, attributes: vec![], ..assertion() };
    let received = Received::read(&bare.response("", &key())).unwrap();
    assert_eq!((received.session_not_on_or_after, received.attributes), (None, vec![]));
}

#[test]
fn a_changed_text_is_noticed() {
    let response = assertion().response("c2lnbmF0dXJl", &key());
    for (from, to) in [
        ("ann@example.com", "bob@example.com"),
        ("role/A", "role/B"),
        ("2026-01-01T08:00:00Z", "2027-01-01T08:00:00Z"),
        ("Recipient=\"https", "Recipient=\"http"),
        ("ID=\"_assertion\"", "ID=\"_other\""),
        ("</saml:Subject>", "</saml:Subject> "),
    ] {
        let changed = response.replacen(from, to, 1);
        assert_ne!(changed, response, "{from}");
        assert!(!signature(&changed).is_digest_right(), "{from}");
    }
    // The hash was made to fit: then other bytes are signed.
    let changed = response.replacen("ann@example.com", "bob@example.com", 1);
    let fitting = changed.replace(&signature(&changed).digest, &signature(&changed).computed);
    assert!(signature(&fitting).is_digest_right());
    assert_ne!(signature(&fitting).signed_info, signature(&response).signed_info);
    // Outside the assertion nothing is signed.
    assert!(signature(&response.replacen("Destination=\"https", "Destination=\"http", 1)).is_digest_right());
}

#[test]
fn another_way_to_write_the_same_is_no_change() {
    let response = assertion().response("c2lnbmF0dXJl", &key());
    let same = response
        .replacen("></saml:SubjectConfirmationData>", "/>", 1)
        .replacen("Version=\"2.0\">\n    <saml:Issuer>", "Version='2.0' ><!-- -->\n    <saml:Issuer>", 1)
        .replacen("xmlns:samlp=", "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:samlp=", 1);
    assert_ne!(same, response);
    assert!(signature(&same).is_digest_right());
    assert_eq!(signature(&same).signed_info, assertion().signed_info());
}

/// Signed by another library, `xml-crypto`: another way of writing, other prefixes. The hash of what was signed is the one that
/// the signature has inside.
#[test]
fn a_response_of_another_library_is_read() {
    let received = Received::read(include_str!("foreign.xml")).unwrap();
    let signature = received.signature.unwrap();
    assert!(signature.is_digest_right());
    assert_eq!(
        hex(&sha256(signature.signed_info.as_bytes())),
        "d7f8b739fc35b57964e5041c6bff431276f956e5f2ec2bc5e3f72e6a2f199631"
    );
    assert_eq!((received.issuer.as_str(), received.subject.as_deref()), ("https://idp.example.com/", Some("a&b<c>")));
    assert_eq!(received.issued, Some(NOW));
    let expected = vec![(ROLE_SESSION_NAME.to_owned(), vec!["ann".to_owned()])];
    assert_eq!((received.attributes, signature.key), (expected, None));
}

#[test]
fn a_comment_does_not_cut_a_name() {
    let whose = Assertion { subject: "ann@example.com.evil.example", ..assertion() }.response("", &key());
    let commented = whose.replacen("ann@example.com.evil", "ann@example.com<!-- -->.evil", 1);
    let received = Received::read(&commented).unwrap();
    assert!(received.signature.is_some_and(|signature| signature.is_digest_right()));
    assert_eq!(received.subject.as_deref(), Some("ann@example.com.evil.example"));
}

#[test]
fn a_signature_counts_only_for_the_element_that_it_stands_in() {
    let response = assertion().response("c2lnbmF0dXJl", &key());
    assert!(!signature(&response.replacen("URI=\"#_assertion\"", "URI=\"#_response\"", 1)).is_digest_right());
    let second = response.replacen("</samlp:Response>", &format!("{}</samlp:Response>", assertion().unsigned()), 1);
    assert_eq!(Received::read(&second), Err(SamlError::Assertions(2)));
    let start = response.find("<ds:Signature ").unwrap();
    let end = response.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let unsigned = format!("{}{}", &response[..start], &response[end..]);
    assert_eq!(Received::read(&unsigned).unwrap().signature, None);
}

#[test]
fn an_error_says_what_is_wrong() {
    let response = assertion().response("c2lnbmF0dXJl", &key());
    let error = |text: &str| Received::read(text).unwrap_err();
    assert!(matches!(error("no xml"), SamlError::NotXml(_)));
    assert!(matches!(error("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), SamlError::NotXml(_)));
    assert_eq!(error("<Response></Response>"), SamlError::Foreign("SAML response"));
    assert_eq!(
        error(&response.replacen("<saml:Issuer>https://adfs.example.com/adfs/services/trust</saml:Issuer><", "<", 1)),
        SamlError::Missing("Issuer")
    );
    assert_eq!(error(&response.replace("SignatureMethod", "Method")), SamlError::Missing("SignatureMethod"));
    let sha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    assert_eq!(error(&response.replace(Algorithm::Rs256.xml(), sha1)), SamlError::Algorithm(sha1.to_owned()));
    assert_eq!(error(&response.replace(SHA256, "sha1")), SamlError::Algorithm("sha1".to_owned()));
}

#[test]
fn half_a_response_is_an_error() {
    let response = assertion().response("c2lnbmF0dXJl", &key());
    for end in (0..response.len()).filter(|end| response.is_char_boundary(*end)) {
        assert!(matches!(Received::read(&response[..end]), Err(SamlError::NotXml(_))), "{end}");
    }
    // Anything may be missing.
    for (at, _) in response.match_indices(['<', '=', '"', '#']) {
        let _ = Received::read(&format!("{}{}", &response[..at], &response[at + 1..]));
    }
}

#[test]
fn sent_in_base64_and_back() {
    // RFC 4648, section 10, with a line break.
    assert_eq!((encode("foob"), decode("Zm9v\nYg==").as_deref()), ("Zm9vYg==".to_owned(), Some("foob")));
    assert_eq!((decode("Zm9v!"), decode("/w==")), (None, None));
}

#[test]
fn metadata_is_written_and_read() {
    let metadata = Metadata {
        entity_id: "https://adfs.example.com/adfs/services/trust".to_owned(),
        sign_in: Some("https://adfs.example.com/adfs/ls/?a=1&b=2".to_owned()),
        keys: vec![key(), PublicKey::Rsa { n: "bmV4dA".to_owned(), e: "AQAB".to_owned() }],
    };
    let text = metadata.document();
    assert!(
        text.contains("<ds:Modulus>+/8=</ds:Modulus>") && text.contains("<ds:Exponent>AQAB</ds:Exponent>"),
        "{text}"
    );
    let document = roxmltree::Document::parse(&text).unwrap();
    assert_eq!(canonical(document.root_element(), None), text);
    assert_eq!(Metadata::read(&text), Ok(metadata.clone()));
    let encrypting = text.replacen("use=\"signing\"", "use=\"encryption\"", 1);
    assert_eq!(Metadata::read(&encrypting).unwrap().keys, metadata.keys[1..]);
    let bare = Metadata { sign_in: None, keys: vec![], ..metadata };
    assert_eq!(Metadata::read(&bare.document()), Ok(bare));
    assert_eq!(Metadata::read("<a></a>"), Err(SamlError::Foreign("SAML metadata")));
}
