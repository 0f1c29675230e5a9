#!/usr/bin/env bash
# make audit: known vulnerabilities of the locked packages. Its sources are on the open internet, so it is no gate; but
# it never says that nothing is known where nothing was looked up: pip-audit passes over a package that its source does
# not have and still ends with success.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0
found=$(.venv/bin/pip-audit --require-hashes --disable-pip -r requirements.txt 2>&1) || status=$?
printf '%s\n' "$found"
unknown=$(grep -c 'could not be audited' <<<"$found" || true)
if ((status != 0)); then
    echo "The audit found something, or could not reach its sources: the lines above tell which."
    exit 1
elif ((unknown > 0)); then
    echo "Not checked: $unknown package(s) of requirements.txt could not be looked up, and nothing is known about them. Let pip" \
        "reach an index that publishes advisories, then say 'make audit' again."
    exit 1
fi
echo "No known vulnerability in requirements.txt."
