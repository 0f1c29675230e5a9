#!/usr/bin/env bash
# make audit: known vulnerabilities of the locked packages. Its sources are on the open internet, so it is no gate:
# where they cannot be reached it says so.
set -euo pipefail
cd "$(dirname "$0")/.."
if .venv/bin/pip-audit --require-hashes --disable-pip -r requirements.txt; then
    echo "No known vulnerability in requirements.txt."
else
    echo "The audit found something, or could not reach its sources: the lines above tell which."
    exit 1
fi
