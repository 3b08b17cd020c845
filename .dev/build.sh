#!/usr/bin/env bash
# The release site in dist/, unless it is there already.
. "$(dirname "$0")/setup.sh"
need_rust
need_node
need_trunk
need_wasm_bindgen

STAMP=target/site.stamp
INPUTS=(Cargo.toml Cargo.lock Trunk.toml rust-toolchain.toml package-lock.json index.html src static examples)

[ -e index.html ] || die "index.html is missing." "restore it: git checkout index.html"

# The stamp holds the digest of what was built, so that a debug build in dist/ does not count.
if [ -e "$STAMP" ] && sha256sum --status -c "$STAMP" 2>/dev/null &&
  [ -z "$(find "${INPUTS[@]}" -newer "$STAMP" -print -quit)" ]; then
  echo "dist/ is up to date."
  exit
fi

touch "$STAMP.started"
REMEDY=$NETWORK stage "crates" cargo fetch --locked --target wasm32-unknown-unknown
stage "release site" trunk build --release
# After the page, because Trunk clears dist/.
stage "first verdict" cargo build --locked --release --no-default-features --features door \
  --target wasm32-unknown-unknown --example start
stage "first verdict: module" wasm_module z \
  "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release/examples/start.wasm" dist/start start
stage "flows" cargo build --locked --release --target wasm32-unknown-unknown --example player
stage "flows: module" wasm_module z \
  "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release/examples/player.wasm" dist/flows player
# The page's own scripts are not for it.
rm dist/flows/snippets/*/src/js/{bridge,flows}.js
cp static/css/components/flows.css dist/flows/player.css
stage "engine for JavaScript" cargo build --locked --profile door --no-default-features --features door \
  --target wasm32-unknown-unknown --example door
stage "engine for JavaScript: module" wasm_module 3 \
  "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/door/examples/door.wasm" dist/engine engine
# Trunk minifies neither these nor what they import.
stage "scripts" find dist/snippets dist/flows dist/start -name '*.js' -exec \
  esbuild --minify --log-level=warning --allow-overwrite --outdir=dist --outbase=dist {} +
sha256sum dist/index.html dist/start/* dist/flows/player* dist/engine/* >"$STAMP"
# What was edited during the build is newer than its beginning.
touch -r "$STAMP.started" "$STAMP"
rm "$STAMP.started"
