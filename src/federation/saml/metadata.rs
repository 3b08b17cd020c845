//! The document by which IAM knows an identity provider (FED-50.0).

use roxmltree::{Document, Node};

use super::received::{attribute, child, children, key};
use super::{METADATA, PROTOCOL, SIGNATURE, SamlError, key_info};
use crate::federation::seal::PublicKey;
use crate::federation::xml;

/// How a browser sends somebody to the provider.
const POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

/// What a provider's metadata says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// Its entity id: what its assertions have as issuer.
    pub entity_id: String,
    /// Where people sign in.
    pub sign_in: Option<String>,
    /// The keys that its assertions may be signed with.
    pub keys: Vec<PublicKey>,
}

impl Metadata {
    /// The document.
    pub fn document(&self) -> String {
        let mut document = format!(
            r#"<md:EntityDescriptor xmlns:md="{METADATA}" entityID="{}">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="{PROTOCOL}">"#,
            xml::attribute(&self.entity_id)
        );
        for key in &self.keys {
            let info =
                key_info(key, "      ").replacen("<ds:KeyInfo", &format!("<ds:KeyInfo xmlns:ds=\"{SIGNATURE}\""), 1);
            document += &format!("\n    <md:KeyDescriptor use=\"signing\">\n      {info}\n    </md:KeyDescriptor>");
        }
        if let Some(sign_in) = &self.sign_in {
            let address = xml::attribute(sign_in);
            document += &format!(
                "\n    <md:SingleSignOnService Binding=\"{POST}\" Location=\"{address}\"></md:SingleSignOnService>"
            );
        }
        document + "\n  </md:IDPSSODescriptor>\n</md:EntityDescriptor>"
    }

    /// Reads such a document. Keys in certificates are not read.
    pub fn read(text: &str) -> Result<Self, SamlError> {
        let parsed = Document::parse(text).map_err(|error| SamlError::NotXml(error.to_string()))?;
        let entity = parsed.root_element();
        if !entity.has_tag_name((METADATA, "EntityDescriptor")) {
            return Err(SamlError::Foreign("SAML metadata"));
        }
        let provider = child(entity, (METADATA, "IDPSSODescriptor")).ok_or(SamlError::Missing("IDPSSODescriptor"))?;
        Ok(Self {
            entity_id: attribute(Some(entity), "entityID").ok_or(SamlError::Missing("entityID"))?,
            sign_in: attribute(child(provider, (METADATA, "SingleSignOnService")), "Location"),
            keys: children(provider, (METADATA, "KeyDescriptor")).filter(signs).filter_map(signing_key).collect(),
        })
    }
}

/// A key without a use is for everything.
fn signs(descriptor: &Node<'_, '_>) -> bool {
    descriptor.attribute("use").is_none_or(|usage| usage == "signing")
}

fn signing_key(descriptor: Node<'_, '_>) -> Option<PublicKey> {
    key(child(descriptor, (SIGNATURE, "KeyInfo"))?)
}
