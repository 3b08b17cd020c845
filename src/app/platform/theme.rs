//! Light, dark, or what the system says. `src/js/start.js` applies the kept choice before the first paint.

use super::{PlatformError, storage};

const KEY: &str = "iam-playground.theme";
const ATTRIBUTE: &str = "data-theme";

/// A colour theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its place in [`Self::ALL`].
    pub fn position(self) -> usize {
        Self::ALL.iter().position(|theme| *theme == self).unwrap_or_default()
    }

    fn value(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The choice of an earlier visit; the system's when there is none or storage is denied.
pub fn kept() -> Theme {
    let kept = storage::read(KEY).ok().flatten();
    Theme::ALL.into_iter().find(|theme| theme.value() == kept.as_deref()).unwrap_or_default()
}

/// Shows the page in `theme`, and keeps the choice where storage allows.
pub fn choose(theme: Theme) -> Result<(), PlatformError> {
    let document = web_sys::window().and_then(|window| window.document());
    let root = document.and_then(|document| document.document_element()).ok_or(PlatformError::Missing("document"))?;
    match theme.value() {
        Some(value) => {
            root.set_attribute(ATTRIBUTE, value).map_err(|_| PlatformError::Refused("attributes"))?;
            storage::write(KEY, value)
        }
        None => {
            root.remove_attribute(ATTRIBUTE).map_err(|_| PlatformError::Refused("attributes"))?;
            storage::remove(KEY)
        }
    }
}
