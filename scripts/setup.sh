#!/usr/bin/env bash
# Set up .venv with everything the project needs to run, to be tested and to be documented.
#
# On a Debian-like system, as root, missing system libraries are installed by name. Elsewhere the
# one command to run is printed and the set-up stops. Running it again is harmless.
#
#   PYTHON=...   use this interpreter instead of looking for one
set -euo pipefail
cd "$(dirname "$0")/.."

VENV=.venv
CAN_INSTALL=no
if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
    CAN_INSTALL=yes
fi

say() { printf 'setup: %s\n' "$*"; }

stop() {
    printf 'setup: %s\n' "$@" >&2
    exit 3
}

# Install Debian packages by name; ask for fresh lists only when the ones at hand do not serve.
apt_install() {
    say "installing $*"
    local install=(apt-get install --yes --quiet --no-install-recommends "$@")
    export DEBIAN_FRONTEND=noninteractive
    "${install[@]}" >/dev/null 2>&1 || { apt-get update --quiet >/dev/null && "${install[@]}" >/dev/null; }
}

# The one command to type for system packages. Debian's names; elsewhere Pango comes as one package.
hint() {
    if command -v apt-get >/dev/null; then
        echo "sudo apt-get install $*"
    elif command -v dnf >/dev/null; then
        echo "sudo dnf install pango harfbuzz"
    elif command -v brew >/dev/null; then
        echo "brew install pango harfbuzz"
    else
        echo "install, with this system's package manager, what Debian calls $*"
    fi
}

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name names=(python3.11 python3 python3.12 python3.13)
    if [ -n "${PYTHON:-}" ]; then
        names=("$PYTHON")
    fi
    for name in "${names[@]}"; do
        if command -v "$name" >/dev/null && is_recent "$name"; then
            command -v "$name"
            return
        fi
    done
    if [ "$CAN_INSTALL" = yes ] && [ -z "${PYTHON:-}" ]; then
        apt_install python3 python3-venv >&2
        if is_recent python3; then
            command -v python3
            return
        fi
    fi
    local wanted=${PYTHON:-python3}
    stop "Python 3.11 or newer is needed; $wanted is $("$wanted" --version 2>/dev/null || echo not there)." \
        "Install one, or name it: make setup PYTHON=/path/to/python3.11"
}

# The libraries that lay out and shape text for PDF. Without the third a report takes three times
# as long, so it is asked for as well.
has_pango() {
    "$1" - <<'PY'
import ctypes, ctypes.util, sys

for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"):
    for file in (f"lib{name}.so.0", f"lib{name}.0.dylib", ctypes.util.find_library(name)):
        try:
            if file and ctypes.CDLL(file):
                break
        except OSError:
            continue
    else:
        sys.exit(1)
PY
}

# Find everything that is missing before saying so, so that one command mends it.
need_system_packages() {
    local missing=()
    if ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        missing+=("$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
    fi
    if ! has_pango "$1"; then
        missing+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
    fi
    if [ "${#missing[@]}" = 0 ]; then
        return
    fi
    if [ "$CAN_INSTALL" = no ]; then
        stop "system packages are missing. Run this, then the same command again:" \
            "    $(hint "${missing[@]}")"
    fi
    apt_install "${missing[@]}"
    has_pango "$1" || stop "${missing[*]} are installed, but $1 cannot load Pango."
}

# The server that the tests of a register in PostgreSQL start and stop for themselves. Debian would
# make a cluster of its own and run it; that is refused beforehand. Without a server those tests
# say why they are skipped, and everything else works.
want_postgres() {
    if compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null; then
        return
    fi
    if [ "$CAN_INSTALL" = no ]; then
        say "no PostgreSQL server here: its tests will be skipped (Debian: apt-get install postgresql-15)"
        return
    fi
    if ! { apt_install postgresql-common && no_main_cluster && apt_install postgresql-15; }; then
        say "PostgreSQL could not be installed: its tests will be skipped"
    fi
}

no_main_cluster() {
    sed -ri 's/^#?[[:space:]]*create_main_cluster.*/create_main_cluster = false/' \
        /etc/postgresql-common/createcluster.conf
}

make_venv() {
    if [ -x "$VENV/bin/pip" ] && is_recent "$VENV/bin/python"; then
        return
    fi
    say "making $VENV with $("$1" --version)"
    "$1" -m venv --clear "$VENV"
}

install_python_packages() {
    local pip=("$VENV/bin/python" -m pip --disable-pip-version-check install --quiet)
    say "installing the pinned packages (about a minute the first time)"
    "${pip[@]}" --require-hashes --requirement requirements-dev.txt
    # The checkout itself, editable; its build back end is among the pins.
    "${pip[@]}" --no-deps --no-build-isolation --no-index --editable .
}

main() {
    local python
    python=$(find_python)
    need_system_packages "$python"
    want_postgres
    make_venv "$python"
    install_python_packages
    say "ready, $("$VENV/bin/python" --version) in $VENV"
}

main
