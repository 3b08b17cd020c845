//! SAML 2.0: the response that an identity provider signs, and what is read out of it.
//!
//! What is written here is in canonical form already: what a verifier hashes is what one sees.

mod metadata;
mod received;

use std::fmt::Write as _;

pub use metadata::Metadata;
pub use received::{Received, Signature};
use thiserror::Error;

use super::digest::{base64, from_base64, from_base64url, sha256};
use super::instant::extended;
use super::seal::{Algorithm, PublicKey};
use super::xml::{EXCLUSIVE, attribute, text};
use crate::model::Time;

const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

/// What all attributes that AWS reads begin with (FED-52 to FED-55).
pub const ATTRIBUTES: &str = "https://aws.amazon.com/SAML/Attributes/";

/// `roleArn,providerArn`, in either order; one value for each role (FED-52).
pub const ROLE: &str = "https://aws.amazon.com/SAML/Attributes/Role";

/// The name of the session, 2 to 64 characters (FED-53).
pub const ROLE_SESSION_NAME: &str = "https://aws.amazon.com/SAML/Attributes/RoleSessionName";

/// 900 to 43,200 seconds, for the console only (FED-54).
pub const SESSION_DURATION: &str = "https://aws.amazon.com/SAML/Attributes/SessionDuration";

/// The source identity (FED-55).
pub const SOURCE_IDENTITY: &str = "https://aws.amazon.com/SAML/Attributes/SourceIdentity";

/// The key of a session tag follows; one attribute for each tag (FED-55).
pub const PRINCIPAL_TAG: &str = "https://aws.amazon.com/SAML/Attributes/PrincipalTag:";

/// Keys of session tags that stay through role chains; one value for each (FED-55).
pub const TRANSITIVE_TAG_KEYS: &str = "https://aws.amazon.com/SAML/Attributes/TransitiveTagKeys";

/// Why a text cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SamlError {
    /// Not XML.
    #[error("This is not XML: {0}.")]
    NotXml(String),
    /// XML of something else.
    #[error("This is XML, but no {0}.")]
    Foreign(&'static str),
    /// More or fewer assertions than the one that counts.
    #[error("The response has {0} assertions; AWS reads one.")]
    Assertions(usize),
    /// A part without which the rest means nothing.
    #[error("The part `{0}` is missing.")]
    Missing(&'static str),
    /// Another way of signing than the one that is known here.
    #[error("The signature uses `{0}`, which is not known here.")]
    Algorithm(String),
}

/// What kind of name the subject has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFormat {
    /// The same name every time; `saml:sub_type` is `persistent`.
    Persistent,
    /// Another name for each session; `saml:sub_type` is `transient`.
    Transient,
    /// A mail address; `saml:sub_type` is the full identifier.
    Email,
}

impl NameFormat {
    /// Its identifier.
    pub const fn identifier(self) -> &'static str {
        match self {
            Self::Persistent => "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
            Self::Transient => "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
            Self::Email => "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        }
    }
}

/// What an identity provider says about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion<'a> {
    /// Names the response; begins with a letter or `_`.
    pub response_id: &'a str,
    /// Names the assertion; begins with a letter or `_`.
    pub assertion_id: &'a str,
    /// When it is said.
    pub issued: Time,
    /// The entity id of the provider.
    pub issuer: &'a str,
    /// The address that the response is sent to.
    pub destination: &'a str,
    /// The address that may take the assertion; AWS's `saml:aud` is this one (KEY-135).
    pub recipient: &'a str,
    /// For whom the assertion is: `urn:amazon:webservices`.
    pub audience: &'a str,
    /// The name of the subject.
    pub subject: &'a str,
    /// The kind of that name.
    pub format: NameFormat,
    /// When the assertion starts to be valid.
    pub not_before: Time,
    /// When it stops.
    pub not_on_or_after: Time,
    /// When the session at the provider ends, if it says so.
    pub session_not_on_or_after: Option<Time>,
    /// Names and their values.
    pub attributes: Vec<(String, Vec<String>)>,
}

impl Assertion<'_> {
    /// The assertion without a signature: its SHA-256 is what the signature is about.
    pub fn unsigned(&self) -> String {
        self.with("")
    }

    /// The bytes to sign with RSA and SHA-256: the element `SignedInfo`, with the hash of the assertion.
    pub fn signed_info(&self) -> String {
        self.signed_info_with(&format!(" xmlns:ds=\"{SIGNATURE}\""))
    }

    /// The whole response. The signature of [`Assertion::signed_info`] comes in base64url, as [`super::seal`] has it; the
    /// RSA key that goes with it is written beside it.
    pub fn response(&self, signature: &str, key: &PublicKey) -> String {
        format!(
            r#"<samlp:Response xmlns:samlp="{PROTOCOL}" Destination="{destination}" ID="{id}" IssueInstant="{issued}" Version="2.0">
  <saml:Issuer xmlns:saml="{ASSERTION}">{issuer}</saml:Issuer>
  <samlp:Status>
    <samlp:StatusCode Value="{SUCCESS}"></samlp:StatusCode>
  </samlp:Status>
  {assertion}
</samlp:Response>"#,
            destination = attribute(self.destination),
            id = attribute(self.response_id),
            issued = extended(self.issued),
            issuer = text(self.issuer),
            assertion = self.with(&self.signature(signature, key)),
        )
    }

    fn with(&self, signature: &str) -> String {
        let session = self.session_not_on_or_after.map(|end| format!(" SessionNotOnOrAfter=\"{}\"", extended(end)));
        let (issued, end) = (extended(self.issued), extended(self.not_on_or_after));
        format!(
            r#"<saml:Assertion xmlns:saml="{ASSERTION}" ID="{id}" IssueInstant="{issued}" Version="2.0">
    <saml:Issuer>{issuer}</saml:Issuer>{signature}
    <saml:Subject>
      <saml:NameID Format="{format}">{subject}</saml:NameID>
      <saml:SubjectConfirmation Method="{BEARER}">
        <saml:SubjectConfirmationData NotOnOrAfter="{end}" Recipient="{recipient}"></saml:SubjectConfirmationData>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="{start}" NotOnOrAfter="{end}">
      <saml:AudienceRestriction>
        <saml:Audience>{audience}</saml:Audience>
      </saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AuthnStatement AuthnInstant="{issued}" SessionIndex="{id}"{session}>
      <saml:AuthnContext>
        <saml:AuthnContextClassRef>{PASSWORD}</saml:AuthnContextClassRef>
      </saml:AuthnContext>
    </saml:AuthnStatement>{attributes}
  </saml:Assertion>"#,
            id = attribute(self.assertion_id),
            issuer = text(self.issuer),
            format = self.format.identifier(),
            subject = text(self.subject),
            recipient = attribute(self.recipient),
            start = extended(self.not_before),
            audience = text(self.audience),
            session = session.unwrap_or_default(),
            attributes = self.attribute_statement(),
        )
    }

    /// There is no such statement without attributes.
    fn attribute_statement(&self) -> String {
        if self.attributes.is_empty() {
            return String::new();
        }
        let mut statement = "\n    <saml:AttributeStatement>".to_owned();
        for (name, values) in &self.attributes {
            // Writing to a `String` cannot fail.
            let _ = write!(statement, "\n      <saml:Attribute Name=\"{}\">", attribute(name));
            for value in values {
                let _ = write!(statement, "\n        <saml:AttributeValue>{}</saml:AttributeValue>", text(value));
            }
            statement.push_str("\n      </saml:Attribute>");
        }
        statement + "\n    </saml:AttributeStatement>"
    }

    fn signed_info_with(&self, declaration: &str) -> String {
        format!(
            r##"<ds:SignedInfo{declaration}>
        <ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"></ds:CanonicalizationMethod>
        <ds:SignatureMethod Algorithm="{method}"></ds:SignatureMethod>
        <ds:Reference URI="#{id}">
          <ds:Transforms>
            <ds:Transform Algorithm="{ENVELOPED}"></ds:Transform>
            <ds:Transform Algorithm="{EXCLUSIVE}"></ds:Transform>
          </ds:Transforms>
          <ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>
          <ds:DigestValue>{digest}</ds:DigestValue>
        </ds:Reference>
      </ds:SignedInfo>"##,
            method = Algorithm::Rs256.xml(),
            id = attribute(self.assertion_id),
            digest = base64(&sha256(self.unsigned().as_bytes())),
        )
    }

    /// Stands behind the issuer without a blank between, so that without it nothing else changes.
    fn signature(&self, signature: &str, key: &PublicKey) -> String {
        format!(
            r#"<ds:Signature xmlns:ds="{SIGNATURE}">
      {signed_info}
      <ds:SignatureValue>{value}</ds:SignatureValue>
      {key}
    </ds:Signature>"#,
            signed_info = self.signed_info_with(""),
            value = text(&standard(signature)),
            key = key_info(key, "      "),
        )
    }
}

/// How a key is named beside signatures and in metadata; the indent is that of the element itself.
fn key_info(key: &PublicKey, indent: &str) -> String {
    let lines = match key {
        PublicKey::Rsa { n, e } => [
            "<ds:KeyInfo>".to_owned(),
            "  <ds:KeyValue>".to_owned(),
            "    <ds:RSAKeyValue>".to_owned(),
            format!("      <ds:Modulus>{}</ds:Modulus>", text(&standard(n))),
            format!("      <ds:Exponent>{}</ds:Exponent>", text(&standard(e))),
            "    </ds:RSAKeyValue>".to_owned(),
            "  </ds:KeyValue>".to_owned(),
            "</ds:KeyInfo>".to_owned(),
        ],
        // SAML is signed with RSA here.
        PublicKey::Ec { .. } => return "<ds:KeyInfo></ds:KeyInfo>".to_owned(),
    };
    lines.join(&format!("\n{indent}"))
}

/// From base64url to the base64 of XML; anything else stays as it is.
fn standard(text: &str) -> String {
    from_base64url(text).map_or_else(|| text.to_owned(), |bytes| base64(&bytes))
}

/// A response as it is sent: in base64.
pub fn encode(response: &str) -> String {
    base64(response.as_bytes())
}

/// A response as it was sent; `None` if it is not base64 of a text.
pub fn decode(sent: &str) -> Option<String> {
    String::from_utf8(from_base64(sent)?).ok()
}

#[cfg(test)]
mod tests;
