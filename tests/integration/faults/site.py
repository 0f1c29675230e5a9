"""A whole site with real processes on servers of its own: two web processes, a worker with its clock, mail in files."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.conftest import PROJECT
from tests.integration.faults.parts import Postgres, Redis
from tests.waiting import answers, end, eventually, free_port


@dataclass
class Site:
    """What runs, and where."""

    port: int
    database: str
    environment: dict[str, str]
    seeded: dict[str, Any]
    log: Path

    def manage(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a management command of the site."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command], cwd=PROJECT, env=self.environment, stdout=subprocess.DEVNULL
        )


def _environment(database: str, redis: str, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"PUBLIC_DATABASE_URL", "CLAMD_URL"}}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tradecases.settings",
        "SECRET_KEY": "only-for-this-test-" + "x" * 40,
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "STORAGE_URL": (folder / "files").as_uri(),
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",  # the first slash of the path is the address's own
        "BEHIND_PROXY": "1",  # each responder comes from a network of his own
        "DEMO": "1",
        "STAFF_SECOND_FACTOR": "0",
        "PYTHONWARNINGS": "ignore",
    }


@contextmanager
def a_site(postgres: Postgres, redis: Redis, folder: Path, *, drafts: int) -> Iterator[Site]:
    """Yield a site that serves, with so many drafts to submit."""
    database = postgres.create("site")
    site = Site(free_port(), database, _environment(database, redis.url, folder), {}, folder / "log")
    for command in (["migrate", "-v0"], ["load_shipped", "--lists-alone", "--rounds"]):
        process = site.manage(*command)
        assert process.wait() == 0, command
    seed = [sys.executable, "-m", "tests.integration.faults.seed", str(drafts + 1)]
    done = subprocess.run(seed, cwd=PROJECT, env=site.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    site.seeded.update(json.loads(done.stdout))
    web = [sys.executable, "-m", "gunicorn", "tradecases.wsgi:application", "--bind", f"127.0.0.1:{site.port}",
           "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--timeout", "60", "--no-control-socket",
           "--log-level", "warning"]  # fmt: skip
    # As a service manager keeps it: Celery gives up when its queue goes away just as it takes a task.
    work = [sys.executable, ".ci/keep.py", sys.executable, "-m", "celery", "-A", "tradecases", "worker", "--beat",
            "--schedule", str(folder / "beat"), "--concurrency", "1", "--loglevel", "WARNING"]  # fmt: skip
    with site.log.open("wb") as log:
        started = [
            subprocess.Popen(command, cwd=PROJECT, env=site.environment, stdout=log, stderr=log)
            for command in (web, work)
        ]
        try:
            eventually(partial(answers, f"http://127.0.0.1:{site.port}/health/ready"), "it serves", of=started[0])
            yield site
        finally:
            end(*started)
