//! Stand-ins for the values that AWS makes up. The same seed gives the same value; no value is worth anything at AWS.

use super::digest::{Hash, base64, hex as digits, sha256};

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// How every session token begins; base64 keeps it readable for whoever decodes it.
const MARK: &str = "IAM Playground: no AWS account knows this token. It opens nothing. ";

/// Bytes that follow the mark.
const TOKEN_BYTES: usize = 240;

/// An access key id: the prefix and 16 characters (FED-1, FED-2). The prefix is `AKIA` for long-term keys, `ASIA` for
/// temporary ones.
///
/// ```
/// use iam_playground::federation::identifiers;
/// let id = identifiers::access_key_id("ASIA", "ann's session");
/// assert_eq!((id.len(), id.starts_with("ASIA")), (20, true));
/// ```
pub fn access_key_id(prefix: &str, seed: &str) -> String {
    let letters = bytes("access key id", seed).filter_map(|byte| BASE32.get(usize::from(byte % 32)));
    prefix.chars().chain(letters.map(|letter| char::from(*letter)).take(16)).collect()
}

/// A secret access key: 40 characters of base64 (FED-1).
pub fn secret(seed: &str) -> String {
    base64(&bytes("secret access key", seed).take(30).collect::<Vec<_>>())
}

/// A session token: base64 that begins with a sentence saying that it is none (FED-2).
pub fn session_token(seed: &str) -> String {
    base64(&MARK.bytes().chain(bytes("session token", seed)).take(MARK.len() + TOKEN_BYTES).collect::<Vec<_>>())
}

/// A request id: a UUID of version 4, `xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx`.
pub fn request_id(seed: &str) -> String {
    let hex = hex(&format!("request id\n{seed}"), 32);
    let mut text = String::with_capacity(36);
    for (index, digit) in hex.chars().enumerate() {
        if matches!(index, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(match index {
            12 => '4',
            // The variant of RFC 9562: 8, 9, a or b.
            16 => char::from_digit(8 + digit.to_digit(4).unwrap_or(0), 16).unwrap_or('8'),
            _ => digit,
        });
    }
    text
}

/// So many lowercase hexadecimal digits.
pub fn hex(seed: &str, length: usize) -> String {
    let mut text = digits(&bytes("hex", seed).take(length.div_ceil(2)).collect::<Vec<_>>());
    text.truncate(length);
    text
}

/// Bytes without end: the hashes of what they are for, the seed and a count.
fn bytes(what: &str, seed: &str) -> impl Iterator<Item = u8> {
    let start = format!("IAM Playground\n{what}\n{seed}\n");
    (0_u64..).flat_map(move |count| -> Hash { sha256(format!("{start}{count}").as_bytes()) })
}

#[cfg(test)]
mod tests {
    use super::super::digest::from_base64;
    use super::*;

    #[test]
    fn values_have_the_shapes_of_aws() {
        let id = access_key_id("AKIA", "ann");
        assert_eq!(id.len(), 20);
        assert!(id.starts_with("AKIA") && id.bytes().skip(4).all(|byte| BASE32.contains(&byte)), "{id}");
        let secret = secret("ann");
        assert_eq!((secret.len(), from_base64(&secret).map(|bytes| bytes.len())), (40, Some(30)));
        for seed in ["a", "b", "c", "d", "e", "f", "g", "h"] {
            let id = request_id(seed);
            let parts: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12]);
            assert_eq!(&id[14..15], "4");
            assert!(["8", "9", "a", "b"].contains(&&id[19..20]), "{id}");
        }
        assert_eq!((hex("x", 17).len(), hex("x", 0).len(), hex("x", 100).len()), (17, 0, 100));
    }

    #[test]
    fn a_session_token_says_that_it_opens_nothing() {
        let bytes = from_base64(&session_token("ann")).unwrap();
        assert!(bytes.starts_with(b"IAM Playground: no AWS account knows this token."));
    }

    #[test]
    fn seeds_and_kinds_of_values_make_the_difference() {
        assert_eq!(session_token("ann"), session_token("ann"));
        assert_ne!(session_token("ann"), session_token("bob"));
        assert_ne!(hex("ann", 32), hex("bob", 32));
        let values = [access_key_id("ASIA", "ann"), secret("ann"), hex("ann", 16), request_id("ann")];
        assert!(values.iter().all(|value| values.iter().filter(|other| *other == value).count() == 1));
    }
}
