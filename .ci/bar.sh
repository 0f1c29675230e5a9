#!/usr/bin/env bash
# make test: the whole bar. Every part runs, whatever the others said; a table at the end says how each went.
# STRICT=1 (continuous integration): a part that could not run counts as failed. DEEP=1 unless DEEP says otherwise.
# DEEP=1: also the tests that take long and have a quicker kin (tests/depth.py).
# COVERED=1: measures which lines and branches the tests run, which takes longer. COVERED is what STRICT is unless it says.
# ONLY='pattern' runs the parts whose name matches, for people in a hurry: one after the other, shown as they go.
# Without ONLY, parts that do not need each other run at the same time; what each says is shown when it ends.
set -uo pipefail
cd "$(dirname "$0")/.."
strict=${STRICT:-}
export STRICT=${strict:-0}
export DEEP=${DEEP:-$STRICT}
covered=${COVERED:-$STRICT}
py=.venv/bin
# What the person at the terminal has set for 'make run' must not leak into the tests.
unset DATABASE_URL REDIS_URL DEMO DEBUG BASE_URL ALLOWED_HOSTS EMAIL_URL STORAGE_URL CLAMD_URL SENTRY_DSN STATIC_MANIFEST
unset PYTHONDONTWRITEBYTECODE # else each of the test processes compiles every test anew
export SECRET_KEY=only-for-the-checks-and-tests-0123456789-0123456789

COULD_NOT_RUN=77 LEFT_OUT=78
MOST=60m # of one part of the tests; the longest takes a quarter of an hour on two quiet cores
record=var/bar # what each part says and how it went
coverage=var/coverage
beside="" interrupted="" # set where other parts run at the same time; where nothing more shall run

part() { # part NAME COMMAND…: run it, show what it says under a header, and note how it went
    local name=$1 begun=$SECONDS place=${BASH_LINENO[0]} status
    shift
    [[ -z ${ONLY:-} || $name =~ $ONLY ]] || return 0
    [ -z "$interrupted" ] || exit 130
    if [ -z "$beside" ]; then
        printf '\n======== %s ========\n' "$name"
        "$@" </dev/null
        status=$?
    else
        "$@" </dev/null >"$record/$place.log" 2>&1
        status=$?
        { flock 9 && printf '\n======== %s ========\n' "$name" && cat "$record/$place.log"; } 9>"$record/lock"
    fi
    printf '%d\t%s\t%d\t%d\n' "$place" "$name" "$status" $((SECONDS - begun)) >>"$record/ended"
    [ -z "$interrupted" ] || exit 130
}
together() { # together ROW…: run these functions, each with its parts in turn, at the same time; return after the last
    local row rows=()
    if [ -n "${ONLY:-}" ]; then
        for row; do "$row"; done
        return
    fi
    printf '\nSide by side, each shown when it ends; meanwhile: tail -f %s/*.log\n' "$record"
    set -m # each in a process group of its own, which an interrupt ends whole
    # `jobs`, not `rows`: a row runs a moment before it is noted there, and one that is not told would be waited for.
    trap 'for row in $(jobs -p); do kill -INT -- "-$row"; done 2>/dev/null; wait; exit 130' INT TERM
    for row; do
        (
            trap 'interrupted=yes' INT # its part has a last word
            beside=yes jobs=$cores # those of the other row use what a waiting test leaves
            "$row"
        ) &
        rows+=($!)
    done
    wait "${rows[@]}"
    trap - INT TERM
    set +m
}

templates() {
    local files
    files=$(git ls-files --cached --others --exclude-standard 'templates/*.html' 2>/dev/null || find templates -name '*.html')
    [ -z "$files" ] || xargs "$py/djade" --check --target-version 5.2 <<<"$files"
}
api_schema() { "$py/python" manage.py spectacular --validate --fail-on-warn --file /dev/null && echo "The API schema is valid and complete."; }
manage() { "$py/python" -W error::DeprecationWarning manage.py "$@"; }
checks() { EMAIL_URL=smtp://mail.example:25 manage check --fail-level WARNING; } # a site without mail is warned
measured() { # measured DATABASE WORD…: pytest with these words; where asked for, what it runs of the product is noted
    local command=("$py/python")
    [ "$1" != postgres ] || command+=(.ci/services.py -- "$py/python")
    # What a test left hanging behind itself must not hold the bar for ever.
    ! command -v timeout >/dev/null || command=(timeout --foreground --kill-after=60 "$MOST" "${command[@]}")
    [ "$covered" = 0 ] || command+=(-m slipcover --fail-under 0 --json --out "$coverage/$1.json")
    "${command[@]}" -m pytest "${@:2}" -n "$jobs" "${spread[@]}" -q -p no:playwright
}
ready() { # what the test processes would wait for, or make each for itself: compiled modules and a migrated database
    "$py/python" -m pytest -p no:playwright -q tests --ignore-glob='tests/functional*' \
        -k test_a_process_has_a_migrated_database
}
sqlite() {
    measured sqlite tests/architecture tests/unit tests/integration -m "not postgres"
}
postgres() { # what each database has its own way with; DEEP=1: everything
    local which=(-m "postgres or both_databases")
    [ "$DEEP" = 0 ] || which=()
    measured postgres tests/integration "${which[@]}"
}
browser() {
    if ! "$py/python" -m tests.chromium; then
        echo "The first part says how to get a Chromium."
        return "$COULD_NOT_RUN"
    fi
    "$py/pytest" tests/functional -n "$jobs" "${spread[@]}" -q -p no:schemathesis --output "$record/results"
}
branches() { # the least is in pyproject.toml
    [ "$covered" != 0 ] || return "$LEFT_OUT"
    if [ ! -e "$coverage/sqlite.json" ]; then
        echo "The tests on SQLite did not run, so there is nothing to add up."
        return "$COULD_NOT_RUN"
    fi
    "$py/python" -m slipcover --skip-covered --out "$coverage/whole.json" --merge "$coverage"/*.json
}
public_data() {
    local folder=${SHARED_DATA:-../shared/data}
    [ -d "$folder/hts" ] && echo "The public data are in $folder." && return 0
    echo "The public data (HTSUS editions, lists, exclusions, petitions) are not in $folder, so the tests of the"
    echo "loaders on whole real files are skipped. Set SHARED_DATA to the folder that has them."
    return "$COULD_NOT_RUN"
}

cores=$(nproc 2>/dev/null || echo 2)
cores=$((cores < 4 ? cores : 4))
jobs=$((cores + 1))       # one more than the cores: a test that waits for a page leaves its core to another
spread=(--dist worksteal) # whoever is done takes over what waits behind a long test of another
PATH=$PATH:/usr/sbin:/sbin # clamd lies there
rm -rf "$record" "$coverage"
mkdir -p "$record" "$coverage"
part "Programs" bash .ci/programs.sh
bash .ci/install.sh dev || exit 1

rules() {
    part "Public data" public_data
    part "Python format (ruff)" "$py/ruff" format --check .
    part "Python lint (ruff)" "$py/ruff" check .
    part "Template format (djade)" templates
    part "Layers (import-linter)" "$py/lint-imports"
    part "Migrations complete" manage makemigrations --check --dry-run
    part "Django checks" checks
    part "API schema (OpenAPI 3.1)" api_schema
    part "Workflow diagram" manage draw_workflow --check
}
# textstat brings a package of its own called tests, before which ours has to be found.
types() { part "Types (mypy --strict)" env PYTHONPATH=. "$py/mypy"; }
first() { part "Ready for the tests" ready; }
on_sqlite() { part "Tests on SQLite" sqlite; } # by far the longest
elsewhere() { # together they take half of its time; a browser and a database server leave cores free, which it fills
    part "Tests in Chromium" browser
    part "Tests on PostgreSQL, Redis, worker" postgres
}

together types rules first
together on_sqlite elsewhere
part "Branch coverage" branches

failed=0 lacking=0
printf '\n%-38s %-14s %s\n' Part Result Seconds
while IFS=$'\t' read -r _ name status seconds; do
    case $status in
    0) result=passed ;;
    "$COULD_NOT_RUN") result="could not run" lacking=1 ;;
    "$LEFT_OUT") result="left out" ;;
    *) result=failed failed=1 ;;
    esac
    printf '%-38s %-14s %7d\n' "$name" "$result" "$seconds"
done < <(sort -n "$record/ended" 2>/dev/null)
[ "$STRICT" = 0 ] || [ "$lacking" = 0 ] || failed=1
[ "$DEEP" != 0 ] || printf '\nLeft out: tests that take long and have a quicker kin. DEEP=1 runs them.\n'
[ "$covered" != 0 ] || printf '\nLeft out: which lines and branches the tests run. COVERED=1 measures it.\n'
printf '\nThe whole took %d minutes and %d seconds, some of it side by side.\n' $((SECONDS / 60)) $((SECONDS % 60))
if [ "$failed" = 0 ]; then
    printf '\nEverything that ran passed'
    [ "$lacking" = 0 ] || printf '; what could not run says above what it needs'
    printf '.\n'
else
    printf '\nThe bar is not met: see the parts above that failed%s.\n' "$([ "$STRICT" = 0 ] || echo ', or could not run')"
fi
exit "$failed"
