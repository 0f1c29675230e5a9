"""A real PgBouncer in transaction mode between the site and its database: everybody gets his own rows."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from exclusions.gateways.database import limits
from exclusions.gateways.database.postgresql.validation import UNDECLARED
from tests.conftest import PROJECT
from tests.integration.faults.crowd import Crowd, Phase
from tests.integration.faults.parts import Postgres, own_postgres, own_redis
from tests.integration.faults.pooler import pooler, through
from tests.integration.faults.site import Site, a_site
from tests.waiting import answers, eventually, free_port

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
KEPT = ("0", "200")  # statements that the pooler keeps of a client (max_prepared_statements)
ASKED = 500  # by each of two people


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


@pytest.fixture
def role(database: str) -> Iterator[str]:
    """Give the role of the site what the runbook says; take it away afterwards."""
    name = str(psycopg.conninfo.conninfo_to_dict(database)["user"])
    with psycopg.connect(database, autocommit=True) as line:
        for setting, value in limits.OF_ROLE.items():
            line.execute(f"ALTER ROLE \"{name}\" SET {setting} = '{value}'")
        yield name
        line.execute(f'ALTER ROLE "{name}" RESET ALL')


@contextmanager
def way(url: str, port: int, *, limited: bool = True, **declared: Any) -> Iterator[Any]:
    """Yield a connection of the product through the pooler, with the limits that a request has."""
    settings = {**connections["default"].settings_dict, "NAME": url.rpartition("/")[2], "HOST": "127.0.0.1"}
    settings |= {"PORT": str(port), "USER": str(psycopg.conninfo.conninfo_to_dict(url)["user"])}
    made = type(connections["default"])({**settings, "POOLED": True, **declared}, "default")
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
                for number in range(50):
                    with made.cursor() as cursor:
                        cursor.execute(f"SELECT kind FROM {kind}_rows WHERE n = %s", [number % 50 + 1])
                        found += [(kind, str(row[0])) for row in cursor.fetchall()]
        return found

    with ThreadPoolExecutor(8) as people:
        return [one for answers in people.map(ask, ["public", "private"] * 4) for one in answers]


@pytest.mark.parametrize("kept", KEPT)
def test_each_statement_has_its_own_answer(database: str, kept: str) -> None:
    with pooler(database, "transaction", pool=3, max_prepared_statements=kept) as port:
        found = kinds_answered(database, port)
    assert len(found) == 8 * 2 * 50
    assert all(asked == kind for asked, kind in found)


def told_by_server(made: Any) -> dict[str, str]:
    """Return the settings that hold on a connection, by name, with those that were set on its session."""
    with made.cursor() as cursor:
        cursor.execute(
            "SELECT lower(name), current_setting(name), source FROM pg_settings WHERE lower(name) = ANY(%s)",
            [list(limits.OF_ROLE)],
        )
        return {name: value + (" of the session" if source == "session" else "") for name, value, source in cursor}


WITH_LIMITS = {"statement_timeout": "6s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "1min",
               "random_page_cost": "1.1", "jit": "off", "timezone": "UTC"}  # fmt: skip


def test_the_limits_are_those_of_the_role_and_nothing_is_set_on_a_session(database: str, role: str) -> None:
    with pooler(database, "transaction") as port:
        for limited in (True, False):
            with way(database, port, limited=limited) as made:
                assert told_by_server(made) == WITH_LIMITS


def test_long_jobs_go_round_the_pooler_and_have_no_limits(database: str, role: str) -> None:
    asked = psycopg.conninfo.conninfo_to_dict(database)
    direct = {"HOST": str(asked["host"]), "PORT": str(asked["port"])}
    with pooler(database, "transaction") as port:
        with way(database, port, DIRECT=direct) as page:
            assert told_by_server(page)["statement_timeout"] == "6s"
            assert page.connection.info.port == port
        with way(database, port, limited=False, DIRECT=direct) as job:
            told = told_by_server(job)
            assert [told[name] for name in limits.FREED] == ["0", "0", "0"]
            assert job.connection.info.port == int(direct["PORT"])


def test_a_check_names_what_the_role_lacks_in_words_that_set_it(database: str) -> None:
    with pooler(database, "transaction") as port, way(database, port) as made:
        (warned,) = made.validation.check()
        assert warned.id == "exclusions.W001"
        for name in WITH_LIMITS.keys() - {"timezone"}:
            assert f"SET {name} = '{limits.OF_ROLE[name]}';" in warned.hint
        with psycopg.connect(database, autocommit=True) as line:
            line.execute(warned.hint)
        try:
            with pooler(database, "transaction") as another, way(database, another) as later:
                assert later.validation.check() == []
                assert told_by_server(later) == WITH_LIMITS
        finally:
            with psycopg.connect(database, autocommit=True) as line:
                line.execute("ALTER ROLE CURRENT_USER RESET ALL")


def test_a_check_tells_of_a_pooler_that_is_not_declared(database: str) -> None:
    for ignored in ("", "options"):
        with (
            pooler(database, "transaction", ignore_startup_parameters=ignored) as port,
            way(database, port, POOLED=False) as made,
        ):
            assert [(one.id, one.msg) for one in made.validation.check()] == [("exclusions.E001", UNDECLARED)]
    port = int(str(psycopg.conninfo.conninfo_to_dict(database)["port"]))
    with way(database, port, POOLED=False) as made:
        assert made.validation.check() == []


class _Through(Postgres):
    """The same server, by addresses that lead through a pooler; long jobs go to it directly."""

    def __init__(self, server: Postgres, port: int, patch: pytest.MonkeyPatch) -> None:
        self._server, self._port, self._patch = server, port, patch

    def create(self, name: str) -> str:
        """Make a database; return its address through the pooler."""
        direct = self._server.create(name)
        self._patch.setenv("DIRECT_DATABASE_URL", direct)
        return through(direct, self._port)


def test_filers_responders_readers_and_staff_are_served(
    server: Postgres, database: str, role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB_POOLED", "1")
    port = free_port()
    with own_redis() as redis, ExitStack() as first:
        first.enter_context(pooler(database, "transaction", port=port, pool=5, max_prepared_statements=KEPT[0]))
        with a_site(_Through(server, port, monkeypatch), redis, tmp_path, drafts=24) as site:
            drafts = site.seeded["drafts"]
            serves_everybody(site, drafts[:12])
            first.close()
            with pooler(database, "transaction", port=port, pool=5, max_prepared_statements=KEPT[1]):
                eventually(lambda: answers(f"http://127.0.0.1:{site.port}/health/ready"), "it serves again")
                serves_everybody(site, drafts[12:])
                done = manage(site, "verify_record")
                assert (done.returncode, done.stdout.strip()) == (0, "The record is whole."), done.stderr
                done = manage(site, "check", "--database=default")
                assert (done.returncode, "exclusions.W001" in done.stderr) == (0, False), done.stderr


def serves_everybody(site: Site, drafts: list[str]) -> None:
    """Let everybody work until each was served; meanwhile two people ask again and again who they are."""
    site.seeded["drafts"] = drafts
    crowd = Crowd(site)
    phase = crowd.begin("transaction mode")
    crowd.start()
    try:
        with ThreadPoolExecutor(2) as two:
            found = two.map(lambda who: others_of(crowd, who), ["filer", "reviewer"])
            wrong = [one for some in found for one in some]
        eventually(lambda: bool(crowd.broken) or is_served(phase), "everybody is served")
    finally:
        crowd.stop()
    assert wrong == []
    assert crowd.broken == []
    assert phase.refused == {}


def others_of(crowd: Crowd, who: str) -> list[Any]:
    """Return for whom the site took one of two people, other than himself."""
    own, found = crowd.site.seeded["keys"][who], []
    for _ in range(ASKED):
        status, text, _phase = crowd.ask(who, "/accounts/session/", session=crowd.site.seeded[who])
        person = json.loads(text)["person"] if status == 200 else f"{status}: {text[:100]}"
        found += [person] if person != own else []
    return found


def manage(site: Site, *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env={**os.environ, **site.environment},
        capture_output=True,
        text=True,
        timeout=180,
    )


def is_served(phase: Phase) -> bool:
    """Whether filers submitted, responders responded, and readers and staff read."""
    read = phase.served["reader"] > 40 and phase.served["reviewer"] > 5
    return read and len(phase.submitted) > 3 and len(phase.responded) > 3
