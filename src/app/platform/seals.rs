//! Keys and signatures through WebCrypto.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::PlatformError;
use crate::federation::{Algorithm, PublicKey, Seals, Wanted};

#[wasm_bindgen(module = "/src/js/seals.js")]
extern "C" {
    #[wasm_bindgen(js_name = publicKey, catch)]
    async fn public_key(key: &str, algorithm: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn sign(key: &str, algorithm: &str, input: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn verify(key: &str, algorithm: &str, input: &str, signature: &str) -> Result<JsValue, JsValue>;
}

/// What `seals` has, with what was wanted of it.
pub async fn made(mut seals: Seals, wanted: Wanted) -> Result<Seals, PlatformError> {
    let missing = |_| PlatformError::Missing("cryptography for pages that arrive over HTTPS");
    for (key, algorithm) in wanted.keys {
        let parts = Array::from(&public_key(key, algorithm.jose()).await.map_err(missing)?);
        let part = |at| parts.get(at).as_string().unwrap_or_default();
        let public = match algorithm {
            Algorithm::Rs256 => PublicKey::Rsa { n: part(0), e: part(1) },
            Algorithm::Es256 => PublicKey::Ec { x: part(0), y: part(1) },
        };
        seals.keep_key(key, algorithm, public);
    }
    for one in wanted.signatures {
        let signature = sign(one.key, one.algorithm.jose(), &one.input).await.map_err(missing)?;
        seals.keep_signature(one, signature.as_string().unwrap_or_default());
    }
    for one in wanted.verifications {
        let fits = verify(one.key, one.algorithm.jose(), &one.input, &one.signature).await.map_err(missing)?;
        seals.keep_verification(one, fits.is_truthy());
    }
    Ok(seals)
}
