#!/usr/bin/env bash
# Makes .venv and installs the hash-locked requirements; does nothing when they are unchanged.
# usage: .ci/install.sh [runtime|dev]
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-runtime}
python=$(bash .ci/python.sh)
files=(requirements.txt)
[ "$purpose" = runtime ] || files+=(requirements-dev.txt)

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

if [ ! -x .venv/bin/python ]; then
    command -v "$python" >/dev/null || stop "Python is missing: install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3 …"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "$("$python" --version) is too old: this needs Python 3.11 or newer. Name a newer one: make PYTHON=/path/to/python3 …"
    say "Making the virtual environment .venv with $("$python" --version) …"
    "$python" -m venv .venv ||
        { rm -rf .venv; stop "The virtual environment could not be made. On Debian or Ubuntu: apt-get install python3-venv"; }
fi

# One stamp a file, written only after its install succeeded: an interrupted install is done again.
stamp() { printf '.venv/.installed-%s' "$1"; }
wanted=() options=()
for file in "${files[@]}"; do
    [ "$(cat "$(stamp "$file")" 2>/dev/null)" = "$(sha256sum "$file")" ] || wanted+=("$file") options+=(-r "$file")
done
[ "${#wanted[@]}" -gt 0 ] || exit 0
say "Installing ${wanted[*]} (hash-locked; the first time takes up to a minute) …"
pip=(.venv/bin/python -m pip --disable-pip-version-check)
# The files name everything with its version, so pip need not work that out again; it compiles on one core alone.
"${pip[@]}" install --quiet --require-hashes --only-binary=:all: --no-deps --no-compile "${options[@]}" ||
    stop "The packages of ${wanted[*]} could not be installed; pip's message above says why. Nothing else was changed: run the same command again."
"${pip[@]}" check >/dev/null || stop "$("${pip[@]}" check)"
.venv/bin/python -m compileall -q -j 0 .venv/lib >/dev/null 2>&1 || true # some hold files for other Pythons
for file in "${wanted[@]}"; do
    sha256sum "$file" >"$(stamp "$file")"
done
