#!/usr/bin/env bash
# Our engine and two others on the same cases, in decisions a second.
. "$(dirname "$0")/setup.sh"
need_rust
need_npm tests/bench/peers

OUT=${CARGO_TARGET_DIR:-target/peers}
stage "peers: build" cargo build --release --locked --manifest-path tests/bench/peers/Cargo.toml --target-dir "$OUT"
"$OUT/release/peers" "$OUT/cases.json"
