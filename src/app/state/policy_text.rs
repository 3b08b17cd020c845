//! What the page knows of a policy's text.

use std::sync::Arc;

use crate::eval::situation::Library;
use crate::model::{Account, Command, FULL_AWS_ACCESS, FULL_AWS_ACCESS_TEXT, Holder, InlinePolicy, PolicyRef, World};

/// What is known of a policy's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyText {
    /// This is it.
    Known(Arc<str>),
    /// It has not arrived yet.
    Awaited,
    /// There is no such policy any more.
    Gone,
}

impl PolicyText {
    /// The text of `policy`, in the world or among AWS's policies at hand.
    pub fn of(policy: &PolicyRef, world: &World, account: &Account, library: &Library) -> Self {
        if !policy.hangs(world, account) {
            return Self::Gone;
        }
        if matches!(policy, PolicyRef::Control { name, .. } if **name == *FULL_AWS_ACCESS) {
            return Self::Known(FULL_AWS_ACCESS_TEXT.into());
        }
        let of_aws = || policy.managed().and_then(|arn| library.text(arn));
        policy.text(world, account).or_else(of_aws).cloned().map_or(Self::Awaited, Self::Known)
    }
}

/// How a policy can be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    /// Every keystroke that AWS would save counts at once.
    InPlace,
    /// A text is finished, then saved as a version that counts (CON-162).
    ByVersion,
    /// Not at all: AWS's own.
    No,
}

/// How `policy` can be edited.
pub fn editing(policy: &PolicyRef, account: &Account) -> Editing {
    match policy {
        PolicyRef::Inline { .. } | PolicyRef::Resource { .. } | PolicyRef::Trust { .. } => Editing::InPlace,
        PolicyRef::Control { name, .. } if **name != *FULL_AWS_ACCESS => Editing::InPlace,
        PolicyRef::Session { arn: None } => Editing::InPlace,
        PolicyRef::Attached { arn, .. } | PolicyRef::Boundary { arn, .. } if account.policy(arn).is_some() => {
            Editing::ByVersion
        }
        PolicyRef::Attached { .. }
        | PolicyRef::Boundary { .. }
        | PolicyRef::Control { .. }
        | PolicyRef::Session { arn: Some(_) } => Editing::No,
    }
}

/// The command that gives `policy` another text; `None` for those that no command changes: AWS's own, and those of the
/// question.
pub fn text_command(policy: &PolicyRef, text: Arc<str>, account: &Account) -> Option<Command> {
    Some(match policy {
        PolicyRef::Inline { holder, name } => {
            Command::PutInlinePolicy { holder: holder.clone(), policy: InlinePolicy { name: name.clone(), text } }
        }
        PolicyRef::Resource { arn } => Command::PutResourcePolicy { arn: arn.clone(), text },
        PolicyRef::Trust { role } => {
            let name = role.rsplit('/').next().unwrap_or_default().into();
            Command::UpdateAssumeRolePolicy { role: name, text }
        }
        PolicyRef::Control { name, .. } if **name == *FULL_AWS_ACCESS => return None,
        PolicyRef::Control { name, .. } => Command::UpdateControlPolicy { name: name.clone(), text },
        PolicyRef::Attached { arn, .. } | PolicyRef::Boundary { arn, .. } => {
            let name = account.policy(arn)?.name.clone();
            Command::CreatePolicyVersion { name, text, set_default: true }
        }
        PolicyRef::Session { .. } => return None,
    })
}

/// Stable text for keys and ids.
pub fn policy_key(policy: &PolicyRef) -> String {
    let on = |holder: &Holder| format!("{}/{}", holder.kind(), holder.name());
    match policy {
        PolicyRef::Inline { holder, name } => format!("{}/{name}", on(holder)),
        PolicyRef::Attached { holder, arn } => format!("{}/{arn}", on(holder)),
        PolicyRef::Boundary { holder, arn } => format!("{}/boundary/{arn}", on(holder)),
        PolicyRef::Resource { arn } => format!("resource/{arn}"),
        PolicyRef::Trust { role } => format!("trust/{role}"),
        PolicyRef::Control { node, name } => format!("control/{node}/{name}"),
        PolicyRef::Session { arn } => format!("session/{}", arn.as_deref().unwrap_or_default()),
    }
}
