//! Checked with the signatures that AWS publishes: its signing test suite (`aws-signing-test-suite` of awslabs/aws-c-auth,
//! Apache-2.0; those requests whose path is normalized) and the examples in the documentation of S3.

use super::*;

/// 2015-08-30T12:36:00Z.
const SUITE_TIME: Time = Time(1_440_938_160);

/// 2013-05-24T00:00:00Z.
const S3_TIME: Time = Time(1_369_353_600);

/// A line each: name, signature, body, method and target, headers but `Host`.
///
/// The space in `get-space-normalized` is one, as in the suite's other form of it: paths are encoded once more.
const SUITE: &str = include_str!("suite.txt");

fn suite_signer() -> Signer<'static> {
    Signer {
        access_key_id: "AKIDEXAMPLE",
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        session_token: None,
        region: "us-east-1",
        service: "service",
        time: SUITE_TIME,
    }
}

fn decoded(text: &str) -> String {
    // The only encoded name in the suite.
    text.replace("%E1%88%B4", "\u{1234}")
}

#[test]
fn the_signatures_of_the_signing_test_suite() {
    assert_eq!(SUITE.lines().count(), 27);
    for vector in SUITE.lines() {
        let parts: Vec<String> = vector.split('|').map(|part| part.replace("\\n", "\n")).collect();
        let [name, signature, body, line, headers @ ..] = parts.as_slice() else {
            panic!("{vector}");
        };
        let (method, target) = line.split_once(' ').unwrap();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = decoded(query);
        let mut headers: Vec<(&str, &str)> = headers.iter().filter_map(|header| header.split_once(':')).collect();
        let token = headers.pop_if(|(name, _)| *name == "X-Amz-Security-Token").map(|(_, value)| value);
        let request = Unsigned {
            method,
            host: "example.amazonaws.com",
            path,
            query: query.split('&').filter_map(|pair| pair.split_once('=')).collect(),
            headers,
            body,
        };
        let worked = sign(&request, &Signer { session_token: token, ..suite_signer() });
        assert_eq!(worked.signature, *signature, "{name}:\n{}", worked.canonical_request);
    }
}

/// `get-vanilla`, step by step.
#[test]
fn every_step_of_one_request_can_be_seen() {
    let request = Unsigned {
        method: "GET",
        host: "example.amazonaws.com",
        path: "/",
        query: vec![],
        headers: vec![("User-Agent", "curl"), ("authorization", "old")],
        body: "",
    };
    let worked = sign(&request, &suite_signer());
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(worked.payload_hash, nothing);
    assert_eq!(
        worked.canonical_request,
        format!("GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n{nothing}")
    );
    assert_eq!(worked.scope, "20150830/us-east-1/service/aws4_request");
    assert_eq!(
        worked.string_to_sign,
        "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n\
         bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63"
    );
    assert!(worked.string_to_sign.ends_with(&worked.canonical_request_hash));
    let authorization = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                         SignedHeaders=host;x-amz-date, \
                         Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    assert_eq!(worked.authorization, authorization);
    let headers: Vec<(&str, &str)> = worked.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    let expected = [
        ("Host", "example.amazonaws.com"),
        ("User-Agent", "curl"),
        ("X-Amz-Date", "20150830T123600Z"),
        ("Authorization", authorization),
    ];
    assert_eq!(headers, expected);
}

/// The example of the documentation "Deriving a signing key" (IAM on 2015-08-30, and the older one of 2012-02-15).
#[test]
fn the_signing_key_is_made_in_four_steps() {
    let worked = |time, service| {
        let request = Unsigned { method: "GET", host: "h", path: "/", query: vec![], headers: vec![], body: "" };
        let signer = Signer { time: Time(time), service, ..suite_signer() };
        sign(&request, &signer).signing_key_steps
    };
    let steps = worked(1_440_938_160, "iam");
    let names: Vec<(&str, &str)> = steps.iter().map(|step| (step.name, &*step.message)).collect();
    let expected = [("kDate", "20150830"), ("kRegion", "us-east-1"), ("kService", "iam"), ("kSigning", "aws4_request")];
    assert_eq!(names, expected);
    assert_eq!(steps[3].result, "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");

    let results: Vec<String> = worked(1_329_264_000, "iam").into_iter().map(|step| step.result).collect();
    assert_eq!(
        results,
        [
            "969fbb94feb542b71ede6f87fe4d5fa29c789342b0f407474670f0c2489e0a0d",
            "69daa0209cd9c5ff5c8ced464a696fd4252e981430b10e3d3fd8e2f197d7a70c",
            "f72cfd46f26bc4643f06a11eabb6c0ba18780c19a8da0c31ace671265e3c87fa",
            "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d",
        ]
    );
}

fn s3(request: Unsigned<'_>, signature: &str, signed_headers: &str) {
    let signer = Signer {
        access_key_id: "AKIAIOSFODNN7EXAMPLE",
        secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        session_token: None,
        region: "us-east-1",
        service: "s3",
        time: S3_TIME,
    };
    let worked = sign(&request, &signer);
    assert_eq!(
        (&*worked.signature, &*worked.signed_headers),
        (signature, signed_headers),
        "{}",
        worked.canonical_request
    );
}

#[test]
fn the_signatures_of_the_s3_examples() {
    let get = Unsigned {
        method: "GET",
        host: "examplebucket.s3.amazonaws.com",
        path: "/test.txt",
        query: vec![],
        headers: vec![("Range", "bytes=0-9")],
        body: "",
    };
    s3(
        get.clone(),
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "host;range;x-amz-content-sha256;x-amz-date",
    );
    let put = Unsigned {
        method: "PUT",
        path: "/test$file.text",
        headers: vec![("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
        body: "Welcome to Amazon S3.",
        ..get.clone()
    };
    let signature = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd";
    let headers = "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class";
    s3(put.clone(), signature, headers);
    s3(Unsigned { path: "/test%24file.text", ..put }, signature, headers);

    let bucket = Unsigned { path: "/", headers: vec![], ..get };
    let lifecycle = Unsigned { query: vec![("lifecycle", "")], ..bucket.clone() };
    let headers = "host;x-amz-content-sha256;x-amz-date";
    s3(lifecycle, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543", headers);
    let list = Unsigned { query: vec![("prefix", "J"), ("max-keys", "2")], ..bucket };
    s3(list, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", headers);
}

#[test]
fn s3_takes_paths_as_they_are() {
    let check = |path: &str, elsewhere: &str, s3: &str| {
        assert_eq!(
            (canonical::path(path, false), canonical::path(path, true)),
            (elsewhere.into(), s3.into()),
            "{path}"
        );
    };
    check("", "/", "/");
    check("//a/./b//", "/a/b/", "//a/./b//");
    check("/a/b/..", "/a/", "/a/b/..");
    check("/../..", "/", "/../..");
    check("/my%20cat.jpg", "/my%2520cat.jpg", "/my%20cat.jpg");
    // `double-encode-path` of the suite.
    check(
        "/test/@connections/JBDvjfGEIAMCERw%3D",
        "/test/%40connections/JBDvjfGEIAMCERw%253D",
        "/test/%40connections/JBDvjfGEIAMCERw%3D",
    );
}

#[test]
fn a_given_time_or_hash_is_taken_even_if_it_is_wrong() {
    let request = Unsigned {
        method: "PUT",
        host: "examplebucket.s3.amazonaws.com",
        path: "/cat",
        query: vec![],
        headers: vec![("x-amz-date", "20130523T235959Z"), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD")],
        body: "meow",
    };
    let worked = sign(&request, &Signer { service: "s3", time: S3_TIME, ..suite_signer() });
    assert!(worked.canonical_request.ends_with("\nUNSIGNED-PAYLOAD"));
    assert!(worked.string_to_sign.starts_with("AWS4-HMAC-SHA256\n20130523T235959Z\n20130524/us-east-1/s3/"));
    assert_eq!(worked.headers.len(), 4);
}
