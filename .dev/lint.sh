#!/usr/bin/env bash
# Formatting and lints: the engine alone, the page, and the page as it is for the browser.
. "$(dirname "$0")/setup.sh"
need_rust

# What Cargo.toml's [lints] forbid in the product is what a test is for.
TESTS=()
for lint in unwrap_used expect_used panic unreachable indexing_slicing string_slice; do
  TESTS+=(-A "clippy::$lint")
done
WASM=(--target wasm32-unknown-unknown)

stage "format" cargo fmt --check -- --color never
stage "clippy: engine" cargo clippy --locked --no-default-features --lib --examples -- -D warnings
stage "clippy: engine for JavaScript" cargo clippy --locked "${WASM[@]}" --no-default-features --features door --example door -- -D warnings
stage "clippy: page" cargo clippy --locked --features ssr --lib --bins -- -D warnings
stage "clippy: page for the browser" cargo clippy --locked "${WASM[@]}" --lib --bins --example player -- -D warnings
stage "clippy: tests and bench of the engine" cargo clippy --locked --no-default-features --tests --benches -- -D warnings "${TESTS[@]}"
stage "clippy: tests of the page" cargo clippy --locked --features ssr --lib --test render -- -D warnings "${TESTS[@]}"
stage "clippy: tests in the browser" cargo clippy --locked "${WASM[@]}" --test web -- -D warnings "${TESTS[@]}"
