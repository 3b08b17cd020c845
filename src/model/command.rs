//! Changes to a world, with AWS's own refusals.

use std::fmt;
use std::sync::Arc;

use thiserror::Error;

use crate::model::{Holder, InlinePolicy, Permissions, World};

/// Managed policies that one user or group may have attached (POL-157).
pub const MAX_ATTACHED: usize = 10;
/// Groups that one user may be in (POL-159).
pub const MAX_GROUPS: usize = 10;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Attaches a managed policy.
    AttachPolicy {
        /// To whom.
        holder: Holder,
        /// Which policy.
        arn: Arc<str>,
    },
    /// Detaches a managed policy.
    DetachPolicy {
        /// From whom.
        holder: Holder,
        /// Which policy.
        arn: Arc<str>,
    },
    /// Creates or replaces an inline policy.
    PutInlinePolicy {
        /// In whom.
        holder: Holder,
        /// Name and text.
        policy: InlinePolicy,
    },
    /// Deletes an inline policy.
    DeleteInlinePolicy {
        /// From whom.
        holder: Holder,
        /// Its name.
        name: Arc<str>,
    },
    /// Makes a user a member of a group.
    AddUserToGroup {
        /// Who.
        user: Arc<str>,
        /// Where.
        group: Arc<str>,
    },
    /// Takes a user out of a group.
    RemoveUserFromGroup {
        /// Who.
        user: Arc<str>,
        /// From where.
        group: Arc<str>,
    },
}

/// A refusal, with AWS's error code as the start of its text (ERR-100…159).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CommandError {
    /// The user is not there.
    #[error("NoSuchEntity: The user with name {0} cannot be found.")]
    NoSuchUser(Arc<str>),
    /// The group is not there.
    #[error("NoSuchEntity: The group with name {0} cannot be found.")]
    NoSuchGroup(Arc<str>),
    /// The policy is not attached or not there.
    #[error("NoSuchEntity: Policy {0} was not found.")]
    NoSuchPolicy(Arc<str>),
    /// One managed policy too many.
    #[error("LimitExceeded: Cannot exceed quota for {0}: {MAX_ATTACHED}. Detach another policy first.")]
    TooManyPolicies(&'static str),
    /// One group too many.
    #[error(
        "LimitExceeded: Cannot exceed quota for GroupsPerUser: {MAX_GROUPS}. Remove the user from another group first."
    )]
    TooManyGroups,
    /// The name of an inline policy breaks the rules of POL-176.
    #[error("ValidationError: `{0}` is no policy name. Use 1 to 128 letters, digits and +=,.@_-")]
    InvalidPolicyName(Arc<str>),
}

/// The world after `command`, or why AWS would refuse. Attaching twice and detaching nothing follow AWS: the first is
/// no error, the second is.
pub fn apply(world: &World, command: &Command) -> Result<World, CommandError> {
    let mut next = world.clone();
    match command {
        Command::AttachPolicy { holder, arn } => {
            let permissions = permissions_mut(&mut next, holder)?;
            if !permissions.attached.contains(arn) {
                if permissions.attached.len() >= MAX_ATTACHED {
                    return Err(CommandError::TooManyPolicies(match holder {
                        Holder::User(_) => "PoliciesPerUser",
                        Holder::Group(_) => "PoliciesPerGroup",
                    }));
                }
                permissions.attached.push(arn.clone());
            }
        }
        Command::DetachPolicy { holder, arn } => {
            let attached = &mut permissions_mut(&mut next, holder)?.attached;
            let at = attached.iter().position(|known| known == arn);
            attached.remove(at.ok_or_else(|| CommandError::NoSuchPolicy(arn.clone()))?);
        }
        Command::PutInlinePolicy { holder, policy } => {
            check_policy_name(&policy.name)?;
            let inline = &mut permissions_mut(&mut next, holder)?.inline;
            match inline.iter_mut().find(|known| known.name == policy.name) {
                Some(known) => known.text = policy.text.clone(),
                None => inline.push(policy.clone()),
            }
        }
        Command::DeleteInlinePolicy { holder, name } => {
            let inline = &mut permissions_mut(&mut next, holder)?.inline;
            let at = inline.iter().position(|known| known.name == *name);
            inline.remove(at.ok_or_else(|| CommandError::NoSuchPolicy(name.clone()))?);
        }
        Command::AddUserToGroup { user, group } => {
            if !next.groups.contains_key(group) {
                return Err(CommandError::NoSuchGroup(group.clone()));
            }
            let groups = &mut user_mut(&mut next, user)?.groups;
            if !groups.contains(group) && groups.len() >= MAX_GROUPS {
                return Err(CommandError::TooManyGroups);
            }
            groups.insert(group.clone());
        }
        Command::RemoveUserFromGroup { user, group } => {
            if !user_mut(&mut next, user)?.groups.remove(group) {
                return Err(CommandError::NoSuchGroup(group.clone()));
            }
        }
    }
    Ok(next)
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |arn: &Arc<str>| arn.rsplit('/').next().unwrap_or_default().to_owned();
        match self {
            Self::AttachPolicy { holder, arn } => write!(f, "Attach {} to {}", short(arn), holder.name()),
            Self::DetachPolicy { holder, arn } => write!(f, "Detach {} from {}", short(arn), holder.name()),
            Self::PutInlinePolicy { holder, policy } => write!(f, "Write {} in {}", policy.name, holder.name()),
            Self::DeleteInlinePolicy { holder, name } => write!(f, "Delete {name} from {}", holder.name()),
            Self::AddUserToGroup { user, group } => write!(f, "Add {user} to {group}"),
            Self::RemoveUserFromGroup { user, group } => write!(f, "Remove {user} from {group}"),
        }
    }
}

fn permissions_mut<'a>(world: &'a mut World, holder: &Holder) -> Result<&'a mut Permissions, CommandError> {
    match holder {
        Holder::User(name) => Ok(&mut user_mut(world, name)?.permissions),
        Holder::Group(name) => match world.groups.get_mut(name) {
            Some(group) => Ok(&mut Arc::make_mut(group).permissions),
            None => Err(CommandError::NoSuchGroup(name.clone())),
        },
    }
}

fn user_mut<'a>(world: &'a mut World, name: &Arc<str>) -> Result<&'a mut crate::model::User, CommandError> {
    world.users.get_mut(name).map(Arc::make_mut).ok_or_else(|| CommandError::NoSuchUser(name.clone()))
}

/// POL-175, POL-176.
fn check_policy_name(name: &Arc<str>) -> Result<(), CommandError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    if (1..=128).contains(&name.len()) && name.bytes().all(allowed) {
        Ok(())
    } else {
        Err(CommandError::InvalidPolicyName(name.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::example;

    fn group() -> Holder {
        Holder::Group(example::ADMINISTRATORS.into())
    }

    fn attach(arn: &str) -> Command {
        Command::AttachPolicy { holder: group(), arn: arn.into() }
    }

    #[test]
    fn an_eleventh_managed_policy_is_refused_as_aws_does() {
        let mut world = example::primer();
        for number in 1..MAX_ATTACHED {
            world = apply(&world, &attach(&format!("arn:aws:iam::aws:policy/P{number}"))).expect("room for it");
        }
        assert_eq!(
            apply(&world, &attach("arn:aws:iam::aws:policy/Last")),
            Err(CommandError::TooManyPolicies("PoliciesPerGroup"))
        );
        assert!(apply(&world, &attach("arn:aws:iam::aws:policy/P1")).is_ok(), "attaching again changes nothing");
    }

    #[test]
    fn leaving_a_group_and_coming_back_gives_an_equal_world() {
        let world = example::primer();
        let (user, group): (Arc<str>, Arc<str>) = (example::ADMINISTRATOR.into(), example::ADMINISTRATORS.into());
        let out = apply(&world, &Command::RemoveUserFromGroup { user: user.clone(), group: group.clone() })
            .expect("a member");
        assert_eq!(out.members(&group).count(), 0);
        assert_eq!(apply(&out, &Command::AddUserToGroup { user, group }), Ok(world));
    }

    #[test]
    fn what_is_not_there_cannot_be_changed() {
        let world = example::primer();
        let nobody: Arc<str> = "Nobody".into();
        let command = Command::AttachPolicy { holder: Holder::User(nobody.clone()), arn: "x".into() };
        assert_eq!(apply(&world, &command), Err(CommandError::NoSuchUser(nobody)));
        let command = Command::DetachPolicy { holder: group(), arn: "x".into() };
        assert_eq!(apply(&world, &command), Err(CommandError::NoSuchPolicy("x".into())));
    }

    #[test]
    fn a_policy_name_with_a_space_is_refused() {
        let policy = InlinePolicy { name: "my policy".into(), text: "{}".into() };
        let refused = apply(&example::primer(), &Command::PutInlinePolicy { holder: group(), policy });
        assert_eq!(refused, Err(CommandError::InvalidPolicyName("my policy".into())));
    }
}
