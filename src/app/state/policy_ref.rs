//! Which policy of which user or group.

use std::sync::Arc;

use crate::eval::situation::{Library, Place};
use crate::model::{Holder, World};

/// A policy in its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyRef {
    /// The user or group that has it.
    pub holder: Holder,
    /// ARN, for a managed policy.
    pub arn: Option<Arc<str>>,
    /// Its name.
    pub name: Arc<str>,
}

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

impl PolicyRef {
    /// An inline policy.
    pub fn inline(holder: Holder, name: Arc<str>) -> Self {
        Self { holder, arn: None, name }
    }

    /// A managed policy.
    pub fn managed(holder: Holder, arn: Arc<str>) -> Self {
        let name = arn.rsplit('/').next().unwrap_or_default().into();
        Self { holder, arn: Some(arn), name }
    }

    /// Whether people can edit it.
    pub fn is_inline(&self) -> bool {
        self.arn.is_none()
    }

    /// Stable text for keys and ids.
    pub fn key(&self) -> String {
        let (kind, holder) = match &self.holder {
            Holder::User(name) => ("user", name),
            Holder::Group(name) => ("group", name),
        };
        format!("{kind}/{holder}/{}", self.arn.as_deref().unwrap_or(&self.name))
    }

    /// Its text in `world`.
    pub fn text(&self, world: &World, library: &Library) -> PolicyText {
        let Some(permissions) = world.permissions(&self.holder) else { return PolicyText::Gone };
        match &self.arn {
            Some(arn) if permissions.attached.contains(arn) => {
                library.text(arn).cloned().map_or(PolicyText::Awaited, PolicyText::Known)
            }
            Some(_) => PolicyText::Gone,
            None => {
                let found = permissions.inline.iter().find(|inline| inline.name == self.name);
                found.map_or(PolicyText::Gone, |inline| PolicyText::Known(inline.text.clone()))
            }
        }
    }
}

impl From<&Place> for PolicyRef {
    fn from(place: &Place) -> Self {
        Self { holder: place.holder.clone(), arn: place.arn.clone(), name: place.name.clone() }
    }
}
