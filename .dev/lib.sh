# Sourced by the other scripts here: starts in the root of the repository and announces what is done.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

LOGS=target/logs
mkdir -p "$LOGS"
# The logs are read by scripts, and Trunk stumbles over NO_COLOR=1.
export CARGO_TERM_COLOR=never FORCE_COLOR=0
unset NO_COLOR

# die WHAT [REMEDY]: the reason for stopping and the way on.
die() {
  printf '\nCannot go on: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'Remedy: %s\n' "$2" >&2
  exit 1
}

# stage NAME COMMAND...: one line with the time taken. What the command prints goes to a log, which
# is shown when the command fails (or at once, with VERBOSE=1). REMEDY, when set, is told as well.
stage() {
  local name=$1 log started=$SECONDS
  log=$LOGS/${name//[^A-Za-z0-9]/-}.log
  shift
  printf '%-48s' "$name ..."
  if [ "${VERBOSE:-}" = 1 ]; then
    printf '\n'
    if "$@" </dev/null 2>&1 | tee "$log"; then
      printf '%-48s%5d s\n' "$name" $((SECONDS - started))
      return
    fi
  elif "$@" >"$log" 2>&1 </dev/null; then
    printf '%5d s\n' $((SECONDS - started))
    return
  else
    printf 'FAILED after %d s\n\n' $((SECONDS - started))
    cat "$log" >&2
  fi
  die "the stage \"$name\" failed; its output stands above and in $log." \
    "${REMEDY:-mend what the output names, then run the same command again.}"
}

has() { command -v "$1" >/dev/null 2>&1; }
