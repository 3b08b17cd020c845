//! Local storage, which browsers may deny (sandboxed frames, blocked third-party storage, full disks).

use web_sys::Storage;

use super::PlatformError;

const NAME: &str = "local storage";

/// The text under `key`.
pub fn read(key: &str) -> Result<Option<String>, PlatformError> {
    storage()?.get_item(key).map_err(|_| PlatformError::Refused(NAME))
}

/// Keeps `text` under `key`.
pub fn write(key: &str, text: &str) -> Result<(), PlatformError> {
    storage()?.set_item(key, text).map_err(|_| PlatformError::Refused(NAME))
}

/// Forgets `key`.
pub fn remove(key: &str) -> Result<(), PlatformError> {
    storage()?.remove_item(key).map_err(|_| PlatformError::Refused(NAME))
}

fn storage() -> Result<Storage, PlatformError> {
    let window = web_sys::window().ok_or(PlatformError::Missing("window"))?;
    let storage = window.local_storage().map_err(|_| PlatformError::Refused(NAME))?;
    storage.ok_or(PlatformError::Missing(NAME))
}
