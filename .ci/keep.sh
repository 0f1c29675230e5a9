#!/usr/bin/env bash
# keep.sh COMMAND…: run a command, and again whenever it fails by itself, as a service manager does; TERM and INT end it.
# Celery's worker gives up with an error of its own when the queue goes away at the moment in which it takes a task.
set -uo pipefail
child='' asked=''
trap 'asked=1; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM INT
while [ -z "$asked" ]; do
    "$@" &
    child=$!
    wait "$child"
    status=$?
    while kill -0 "$child" 2>/dev/null; do # a signal ends the waiting, not the command
        wait "$child"
        status=$?
    done
    [ "$status" != 0 ] || exit 0
    [ -n "$asked" ] || { echo "It ended with status $status and is started again: $*" >&2 && sleep 1; }
done
exit "$status"
