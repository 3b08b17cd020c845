#!/usr/bin/env bash
# Builds the release site and serves it on this machine until Ctrl-C.
. "$(dirname "$0")/lib.sh"
.dev/build.sh
exec node .dev/serve.mjs --dir dist --port "${PORT:-8080}" --prefix "${PREFIX:-/}"
