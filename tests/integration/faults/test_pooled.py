"""A real PgBouncer between the site and its database: what is refused, with which words, and what is served."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg
import pytest
from django.db import connections

from exclusions.gateways.database import limits, pooled
from exclusions.gateways.database.pooled import BehindPooler
from tests.conftest import PROJECT
from tests.integration.faults.crowd import Crowd, Phase
from tests.integration.faults.parts import Postgres, own_postgres, own_redis
from tests.integration.faults.pooler import pooler, through
from tests.integration.faults.site import a_site
from tests.waiting import PATIENCE, answers, end, eventually, free_port

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
TRANSACTION = [
    ("transaction", {"max_prepared_statements": "0"}),
    ("transaction", {"max_prepared_statements": "200"}),
    ("transaction", {"max_prepared_statements": "0", "ignore_startup_parameters": "extra_float_digits,options"}),
    ("transaction", {"max_prepared_statements": "200", "ignore_startup_parameters": "extra_float_digits,options"}),
    ("session", {}),  # nobody said so
]


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """Start a PostgreSQL of our own."""
    with own_postgres() as found:
        yield found


@pytest.fixture(scope="module")
def database(server: Postgres) -> str:
    """Make a database with two kinds of rows, which must never be taken for each other."""
    url = server.create("pooled")
    with psycopg.connect(url, autocommit=True) as line:
        line.execute("CREATE TABLE public_rows AS SELECT n, 'public' AS kind FROM generate_series(1, 50) n")
        line.execute("CREATE TABLE private_rows AS SELECT n, 'private' AS kind FROM generate_series(1, 50) n")
    return url


@contextmanager
def way(url: str, port: int, *, declared: str = "", limited: bool = True) -> Iterator[Any]:
    """Yield a connection of the product through the pooler, with the limits that a request has."""
    settings = {**connections["default"].settings_dict, "NAME": url.rpartition("/")[2], "HOST": "127.0.0.1"}
    settings |= {"PORT": str(port), "USER": str(psycopg.conninfo.conninfo_to_dict(url)["user"]), "POOLED": declared}
    made = type(connections["default"])(settings, "default")
    token = limits._lifted.set(not limited)
    try:
        yield made
    finally:
        limits._lifted.reset(token)
        made.close()


def kinds_answered(url: str, port: int) -> list[tuple[str, str]]:
    """Ask for public rows on some connections and for private ones on others, all at once; return who got what."""

    def ask(kind: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for limited in (True, False):
            with way(url, port, limited=limited) as made:
                for number in range(20):
                    try:
                        with made.prepared_cursor() as cursor:
                            cursor.execute(f"SELECT kind FROM {kind}_rows WHERE n = %s", [number + 1])
                            found += [(kind, str(row[0])) for row in cursor.fetchall()]
                    except BehindPooler:
                        continue
        return found

    with ThreadPoolExecutor(8) as people:
        return [one for answers in people.map(ask, ["public", "private"] * 4) for one in answers]


@pytest.mark.parametrize(("mode", "more"), TRANSACTION)
def test_a_pooler_that_nobody_declared_is_refused_with_a_sentence_and_answers_nothing(
    database: str, mode: str, more: dict[str, str]
) -> None:
    with pooler(database, mode, pool=3, **more) as port:
        assert kinds_answered(database, port) == []  # neither right rows nor wrong ones
        for limited in (True, False):
            with way(database, port, limited=limited) as made, pytest.raises(BehindPooler) as refused:
                made.ensure_connection()
            assert "DB_POOLED=session" in str(refused.value)
            assert "DATABASE_URL" in str(refused.value)


def test_options_that_the_pooler_does_not_know_are_refused_with_what_to_set(database: str) -> None:
    words = "ignore_startup_parameters = extra_float_digits,options"
    with pooler(database, "transaction") as port, way(database, port) as made, pytest.raises(BehindPooler, match=words):
        made.ensure_connection()


def test_a_line_to_the_server_itself_is_what_it_says_it_is(database: str) -> None:
    port = int(psycopg.conninfo.conninfo_to_dict(database)["port"])
    found = kinds_answered(database, port)
    assert len(found) == 8 * 2 * 20
    assert all(asked == kind for asked, kind in found)


def told_by_server(made: Any) -> dict[str, str]:
    with made.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) name", [list(WITH_LIMITS)])
        return dict(cursor.fetchall())


WITH_LIMITS = {"statement_timeout": "6s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "1min",
               "random_page_cost": "1.1", "jit": "off"}  # fmt: skip


def test_declared_session_mode_serves_and_keeps_the_limits(database: str) -> None:
    with pooler(database, "session") as port, way(database, port, declared="session") as made:
        assert told_by_server(made) == WITH_LIMITS
        with made.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM public_rows")
            assert cursor.fetchone() == (50,)
        with way(database, port, declared="session", limited=False) as job:
            assert told_by_server(job)["statement_timeout"] == "0"


def test_a_pooler_that_is_declared_to_be_what_it_is_not_is_found_out_at_the_start(database: str) -> None:
    more = {"ignore_startup_parameters": "options"}
    with pooler(database, "transaction", **more) as port, way(database, port, declared="session") as made:
        made.ensure_connection()
        with pytest.raises(BehindPooler, match="pool_mode = session"):
            pooled._refuse_transaction_mode(made)
    with pooler(database, "session") as port, way(database, port, declared="session") as made:
        made.ensure_connection()
        pooled._refuse_transaction_mode(made)


def run(url: str, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    asked = {**os.environ, "DJANGO_SETTINGS_MODULE": "tradecases.settings", "SECRET_KEY": "x" * 50, "DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env={**asked, **environment},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_commands_and_the_start_of_a_server_say_what_to_set(database: str) -> None:
    with pooler(database, "transaction", ignore_startup_parameters="options") as port:
        url = through(database, port)
        for command in (
            ["manage.py", "verify_record"],
            ["manage.py", "migrate"],
            ["manage.py", "check", "--database=default"],
        ):
            done = run(url, *command)
            assert done.returncode == 1, done
            assert pooled.UNDECLARED in done.stderr
            assert "Traceback" not in done.stderr
        bind = ["--bind", f"127.0.0.1:{free_port()}", "--no-control-socket"]
        served = run(url, "-m", "gunicorn", "tradecases.wsgi:application", *bind)
        assert served.returncode == 3  # gunicorn's word for a worker that could not start
        assert pooled.UNDECLARED in served.stderr


def test_pages_are_answered_503_where_a_pooler_comes_in_between_later(database: str, tmp_path: Path) -> None:
    port, served = free_port(), free_port()
    asked = {**os.environ, "DJANGO_SETTINGS_MODULE": "tradecases.settings", "SECRET_KEY": "x" * 50, "REDIS_URL": ""}
    command = [sys.executable, "-m", "gunicorn", "tradecases.wsgi:application", "--bind", f"127.0.0.1:{served}",
               "--worker-class", "gthread", "--no-control-socket", "--log-level", "warning"]  # fmt: skip
    log = tmp_path / "log"
    with log.open("wb") as lines:
        site = subprocess.Popen(
            command, cwd=PROJECT, env={**asked, "DATABASE_URL": through(database, port)}, stdout=lines, stderr=lines
        )
    try:
        eventually(lambda: answers(f"http://127.0.0.1:{served}/health/live"), "it lives without a database", of=site)
        with pooler(database, "transaction", port=port, ignore_startup_parameters="options"):
            for path in ("/", "/docket/", "/docket.csv", "/api/v1/docket/", "/health/ready"):
                with pytest.raises(HTTPError) as refused:
                    urlopen(f"http://127.0.0.1:{served}{path}", timeout=PATIENCE)
                refused.value.close()
                assert refused.value.code == 503, path
            eventually(lambda: pooled.UNDECLARED in log.read_text(), "the log says what to set")
    finally:
        end(site)


class _Through(Postgres):
    """The same server, by addresses that lead through a pooler."""

    def __init__(self, server: Postgres, port: int) -> None:
        self._server, self._port = server, port

    def create(self, name: str) -> str:
        """Make a database; return its address through the pooler."""
        return through(self._server.create(name), self._port)


def test_declared_session_mode_serves_filers_responders_readers_and_staff(
    server: Postgres, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_POOLED", "session")
    with (
        pooler(database, "session", pool=80) as port,
        own_redis() as redis,
        a_site(_Through(server, port), redis, tmp_path, drafts=12) as site,
    ):
        crowd = Crowd(site)
        phase = crowd.begin("session mode")
        crowd.start()
        try:
            eventually(lambda: bool(crowd.broken) or is_served(phase), "everybody is served")
        finally:
            crowd.stop()
        assert crowd.broken == []
        assert phase.refused == {}
        done = run(site.database, "manage.py", "verify_record", **site.environment)
        assert (done.returncode, done.stdout.strip()) == (0, "The record is whole."), done.stderr


def is_served(phase: Phase) -> bool:
    """Whether filers submitted, responders responded, and readers and staff read."""
    read = phase.served["reader"] > 40 and phase.served["reviewer"] > 5
    return read and len(phase.submitted) > 5 and len(phase.responded) > 5
