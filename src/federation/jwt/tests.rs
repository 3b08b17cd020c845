use super::*;

fn claims(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(claims) => claims,
        other => panic!("{other} is no object"),
    }
}

/// RFC 7515, appendix A.3: the same claims with line breaks, signed with ES256.
const RFC_7515_A3: &str = concat!(
    "eyJhbGciOiJFUzI1NiJ9.",
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
);

#[test]
fn the_token_of_rfc_7515_is_read() {
    let token = Decoded::read(&format!(" {RFC_7515_A3}\n")).unwrap();
    assert_eq!((token.algorithm(), token.key_id()), (Some(Algorithm::Es256), None));
    assert_eq!(token.text("iss"), Some("joe"));
    assert_eq!(token.time("exp"), Some(Time(1_300_819_380)));
    assert_eq!(token.claims["http://example.com/is_root"], json!(true));
    assert_eq!(token.signature.len(), 86);
    assert_eq!(format!("{}.{}", token.signing_input, token.signature), RFC_7515_A3);
}

#[test]
fn what_is_written_can_be_read() {
    let said = claims(json!({
        "iss": "https://accounts.google.com",
        "aud": ["one", "two"],
        "sub": "ann",
        "exp": 1_800_000_000.75,
        "name": "Ann Ångström",
    }));
    let input = signing_input(Algorithm::Rs256, "first", &said);
    // RFC 7515 has no padding and none of these characters.
    assert!(!input.contains(['=', '+', '/', ' ', '\n']), "{input}");
    let token = Decoded::read(&token(&input, "c2lnbmF0dXJl")).unwrap();
    assert_eq!(token.claims, said);
    assert_eq!(token.header, claims(json!({"alg": "RS256", "kid": "first", "typ": "JWT"})));
    assert_eq!((token.algorithm(), token.key_id()), (Some(Algorithm::Rs256), Some("first")));
    assert_eq!(token.texts("aud"), ["one", "two"]);
    assert_eq!((token.texts("sub"), token.texts("azp")), (vec!["ann"], vec![]));
    assert_eq!((token.time("exp"), token.time("sub")), (Some(Time(1_800_000_000)), None));
    assert_eq!(token.signing_input, input);
    // Claims keep the order in which they were given.
    assert_eq!(token.claims.keys().collect::<Vec<_>>(), ["iss", "aud", "sub", "exp", "name"]);
}

#[test]
fn an_error_names_the_bad_part() {
    let check = |text: &str, expected: JwtError| assert_eq!(Decoded::read(text), Err(expected), "{text}");
    check("", JwtError::Parts(1));
    check("e30.e30", JwtError::Parts(2));
    check("e30.e30.e30.e30", JwtError::Parts(4));
    check("e3.e30.c2ln", JwtError::Base64(Part::Header));
    check("e30.e30=.c2ln", JwtError::Base64(Part::Claims));
    check("e30.e30.c2ln+", JwtError::Base64(Part::Signature));
    // `[]` and half an object.
    check("W10.e30.c2ln", JwtError::Json(Part::Header));
    check("e30.eyJh.c2ln", JwtError::Json(Part::Claims));
    assert_eq!(JwtError::Json(Part::Claims).to_string(), "The claims part is not a JSON object in base64url.");
}

#[test]
fn a_token_without_a_signature_is_read_and_has_no_known_algorithm() {
    // {"alg":"none"}
    let token = Decoded::read("eyJhbGciOiJub25lIn0.e30.").unwrap();
    assert_eq!((token.algorithm(), token.signature.as_str()), (None, ""));
}

#[test]
fn a_key_set_has_the_members_of_rfc_7517() {
    let rsa = PublicKey::Rsa { n: "0vx7".to_owned(), e: "AQAB".to_owned() };
    let ec = PublicKey::Ec { x: "MKBC".to_owned(), y: "4Etl".to_owned() };
    let text = key_set(&[
        Published { key_id: "first", algorithm: Algorithm::Rs256, key: &rsa },
        Published { key_id: "second", algorithm: Algorithm::Es256, key: &ec },
    ]);
    assert!(text.starts_with("{\n  \"keys\": [\n    {\n      \"kty\": \"RSA\",\n"), "{text}");
    let expected = json!({"keys": [
        {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "first", "n": "0vx7", "e": "AQAB"},
        {"kty": "EC", "use": "sig", "alg": "ES256", "kid": "second", "crv": "P-256", "x": "MKBC", "y": "4Etl"},
    ]});
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
}

#[test]
fn the_discovery_document_has_what_aws_needs() {
    let discovery = Discovery {
        issuer: "https://token.actions.githubusercontent.com",
        jwks_uri: "https://token.actions.githubusercontent.com/.well-known/jwks",
        algorithms: &[Algorithm::Rs256],
        claims: &["sub", "aud"],
    };
    let document: Value = serde_json::from_str(&discovery.document()).unwrap();
    assert_eq!(document["issuer"], "https://token.actions.githubusercontent.com");
    assert_eq!(document["jwks_uri"], "https://token.actions.githubusercontent.com/.well-known/jwks");
    assert_eq!(document["id_token_signing_alg_values_supported"], json!(["RS256"]));
    assert_eq!(document["claims_supported"], json!(["sub", "aud"]));
    assert_eq!(document["response_types_supported"], json!(["id_token"]));
    assert_eq!(document["subject_types_supported"], json!(["public"]));
}
