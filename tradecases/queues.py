"""Which queue each task waits in and how long it may take: what is slow in one queue holds up nothing in another.

The clock has its own queue, so has mail; `make worker` and compose.yaml start a process for each, and one for the rest.
A task that runs into its limit is ended: what it was at is a row of the database, and the next minute finds it again.
"""

from typing import Any, NamedTuple

from kombu import Queue


class Work(NamedTuple):
    """Where a task waits, and after how many minutes it is ended."""

    queue: str
    minutes: int


DESK = "celery"  # Celery's own: what a version before asked for waits there, too
TASKS = {
    "exclusions.run_clock": Work("clock", 20),
    "exclusions.deliver_outbox": Work("mail", 10),
    "exclusions.scan_waiting": Work("files", 20),
    "exclusions.make_thumbnails": Work("files", 20),
    "exclusions.read_files_again": Work("files", 20),
    "exclusions.set_letters": Work("letters", 20),
    "exclusions.post_webhooks": Work("webhooks", 10),
    "exclusions.staff_mail": Work(DESK, 10),
    "exclusions.bulk_sheets": Work(DESK, 20),
    "exclusions.dump_docket": Work(DESK, 20),
    "exclusions.propose_clusters": Work(DESK, 55),
}
NIGHTLY = frozenset({"exclusions.propose_clusters"})  # the first run of the clock in a day asks for them
QUEUES = tuple(dict.fromkeys(work.queue for work in TASKS.values()))
LONGEST = max(work.minutes for work in TASKS.values())
DROPPED = 180  # seconds after which a task that nobody took is dropped: the next minute has asked for it again
LAST_WORD = 30  # seconds between being told to end and being ended
# Seconds after which a task that a worker took and did not finish is given to another: longer than any may take.
VISIBILITY = LONGEST * 60 + 300


def queues() -> list[Queue]:
    """Return all queues: a worker that is told of none works on each."""
    return [Queue(name) for name in QUEUES]


def routes() -> dict[str, dict[str, str]]:
    """Return which queue each task waits in, as Celery takes it."""
    return {task: {"queue": work.queue} for task, work in TASKS.items()}


def limits() -> dict[str, dict[str, Any]]:
    """Return how many seconds each task may take, and how long it may wait, as Celery takes it."""
    return {
        task: {
            "soft_time_limit": work.minutes * 60,
            "time_limit": work.minutes * 60 + LAST_WORD,
            "expires": None if task in NIGHTLY else DROPPED,
        }
        for task, work in TASKS.items()
    }


# What Celery is told beside its settings in tradecases/settings.py, whatever the environment.
CELERY: dict[str, Any] = {
    "task_queues": queues(),
    "worker_prefetch_multiplier": 1,  # a task waits for whoever is free, not behind one that is slow
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    # A queue that is frozen must not hold who asks for a delivery, nor the worker once it is well again.
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 10,
        "max_retries": 0,
        "interval_start": 0,
    },
    "broker_connection_max_retries": None,  # the worker waits for its queue as long as that is away
    "broker_connection_retry_on_startup": True,
    "timezone": "America/New_York",
    "worker_hijack_root_logger": False,
}
