#!/usr/bin/env bash
# Prints the Python that .venv is made with: PYTHON, else the newest one here of those that the product is run with and
# that can make an environment, since each is quicker than the one before it; python3 where there is none of them.
set -euo pipefail
if [ -z "${PYTHON:-}" ]; then
    for PYTHON in python3.13 python3.12 python3.11 python3; do
        ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || break
    done
fi
printf '%s\n' "$PYTHON"
