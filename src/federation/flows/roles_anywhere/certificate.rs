//! The certificate of the server, and the authority that signs it. What is signed is its text; a real one is in DER.

use crate::federation::instant;
use crate::federation::seal::{Algorithm, KeyName, Presented, PublicKey, Signed};
use crate::federation::stage::Stage;
use crate::model::Time;

/// How all of this is signed.
pub(super) const ALGORITHM: Algorithm = Algorithm::Rs256;
/// The authority whose certificate is the trust anchor.
pub(super) const AUTHORITY: KeyName = "anywhere-authority";
/// An authority that is none.
const STRANGER: KeyName = "anywhere-stranger";
/// The key of the certificate.
pub(super) const SERVER: KeyName = "anywhere-server";
/// Name of the authority.
pub(super) const ISSUER: &str = "Example Corp Servers";

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Certificate<'a> {
    /// Number in hexadecimal digits.
    pub serial: &'a str,
    /// Common name; empty for none.
    pub name: &'a str,
    /// Organizational unit; empty for none.
    pub unit: &'a str,
    /// From when it is valid.
    pub from: Time,
    /// Until when.
    pub until: Time,
    /// Whether it may sign other certificates.
    pub is_authority: bool,
    /// Whether its key is made for signing.
    pub signs: bool,
    /// Who signed it.
    pub by: KeyName,
}

impl<'a> Certificate<'a> {
    /// The certificate that the inputs describe, as it was given out.
    pub fn of(stage: &Stage<'a>) -> Self {
        let from = Time(stage.made("from").parse().unwrap_or(stage.now.0));
        Self {
            serial: stage.input("serial"),
            name: stage.input("name"),
            unit: stage.input("unit"),
            from,
            until: from.plus(stage.number("valid")),
            is_authority: stage.input("authority") == "yes",
            signs: stage.input("usage") != "no",
            by: if stage.input("issuer") == "stranger" { STRANGER } else { AUTHORITY },
        }
    }

    /// `CN=…` and so on.
    pub fn subject(&self) -> String {
        let parts = [("O", "Example Corp"), ("OU", self.unit), ("CN", self.name)];
        let there = parts.iter().filter(|(_, value)| !value.is_empty());
        there.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ")
    }

    /// The number as a decimal one, as requests name it; as it is where it is none.
    pub fn decimal(&self) -> String {
        u128::from_str_radix(self.serial, 16).map_or_else(|_| self.serial.to_owned(), |number| number.to_string())
    }

    /// What the authority signs.
    pub fn text(&self, key: &PublicKey) -> String {
        let modulus = match key {
            PublicKey::Rsa { n, .. } => n,
            PublicKey::Ec { x, .. } => x,
        };
        let usage = if self.signs { "Digital Signature" } else { "Key Encipherment" };
        let alternative = match self.name {
            "" => String::new(),
            name => format!("        X509v3 Subject Alternative Name:\n            DNS:{name}\n"),
        };
        format!(
            "Version: 3\nSerial Number: {}\nSignature Algorithm: sha256WithRSAEncryption\nIssuer: O=Example Corp, CN={ISSUER}\nValidity\n    Not Before: {}\n    Not After:  {}\nSubject: {}\nPublic Key: RSA {modulus}\nX509v3 extensions:\n        X509v3 Basic Constraints: critical\n            CA:{}\n        X509v3 Key Usage: critical\n            {usage}\n{alternative}",
            self.serial,
            instant::extended(self.from),
            instant::extended(self.until),
            self.subject(),
            if self.is_authority { "TRUE" } else { "FALSE" },
        )
    }

    /// Whether the authority of the trust anchor has signed it.
    pub fn is_of_anchor(&self, stage: &mut Stage<'_>) -> bool {
        let key = stage.sealing.public(SERVER, ALGORITHM);
        let text = self.text(&key);
        let signature = stage.sealing.sign(self.by, ALGORITHM, &text).to_owned();
        let signed = Signed { by: self.by, input: &text };
        stage.sealing.verify(AUTHORITY, ALGORITHM, signed, Presented { input: &text, signature: &signature })
    }
}
