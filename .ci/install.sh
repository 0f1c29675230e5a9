#!/usr/bin/env bash
# Makes .venv and installs the hash-locked requirements; does nothing when they are unchanged.
# usage: .ci/install.sh [runtime|dev]
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=${1:-runtime}
python=${PYTHON:-python3}
files=(requirements.txt)
[ "$wanted" = runtime ] || files+=(requirements-dev.txt)

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
for file in "${files[@]}"; do
    stamp=.venv/.installed-$file
    hash=$(sha256sum "$file")
    [ "$(cat "$stamp" 2>/dev/null)" = "$hash" ] && continue
    say "Installing $file (hash-locked; the first time takes up to a minute) …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r "$file" ||
        stop "The packages of $file could not be installed; pip's message above says why. Nothing else was changed: run the same command again."
    printf '%s\n' "$hash" >"$stamp"
done
