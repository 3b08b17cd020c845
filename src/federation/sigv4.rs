//! Signature Version 4: how a request proves who sends it without sending the secret. Every step of the calculation can be seen.

mod canonical;

pub use canonical::uri_encode;

use super::digest::{Hash, hex, hmac, sha256};
use super::instant;
use crate::model::Time;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The last part of every scope.
const ENDING: &str = "aws4_request";

const AUTHORIZATION: &str = "Authorization";
const CONTENT_HASH: &str = "X-Amz-Content-Sha256";

/// A request before it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// The host, such as `sts.us-east-1.amazonaws.com`; becomes the header `Host` if there is none.
    pub host: &'a str,
    /// The path as it stands in the first line of the request, already percent-encoded: `/` or `/photos/my%20cat.jpg`.
    pub path: &'a str,
    /// The parameters of the query, not encoded; a parameter without a value has an empty one.
    pub query: Vec<(&'a str, &'a str)>,
    /// Names and values. A given `X-Amz-Date` or `X-Amz-Content-Sha256` is taken as it is, also when it is wrong.
    pub headers: Vec<(&'a str, &'a str)>,
    /// The body; empty for none.
    pub body: &'a str,
}

/// With what a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signer<'a> {
    /// Who signs.
    pub access_key_id: &'a str,
    /// What is proved and not sent.
    pub secret_access_key: &'a str,
    /// Temporary credentials have it; it is sent and signed as `X-Amz-Security-Token`.
    pub session_token: Option<&'a str>,
    /// The Region in the scope, such as `us-east-1`.
    pub region: &'a str,
    /// The service in the scope, such as `sts`.
    pub service: &'a str,
    /// When.
    pub time: Time,
}

/// A signature with all that led to it. Hashes and keys are hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// The SHA-256 of the body.
    pub payload_hash: String,
    /// The request, written in the one way in which it can be hashed.
    pub canonical_request: String,
    /// The SHA-256 of the canonical request.
    pub canonical_request_hash: String,
    /// Where and when the signature is good: `20260101/us-east-1/sts/aws4_request`.
    pub scope: String,
    /// What is signed in the end: algorithm, time, scope and the hash of the request.
    pub string_to_sign: String,
    /// How the signing key comes from the secret: day, Region, service, ending.
    pub signing_key_steps: Vec<KeyStep>,
    /// The signature.
    pub signature: String,
    /// The names of the signed headers, `host;x-amz-date`.
    pub signed_headers: String,
    /// The value of the header `Authorization`.
    pub authorization: String,
    /// All headers as they are sent: those given, those added, and `Authorization`.
    pub headers: Vec<(String, String)>,
}

/// One HMAC on the way to the signing key. The key is the result before; the first key is `AWS4` and the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyStep {
    /// What AWS calls the result.
    pub name: &'static str,
    /// What goes in.
    pub message: String,
    /// What comes out.
    pub result: String,
}

/// Signs a request and keeps every step.
///
/// S3 takes the path as it is and needs the hash of the body in a header. For other services `.`, `..` and double slashes
/// are resolved and the path is percent-encoded once more.
pub fn sign(request: &Unsigned<'_>, signer: &Signer<'_>) -> Worked {
    let is_s3 = signer.service == "s3";
    let mut headers = sent_headers(request, signer, is_s3);
    let header =
        |wanted: &str| headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value);
    let payload_hash = header(CONTENT_HASH).cloned().unwrap_or_else(|| hex(&sha256(request.body.as_bytes())));
    let time = header("X-Amz-Date").cloned().unwrap_or_else(|| instant::basic(signer.time));

    let (header_lines, signed_headers) = canonical::headers(&headers);
    let canonical_request = [
        request.method,
        &canonical::path(request.path, is_s3),
        &canonical::query(&request.query),
        &header_lines,
        &signed_headers,
        &payload_hash,
    ]
    .join("\n");
    let canonical_request_hash = hex(&sha256(canonical_request.as_bytes()));

    let day = instant::basic(signer.time).chars().take(8).collect::<String>();
    let scope = [&day, signer.region, signer.service, ENDING].join("/");
    let string_to_sign = [ALGORITHM, &time, &scope, &canonical_request_hash].join("\n");
    let (signing_key, signing_key_steps) = signing_key(signer, day);
    let signature = hex(&hmac(&signing_key, string_to_sign.as_bytes()));
    let authorization = format!(
        "{ALGORITHM} Credential={}/{scope}, SignedHeaders={signed_headers}, Signature={signature}",
        signer.access_key_id
    );
    headers.push((AUTHORIZATION.to_owned(), authorization.clone()));
    Worked {
        payload_hash,
        canonical_request,
        canonical_request_hash,
        scope,
        string_to_sign,
        signing_key_steps,
        signature,
        signed_headers,
        authorization,
        headers,
    }
}

/// The headers of the request and those that signing adds.
fn sent_headers(request: &Unsigned<'_>, signer: &Signer<'_>, is_s3: bool) -> Vec<(String, String)> {
    let given = |wanted: &str| request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
    let mut headers: Vec<(String, String)> = Vec::with_capacity(request.headers.len() + 5);
    if !given("Host") {
        headers.push(("Host".to_owned(), request.host.to_owned()));
    }
    let unsigned = request.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case(AUTHORIZATION));
    headers.extend(unsigned.map(|&(name, value)| (name.to_owned(), value.to_owned())));
    let mut add = |name: &str, value: Option<String>| {
        if let (false, Some(value)) = (given(name), value) {
            headers.push((name.to_owned(), value));
        }
    };
    add("X-Amz-Date", Some(instant::basic(signer.time)));
    add("X-Amz-Security-Token", signer.session_token.map(str::to_owned));
    add(CONTENT_HASH, is_s3.then(|| hex(&sha256(request.body.as_bytes()))));
    headers
}

fn signing_key(signer: &Signer<'_>, day: String) -> (Hash, Vec<KeyStep>) {
    let messages = [
        ("kDate", day),
        ("kRegion", signer.region.to_owned()),
        ("kService", signer.service.to_owned()),
        ("kSigning", ENDING.to_owned()),
    ];
    let mut key = format!("AWS4{}", signer.secret_access_key).into_bytes();
    let mut result = Hash::default();
    let mut steps = Vec::with_capacity(messages.len());
    for (name, message) in messages {
        result = hmac(&key, message.as_bytes());
        key = result.to_vec();
        steps.push(KeyStep { name, message, result: hex(&result) });
    }
    (result, steps)
}

#[cfg(test)]
mod tests;
