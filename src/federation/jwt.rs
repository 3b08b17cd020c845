//! JSON Web Tokens (RFC 7519) in their compact form, and the two documents by which their signatures can be verified.

use std::fmt;

use serde_json::{Map, Value, json};
use thiserror::Error;

use super::digest::{base64url, from_base64url};
use super::seal::{Algorithm, PublicKey};
use crate::model::Time;

/// The text that is signed: header and claims in base64url, a dot between them (RFC 7515).
pub fn signing_input(algorithm: Algorithm, key_id: &str, claims: &Map<String, Value>) -> String {
    let header = json!({"alg": algorithm.jose(), "kid": key_id, "typ": "JWT"});
    let claims = serde_json::to_string(claims).unwrap_or_default();
    format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.as_bytes()))
}

/// The token: the signed text and its signature in base64url.
pub fn token(signing_input: &str, signature: &str) -> String {
    format!("{signing_input}.{signature}")
}

/// One of the three parts of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// How it is signed.
    Header,
    /// What it says.
    Claims,
    /// The signature.
    Signature,
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Header => "header",
            Self::Claims => "claims part",
            Self::Signature => "signature",
        })
    }
}

/// Why a text is no token.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JwtError {
    /// Not three parts.
    #[error("A token has three parts with dots between them; this text has {0}.")]
    Parts(usize),
    /// A part with other characters than those of base64url.
    #[error("The {0} is not base64url.")]
    Base64(Part),
    /// A part that is no JSON object.
    #[error("The {0} is not a JSON object in base64url.")]
    Json(Part),
}

/// A token, taken apart. Nothing is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// `alg`, `kid`, `typ`.
    pub header: Map<String, Value>,
    /// What the token says.
    pub claims: Map<String, Value>,
    /// The text that the signature is for, as it was presented.
    pub signing_input: String,
    /// The signature in base64url.
    pub signature: String,
}

impl Decoded {
    /// Takes a token apart; blanks around it do not count.
    ///
    /// ```
    /// use iam_playground::federation::jwt::Decoded;
    /// let token = Decoded::read("eyJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJhcHAifQ.c2lnbmF0dXJl").unwrap();
    /// assert_eq!(token.texts("aud"), ["app"]);
    /// assert_eq!(Decoded::read("eyJ9").unwrap_err().to_string(), "A token has three parts with dots between them; this text has 1.");
    /// ```
    pub fn read(text: &str) -> Result<Self, JwtError> {
        let text = text.trim();
        let parts: Vec<&str> = text.split('.').collect();
        let &[header, claims, signature] = parts.as_slice() else {
            return Err(JwtError::Parts(parts.len()));
        };
        let decoded = Self {
            header: object(Part::Header, header)?,
            claims: object(Part::Claims, claims)?,
            signing_input: format!("{header}.{claims}"),
            signature: signature.to_owned(),
        };
        from_base64url(signature).ok_or(JwtError::Base64(Part::Signature))?;
        Ok(decoded)
    }

    /// The algorithm that the header names, if it is one of those known here.
    pub fn algorithm(&self) -> Option<Algorithm> {
        Algorithm::from_jose(self.header.get("alg")?.as_str()?)
    }

    /// Which of the provider's keys is said to have signed.
    pub fn key_id(&self) -> Option<&str> {
        self.header.get("kid")?.as_str()
    }

    /// A claim that is one text.
    pub fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim)?.as_str()
    }

    /// A claim that is a text or a list of texts, such as `aud`; none without it.
    pub fn texts(&self, claim: &str) -> Vec<&str> {
        match self.claims.get(claim) {
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            value => value.and_then(Value::as_str).into_iter().collect(),
        }
    }

    /// A claim that is a moment: seconds since 1970, fractions cut off.
    pub fn time(&self, claim: &str) -> Option<Time> {
        let number = self.claims.get(claim)?;
        // A float turns into the nearest integer that there is.
        number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds.floor() as i64)).map(Time)
    }
}

fn object(part: Part, text: &str) -> Result<Map<String, Value>, JwtError> {
    let bytes = from_base64url(text).ok_or(JwtError::Base64(part))?;
    serde_json::from_slice(&bytes).map_err(|_| JwtError::Json(part))
}

/// A key that a provider publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published<'a> {
    /// Its name in the header of tokens.
    pub key_id: &'a str,
    /// What it signs with.
    pub algorithm: Algorithm,
    /// The public half.
    pub key: &'a PublicKey,
}

/// The provider's keys as a JSON Web Key Set (RFC 7517), indented.
pub fn key_set(keys: &[Published<'_>]) -> String {
    let keys: Vec<Value> = keys.iter().map(web_key).collect();
    pretty(&json!({ "keys": keys }))
}

fn web_key(published: &Published<'_>) -> Value {
    let mut key = Map::new();
    let mut members = published.key.members().into_iter();
    let about = [("use", "sig"), ("alg", published.algorithm.jose()), ("kid", published.key_id)];
    // The type first, as everybody writes it.
    for (name, value) in members.next().into_iter().chain(about).chain(members) {
        key.insert(name.to_owned(), value.into());
    }
    Value::Object(key)
}

/// What a provider says about itself at `/.well-known/openid-configuration` (FED-41.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discovery<'a> {
    /// What its tokens have as `iss`.
    pub issuer: &'a str,
    /// Where its keys are.
    pub jwks_uri: &'a str,
    /// What it signs with.
    pub algorithms: &'a [Algorithm],
    /// Which claims its tokens can have.
    pub claims: &'a [&'a str],
}

impl Discovery<'_> {
    /// The document, indented.
    pub fn document(&self) -> String {
        let algorithms: Vec<&str> = self.algorithms.iter().map(|algorithm| algorithm.jose()).collect();
        pretty(&json!({
            "issuer": self.issuer,
            "jwks_uri": self.jwks_uri,
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": algorithms,
            "claims_supported": self.claims,
        }))
    }
}

/// JSON with two blanks a level.
pub fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
