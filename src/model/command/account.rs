//! The account itself.

use std::sync::Arc;

use super::Editing;
use crate::model::credential::PasswordPolicy;
use crate::model::refusal::{Code, Refusal};
use crate::model::rules;

impl Editing {
    /// A new alias takes the place of the old one (POL-162).
    pub(super) fn create_account_alias(&mut self, alias: &Arc<str>) -> Result<(), Refusal> {
        rules::alias(alias)?;
        self.account.alias = Some(alias.clone());
        Ok(())
    }

    pub(super) fn delete_account_alias(&mut self) -> Result<(), Refusal> {
        match self.account.alias.take() {
            Some(_) => Ok(()),
            None => Err(Refusal::missing("The account alias cannot be found.")),
        }
    }

    pub(super) fn set_billing_access(&mut self, active: bool) -> Result<(), Refusal> {
        self.account.billing_access = active;
        Ok(())
    }

    /// CON-76.
    pub(super) fn update_password_policy(&mut self, policy: &Option<PasswordPolicy>) -> Result<(), Refusal> {
        if let Some(rules) = policy {
            let fits = (6..=128).contains(&rules.minimum_length)
                && rules.expires_after.is_none_or(|days| (1..=1_095).contains(&days))
                && rules.remembered.is_none_or(|count| (1..=24).contains(&count));
            if !fits {
                return Err(Refusal::new(
                    Code::ValidationError,
                    "1 validation error detected: a value of the password policy is out of range",
                    "Length is 6 to 128, expiry 1 to 1,095 days, and 1 to 24 passwords are remembered.",
                ));
            }
        }
        self.account.password_policy = policy.clone();
        Ok(())
    }
}
