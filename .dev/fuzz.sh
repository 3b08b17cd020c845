#!/usr/bin/env bash
# fuzz.sh TARGET SECONDS: runs a target of tests/fuzz/.
. "$(dirname "$0")/setup.sh"
need_rust
need_cargo_fuzz
[ $# = 2 ] && [ -e "tests/fuzz/targets/$1.rs" ] || die "usage: .dev/fuzz.sh TARGET SECONDS" \
  "the targets are: $(basename -s .rs tests/fuzz/targets/*.rs | tr '\n' ' ')"

# Sanitizers are flags of the compiler that are not stable yet; this lets the project's own compiler take them.
export RUSTC_BOOTSTRAP=1
exec cargo fuzz run --fuzz-dir tests/fuzz "$1" -- -max_total_time="$2" -rss_limit_mb=4096
