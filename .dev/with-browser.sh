#!/usr/bin/env bash
# Runs a command that drives Chromium.
. "$(dirname "$0")/setup.sh"
need_node
need_browser
exec "$@"
