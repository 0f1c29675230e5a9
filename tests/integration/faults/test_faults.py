"""Parts are taken away from a whole site at work; afterwards what everybody was told is compared with the record.

In the bar each fault lasts until everybody has met it. FAULT_SECONDS=60 lets each last so long, for the table in
docs/runbook.md, which the test prints: FAULT_SECONDS=60 make one T=tests/integration/faults/test_faults.py ON=postgres
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from exclusions.gateways.database import limits
from tests.integration.faults.crowd import Crowd, Phase
from tests.integration.faults.parts import Postgres, Redis, own_postgres, own_redis
from tests.integration.faults.site import Site, a_site
from tests.waiting import eventually

pytestmark = pytest.mark.postgres

SECONDS = float(os.environ.get("FAULT_SECONDS", "0"))
KINDS = ("filer", "responder", "reader", "reviewer")
DRAFTS = 40 + int(SECONDS * 8)
# No request waits as long as its fault lasts: at most for the client's own limit, and for a busy machine.
LONGEST = 2 * limits.ANSWER
Fault = Callable[[], AbstractContextManager[None]]


@contextmanager
def during(begin: Callable[[], None], finish: Callable[[], None]) -> Iterator[None]:
    """Do one thing, and another afterwards whatever happened."""
    begin()
    try:
        yield
    finally:
        finish()


def restart(part: Postgres | Redis) -> None:
    """End a part and start it again at once."""
    part.stop()
    part.start()


def two_clocks(site: Site) -> None:
    """Let two clocks beside the worker's do what is due, at the same time."""
    for clock in [site.manage("run_clock") for _ in range(2)]:
        assert clock.wait() == 0


def faults(site: Site, postgres: Postgres, redis: Redis) -> dict[str, Fault]:
    """Return each fault by its name; as long as it is held, it lasts."""
    nothing = lambda: None  # noqa: E731
    return {
        "none": partial(during, nothing, nothing),
        "Redis gone": partial(during, redis.stop, redis.start),
        "Redis frozen": partial(during, redis.freeze, redis.thaw),
        "Redis restarted empty": partial(during, partial(restart, redis), nothing),
        "PostgreSQL restarted": partial(during, partial(restart, postgres), nothing),
        "PostgreSQL gone": partial(during, postgres.stop, postgres.start),
        "connections used up": partial(postgres.full, site.database),
        "petitions locked": partial(postgres.locked, site.database, "exclusions_petition"),
        "PostgreSQL frozen": partial(during, postgres.freeze, postgres.thaw),
        "three clocks": partial(during, partial(two_clocks, site), nothing),
    }


def met_by_all(phase: Phase) -> bool:
    """Whether everybody has asked often enough in this phase to have met its fault."""
    return all(phase.asked_by[kind] >= 3 for kind in KINDS)


def go_through(crowd: Crowd, name: str, fault: Fault) -> None:
    """Let one fault last, lift it, and wait until everybody is served again."""
    phase = crowd.begin(name)
    with fault():
        if SECONDS:
            time.sleep(SECONDS)
        else:
            eventually(lambda: met_by_all(phase) or bool(crowd.broken), f"everybody met: {name}")
    before = dict(phase.served)
    begun = time.monotonic()
    eventually(lambda: all(phase.served[kind] > before.get(kind, 0) for kind in KINDS), f"all are served after: {name}")
    phase.healed = time.monotonic() - begun
    takes_something(crowd, phase, name)


def takes_something(crowd: Crowd, phase: Phase, name: str) -> None:
    """Wait until a filer and a responder were told from now on that something of theirs was taken."""
    filed, responded = len(phase.filed), len(phase.responded)
    eventually(
        lambda: bool(crowd.broken) or (len(phase.filed) > filed and len(phase.responded) > responded),
        f"something is taken again after: {name}",
    )


class Record:
    """What the database holds of what people were told."""

    def __init__(self, site: Site, crowd: Crowd) -> None:
        self._site, self._crowd = site, crowd

    def _rows(self, statement: str, *values: Any) -> set[str]:
        with psycopg.connect(self._site.database) as line:
            return {str(row[0]) for row in line.execute(statement, values).fetchall()}

    def lost(self, phase: Phase) -> list[str]:
        """Return what was acknowledged in a phase and is not on record."""
        filed = self._rows(
            "SELECT id FROM exclusions_petition WHERE status <> 'draft' AND reference IS NOT NULL "
            "AND id = ANY(%s::uuid[])",
            phase.submitted,
        )
        received = self._rows("SELECT email FROM exclusions_response WHERE email = ANY(%s)", phase.responded)
        kept = self._rows("SELECT file_name FROM exclusions_document WHERE file_name = ANY(%s)", phase.attached)
        last = {draft: name for found in self._crowd.phases for draft, name in found.saved}
        mine = {name for draft, name in phase.saved if last[draft] == name and draft not in self._crowd.unsure}
        name = "answers ->> 'product_name'"
        saved = self._rows(f"SELECT {name} FROM exclusions_petitionversion WHERE {name} = ANY(%s)", list(mine))
        told = {*phase.submitted, *phase.responded, *phase.attached, *mine}
        return sorted(told - filed - received - kept - saved)

    def twice(self) -> set[str]:
        """Return what happened twice and may happen once."""
        return self._rows(
            "SELECT subject FROM exclusions_event WHERE kind = 'submit' GROUP BY subject HAVING count(*) > 1"
        ) | self._rows("SELECT reference FROM exclusions_petition GROUP BY reference HAVING count(reference) > 1")

    def unsent(self) -> set[str]:
        """Return the messages that wait in the outbox, each with what became of its attempts."""
        return self._rows(
            "SELECT concat_ws(' ', id, template, created_at, attempts, last_error) FROM exclusions_notification "
            "WHERE sent_at IS NULL"
        )


def all_is_sent(record: Record, site: Site) -> None:
    """Wait until the worker has sent all mail: as long as some goes out, it is at work on the rest."""
    left = len(record.unsent())
    while left:
        eventually(
            lambda: len(record.unsent()) < left,  # noqa: B023 - called before the next round
            f"the worker goes on with {left} messages; the site said:\n{site.log.read_text()[-4000:]}",
        )
        left = len(record.unsent())


def table(phases: list[Phase], lost: dict[str, list[str]]) -> str:
    """Return the table of the record."""
    lines = ["| fault | requests | not 200 or 302 | acknowledged and lost | slowest | served again after |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    for phase in phases:
        refused = ", ".join(f"{count} answers {status}" for status, count in sorted(phase.refused.items())) or "0"
        told = len({*phase.filed, *phase.responded})
        lines.append(
            f"| {phase.fault} | {phase.asked:,} | {refused} | {len(lost[phase.fault])} of {told} | "
            f"{phase.slowest:.1f} s | {phase.healed:.1f} s |"
        )
    return "\n".join(lines)


@pytest.mark.deep("test_a_worker_sends_what_a_committed_transaction_left has no faults.")
def test_nothing_acknowledged_is_lost_and_everything_heals_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with own_postgres() as postgres, own_redis() as redis, a_site(postgres, redis, tmp_path, drafts=DRAFTS) as site:
        crowd = Crowd(site)
        before = crowd.begin("before")
        crowd.start()
        try:
            takes_something(crowd, before, "the start")
            for name, fault in faults(site, postgres, redis).items():
                go_through(crowd, name, fault)
        finally:
            crowd.stop()
        record = Record(site, crowd)
        phases = crowd.phases[1:]
        lost = {phase.fault: record.lost(phase) for phase in phases}
        with capsys.disabled():
            sys.stdout.write(f"\n{table(phases, lost)}\n")
        assert crowd.broken == []
        others = {phase.fault: phase.refused.keys() - {"503", "503 ready"} for phase in phases}
        assert {fault: found for fault, found in others.items() if found} == {}
        assert {fault: found for fault, found in lost.items() if found} == {}
        assert record.twice() == set()
        assert {phase.slowest_page: phase.slowest for phase in phases if phase.slowest > LONGEST} == {}
        assert sum(len(phase.submitted) for phase in phases) > 0
        all_is_sent(record, site)
        assert "Internal Server Error" not in site.log.read_text()
