//! The engine as a whole: its layers, its data, and what holds for every policy and request.

mod alignment;
mod data;
mod examples;
mod hostile;
mod layering;
mod managed;
mod properties;
mod sentences;

use std::path::PathBuf;

/// A path inside the project.
fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    let path = project(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
