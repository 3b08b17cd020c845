//! Worlds in the browser's database, one writer for each. Browsers may deny all of it, or have no room.

use std::sync::Arc;

use js_sys::{Array, Reflect};
use serde_json::Value;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

use super::{PlatformError, bridge, storage};
use crate::app::state::{Entry, Found, Snapshot, Stored};
use crate::model::Time;
use crate::save;

const NAME: &str = "its database";
/// Under which the id of the world is noted that was open last; `bridge.js` reads it.
const LAST: &str = "iam-playground.world";
/// Under which it is noted that the page stopped with that world.
const STOPPED: &str = "iam-playground.world.stopped";
/// How long the page waits for the database before it opens without.
const PATIENCE_MS: u32 = 1_000;

/// Something that happens outside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The keys for saving were pressed.
    Save,
    /// The page is about to be hidden or left.
    Hidden,
    /// Another tab wants to write the world of this id.
    Wanted(Arc<str>),
    /// Another tab has taken the world of this id.
    Lost(Arc<str>),
    /// The text of a file that was chosen or dropped.
    File(Result<Arc<str>, PlatformError>),
}

/// What was there when the page was loaded: every world, and the one that was open last.
pub async fn beginning() -> Result<Found, PlatformError> {
    found(&bridge::beginning(PATIENCE_MS).await.map_err(refusal)?)
}

/// The same without opening one, however long it takes.
pub async fn listed() -> Result<Found, PlatformError> {
    found(&bridge::listed().await.map_err(refusal)?)
}

/// One world, to be written if no other tab does.
pub async fn open(id: &str) -> Result<Stored, PlatformError> {
    Ok(stored(&bridge::open_world(id).await.map_err(refusal)?, 0).unwrap_or_default())
}

/// One world, taken from the tab that writes it.
pub async fn take_over(id: &str) -> Result<Stored, PlatformError> {
    Ok(stored(&bridge::take_over(id).await.map_err(refusal)?, 0).unwrap_or_default())
}

/// Keeps the save of a world. Where the database is open, the browser has it when this returns its future.
pub async fn put(id: &str, name: &str, time: Time, save: &str) -> Result<(), PlatformError> {
    #[expect(clippy::cast_precision_loss, reason = "seconds of this age")]
    bridge::put_world(id, name, time.0 as f64, save).await.map_err(refusal)
}

/// Forgets a world.
pub async fn delete(id: &str) -> Result<(), PlatformError> {
    bridge::delete_world(id).await.map_err(refusal)
}

/// Snapshots of a world, the latest first.
pub async fn snapshots(world: &str) -> Result<Vec<Snapshot>, PlatformError> {
    let listed = bridge::snapshots(world).await.map_err(refusal)?;
    let list: Value = listed.as_string().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let snapshot = |one: &Value| {
        let text = |name: &str| one.get(name).and_then(Value::as_str).map(Arc::<str>::from);
        let time = Time(one.get("time").and_then(Value::as_i64)?);
        Some(Snapshot { id: text("id")?, world: world.into(), name: text("name"), time, unsaved: None })
    };
    Ok(list.as_array().into_iter().flatten().filter_map(snapshot).collect())
}

/// The text of a snapshot.
pub async fn snapshot(id: &str) -> Result<Arc<str>, PlatformError> {
    let text = bridge::snapshot(id).await.map_err(refusal)?.as_string();
    text.map(Arc::from).ok_or_else(|| PlatformError::Unreadable("the snapshot".to_owned()))
}

/// Keeps a snapshot that the browser does not have yet.
pub async fn put_snapshot(taken: &Snapshot) -> Result<(), PlatformError> {
    let Some(work) = &taken.unsaved else { return Ok(()) };
    let save = save::write_with(&work.world, &work.beside, taken.time);
    let name = taken.name.as_deref().map(str::to_owned);
    #[expect(clippy::cast_precision_loss, reason = "seconds of this age")]
    bridge::put_snapshot(&taken.id, &taken.world, name, taken.time.0 as f64, &save).await.map_err(refusal)
}

/// Gives a snapshot another name.
pub async fn name_snapshot(id: &str, name: &str) -> Result<(), PlatformError> {
    bridge::name_snapshot(id, name).await.map_err(refusal)
}

/// Forgets a snapshot.
pub async fn delete_snapshot(id: &str) -> Result<(), PlatformError> {
    bridge::delete_snapshot(id).await.map_err(refusal)
}

/// Writes these worlds, and no others.
pub fn hold(ids: &[Arc<str>]) {
    bridge::hold(&ids.join(" "));
}

/// Lets another tab write a world.
pub fn release(id: &str) {
    bridge::release(id);
}

/// Has the browser ask before the page is left, or no longer.
pub fn guard(on: bool) {
    bridge::guard(on);
}

/// Notes which world is open. Where that is refused, the next visit opens the latest.
pub fn note_last(id: &str) {
    drop(storage::write(LAST, id));
}

/// Notes that the page stopped, so that the next visit does not open the same world by itself.
pub fn note_stopped() {
    drop(storage::write(STOPPED, "1"));
}

/// Tells what happens outside the page. There is one page, so nothing ever stops listening.
pub fn listen(heard: Callback<Heard>) {
    let told = move |what: String, value: String| {
        let heard_now = match what.as_str() {
            "save" => Heard::Save,
            "hidden" => Heard::Hidden,
            "wanted" => Heard::Wanted(value.into()),
            "lost" => Heard::Lost(value.into()),
            "file" => Heard::File(Ok(value.into())),
            _ => Heard::File(Err(PlatformError::Unreadable(value))),
        };
        heard.emit(heard_now);
    };
    let closure = Closure::<dyn Fn(String, String)>::new(told).into_js_value();
    bridge::listen(closure.unchecked_ref());
}

/// A list of worlds as JSON, then id, text and whether it may be written of one.
fn found(answer: &Array) -> Result<Found, PlatformError> {
    let list: Value = answer
        .get(0)
        .as_string()
        .and_then(|text| serde_json::from_str(&text).ok())
        .ok_or(PlatformError::Refused(NAME))?;
    let entry = |entry: &Value| {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).map(Arc::<str>::from);
        let saved = entry.get("saved").and_then(Value::as_i64).map(Time);
        Some(Entry { id: text("id")?, name: text("name")?, saved, unsaved: None })
    };
    let worlds = list.as_array().into_iter().flatten().filter_map(entry).collect();
    let stopped = (answer.length() == 2).then(|| answer.get(1).as_string()).flatten().map(Arc::from);
    Ok(Found { worlds, open: if stopped.is_some() { None } else { stored(answer, 1) }, stopped })
}

fn stored(answer: &Array, at: u32) -> Option<Stored> {
    let id = answer.get(at).as_string()?.into();
    let text = answer.get(at + 1).as_string().map(Arc::from);
    Some(Stored { id, text, writable: answer.get(at + 2).is_truthy() })
}

fn refusal(error: JsValue) -> PlatformError {
    let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("QuotaExceededError") => PlatformError::Full,
        Some("TimeoutError") => PlatformError::Silent(NAME),
        _ => PlatformError::Refused(NAME),
    }
}
