#!/usr/bin/env bash
# make test: the whole bar. Every part runs, whatever the others said; a table at the end says how each went.
# STRICT=1 (continuous integration): a part that could not run counts as failed.
# ONLY='pattern' runs the parts whose name matches, for people in a hurry.
set -uo pipefail
cd "$(dirname "$0")/.."
strict=${STRICT:-}
export STRICT=${strict:-0}
py=.venv/bin
# What the person at the terminal has set for 'make run' must not leak into the tests.
unset DATABASE_URL REDIS_URL DEMO DEBUG BASE_URL ALLOWED_HOSTS EMAIL_URL STORAGE_URL CLAMD_URL SENTRY_DSN STATIC_MANIFEST
unset PYTHONDONTWRITEBYTECODE # else each of the test processes compiles every test anew
export SECRET_KEY=only-for-the-checks-and-tests-0123456789-0123456789

names=() results=() seconds=() failed=0
COULD_NOT_RUN=77

part() { # part NAME COMMAND…: run it under a header and remember how it went
    local name=$1 begun=$SECONDS status
    shift
    [[ -z ${ONLY:-} || $name =~ $ONLY ]] || return 0
    printf '\n======== %s ========\n' "$name"
    "$@" </dev/null
    status=$?
    names+=("$name") seconds+=($((SECONDS - begun)))
    case $status in
    0) results+=(passed) ;;
    "$COULD_NOT_RUN")
        results+=("could not run")
        [ "$STRICT" = 0 ] || failed=1
        ;;
    *) results+=(failed) failed=1 ;;
    esac
}

templates() {
    local files
    files=$(git ls-files --cached --others --exclude-standard 'templates/*.html' 2>/dev/null || find templates -name '*.html')
    [ -z "$files" ] || xargs "$py/djade" --check --target-version 5.2 <<<"$files"
}
api_schema() { "$py/python" manage.py spectacular --validate --fail-on-warn --file /dev/null && echo "The API schema is valid and complete."; }
manage() { "$py/python" -W error::DeprecationWarning manage.py "$@"; }
probed=(-m pytest -p tests.probes --probes-to=var/probes) # each line of the product notes that it ran
sqlite() {
    "$py/python" "${probed[@]}" tests/architecture tests/unit tests/integration -m "not postgres" "${workers[@]}" -q \
        -p no:playwright -p no:cov --statements-to="$statements"
}
postgres() { # what sends other statements than those before it; where SQLite's part did not run, everything
    local which=(-m "not any_database")
    [ ! -e "$statements" ] || which=(--repeat-statements-of="$statements")
    # Walks send whatever the product can send, so they would all be repeated; `make walks` walks there.
    "$py/python" .ci/services.py -- "$py/python" "${probed[@]}" tests/integration "${which[@]}" \
        --ignore=tests/integration/walks "${workers[@]}" -q -p no:playwright -p no:cov
}
browser() {
    if ! "$py/python" -m tests.chromium; then
        echo "The first part says how to get a Chromium."
        return "$COULD_NOT_RUN"
    fi
    local folder status
    folder=$(mktemp -d)
    TEST_SQLITE_FILE=$folder/browser.sqlite3 "$py/pytest" tests/functional "${workers[@]}" -q -p no:schemathesis \
        --output "$folder/results"
    status=$?
    rm -rf "$folder"
    return $status
}
branches() {
    if [ ! -e "$statements" ]; then
        echo "The tests on SQLite did not run, so there is nothing to add up."
        return "$COULD_NOT_RUN"
    fi
    "$py/python" -m tests.probes var/probes var/coverage/data &&
        "$py/coverage" report --sort=cover --fail-under=95
}
public_data() {
    local folder=${SHARED_DATA:-../shared/data}
    [ -d "$folder/hts" ] && echo "The public data are in $folder." && return 0
    echo "The public data (HTSUS editions, lists, exclusions, petitions) are not in $folder, so the tests of the"
    echo "loaders on whole real files are skipped. Set SHARED_DATA to the folder that has them."
    return "$COULD_NOT_RUN"
}

cores=$(nproc 2>/dev/null || echo 2)
jobs=$(((cores < 4 ? cores : 4) + 1)) # one more than the cores: a test that waits for a page leaves its core to another
workers=(-n "$jobs" --dist worksteal) # whoever is done takes over what waits behind a long test of another
statements=var/statements.json
PATH=$PATH:/usr/sbin:/sbin # clamd lies there
part "Programs" bash .ci/programs.sh
bash .ci/install.sh dev || exit 1
rm -rf var/probes var/coverage "$statements"

part "Public data" public_data
part "Python format (ruff)" "$py/ruff" format --check .
part "Python lint (ruff)" "$py/ruff" check .
part "Template format (djade)" templates
part "Layers (import-linter)" "$py/lint-imports"
part "Types (mypy --strict)" "$py/mypy"
part "Migrations complete" manage makemigrations --check --dry-run
part "Django checks" manage check --fail-level WARNING
part "API schema (OpenAPI 3.1)" api_schema
part "Workflow diagram" manage draw_workflow --check
part "Map of the rooms" "$py/python" .ci/rooms.py --check
part "Tests on SQLite" sqlite
part "Tests on PostgreSQL, Redis, worker" postgres
part "Tests in Chromium" browser
part "Branch coverage" branches

printf '\n%-38s %-14s %s\n' Part Result Seconds
for i in "${!names[@]}"; do printf '%-38s %-14s %7d\n' "${names[$i]}" "${results[$i]}" "${seconds[$i]}"; done
if [ "$failed" = 0 ]; then
    printf '\nEverything that ran passed'
    [[ " ${results[*]} " != *" could not run "* ]] || printf '; what could not run says above what it needs'
    printf '.\n'
else
    printf '\nThe bar is not met: see the parts above that failed%s.\n' "$([ "$STRICT" = 0 ] || echo ', or could not run')"
fi
exit "$failed"
