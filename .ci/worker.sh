#!/usr/bin/env bash
# make worker: a Celery worker and its clock (beat) in one process group, for the queue that REDIS_URL names.
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
exec .venv/bin/python .ci/keep.py .venv/bin/celery -A tradecases worker --beat --schedule var/celerybeat-schedule \
    --concurrency "${WORKERS:-2}" --loglevel INFO
