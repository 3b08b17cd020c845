# Sourced by the other scripts here: one function for each thing that they need. Each looks first
# and installs only what is not there in the wanted version.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

NODE_AT_LEAST=20
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/iam-playground
NETWORK="if the output tells of a failed connection, check the network; then run the same command again."

# value KEY FILE: the text given to KEY in a TOML file.
value() { sed -nE "s/^$1 *= *\"=?([^\"]+)\".*/\1/p" "$2"; }

# need_apt COMMAND PACKAGE...: COMMAND, from Debian's packages when it is missing.
need_apt() {
  local command=$1
  shift
  has "$command" || install_apt "$command" "$@"
}

install_apt() {
  local missing=$1 root=(env)
  shift
  has apt-get || die "$missing is missing and there is no apt-get here to install it." "install what your system calls: $*."
  if [ "$(id -u)" != 0 ]; then
    has sudo || die "$missing is missing and only root can install it." "run as root: apt-get install $*"
    # Asks for the password here, where the question can be seen.
    sudo -v || die "$missing is missing and sudo refuses to install it." "run as root: apt-get install $*"
    root=(sudo env)
  fi
  REMEDY=$NETWORK stage "apt-get update" "${root[@]}" apt-get update -q
  REMEDY=$NETWORK stage "apt-get install $*" "${root[@]}" DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "$@"
}

# The compiler named in rust-toolchain.toml, its lints, its formatter and the browser as a target.
need_rust() {
  local channel
  channel=$(value channel rust-toolchain.toml)
  has rustup || PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  has rustup || die "rustup is missing." "install it as https://rustup.rs says, then run the same command again."
  need_apt cc build-essential
  local here
  here=$(rustup component list --toolchain "$channel" --installed 2>/dev/null || true)
  for part in '^rustc' '^cargo' '^clippy' '^rustfmt' '^rust-std-wasm32-unknown-unknown'; do
    grep -q -- "$part" <<<"$here" && continue
    REMEDY=$NETWORK stage "Rust $channel" rustup toolchain install "$channel" --no-self-update --profile minimal \
      --component clippy,rustfmt --target wasm32-unknown-unknown
    break
  done
}

# Node and the npm packages of package-lock.json.
need_node() {
  need_npm .
  PATH=$PWD/node_modules/.bin:$PATH
}

# need_npm FOLDER: Node and the npm packages of the lock file in FOLDER.
need_npm() {
  has node && has npm || die "Node or npm is missing." "install Node $NODE_AT_LEAST or newer with npm (https://nodejs.org)."
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge "$NODE_AT_LEAST" ] || die "Node $(node --version) is too old." "install Node $NODE_AT_LEAST or newer (https://nodejs.org)."
  local stamp
  stamp=$1/node_modules/.installed-$(sha256sum "$1/package-lock.json" | cut -c1-16)
  if [ ! -e "$stamp" ]; then
    # The browser is the system's own; nothing that a package brings along is run.
    REMEDY=$NETWORK PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 stage "npm packages" npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund
    touch "$stamp"
  fi
}

# cargo_tool NAME VERSION CRATE [FLAG...]: the tool NAME in that version from PATH, else from the
# cache that all clones share, else compiled into it (lightly optimised: it is run for seconds).
cargo_tool() {
  local name=$1 version=$2 crate=$3 root=$CACHE/$1-$2
  shift 3
  [ "$("$name" --version 2>/dev/null)" != "$name $version" ] || return 0
  if [ "$("$root/bin/$name" --version 2>/dev/null)" != "$name $version" ]; then
    REMEDY=$NETWORK stage "$name $version (once, some minutes)" env \
      CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
      cargo install "$crate" --version "$version" --root "$root" --force "$@"
  fi
  PATH=$root/bin:$PATH
}

need_trunk() { cargo_tool trunk "$(value trunk-version Trunk.toml)" trunk --locked; }

# Without --locked: the lock file it was published with names a version that was withdrawn.
need_wasm_bindgen() { cargo_tool wasm-bindgen "$(value wasm_bindgen Trunk.toml)" wasm-bindgen-cli; }

need_cargo_fuzz() { cargo_tool cargo-fuzz "$(value tool tests/fuzz/Cargo.toml)" cargo-fuzz --locked; }

# Chromium and the driver that belongs to it.
need_browser() {
  node .dev/browser.mjs >/dev/null 2>&1 || install_apt Chromium chromium chromium-driver
  CHROMIUM=$(node .dev/browser.mjs)
  CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver || true)}
  if [ -z "$CHROMEDRIVER" ]; then
    install_apt chromedriver chromium-driver
    CHROMEDRIVER=$(command -v chromedriver)
  fi
  export CHROMIUM CHROMEDRIVER
  local browser driver
  browser=$(major "$CHROMIUM")
  driver=$(major "$CHROMEDRIVER")
  [ "$browser" = "$driver" ] || die "$CHROMIUM is version $browser, $CHROMEDRIVER version $driver." \
    "install the two in one version, or name others in the variables CHROMIUM and CHROMEDRIVER."
}

major() { "$1" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -1 | cut -d. -f1; }

# wasm_module LEVEL WASM FOLDER NAME: what cargo built, as an ES module in FOLDER, optimised to that level of
# wasm-opt. Of wasm it uses no more than the page does.
wasm_module() {
  local features level=$1
  shift
  read -ra features < <(sed -nE 's/.*data-wasm-opt-params="([^"]*)".*/\1/p' index.html)
  rm -rf "$2"
  wasm-bindgen --target web --out-dir "$2" --out-name "$3" "$1" &&
    wasm-opt "-O$level" "${features[@]}" "$2/$3_bg.wasm" -o "$2/$3_bg.wasm" &&
    rm "$2/$3_bg.wasm.d.ts"
}
