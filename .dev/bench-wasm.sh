#!/usr/bin/env bash
# The engine as wasm, measured in Chromium.
. "$(dirname "$0")/setup.sh"
need_rust
need_node
need_wasm_bindgen
need_browser

OUT=${CARGO_TARGET_DIR:-target/bench-wasm}
# In this folder, from where it is served.
MODULE=target/bench-wasm/module
stage "engine for the bench" cargo build --release --locked --target wasm32-unknown-unknown \
  --manifest-path tests/bench/page/Cargo.toml --target-dir "$OUT"
stage "engine for the bench: module" wasm_module 3 \
  "$OUT/wasm32-unknown-unknown/release/iam_playground_bench.wasm" "$MODULE" bench
node .dev/bench-wasm.mjs --module "$MODULE/bench.js"
