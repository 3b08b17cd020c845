//! OpenID Connect providers that the playground plays: they sign tokens and publish what verifies them (FED-41).

use serde_json::{Map, Value};

use super::jwt::{self, Decoded, Discovery, Published};
use super::outcome::{Did, PaperKind};
use super::seal::{Algorithm, KeyName, Presented, Signed};
use super::stage::Stage;
use super::sts::{self, WebToken};

/// A provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Its address, which tokens have as `iss`.
    pub url: &'static str,
    /// The key that it publishes.
    pub key: KeyName,
    /// How it signs.
    pub algorithm: Algorithm,
}

/// A token with these claims, signed with a key. A claim can be written over after signing: then the signature does not fit
/// any longer.
pub fn sign(
    stage: &mut Stage<'_>,
    issuer: &Issuer,
    by: KeyName,
    claims: &Map<String, Value>,
    changed: Option<(&str, Value)>,
) -> String {
    let signed = jwt::signing_input(issuer.algorithm, issuer.key, claims);
    let signature = stage.sealing.sign(by, issuer.algorithm, &signed).to_owned();
    let shown = match changed {
        None => signed.clone(),
        Some((claim, value)) => {
            let mut claims = claims.clone();
            claims.insert(claim.to_owned(), value);
            jwt::signing_input(issuer.algorithm, issuer.key, &claims)
        }
    };
    stage.signed = (by, signed);
    jwt::token(&shown, &signature)
}

/// Whether a token is one of the issuer: signed with the key that it publishes, and not changed afterwards. For services that
/// verify tokens by themselves.
pub fn is_genuine(stage: &mut Stage<'_>, issuer: &Issuer, token: &Decoded) -> bool {
    let (by, input) = stage.signed.clone();
    let presented = Presented { input: &token.signing_input, signature: &token.signature };
    stage.sealing.verify(issuer.key, issuer.algorithm, Signed { by, input: &input }, presented)
}

/// STS fetches the issuer's documents and verifies the token that it was asked with. `listed` are the claims that AWS gives
/// to conditions beside aud, sub, amr and email (KEY-125).
pub fn verify(stage: &mut Stage<'_>, issuer: &Issuer, reachable: bool, listed: &'static [&'static str]) -> Did {
    if reachable && is_named(stage, issuer) {
        let address = keys_address(issuer.url);
        let claims = [&["iss", "sub", "aud", "exp", "iat"], listed].concat();
        let discovery =
            Discovery { issuer: issuer.url, jwks_uri: &address, algorithms: &[issuer.algorithm], claims: &claims };
        let public = stage.sealing.public(issuer.key, issuer.algorithm);
        let keys = jwt::key_set(&[Published { key_id: issuer.key, algorithm: issuer.algorithm, key: &public }]);
        stage.paper("Discovery document", PaperKind::Json, discovery.document());
        stage.paper("Keys of the issuer (JWKS)", PaperKind::Json, keys);
    }
    let (by, signed) = stage.signed.clone();
    let (published, algorithm) = (issuer.key, issuer.algorithm);
    let token = WebToken::Jwt { signed, by, issuer: issuer.url, published, algorithm, reachable, claims: listed };
    sts::verify_web_token(stage, &token)
}

/// Whether the token that STS was asked with names this issuer: only then its documents are fetched.
fn is_named(stage: &Stage<'_>, issuer: &Issuer) -> bool {
    let token = stage.pending.as_ref().map(|pending| Decoded::read(&pending.ask.token));
    token.and_then(Result::ok).is_some_and(|token| token.text("iss") == Some(issuer.url))
}

/// Where an issuer publishes its keys.
fn keys_address(issuer: &str) -> String {
    match issuer {
        "https://accounts.google.com" => "https://www.googleapis.com/oauth2/v3/certs".to_owned(),
        "https://cognito-identity.amazonaws.com" => format!("{issuer}/.well-known/jwks_uri"),
        _ if issuer.starts_with("https://token.actions.githubusercontent.com") => format!("{issuer}/.well-known/jwks"),
        _ => format!("{issuer}/keys"),
    }
}
