"""The version before and this one on one Redis and one database, both serving, while people are at work on either.

It is run where it is asked for, serves for so many seconds, and prints what was answered:
TWO_VERSIONS=300 make one T=tests/integration/upgrading/test_two_versions.py ON=postgres
"""

import json
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import PROJECT, cannot_run
from tests.integration.faults.crowd import Crowd, Phase
from tests.integration.faults.parts import own_postgres, own_redis
from tests.integration.faults.site import Site, _environment
from tests.upgrades.sites import unpack
from tests.waiting import answers, end, eventually, free_port

SECONDS = float(os.environ.get("TWO_VERSIONS", "0"))
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not SECONDS, reason="TWO_VERSIONS says for how many seconds both serve."),
]
BEFORE = "81927450"  # the version before this one
DRAFTS = 40 + int(SECONDS * 2)


def version_before(folder: Path) -> Path:
    """Unpack the code of the version before into a folder."""
    packed = subprocess.run(["git", "archive", BEFORE], cwd=PROJECT, capture_output=True, check=False)
    if packed.returncode:
        cannot_run("the history of the code is not here.")
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as found:
        unpack(found, folder)
    return folder


def run(tree: Path, environment: dict[str, str], *command: str) -> str:
    """Run a command with the code of a tree; return what it says."""
    done = subprocess.run(
        [sys.executable, *command], cwd=tree, env={**environment, "PYTHONPATH": str(tree)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-4000:])
    return done.stdout


@contextmanager
def web(tree: Path, site: Site) -> Iterator[Site]:
    """Serve with the code of a tree."""
    command = [sys.executable, "-m", "gunicorn", "tradecases.wsgi:application", "--bind", f"127.0.0.1:{site.port}",
               "--worker-class", "gthread", "--workers", "1", "--threads", "8", "--timeout", "60",
               "--no-control-socket", "--log-level", "warning"]  # fmt: skip
    with site.log.open("wb") as log:
        asked = {**site.environment, "PYTHONPATH": str(tree)}
        process = subprocess.Popen(command, cwd=tree, env=asked, stdout=log, stderr=log)
        try:
            eventually(partial(answers, f"http://127.0.0.1:{site.port}/health/live"), "it serves", of=process)
            yield site
        finally:
            end(process)


def told(name: str, phase: Phase, seconds: float) -> str:
    """Say what one version answered."""
    refused = ", ".join(f"{count} answers {status}" for status, count in sorted(phase.refused.items())) or "none"
    filed = f"{len(phase.submitted)} submitted, {len(phase.saved)} saved, {len(phase.responded)} responses"
    return f"{name}: {phase.asked} requests in {seconds:.0f} s, not 200 or 302: {refused}; {filed}"


def test_both_serve_at_once_and_neither_breaks_the_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = version_before(tmp_path / "before"), PROJECT
    with own_postgres() as postgres, own_redis() as redis:
        environment = _environment(postgres.create("both"), redis.url, tmp_path)
        run(old, environment, "manage.py", "migrate", "-v0")
        run(old, environment, "manage.py", "load_shipped", "--lists-alone", "--rounds")
        seeded = json.loads(run(old, environment, "-m", "tests.integration.faults.seed", str(DRAFTS + 1)))
        halves = [{**seeded, "drafts": seeded["drafts"][part::2]} for part in range(2)]
        sites = [
            Site(free_port(), environment["DATABASE_URL"], environment, half, tmp_path / f"log{part}")
            for part, half in enumerate(halves)
        ]
        with web(old, sites[0]):
            run(new, {**environment, "MAINTENANCE": "1"}, "manage.py", "migrate", "-v0")
            with web(new, sites[1]):
                crowds = [Crowd(site) for site in sites]
                phases = [crowd.begin("both") for crowd in crowds]
                for crowd in crowds:
                    crowd.start()
                time.sleep(SECONDS)
                for crowd in crowds:
                    crowd.stop()
        lines = [told(name, phase, SECONDS) for name, phase in zip(("before", "this one"), phases, strict=True)]
        checked = subprocess.run(
            [sys.executable, "manage.py", "verify_record"], cwd=new, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        rows = [line for line in checked.stderr.splitlines() if ": row " in line and "break(s)" not in line]
        kinds = sorted({line.partition(": row ")[2].partition(" ")[2] for line in rows})
        with capsys.disabled():
            sys.stdout.write("\n".join(["", *lines, f"verify_record: {checked.returncode}", *kinds[:9], ""]))
        assert [crowd.broken for crowd in crowds] == [[], []]
        assert [{status for status in phase.refused if status.startswith("5")} for phase in phases] == [set(), set()]
        assert all(phase.submitted and phase.responded for phase in phases)
        assert all("Traceback" not in site.log.read_text() for site in sites)
