#!/usr/bin/env bash
# make lock: the hash-locked forms of the .in files, for Python 3.11 and newer. Users need only pip to install them.
set -euo pipefail
cd "$(dirname "$0")/.."
# The command without its variable parts is the header of the file: no host and no path of one machine. Extras stay in
# the names: pip takes "coverage[toml]", which another package asks for, from a newer release than a bare "coverage" pins.
compile() { .venv/bin/uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links "$@"; }
compile requirements.in -o requirements.txt
compile -c requirements.txt requirements-dev.in -o requirements-dev.txt
compile -c requirements.txt requirements-s3.in -o requirements-s3.txt
if grep -nE 'https?://|--(extra-)?index-url|--find-links' requirements.txt requirements-dev.txt requirements-s3.txt; then
    echo "A lock file names an address (above). It must not: others install from elsewhere." >&2
    exit 1
fi
echo "Locked $(grep -c '==' requirements.txt) packages to run and $(grep -c '==' requirements-dev.txt) to develop."
