//! What is read out of a response. Who signed it is for the caller to find out.

use roxmltree::{Document, Node};

use super::{ASSERTION, ENVELOPED, PROTOCOL, SHA256, SIGNATURE, SamlError};
use crate::federation::digest::{base64, base64url, from_base64, sha256};
use crate::federation::instant;
use crate::federation::seal::{Algorithm, PublicKey};
use crate::federation::xml::{EXCLUSIVE, canonical};
use crate::model::Time;

/// A response, taken apart. What the text does not say, or says in another form, is `None` or empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The name of the response.
    pub response_id: Option<String>,
    /// The name of the assertion.
    pub assertion_id: Option<String>,
    /// Where the response was sent to.
    pub destination: Option<String>,
    /// The identifier of how the sign-in went; ends with `:Success` when it went well.
    pub status: Option<String>,
    /// When the assertion was made.
    pub issued: Option<Time>,
    /// The entity id of the provider that made the assertion.
    pub issuer: String,
    /// The name of the subject.
    pub subject: Option<String>,
    /// The identifier of the kind of that name.
    pub subject_format: Option<String>,
    /// The address that may take the assertion.
    pub recipient: Option<String>,
    /// Until when it may be handed over.
    pub confirmed_until: Option<Time>,
    /// For whom the assertion is.
    pub audiences: Vec<String>,
    /// When it starts to be valid.
    pub not_before: Option<Time>,
    /// When it stops.
    pub not_on_or_after: Option<Time>,
    /// When the session at the provider ends.
    pub session_not_on_or_after: Option<Time>,
    /// Names and their values.
    pub attributes: Vec<(String, Vec<String>)>,
    /// The signature of the assertion, or of the whole response.
    pub signature: Option<Signature>,
}

/// A signature in a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// How it was signed.
    pub algorithm: Algorithm,
    /// The bytes that were signed: `SignedInfo` in canonical form.
    pub signed_info: String,
    /// The signature in base64url, as [`crate::federation::seal`] has it.
    pub value: String,
    /// The hash that the text gives, in base64.
    pub digest: String,
    /// The hash that the text has, in base64. Another one than `digest` shows that the text was changed after it was signed.
    pub computed: String,
    /// Whether the signature is about the element that it stands in; if not, it says nothing about it.
    pub is_about_this: bool,
    /// The key that is written beside it. Only the provider's metadata says which key counts.
    pub key: Option<PublicKey>,
}

impl Signature {
    /// Whether the text is the one that was signed, provided that the signature is valid.
    pub fn is_digest_right(&self) -> bool {
        self.is_about_this && self.digest == self.computed
    }
}

impl Received {
    /// Reads a response; nothing is verified but the hash.
    pub fn read(text: &str) -> Result<Self, SamlError> {
        let document = Document::parse(text).map_err(|error| SamlError::NotXml(error.to_string()))?;
        let response = document.root_element();
        if !response.has_tag_name((PROTOCOL, "Response")) {
            return Err(SamlError::Foreign("SAML response"));
        }
        let assertions: Vec<Node<'_, '_>> = children(response, (ASSERTION, "Assertion")).collect();
        let &[assertion] = assertions.as_slice() else {
            return Err(SamlError::Assertions(assertions.len()));
        };
        let at = |path: &[&'static str]| path.iter().try_fold(assertion, |node, name| child(node, (ASSERTION, name)));
        let subject = at(&["Subject", "NameID"]);
        let confirmation = at(&["Subject", "SubjectConfirmation", "SubjectConfirmationData"]);
        let conditions = at(&["Conditions"]);
        let issuer = at(&["Issuer"]).map(words).filter(|issuer| !issuer.is_empty());
        Ok(Self {
            response_id: attribute(Some(response), "ID"),
            assertion_id: attribute(Some(assertion), "ID"),
            destination: attribute(Some(response), "Destination"),
            status: attribute(
                child(response, (PROTOCOL, "Status")).and_then(|status| child(status, (PROTOCOL, "StatusCode"))),
                "Value",
            ),
            issued: time(Some(assertion), "IssueInstant"),
            issuer: issuer.ok_or(SamlError::Missing("Issuer"))?,
            subject: subject.map(words),
            subject_format: attribute(subject, "Format"),
            recipient: attribute(confirmation, "Recipient"),
            confirmed_until: time(confirmation, "NotOnOrAfter"),
            audiences: audiences(conditions),
            not_before: time(conditions, "NotBefore"),
            not_on_or_after: time(conditions, "NotOnOrAfter"),
            session_not_on_or_after: time(at(&["AuthnStatement"]), "SessionNotOnOrAfter"),
            attributes: attributes(assertion),
            signature: match signature(assertion)? {
                None => signature(response)?,
                found => found,
            },
        })
    }

    /// All values of the attribute of a name.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.attributes.iter().filter(move |(own, _)| own == name);
        named.flat_map(|(_, values)| values.iter().map(String::as_str))
    }
}

fn audiences(conditions: Option<Node<'_, '_>>) -> Vec<String> {
    let restrictions = conditions.into_iter().flat_map(|node| children(node, (ASSERTION, "AudienceRestriction")));
    restrictions.flat_map(|node| children(node, (ASSERTION, "Audience"))).map(words).collect()
}

fn attributes(assertion: Node<'_, '_>) -> Vec<(String, Vec<String>)> {
    let statements = children(assertion, (ASSERTION, "AttributeStatement"));
    let all = statements.flat_map(|statement| children(statement, (ASSERTION, "Attribute")));
    all.map(|node| {
        let values = children(node, (ASSERTION, "AttributeValue")).map(words).collect();
        (attribute(Some(node), "Name").unwrap_or_default(), values)
    })
    .collect()
}

/// The signature that stands in an element.
fn signature(signed: Node<'_, '_>) -> Result<Option<Signature>, SamlError> {
    let Some(signature) = child(signed, (SIGNATURE, "Signature")) else {
        return Ok(None);
    };
    let signed_info = part(signature, "SignedInfo")?;
    let reference = part(signed_info, "Reference")?;
    let method = algorithm(part(signed_info, "SignatureMethod")?);
    known(&algorithm(part(signed_info, "CanonicalizationMethod")?), &[EXCLUSIVE])?;
    known(&algorithm(part(reference, "DigestMethod")?), &[SHA256])?;
    for transform in children(part(reference, "Transforms")?, (SIGNATURE, "Transform")) {
        known(&algorithm(transform), &[ENVELOPED, EXCLUSIVE])?;
    }
    let value = from_base64(&words(part(signature, "SignatureValue")?)).unwrap_or_default();
    let id = attribute(Some(signed), "ID").map(|id| format!("#{id}"));
    Ok(Some(Signature {
        algorithm: [Algorithm::Rs256, Algorithm::Es256]
            .into_iter()
            .find(|algorithm| algorithm.xml() == method)
            .ok_or(SamlError::Algorithm(method))?,
        signed_info: canonical(signed_info, None),
        value: base64url(&value),
        digest: dense(&words(part(reference, "DigestValue")?)),
        computed: base64(&sha256(canonical(signed, Some(signature.id())).as_bytes())),
        is_about_this: id.is_some() && id == attribute(Some(reference), "URI"),
        key: child(signature, (SIGNATURE, "KeyInfo")).and_then(key),
    }))
}

/// The RSA key in a `KeyInfo`.
pub(super) fn key(info: Node<'_, '_>) -> Option<PublicKey> {
    let value = child(child(info, (SIGNATURE, "KeyValue"))?, (SIGNATURE, "RSAKeyValue"))?;
    let part = |name| Some(base64url(&from_base64(&words(child(value, (SIGNATURE, name))?))?));
    Some(PublicKey::Rsa { n: part("Modulus")?, e: part("Exponent")? })
}

fn part<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> Result<Node<'a, 'input>, SamlError> {
    child(node, (SIGNATURE, name)).ok_or(SamlError::Missing(name))
}

fn algorithm(node: Node<'_, '_>) -> String {
    attribute(Some(node), "Algorithm").unwrap_or_default()
}

fn known(algorithm: &str, known: &[&str]) -> Result<(), SamlError> {
    if known.contains(&algorithm) { Ok(()) } else { Err(SamlError::Algorithm(algorithm.to_owned())) }
}

pub(super) fn child<'a, 'input>(node: Node<'a, 'input>, name: (&str, &str)) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.has_tag_name(name))
}

pub(super) fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: (&'static str, &'static str),
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

pub(super) fn attribute(node: Option<Node<'_, '_>>, name: &str) -> Option<String> {
    node?.attribute(name).map(str::to_owned)
}

fn time(node: Option<Node<'_, '_>>, name: &str) -> Option<Time> {
    instant::read(node?.attribute(name)?)
}

/// The text of an element without the blanks around it. Comments do not cut it: they are not signed, so whatever they change
/// would go unnoticed.
pub(super) fn words(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
    texts.collect::<String>().trim().to_owned()
}

fn dense(text: &str) -> String {
    text.split_ascii_whitespace().collect()
}
