//! Which policy, wherever it hangs.

use std::sync::Arc;

use super::organization::ControlKind;
use super::world::{Account, Holder, World};
use crate::ident::AccountId;
use crate::policy::PolicyKind;

/// A policy in its place. Those of identities are looked for in the account of the one who asks, all others by ARN.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PolicyRef {
    /// Inside a user, group or role.
    Inline {
        /// In whom.
        holder: Holder,
        /// Its name.
        name: Arc<str>,
    },
    /// A managed policy, attached.
    Attached {
        /// To whom.
        holder: Holder,
        /// ARN of the policy.
        arn: Arc<str>,
    },
    /// A managed policy that bounds.
    Boundary {
        /// Whom.
        holder: Holder,
        /// ARN of the policy.
        arn: Arc<str>,
    },
    /// The policy of a resource.
    Resource {
        /// ARN of the resource.
        arn: Arc<str>,
    },
    /// The trust policy of a role.
    Trust {
        /// ARN of the role.
        role: Arc<str>,
    },
    /// A service or resource control policy.
    Control {
        /// Id of the root or unit, or number of the account, where it is attached.
        node: Arc<str>,
        /// Its name.
        name: Arc<str>,
    },
    /// A policy that was passed when the session of whoever asks was made (EVAL-72).
    Session {
        /// ARN of a managed policy; `None` for the inline one.
        arn: Option<Arc<str>>,
    },
}

impl PolicyRef {
    /// The name that people know it by.
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::Inline { name, .. } | Self::Control { name, .. } => name.clone(),
            Self::Attached { arn, .. } | Self::Boundary { arn, .. } | Self::Session { arn: Some(arn) } => {
                last_part(arn).into()
            }
            Self::Session { arn: None } => "session policy".into(),
            Self::Resource { arn } => format!("policy of {}", last_part(arn)).into(),
            Self::Trust { role } => format!("trust of {}", last_part(role)).into(),
        }
    }

    /// ARN of the managed policy, if it is one.
    pub fn managed(&self) -> Option<&Arc<str>> {
        match self {
            Self::Attached { arn, .. } | Self::Boundary { arn, .. } | Self::Session { arn: Some(arn) } => Some(arn),
            _ => None,
        }
    }

    /// The identity that it hangs on.
    pub fn holder(&self) -> Option<&Holder> {
        match self {
            Self::Inline { holder, .. } | Self::Attached { holder, .. } | Self::Boundary { holder, .. } => Some(holder),
            Self::Resource { .. } | Self::Trust { .. } | Self::Control { .. } | Self::Session { .. } => None,
        }
    }

    /// The account that it belongs to, where its name tells that.
    pub fn owner(&self, world: &World) -> Option<AccountId> {
        match self {
            Self::Resource { arn } => world.resource(arn).map(|(account, _)| account.id.clone()),
            Self::Trust { role } => world.role(role).map(|(account, _)| account.id.clone()),
            _ => None,
        }
    }

    /// The grammar that it follows.
    pub fn kind(&self, world: &World) -> PolicyKind {
        match self {
            Self::Inline { .. } | Self::Attached { .. } | Self::Boundary { .. } | Self::Session { .. } => {
                PolicyKind::Identity
            }
            Self::Resource { .. } => PolicyKind::Resource,
            Self::Trust { .. } => PolicyKind::Trust,
            Self::Control { name, .. } => {
                let organization = world.organization.as_ref();
                match organization.and_then(|organization| organization.kind_of(name)) {
                    Some(ControlKind::Resource) => PolicyKind::ResourceControl,
                    Some(ControlKind::Service) | None => PolicyKind::ServiceControl,
                }
            }
        }
    }

    /// Its text, as far as the world has it: AWS's own policies are not in the world.
    pub fn text<'a>(&self, world: &'a World, account: &'a Account) -> Option<&'a Arc<str>> {
        match self {
            Self::Inline { holder, name } => {
                let found = account.permissions(holder)?.inline.iter().find(|inline| inline.name == *name);
                found.map(|inline| &inline.text)
            }
            Self::Attached { arn, .. } | Self::Boundary { arn, .. } | Self::Session { arn: Some(arn) } => {
                account.policy(arn)?.text()
            }
            Self::Session { arn: None } => None,
            Self::Resource { arn } => world.resource(arn)?.1.policy.as_ref(),
            Self::Trust { role } => world.role(role).map(|(_, role)| &role.trust),
            Self::Control { name, .. } => world.organization.as_ref()?.policies.get(name).map(|policy| &policy.text),
        }
    }

    /// Whether it still hangs where it says.
    pub fn hangs(&self, world: &World, account: &Account) -> bool {
        match self {
            Self::Attached { holder, arn } => {
                account.permissions(holder).is_some_and(|permissions| permissions.attached.contains(arn))
            }
            Self::Boundary { holder, arn } => account.boundary_of(holder) == Some(arn),
            Self::Control { node, name } => world
                .organization
                .as_ref()
                .is_some_and(|organization| organization.attached.get(node).is_some_and(|names| names.contains(name))),
            Self::Inline { .. } | Self::Resource { .. } | Self::Trust { .. } => self.text(world, account).is_some(),
            // It hangs on the question.
            Self::Session { .. } => true,
        }
    }
}

fn last_part(arn: &str) -> &str {
    arn.rsplit(['/', ':']).next().unwrap_or_default()
}
