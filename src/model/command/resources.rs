//! Resources and their policies.

use std::sync::Arc;

use super::Editing;
use crate::ident::Arn;
use crate::model::refusal::{Code, Refusal};
use crate::model::resource::Resource;
use crate::model::rules;
use crate::policy::PolicyKind;

impl Editing {
    pub(super) fn resource(&mut self, arn: &str) -> Result<&mut Resource, Refusal> {
        let missing = || Refusal::missing(format!("The resource {arn} cannot be found."));
        self.account.resources.get_mut(arn).ok_or_else(missing)
    }

    pub(super) fn create_resource(&mut self, resource: &Resource) -> Result<(), Refusal> {
        let (service, before_name) = resource.kind.arn_parts();
        let own = self.account.id.as_str();
        let fits = Arn::parse(&resource.arn).is_some_and(|arn| {
            let name = arn.resource.strip_prefix(before_name);
            arn.service == service
                && name.is_some_and(|name| !name.is_empty() && !name.contains(['*', '?', ' ']))
                && (arn.account == own || (service == "s3" && arn.account.is_empty()))
        });
        if !fits {
            let message = format!("Invalid ARN: {}", resource.arn);
            return Err(Refusal::new(Code::InvalidInput, message, "Write the ARN of one resource of this account."));
        }
        let mut tags = crate::model::identity::Tags::new();
        for (key, value) in &resource.tags {
            rules::tag(&tags, key, value)?;
            tags.insert(key.clone(), value.clone());
        }
        if let Some(policy) = &resource.policy {
            check_policy(resource, policy)?;
        }
        match self.account.resources.add(resource.clone()) {
            true => Ok(()),
            false => Err(Refusal::taken(format!("{} already exists.", resource.arn))),
        }
    }

    pub(super) fn delete_resource(&mut self, arn: &Arc<str>) -> Result<(), Refusal> {
        self.resource(arn)?;
        self.account.resources.remove(arn);
        Ok(())
    }

    pub(super) fn put_resource_policy(&mut self, arn: &Arc<str>, text: &Arc<str>) -> Result<(), Refusal> {
        let resource = self.resource(arn)?;
        check_policy(resource, text)?;
        resource.policy = Some(text.clone());
        Ok(())
    }

    pub(super) fn delete_resource_policy(&mut self, arn: &Arc<str>) -> Result<(), Refusal> {
        match self.resource(arn)?.policy.take() {
            Some(_) => Ok(()),
            None => Err(Refusal::missing(format!("{arn} has no policy."))),
        }
    }
}

fn check_policy(resource: &Resource, text: &str) -> Result<(), Refusal> {
    match resource.kind.takes_policy() {
        true => rules::document(text, PolicyKind::Resource),
        false => Err(Refusal::new(
            Code::InvalidInput,
            format!("{} cannot have a resource policy.", resource.arn),
            "Write identity policies for whoever uses it.",
        )),
    }
}
