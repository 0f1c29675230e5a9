"""Each task has a queue and an end, and each queue somebody who works on it alone where it must not wait for others."""

import re
from typing import Any

import yaml

from exclusions import tasks
from exclusions.management.beside_the_clock import ALL
from exclusions.management.beside_the_clock import NIGHTLY as BY_NIGHT
from tests.conftest import PROJECT
from tradecases.celery import app
from tradecases.queues import NIGHTLY, QUEUES, TASKS, VISIBILITY, limits, routes

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
CLOCK = "exclusions.run_clock"


def ours() -> set[str]:
    """The tasks of the product, as Celery knows them."""
    assert tasks
    return {name for name in app.tasks if not name.startswith("celery.")}


def worked_on(command: str) -> set[str]:
    """The queues that a command line of Celery names."""
    return {queue for found in re.findall(r" -Q (\S+)", command) for queue in found.split(",")}


def test_every_task_has_a_queue_and_a_time_after_which_it_is_ended() -> None:
    assert set(TASKS) == set(routes()) == set(limits()) == ours()
    for task in ours():
        limit = limits()[task]
        assert 0 < limit["soft_time_limit"] < limit["time_limit"]
        assert limit["time_limit"] < VISIBILITY, "another worker would be given it while one is at it"
        running = app.tasks[task]
        assert (running.soft_time_limit, running.time_limit) == (limit["soft_time_limit"], limit["time_limit"])


def test_the_clock_and_mail_share_their_queues_with_nothing() -> None:
    alone = {queue for queue in QUEUES if [work.queue for work in TASKS.values()].count(queue) == 1}
    assert {"clock", "mail", "letters", "webhooks"} <= alone
    assert TASKS["exclusions.scan_waiting"].queue not in {"clock", "mail", "letters", "webhooks"}


def test_a_worker_that_is_told_of_no_queue_works_on_all() -> None:
    assert {queue.name for queue in app.conf.task_queues} == set(QUEUES)


def test_what_is_started_works_on_each_queue_once_and_has_the_clock_by_itself() -> None:
    services = [" ".join(service.get("command") or []) for service in COMPOSE["services"].values()]
    script = re.findall(r"^(?:work|kept) (.*)$", (PROJECT / ".ci" / "worker.sh").read_text(), re.MULTILINE)
    for commands in (services, [f" {line}" for line in script]):
        named = [queue for command in commands for queue in worked_on(command)]
        assert sorted(named) == sorted(set(QUEUES) - {"clock"})
        assert next(worked_on(command) for command in commands if "mail" in worked_on(command)) == {"mail"}
        (clock,) = [command for command in commands if "run_clock" in command]
        assert "--every 60" in clock
        assert not worked_on(clock)


def test_whichever_clock_turns_asks_for_every_task() -> None:
    assert set(ALL) | {CLOCK} == ours()
    assert set(BY_NIGHT) == NIGHTLY
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == ours() - NIGHTLY
