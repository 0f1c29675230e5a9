#!/usr/bin/env bash
# make run: from a fresh clone to a served demonstration. Safe to run again: it adds what is missing and loses nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
export HOST=${HOST:-127.0.0.1} PORT=${PORT:-8000}

# Each step is one line that begins with `step`, or one of `first_run`, whatever it finds to do: they are counted.
steps=6
step() { printf '\n== Step %d of %d: %s\n' "$((reached += 1))" "$steps" "$*"; }
reached=0
stop() { printf '%s\n' "$*" >&2; exit 1; }
manage() { .venv/bin/python manage.py "$@"; }

[[ $PORT =~ ^[0-9]+$ ]] || stop "PORT=$PORT is not a number. For example: make run PORT=8001"
PYTHON=$(bash .ci/python.sh)
command -v "$PYTHON" >/dev/null || stop "Python is missing: install Python 3.11 or newer."
# Asked before anything else, so that nobody waits for an install only to be refused.
"$PYTHON" - "$HOST" "$PORT" <<'PY' || exit 1
import errno, socket, sys
host, port = sys.argv[1], int(sys.argv[2])
family = socket.AF_INET6 if ":" in host else socket.AF_INET
with socket.socket(family) as sock:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except (OSError, OverflowError) as error:
        taken = getattr(error, "errno", None) == errno.EADDRINUSE
        sys.exit(
            f"Cannot serve on {host}:{port}: {getattr(error, 'strerror', None) or error}.\n"
            + ("Perhaps it is being served there already. " if taken else "")
            + f"To serve elsewhere: make run HOST=127.0.0.1 PORT={port + 1 if port < 65000 else 8001}"
        )
PY

step "Install the packages"
bash .ci/install.sh runtime
echo "The packages of requirements.txt are installed in .venv."

export DEMO=${DEMO:-1} BASE_URL=${BASE_URL:-http://$HOST:$PORT}
export ALLOWED_HOSTS=${ALLOWED_HOSTS:-127.0.0.1,localhost,[::1],$HOST}
# Served to the network on purpose: answer to this machine's own names too.
[ "$HOST" != 0.0.0.0 ] || ALLOWED_HOSTS+=",$(hostname),$(hostname -I 2>/dev/null | tr ' ' ',')"
mkdir -p var/static && chmod 700 var
if [ -z "${SECRET_KEY:-}" ]; then
    # Kept, so that people stay signed in over a restart.
    [ -s var/secret_key ] ||
        (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))' >var/secret_key)
    SECRET_KEY=$(cat var/secret_key) && export SECRET_KEY
fi

# It asks no database: another core does it beside the next steps, and is waited for below.
export STATIC_MANIFEST=${STATIC_MANIFEST:-1}
manifest=var/static/staticfiles.json compressing=""
if [ "$STATIC_MANIFEST" = 1 ] &&
    { [ ! -e $manifest ] || [ -n "$(find static requirements.txt tradecases/static_files.py -newer $manifest -print -quit)" ]; }; then
    manage collectstatic --no-input --verbosity 0 >var/static.log 2>&1 &
    compressing=$!
    trap 'kill "$compressing" 2>/dev/null || true' EXIT
fi

where=var/tradecases.sqlite3
[ -z "${DATABASE_URL:-}" ] || where="the database that DATABASE_URL names"
step "Make the tables in $where"
# It takes the next two steps, too, in the same process. Whoever is served from there meanwhile gets the maintenance page
# while the tables are changed.
PYTHONUNBUFFERED=1 manage first_run --reached "$reached" --of "$steps" | awk '
    /^(Operations to perform|  Apply all migrations|Running migrations):/ || /^  No migrations to apply/ { next }
    /^  Applying / && !/ exclusions\./ || /^ OK$/ { next }
    { print; fflush() }'
reached=$((reached + 2))

step "Compress style sheets, scripts and fonts"
if [ -n "$compressing" ] && ! wait "$compressing"; then
    cat var/static.log >&2
    stop "They could not be compressed: the lines above say why."
fi
trap - EXIT
echo "They are up to date in var/static."

step "Serve http://$HOST:$PORT   (Ctrl-C stops; the data stays in var/, mail is written to var/mail/)"
if [ -n "${REDIS_URL:-}" ]; then
    echo "REDIS_URL is set: start 'make worker' in another terminal, or nothing is sent and no clock runs."
    workers=2
else
    # One process: sign-in limits are counted in its memory. The clock turns beside it.
    workers=1
    (while sleep 60; do manage run_clock || true; done) >>var/clock.log 2>&1 &
    clock=$!
fi
.venv/bin/gunicorn tradecases.wsgi:application --bind "$HOST:$PORT" --worker-class tradecases.serving.Worker \
    --workers "${WORKERS:-$workers}" --threads 8 --timeout 60 --keep-alive 5 --no-control-socket --log-level warning &
server=$!
# Whatever ends this script ends what it started.
trap 'kill "$server" ${clock:-} 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
trap 'echo; echo "Stopped. The data stays in var/."; exit 0' INT
trap 'exit 143' TERM
wait "$server"
