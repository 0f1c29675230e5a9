"""Background work counted, where all processes and machines see it: in the shared cache, in plain numbers for ever."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache

OUTCOMES = ("success", "failure")


def names() -> tuple[str, ...]:
    """Return the names of the tasks: each has its limits of time."""
    return tuple(settings.CELERY_TASK_ANNOTATIONS)


def ended(task: str, outcome: str, seconds: float) -> None:
    """Count the end of a task, how long it took, and when that was."""
    if task not in names():
        return
    for key, more in ((_key(task, outcome), 1), (_key(task, "ms"), round(seconds * 1000))):
        cache.add(key, 0, None)
        cache.incr(key, more)
    if outcome == "success":
        cache.set(_key(task, "last"), int(time.time()), None)


@contextmanager
def counted(task: str) -> Iterator[None]:
    """Count a task that is done without the queue."""
    began = time.perf_counter()
    outcome = "failure"
    try:
        yield
        outcome = "success"
    finally:
        ended(task, outcome, time.perf_counter() - began)


def task_counts() -> dict[tuple[str, str], int]:
    """Return the counts of each task: {(task, "success" | "failure" | "ms" | "last"): number}; 0 where it never ran."""
    asked = {(task, what): _key(task, what) for task in names() for what in (*OUTCOMES, "ms", "last")}
    kept = cache.get_many(asked.values())
    return {name: int(kept.get(key, 0)) for name, key in asked.items()}


def _key(task: str, what: str) -> str:
    return f"observed:{task}:{what}"
