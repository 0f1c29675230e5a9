#!/usr/bin/env bash
# make walks: random walks of the workflow on both databases. Arguments: how many on SQLite, how many at a time.
set -euo pipefail
cd "$(dirname "$0")/.."
walks=$1 jobs=$2
export SECRET_KEY=only-for-the-checks-and-tests-0123456789-0123456789
unset DATABASE_URL REDIS_URL
run=(.venv/bin/pytest tests/integration/walks -q -n "$jobs" -p no:playwright -p no:cacheprovider)
echo "$walks walks on SQLite."
WALKS=$walks "${run[@]}"
tenth=$(((walks + 9) / 10))
echo "$tenth walks on PostgreSQL."
WALKS=$tenth .venv/bin/python .ci/services.py -- "${run[@]}"
