#!/usr/bin/env bash
# make one T=…: the tests that T names (a file, a file::test, a folder; pytest's options may follow), on SQLite or, with
# ON=postgres, on PostgreSQL and Redis. The database is a copy of one that was migrated once (tests/migrated.py), made
# anew whenever a migration, a model or a package changes: there is nothing to reset.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${T:-}" ]; then
    echo "Name the tests: make one T=tests/unit/test_hts.py   (or T='tests/unit -k words', ON=postgres)" >&2
    exit 1
fi
unset DATABASE_URL REDIS_URL DEMO DEBUG BASE_URL ALLOWED_HOSTS EMAIL_URL STORAGE_URL CLAMD_URL SENTRY_DSN STATIC_MANIFEST
[ -x .venv/bin/pytest ] || bash .ci/install.sh dev
read -ra tests <<<"$T"
run=(.venv/bin/python -m pytest -q -p no:anyio "${tests[@]}")
[[ $T == *tests/functional* ]] || run+=(-p no:playwright) # a quarter of the start
[ "${ON:-}" != postgres ] || run=(.venv/bin/python .ci/services.py -- "${run[@]}")
exec "${run[@]}"
