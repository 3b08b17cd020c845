//! Worlds as text: what is kept in a browser and written to files.
//!
//! A save is JSON: `{"app": "iam-playground", "format": 2, "saved": …, "world": …}`. The number of the format grows whenever
//! an older page could not read what a newer one writes, also for a field more; every format that was ever released stays readable
//! (`tests/saves` holds one of each).
//!
//! ```
//! use iam_playground::model::{Time, example};
//! use iam_playground::save;
//!
//! let text = save::write(&example::primer(), Time(1_800_000_000));
//! let saved = save::read(&text).unwrap();
//! assert_eq!((saved.world, saved.time), (example::primer(), Time(1_800_000_000)));
//! ```

mod check;
mod reading;
mod writing;

use std::sync::Arc;

use serde_json::Value;
use thiserror::Error;

use crate::analysis::Pin;
use crate::model::{Asking, PolicyRef, Time, World};

/// The format that is written.
pub const FORMAT: u64 = 2;

/// The oldest format that is read; a newer one only adds.
const OLDEST: u64 = 1;

/// Whose save it is.
const APP: &str = "iam-playground";

/// What a save held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The world.
    pub world: World,
    /// What was kept beside it.
    pub beside: Beside,
    /// When it was saved.
    pub time: Time,
}

/// What is kept beside a world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// What was asked last.
    pub question: Option<Asking>,
    /// Policy texts that AWS would not save yet.
    pub drafts: Vec<(PolicyRef, Arc<str>)>,
    /// Decisions that are to stay as they are.
    pub pins: Vec<Pin>,
}

/// Why a text is no save that can be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SaveError {
    /// Not JSON, or cut off.
    #[error("This is not JSON, or a part of it is missing: {0}.")]
    NotJson(String),
    /// JSON of something else.
    #[error("This is JSON, but no world of IAM Playground.")]
    Foreign,
    /// Made by a newer version.
    #[error(
        "It was saved by a newer version of IAM Playground, in format {0}; this page reads up to format {FORMAT}. Load the page again to get the newest version."
    )]
    Newer(u64),
    /// A save whose content makes no world.
    #[error("It is damaged: {0}.")]
    Damaged(String),
}

/// The save of a world.
pub fn write(world: &World, time: Time) -> String {
    write_with(world, &Beside::default(), time)
}

/// The save of a world and what is beside it.
pub fn write_with(world: &World, beside: &Beside, time: Time) -> String {
    let mut json = writing::Json::default();
    json.open();
    json.text("app", APP);
    json.plain("format", &FORMAT);
    json.plain("saved", &time.0);
    writing::world(&mut json, world);
    writing::beside(&mut json, beside);
    json.close();
    json.into_text()
}

/// The world in a save; a damaged one does not get in.
pub fn read(text: &str) -> Result<Saved, SaveError> {
    // Editors on Windows put a mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let save: Value = serde_json::from_str(text).map_err(|error| SaveError::NotJson(error.to_string()))?;
    if save.get("app").and_then(Value::as_str) != Some(APP) {
        return Err(SaveError::Foreign);
    }
    let damaged = |what: &str| SaveError::Damaged(what.to_owned());
    match save.get("format").and_then(Value::as_u64) {
        Some(newer) if newer > FORMAT => return Err(SaveError::Newer(newer)),
        Some(OLDEST..=FORMAT) => {}
        _ => return Err(damaged("it names no format that ever was")),
    }
    let mut keys = save.as_object().into_iter().flat_map(serde_json::Map::keys);
    if let Some(key) =
        keys.find(|key| !["app", "format", "saved", "world", "question", "drafts", "pins"].contains(&key.as_str()))
    {
        return Err(damaged(&format!("`{key}` is not known in format {FORMAT}")));
    }
    let time = save.get("saved").and_then(Value::as_i64).ok_or_else(|| damaged("the time of saving is missing"))?;
    let beside = reading::beside(&save).map_err(SaveError::Damaged)?;
    let world = save.get("world").ok_or_else(|| damaged("the world is missing"))?;
    let world = reading::world(world).map_err(SaveError::Damaged)?;
    check::world(&world).map_err(SaveError::Damaged)?;
    Ok(Saved { world, beside, time: Time(time) })
}

#[cfg(test)]
mod tests;
