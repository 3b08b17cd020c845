//! Passwords through WebCrypto: a slow hash with a salt of its own, and random ones.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use super::error::PlatformError;
use crate::model::PasswordHash;

/// Rounds of PBKDF2 with SHA-256: some tenths of a second.
const ROUNDS: u32 = 600_000;
const SALT_BYTES: usize = 16;
const HASH_BITS: u32 = 256;
/// What generated passwords are made of; no two that look alike.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/// The hash of a new password.
pub async fn hash(password: &str) -> Result<PasswordHash, PlatformError> {
    let salt = random(SALT_BYTES)?;
    let bits = derive(password, &salt, ROUNDS).await?;
    Ok(PasswordHash { salt: STANDARD.encode(&salt).into(), rounds: ROUNDS, hash: STANDARD.encode(&bits).into() })
}

/// Whether `password` is the one that `known` is the hash of.
pub async fn is_password(password: &str, known: &PasswordHash) -> Result<bool, PlatformError> {
    let Ok(salt) = STANDARD.decode(&*known.salt) else { return Ok(false) };
    let bits = derive(password, &salt, known.rounds).await?;
    Ok(STANDARD.encode(&bits) == *known.hash)
}

/// A random password that satisfies AWS's own rules.
pub fn generate() -> Result<String, PlatformError> {
    let letters = random(16)?.into_iter().filter_map(|byte| LETTERS.get(usize::from(byte) % LETTERS.len()));
    let letters: String = letters.map(|letter| char::from(*letter)).collect();
    Ok(format!("{letters}-Aa1"))
}

/// A random secret access key: 40 signs.
pub fn secret() -> Result<String, PlatformError> {
    Ok(STANDARD.encode(random(30)?))
}

fn random(count: usize) -> Result<Vec<u8>, PlatformError> {
    let mut bytes = vec![0; count];
    let crypto = web_sys::window()
        .ok_or(PlatformError::Missing("cryptography for pages that arrive over HTTPS"))?
        .crypto()
        .map_err(|_| PlatformError::Missing("cryptography for pages that arrive over HTTPS"))?;
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .map_err(|_| PlatformError::Missing("cryptography for pages that arrive over HTTPS"))?;
    Ok(bytes)
}

async fn derive(password: &str, salt: &[u8], rounds: u32) -> Result<Vec<u8>, PlatformError> {
    let failed = |_: JsValue| PlatformError::Missing("cryptography for pages that arrive over HTTPS");
    let crypto = web_sys::window()
        .ok_or(PlatformError::Missing("cryptography for pages that arrive over HTTPS"))?
        .crypto()
        .map_err(failed)?;
    // Browsers offer it only to pages that arrive safely.
    let subtle: SubtleCrypto = Reflect::get(&crypto, &"subtle".into()).map_err(failed)?.dyn_into().map_err(failed)?;
    let usages = Array::of1(&"deriveBits".into());
    let raw: Object = Uint8Array::from(password.as_bytes()).into();
    let importing = subtle.import_key_with_str("raw", &raw, "PBKDF2", false, &usages).map_err(failed)?;
    let key: CryptoKey = JsFuture::from(importing).await.map_err(failed)?.dyn_into().map_err(failed)?;
    let algorithm = Object::new();
    for (name, value) in [
        ("name", JsValue::from("PBKDF2")),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", rounds.into()),
    ] {
        Reflect::set(&algorithm, &name.into(), &value).map_err(failed)?;
    }
    let deriving = subtle.derive_bits_with_object(&algorithm, &key, HASH_BITS).map_err(failed)?;
    Ok(Uint8Array::new(&JsFuture::from(deriving).await.map_err(failed)?).to_vec())
}
