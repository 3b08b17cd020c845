//! How cryptography that answers later meets a run that does not wait.
//!
//! A run asks [`Sealing`]. What [`Seals`] knows is the answer; what it does not know is answered ideally and noted in
//! [`Wanted`]. The browser makes what was wanted, keeps it in [`Seals`], and runs again, until nothing more is wanted. A
//! run without a browser comes to the same outcomes; only its signatures are placeholders.

use std::collections::BTreeMap;

/// Stands where a signature will be: base64url of "The browser has not signed this yet."
pub const UNSIGNED: &str = "VGhlIGJyb3dzZXIgaGFzIG5vdCBzaWduZWQgdGhpcyB5ZXQu";

/// Stands where a part of a public key will be: base64url of "The browser has not made this key."
const NO_KEY: &str = "VGhlIGJyb3dzZXIgaGFzIG5vdCBtYWRlIHRoaXMga2V5Lg";

/// Names a key pair of the page, such as `google`, `saml-old` or `stranger`.
pub type KeyName = &'static str;

/// How a text is signed; AWS takes more of each family (FED-41.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// RSA, PKCS #1 v1.5, SHA-256.
    Rs256,
    /// ECDSA on the curve P-256, SHA-256.
    Es256,
}

impl Algorithm {
    /// Its name in tokens (RFC 7518).
    pub const fn jose(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }

    /// The algorithm of a name in a token.
    pub fn from_jose(name: &str) -> Option<Self> {
        [Self::Rs256, Self::Es256].into_iter().find(|algorithm| algorithm.jose() == name)
    }

    /// Its name in the Web Cryptography API.
    pub const fn webcrypto(self) -> &'static str {
        match self {
            Self::Rs256 => "RSASSA-PKCS1-v1_5",
            Self::Es256 => "ECDSA",
        }
    }

    /// Its identifier in XML signatures (RFC 9231).
    pub const fn xml(self) -> &'static str {
        match self {
            Self::Rs256 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            Self::Es256 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        }
    }
}

/// The public half of a key pair, as a JSON Web Key has it: base64url without padding (RFC 7518).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublicKey {
    /// `"kty": "RSA"`.
    Rsa {
        /// The modulus.
        n: String,
        /// The exponent, `AQAB` nearly always.
        e: String,
    },
    /// `"kty": "EC", "crv": "P-256"`.
    Ec {
        /// One coordinate.
        x: String,
        /// The other one.
        y: String,
    },
}

impl PublicKey {
    /// What is shown until the browser has made the key.
    pub fn placeholder(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Rs256 => Self::Rsa { n: NO_KEY.to_owned(), e: "AQAB".to_owned() },
            Algorithm::Es256 => Self::Ec { x: NO_KEY.to_owned(), y: NO_KEY.to_owned() },
        }
    }

    /// Its members in a JSON Web Key, in the usual order.
    pub fn members(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Rsa { n, e } => vec![("kty", "RSA"), ("n", n), ("e", e)],
            Self::Ec { x, y } => vec![("kty", "EC"), ("crv", "P-256"), ("x", x), ("y", y)],
        }
    }
}

/// A key pair and what it signs with.
type Key = (KeyName, Algorithm);

/// What the browser has made so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seals {
    keys: BTreeMap<Key, PublicKey>,
    /// By the text that was signed.
    signatures: BTreeMap<Key, BTreeMap<String, String>>,
    /// By the text and the signature that were presented.
    verified: BTreeMap<Key, BTreeMap<String, BTreeMap<String, bool>>>,
}

impl Seals {
    /// The public half of a key pair.
    pub fn public(&self, key: KeyName, algorithm: Algorithm) -> Option<&PublicKey> {
        self.keys.get(&(key, algorithm))
    }

    /// The signature of a text, in base64url.
    pub fn sign(&self, key: KeyName, algorithm: Algorithm, input: &str) -> Option<&str> {
        self.signatures.get(&(key, algorithm))?.get(input).map(String::as_str)
    }

    /// Whether a signature of a text fits a public key.
    pub fn verify(&self, key: KeyName, algorithm: Algorithm, input: &str, signature: &str) -> Option<bool> {
        self.verified.get(&(key, algorithm))?.get(input)?.get(signature).copied()
    }

    /// Keeps a public key that the browser has made.
    pub fn keep_key(&mut self, key: KeyName, algorithm: Algorithm, public: PublicKey) {
        self.keys.insert((key, algorithm), public);
    }

    /// Keeps a signature in base64url that the browser has made.
    pub fn keep_signature(&mut self, wanted: WantedSignature, signature: String) {
        self.signatures.entry((wanted.key, wanted.algorithm)).or_default().insert(wanted.input, signature);
    }

    /// Keeps what the browser says of a signature.
    pub fn keep_verification(&mut self, wanted: WantedVerification, valid: bool) {
        let texts = self.verified.entry((wanted.key, wanted.algorithm)).or_default();
        texts.entry(wanted.input).or_default().insert(wanted.signature, valid);
    }
}

/// What a run would have liked to know, each thing once, in the order in which it was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Public keys.
    pub keys: Vec<(KeyName, Algorithm)>,
    /// Signatures.
    pub signatures: Vec<WantedSignature>,
    /// Answers whether a signature is valid.
    pub verifications: Vec<WantedVerification>,
}

impl Wanted {
    /// Whether the run knew all it asked.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.signatures.is_empty() && self.verifications.is_empty()
    }
}

/// A text to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedSignature {
    /// The key pair to sign with.
    pub key: KeyName,
    /// How.
    pub algorithm: Algorithm,
    /// The text; its UTF-8 bytes are signed.
    pub input: String,
}

/// A signature to verify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedVerification {
    /// The key pair whose public half verifies.
    pub key: KeyName,
    /// How.
    pub algorithm: Algorithm,
    /// The text.
    pub input: String,
    /// The signature in base64url.
    pub signature: String,
}

/// What was really signed: the ideal answer compares with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed<'a> {
    /// The key pair that signed.
    pub by: KeyName,
    /// The text that was signed.
    pub input: &'a str,
}

/// What is shown to whoever verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presented<'a> {
    /// The text.
    pub input: &'a str,
    /// The signature in base64url.
    pub signature: &'a str,
}

/// What a run asks for signatures.
#[derive(Debug)]
pub struct Sealing<'a> {
    seals: &'a Seals,
    wanted: Wanted,
}

impl<'a> Sealing<'a> {
    /// For one run.
    pub fn new(seals: &'a Seals) -> Self {
        Self { seals, wanted: Wanted::default() }
    }

    /// The public half of a key pair, or a placeholder.
    pub fn public(&mut self, key: KeyName, algorithm: Algorithm) -> PublicKey {
        self.seals.public(key, algorithm).cloned().unwrap_or_else(|| {
            once(&mut self.wanted.keys, (key, algorithm));
            PublicKey::placeholder(algorithm)
        })
    }

    /// The signature of a text in base64url, or [`UNSIGNED`].
    pub fn sign(&mut self, key: KeyName, algorithm: Algorithm, input: &str) -> &'a str {
        self.seals.sign(key, algorithm, input).unwrap_or_else(|| {
            once(&mut self.wanted.signatures, WantedSignature { key, algorithm, input: input.to_owned() });
            UNSIGNED
        })
    }

    /// Whether what is presented fits the published key. Until the browser has said so: whether the published key is the one
    /// that signed, and text and signature are the ones it made. Nothing is wanted while there is only a placeholder.
    pub fn verify(
        &mut self,
        published: KeyName,
        algorithm: Algorithm,
        signed: Signed<'_>,
        presented: Presented<'_>,
    ) -> bool {
        let Presented { input, signature } = presented;
        if let Some(answer) = self.seals.verify(published, algorithm, input, signature) {
            return answer;
        }
        if signature != UNSIGNED {
            let (input, signature) = (input.to_owned(), signature.to_owned());
            once(&mut self.wanted.verifications, WantedVerification { key: published, algorithm, input, signature });
        }
        let made = self.seals.sign(signed.by, algorithm, signed.input).unwrap_or(UNSIGNED);
        published == signed.by && input == signed.input && signature == made
    }

    /// What was asked and not known.
    pub fn into_wanted(self) -> Wanted {
        self.wanted
    }
}

fn once<T: PartialEq>(wanted: &mut Vec<T>, one: T) {
    if !wanted.contains(&one) {
        wanted.push(one);
    }
}

#[cfg(test)]
mod tests;
