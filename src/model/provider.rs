//! Identity providers that an account trusts (CON-107, CON-108).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::named::HasName;

/// An identity provider. Amazon, Facebook and Google are known to every account and need none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// For OpenID Connect the issuer without `https://`, for SAML the name.
    pub name: Arc<str>,
    /// What it speaks.
    pub kind: ProviderKind,
}

/// What a provider speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "protocol")]
pub enum ProviderKind {
    /// OpenID Connect.
    Oidc {
        /// Client ids that its tokens may be for, at most 100 (POL-163).
        audiences: Vec<Arc<str>>,
    },
    /// SAML 2.0.
    Saml {
        /// Entity id of the provider.
        issuer: Arc<str>,
    },
}

impl HasName for Provider {
    fn name(&self) -> &Arc<str> {
        &self.name
    }
}
