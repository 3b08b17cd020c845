//! What is attached to users, groups and roles, what bounds them, and tags.

use std::sync::Arc;

use super::{Editing, Tagged};
use crate::model::identity::{InlinePolicy, Permissions, Tags};
use crate::model::refusal::{Code, Refusal};
use crate::model::world::Holder;
use crate::model::{limits, rules};
use crate::policy::PolicyKind;

/// Longest name of an inline policy (CON-105).
const LONGEST: usize = 128;

impl Editing {
    fn permissions(&mut self, holder: &Holder) -> Result<&mut Permissions, Refusal> {
        Ok(match holder {
            Holder::User(name) => &mut self.user(name)?.permissions,
            Holder::Group(name) => &mut self.group(name)?.permissions,
            Holder::Role(name) => &mut self.own_role(name)?.permissions,
        })
    }

    /// A policy of AWS, or a customer managed one that exists.
    fn check_attachable(&self, arn: &str) -> Result<(), Refusal> {
        match arn.starts_with("arn:aws:iam::aws:policy/") || self.account.policy(arn).is_some() {
            true => Ok(()),
            false => Err(Refusal::missing(format!("Policy {arn} does not exist or is not attachable."))),
        }
    }

    pub(super) fn attach_policy(&mut self, holder: &Holder, arn: &Arc<str>) -> Result<(), Refusal> {
        self.check_attachable(arn)?;
        let attached = &mut self.permissions(holder)?.attached;
        if attached.contains(arn) {
            return Ok(());
        }
        if attached.len() >= limits::ATTACHED {
            let quota = match holder {
                Holder::User(_) => "PoliciesPerUser",
                Holder::Group(_) => "PoliciesPerGroup",
                Holder::Role(_) => "PoliciesPerRole",
            };
            return Err(Refusal::quota(quota, limits::ATTACHED, "Detach another policy first."));
        }
        attached.push(arn.clone());
        Ok(())
    }

    pub(super) fn detach_policy(&mut self, holder: &Holder, arn: &Arc<str>) -> Result<(), Refusal> {
        let attached = &mut self.permissions(holder)?.attached;
        let at = attached.iter().position(|known| known == arn);
        attached.remove(at.ok_or_else(|| Refusal::missing(format!("Policy {arn} was not found.")))?);
        Ok(())
    }

    pub(super) fn put_inline_policy(&mut self, holder: &Holder, policy: &InlinePolicy) -> Result<(), Refusal> {
        rules::name("policyName", &policy.name, LONGEST)?;
        rules::document(&policy.text, PolicyKind::Identity)?;
        let name = holder.name().clone();
        let inline = &mut self.permissions(holder)?.inline;
        let others = inline.iter().filter(|known| known.name != policy.name).map(|known| rules::size(&known.text));
        let most = match holder {
            Holder::User(_) => limits::USER_INLINE_SIZE,
            Holder::Group(_) => limits::GROUP_INLINE_SIZE,
            Holder::Role(_) => limits::ROLE_INLINE_SIZE,
        };
        if others.sum::<usize>() + rules::size(&policy.text) > most {
            let message = format!("Maximum policy size of {most} bytes exceeded for {} {name}.", holder.kind());
            return Err(Refusal::new(Code::LimitExceeded, message, "Shorten it, or use a managed policy."));
        }
        match inline.iter_mut().find(|known| known.name == policy.name) {
            Some(known) => known.text = policy.text.clone(),
            None => inline.push(policy.clone()),
        }
        Ok(())
    }

    pub(super) fn delete_inline_policy(&mut self, holder: &Holder, name: &Arc<str>) -> Result<(), Refusal> {
        let inline = &mut self.permissions(holder)?.inline;
        let at = inline.iter().position(|known| known.name == *name);
        inline.remove(at.ok_or_else(|| Refusal::missing(format!("Policy {name} was not found.")))?);
        Ok(())
    }

    fn boundary(&mut self, holder: &Holder) -> Result<&mut Option<Arc<str>>, Refusal> {
        Ok(match holder {
            Holder::User(name) => &mut self.user(name)?.boundary,
            Holder::Role(name) => &mut self.own_role(name)?.boundary,
            // CON-5.
            Holder::Group(name) => {
                let message = format!("Group {name} cannot have a permissions boundary.");
                return Err(Refusal::new(Code::InvalidInput, message, "Bound its users instead."));
            }
        })
    }

    pub(super) fn put_permissions_boundary(&mut self, holder: &Holder, arn: &Arc<str>) -> Result<(), Refusal> {
        self.check_attachable(arn)?;
        *self.boundary(holder)? = Some(arn.clone());
        Ok(())
    }

    pub(super) fn delete_permissions_boundary(&mut self, holder: &Holder) -> Result<(), Refusal> {
        match self.boundary(holder)?.take() {
            Some(_) => Ok(()),
            None => Err(Refusal::missing(format!("{} has no permissions boundary.", holder.name()))),
        }
    }

    fn tags(&mut self, tagged: &Tagged) -> Result<&mut Tags, Refusal> {
        Ok(match tagged {
            Tagged::User(name) => &mut self.user(name)?.tags,
            Tagged::Role(name) => &mut self.own_role(name)?.tags,
            Tagged::Policy(name) => &mut self.policy(name)?.tags,
            Tagged::Resource(arn) => &mut self.resource(arn)?.tags,
        })
    }

    pub(super) fn tag(&mut self, tagged: &Tagged, key: &Arc<str>, value: &Arc<str>) -> Result<(), Refusal> {
        let tags = self.tags(tagged)?;
        rules::tag(tags, key, value)?;
        tags.insert(key.clone(), value.clone());
        Ok(())
    }

    pub(super) fn untag(&mut self, tagged: &Tagged, key: &Arc<str>) -> Result<(), Refusal> {
        self.tags(tagged)?.remove(key);
        Ok(())
    }
}
