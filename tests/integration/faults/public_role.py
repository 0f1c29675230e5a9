"""A server process whose public pages read through a role of their own, and what it answers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.conftest import PROJECT
from tests.waiting import PATIENCE, answers, end, eventually, free_port

PASSWORD = "only-for-this-test"


@dataclass
class Server:
    """A server process and what it answers."""

    process: subprocess.Popen[bytes]
    port: int

    def ask(self, path: str, *, cookies: dict[str, str] | None = None, form: dict[str, str] | None = None,
            sent: str | None = None) -> Any:  # fmt: skip
        """Return (status, text, headers); `sent` is the body of a program's request."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
        if form is not None:
            headers["Content-Type"], sent = "application/x-www-form-urlencoded", urlencode(form)
        elif sent is not None:
            headers["Content-Type"] = "application/json"
        line.request("GET" if sent is None else "POST", path, sent, headers)
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        line.close()
        return answer.status, text, answer.headers


def url_of(user: str, password: str = "") -> str:
    """Return the address of the test's database for a role of it."""
    database = connection.settings_dict
    # A folder of sockets is written one way for Django and another for psycopg; loopback is the same for both.
    host = "127.0.0.1" if database["HOST"].startswith("/") else database["HOST"]
    who = f"{quote(user)}:{password}" if password else quote(user)
    return f"postgresql://{who}@{host}:{database['PORT'] or 5432}/{database['NAME']}"


def sign_in_as(name: str) -> str:
    """Return the address of the test's database for a role that `role` made."""
    return url_of(name, PASSWORD)


@contextmanager
def role(kind: str) -> Iterator[str]:
    """Make a role that may sign in and reads nothing; yield its name."""
    name = f"{kind}_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {name}")
            cursor.execute(f"DROP ROLE {name}")


@contextmanager
def public_role() -> Iterator[str]:
    """Make the role of the public, which reads what its command grants; yield its name."""
    with role("public_reader") as name:
        call_command("grant_public_role", name, verbosity=0)
        yield name


@contextmanager
def serving(
    reader: str, log: Path, *, first: str = "", count: int = 1, redis: str | None = None
) -> Iterator[list[Server]]:
    """Start gunicorn processes as `make run` does, on the test's database; `first` is the address of the first role,
    `redis` that of another Redis than the tests' own, "" for none."""
    started: list[Server] = []
    asked = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tradecases.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "STAFF_SECOND_FACTOR": "0",
        "DATABASE_URL": first or url_of(connection.settings_dict["USER"] or "root"),
        "PUBLIC_DATABASE_URL": sign_in_as(reader),
        "REDIS_URL": settings.REDIS_URL if redis is None else redis,
        "STORAGE_URL": settings.STORAGE_URL,
    }
    with log.open("wb") as lines:
        for _ in range(count):
            port = free_port()
            command = [sys.executable, "-m", "gunicorn", "tradecases.wsgi:application", "--bind", f"127.0.0.1:{port}",
                       "--worker-class", "gthread", "--workers", "1", "--threads", "2", "--no-control-socket",
                       "--log-level", "warning"]  # fmt: skip
            process = subprocess.Popen(command, cwd=PROJECT, env=asked, stdout=lines, stderr=lines)
            started.append(Server(process, port))
    try:
        for server in started:
            url = f"http://127.0.0.1:{server.port}/health/live"
            eventually(lambda url=url: answers(url), "the server answers", of=server.process)  # type: ignore[misc]
        yield started
    finally:
        end(*(server.process for server in started))
