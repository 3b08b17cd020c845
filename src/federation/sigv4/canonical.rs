//! The parts of a canonical request.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Headers that are not signed, because proxies may change them.
const UNSIGNED: [&str; 6] =
    ["authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id"];

/// Percent-encodes everything but letters, digits, `-`, `.`, `_` and `~`.
///
/// ```
/// use iam_playground::federation::sigv4::uri_encode;
/// assert_eq!(uri_encode("a b/ü~"), "a%20b%2F%C3%BC~");
/// ```
pub fn uri_encode(text: &str) -> String {
    encode_but(text, "")
}

/// Leaves also the kept characters.
fn encode_but(text: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let letter = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~".contains(letter) || kept.contains(letter) {
            encoded.push(letter);
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The path; S3 keys may hold `..` and double slashes, and are encoded only once.
pub(super) fn path(path: &str, is_s3: bool) -> String {
    match path {
        "" => "/".to_owned(),
        path if is_s3 => encode_but(path, "/%"),
        path => encode_but(&resolved(path), "/"),
    }
}

/// Without `.`, `..` and empty parts (RFC 3986, section 5.2.4).
fn resolved(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let is_folder = ["/", "/.", "/.."].iter().any(|ending| path.ends_with(ending));
    let mut resolved = format!("/{}", parts.join("/"));
    if is_folder && !parts.is_empty() {
        resolved.push('/');
    }
    resolved
}

/// The query, encoded and sorted.
pub(super) fn query(parameters: &[(&str, &str)]) -> String {
    let mut encoded: Vec<(String, String)> =
        parameters.iter().map(|(name, value)| (uri_encode(name), uri_encode(value))).collect();
    encoded.sort();
    encoded.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// The lines of the signed headers and the list of their names.
pub(super) fn headers(headers: &[(String, String)]) -> (String, String) {
    let mut signed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in headers {
        let name = name.trim().to_ascii_lowercase();
        if !UNSIGNED.contains(&name.as_str()) {
            // Blanks and line breaks in a row count as one blank.
            signed.entry(name).or_default().push(value.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    let lines = signed.iter().map(|(name, values)| format!("{name}:{}\n", values.join(","))).collect();
    (lines, signed.into_keys().collect::<Vec<_>>().join(";"))
}
