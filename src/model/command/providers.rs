//! Identity providers.

use std::sync::Arc;

use super::Editing;
use crate::model::limits;
use crate::model::provider::{Provider, ProviderKind};
use crate::model::refusal::{Code, Refusal};

impl Editing {
    pub(super) fn create_provider(&mut self, provider: &Provider) -> Result<(), Refusal> {
        check(provider)?;
        let same = |known: &&Provider| std::mem::discriminant(&known.kind) == std::mem::discriminant(&provider.kind);
        if self.account.providers.iter().filter(same).count() >= limits::PROVIDERS {
            return Err(Refusal::quota("ProvidersPerAccount", limits::PROVIDERS, "Delete a provider first."));
        }
        match self.account.providers.add(provider.clone()) {
            true => Ok(()),
            false => Err(Refusal::taken(format!("Provider {} already exists.", provider.name))),
        }
    }

    pub(super) fn delete_provider(&mut self, name: &Arc<str>) -> Result<(), Refusal> {
        match self.account.providers.remove(name) {
            Some(_) => Ok(()),
            None => Err(Refusal::missing(format!("Provider {name} cannot be found."))),
        }
    }
}

/// CON-107, CON-108, POL-163.
fn check(provider: &Provider) -> Result<(), Refusal> {
    let name = &provider.name;
    match &provider.kind {
        ProviderKind::Oidc { audiences } => {
            let is_host = |c: char| c.is_ascii_alphanumeric() || "-._~/:%".contains(c);
            let fits = !name.is_empty() && name.len() <= 255 && !name.contains("//") && name.chars().all(is_host);
            if !fits {
                let message = format!("Invalid Open ID Connect Provider URL: {name}");
                return Err(Refusal::new(Code::InvalidInput, message, "Write the issuer without `https://`."));
            }
            if audiences.len() > limits::PROVIDERS {
                let remedy = "Leave some audiences out.";
                return Err(Refusal::quota("ClientIdsPerOpenIdConnectProvider", limits::PROVIDERS, remedy));
            }
            Ok(())
        }
        ProviderKind::Saml { .. } => {
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
            match (1..=128).contains(&name.len()) && name.bytes().all(is_name) {
                true => Ok(()),
                false => Err(Refusal::new(
                    Code::ValidationError,
                    format!("The specified value for name is invalid: {name}"),
                    "Use 1 to 128 letters, digits and _.-",
                )),
            }
        }
    }
}
