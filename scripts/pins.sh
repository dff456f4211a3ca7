#!/usr/bin/env bash
# Write requirements-dev.txt: every distribution the project runs on, is tested with or is
# documented with, at one exact version, with the hashes of all files published for it.
#
# The machine's own pip settings are left out, so that no local index or rebuilt wheel can put its
# hash into the file. The file carries no address: whoever installs chooses where from.
set -euo pipefail
cd "$(dirname "$0")/.."

# Some distributions ask for a late 3.11, so the choice is made by the oldest Python that must
# work: Debian 12's.
python=${PYTHON:-/usr/bin/python3.11}
"$python" -c 'import sys; sys.exit(sys.version_info[:3] > (3, 11, 2))' || {
    echo "pins: run me with Python 3.11.2 or older 3.11 (PYTHON=...), not $("$python" --version)." >&2
    exit 3
}
target=requirements-dev.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL PIP_INDEX_URL PIP_NO_INDEX
export PIP_CONFIG_FILE=/dev/null
export CUSTOM_COMPILE_COMMAND="make pins"

"$python" -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet "pip-tools==7.6.2"
"$scratch/venv/bin/pip-compile" --quiet \
    --generate-hashes --strip-extras --extra dev --extra docs \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
    --output-file "$target" "$@" pyproject.toml

if grep -nE '://|@ |^-|(^|[ "=])/' "$target"; then
    echo "pins: $target carries an address or a path of this machine (lines above)." >&2
    exit 1
fi
echo "pins: wrote $target, $(grep -cE '^[a-z0-9.-]+==' "$target") distributions."
