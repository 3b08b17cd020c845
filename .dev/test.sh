#!/usr/bin/env bash
# Everything that is tested, cheapest first; stops at the first stage that fails.
. "$(dirname "$0")/setup.sh"

# The logs of the stages that hold tests; each names its own counts.
TESTED=()
tests() {
  TESTED+=("$LOGS/${1//[^A-Za-z0-9]/-}.log")
  rm -f "${TESTED[-1]}"
  stage "$@"
}
trap 'awk -f .dev/count.awk "${TESTED[@]}" /dev/null' EXIT

need_rust
need_node
need_trunk
need_wasm_bindgen
need_apt python3 python3
need_browser
need_cargo_fuzz

.dev/lint.sh

# Engine, then page: the engine's own tests need not run again with the page around it.
tests "engine" cargo test --locked --no-fail-fast --no-default-features
tests "page: units" cargo test --locked --features ssr --lib -- app::
tests "page: examples in the text" cargo test --locked --features ssr --doc -- src/app
tests "page: rendering" cargo test --locked --features ssr --test render
tests "page: in the browser" env WASM_BINDGEN_TEST_TIMEOUT=120 \
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
  cargo test --locked --target wasm32-unknown-unknown --test web

# Seconds each: enough to see that the targets still run. For a search, see the README.
for target in parse round_trip wildcard evaluate; do
  stage "fuzz: $target" .dev/fuzz.sh "$target" 5
done

stage "facts" python3 .dev/facts.py
stage "data" python3 .dev/data/refresh.py --check
tests "data: scripts" python3 -m unittest discover -s .dev/data
tests "tools" node --test --test-reporter=tap .dev/tools.test.mjs

.dev/build.sh
stage "size" node .dev/size.mjs
stage "engine for JavaScript: types" tsc --project tests/e2e/types
tests "site: end to end" playwright test --config tests/e2e/playwright.config.mjs
