//! SAML identity providers that the playground plays: they sign assertions and publish metadata (FED-50).

use super::saml::{Assertion, Metadata, Received};
use super::seal::{Algorithm, KeyName};
use super::stage::Stage;

/// The response with an assertion, signed with a key.
pub fn sign(stage: &mut Stage<'_>, by: KeyName, assertion: &Assertion<'_>) -> String {
    let signed_info = assertion.signed_info();
    let signature = stage.sealing.sign(by, Algorithm::Rs256, &signed_info).to_owned();
    let key = stage.sealing.public(by, Algorithm::Rs256);
    stage.signed = (by, signed_info);
    assertion.response(&signature, &key)
}

/// The response with the hash in its signature made to fit what somebody has changed. What was signed is the hash, so that
/// the signature does not fit then.
pub fn refitted(response: &str) -> String {
    match Received::read(response).ok().and_then(|received| received.signature) {
        Some(signature) => response.replace(&signature.digest, &signature.computed),
        None => response.to_owned(),
    }
}

/// The document by which IAM knows a provider, with the key that it had when the document was uploaded.
pub fn metadata(stage: &mut Stage<'_>, entity_id: &str, sign_in: &str, published: KeyName) -> String {
    let keys = vec![stage.sealing.public(published, Algorithm::Rs256)];
    Metadata { entity_id: entity_id.to_owned(), sign_in: Some(sign_in.to_owned()), keys }.document()
}
