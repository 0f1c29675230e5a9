#!/usr/bin/env bash
# make worker: the clock, a worker for mail and one for the rest, each in a process of its own, with what REDIS_URL names.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${REDIS_URL:-}" ]; then
    echo "There is no queue to work on: REDIS_URL is not set, so tasks run inside the web process." >&2
    echo "With a Redis: make worker REDIS_URL=redis://127.0.0.1:6379/0  (and the same for 'make run')" >&2
    exit 1
fi
bash .ci/install.sh runtime
mkdir -p var
if [ -z "${SECRET_KEY:-}" ] && [ -s var/secret_key ]; then SECRET_KEY=$(cat var/secret_key) && export SECRET_KEY; fi
started=()
kept() {
    .venv/bin/python .ci/keep.py "$@" &
    started+=($!)
}
work() { kept .venv/bin/celery -A tradecases worker --loglevel INFO "$@"; }
# What is slow in one holds up none of the others; the queues are those of tradecases/queues.py.
kept .venv/bin/python manage.py run_clock --every 60
work -Q mail -n mail@%h -c 1
work -Q files,letters,webhooks,celery -n worker@%h -c "${WORKERS:-2}"
# Whatever ends one of them ends all.
trap 'kill "${started[@]}" 2>/dev/null || true; wait' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
wait -n "${started[@]}"
