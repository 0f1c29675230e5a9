"""The site closed for an upgrade: who is answered what, on every node, without a database."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations import Migration
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from exclusions.gateways.database import serving
from exclusions.gateways.outages import maintenance
from exclusions.tasks import run_clock_now
from tests.conftest import PROJECT
from tests.factories.addresses import addresses
from tests.integration.faults.public_role import Server
from tests.waiting import end, eventually, free_port, listens

SENTENCE = "This site is closed for a short time while we work on it."


@pytest.fixture
def closed() -> Iterator[None]:
    """Close the site, as an operator does."""
    call_command("maintenance", "on", reason="Upgrade", until="2999-12-01T18:00", stdout=StringIO())
    yield
    call_command("maintenance", "off", stdout=StringIO())


def test_every_address_answers_with_the_page_and_asks_no_database(closed: None) -> None:
    client = Client()  # this test may ask no database: pytest refuses it
    wrong = {}
    for address in addresses():
        for ask in (client.get, client.post):
            answer: Any = ask(address.url)
            expected = 200 if address.name == "health-live" and ask == client.get else 503
            if address.name == "health-live" and ask == client.post:
                expected = 405
            if answer.status_code != expected or (expected == 503 and not int(answer["Retry-After"]) >= 60):
                wrong[address.url] = answer.status_code
    assert wrong == {}


@pytest.mark.django_db  # for the end of a file's answer, at which Django looks after its connections
def test_people_and_programs_are_told_why_and_until_when(closed: None) -> None:
    page = Client().get("/docket/")
    assert SENTENCE in page.content.decode()
    assert "Upgrade. We expect to open it again by" in page.content.decode()
    assert page["Retry-After"] == "3600"
    assert page["Cache-Control"] == "no-store"
    assert "frame-ancestors" in page["Content-Security-Policy"]
    problem = Client().get("/api/v1/docket/")
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json()["title"] == "Closed for maintenance"
    ready = Client().get("/health/ready")
    assert (ready.status_code, ready.json()) == (503, {"ready": False, "parts": {"maintenance": "on"}})
    sheet = Client().get("/static/css/site.css")
    sheet.close()
    assert sheet.status_code == 200


def test_what_was_typed_comes_back_with_the_page(closed: None) -> None:
    sent = Client(headers={"Origin": "http://testserver"}).post("/docket/X/respond/", {"position": "We object."})
    assert sent.status_code == 503
    assert "We object." in sent.content.decode()
    assert "We did not receive what you sent." in sent.content.decode()


def test_one_variable_closes_one_process(settings: Settings) -> None:
    settings.MAINTENANCE = True
    assert Client().get("/").status_code == 503
    assert Client().get("/health/live").status_code == 200


def test_worker_and_clock_rest(closed: None) -> None:
    assert "closed for maintenance" in run_clock_now.apply().result
    said = StringIO()
    call_command("run_clock", stdout=said)
    assert said.getvalue().startswith("Nothing was done")


def test_status_and_a_wrong_time() -> None:
    said = StringIO()
    call_command("maintenance", "status", stdout=said)
    call_command("maintenance", "on", reason="Upgrade", stdout=said)
    call_command("maintenance", "off", stdout=said)
    first, second, third = said.getvalue().splitlines()
    assert first == third == "The site is open."
    assert second.endswith("Upgrade")
    with pytest.raises(CommandError, match="2026-12-01T18:00"):
        call_command("maintenance", "on", until="tomorrow")


def stopping(words: str) -> Migration:
    migration = Migration("0999_planted", "exclusions")
    migration.serving = words  # type: ignore[attr-defined]
    return migration


@pytest.mark.django_db
def test_a_migration_that_must_stop_others_does_not_begin_while_the_site_is_open() -> None:
    plan = [(stopping("must stop: it takes a column away."), False)]
    with pytest.raises(CommandError, match=r"0999_planted.*takes a column away.*MAINTENANCE=1"):
        serving.refuse_while_serving(using="default", plan=plan)
    with pytest.raises(CommandError, match="says nothing"):
        serving.refuse_while_serving(using="default", plan=[(stopping(""), False)])
    serving.refuse_while_serving(using="default", plan=[(stopping("may go on: a table."), False)])
    serving.refuse_while_serving(using="default", plan=[(plan[0][0], True)])
    maintenance.begin("Upgrade", since=timezone.now())
    serving.refuse_while_serving(using="default", plan=plan)


@pytest.mark.django_db
def test_an_empty_database_is_never_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving.MigrationRecorder, "applied_migrations", lambda self: {("auth", "0001_initial"): None})
    serving.refuse_while_serving(using="default", plan=[(stopping("must stop: a reason."), False)])


@pytest.mark.django_db
def test_an_upgrade_opens_the_site_again_also_where_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def migrate(*_: Any, **__: Any) -> None:
        seen.append(maintenance.current() is not None)
        if len(seen) == 2:
            raise CommandError("It failed.")

    monkeypatch.setattr("exclusions.management.commands.upgrade.call_command", migrate)
    call_command("upgrade")
    assert maintenance.current() is None
    with pytest.raises(CommandError, match="It failed"):
        call_command("upgrade")
    assert maintenance.current() is None
    maintenance.begin("A long one", since=datetime.now(UTC) - timedelta(hours=1))
    call_command("upgrade")
    assert seen == [True, True, True]
    assert maintenance.current() is not None  # it was closed by somebody else


def test_a_store_that_is_away_leaves_the_site_as_it_was_seen(closed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert maintenance.current() is not None
    monkeypatch.setattr(maintenance, "SECONDS", 0)

    def away(storage: Any) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(maintenance, "_read", away)
    assert maintenance.current() is not None


def test_every_process_sees_the_switch(tmp_path: Path, settings: Settings) -> None:
    port = free_port()
    asked = {"PATH": "", "DJANGO_SETTINGS_MODULE": "tradecases.settings", "SECRET_KEY": "x" * 50, "PYTHONPATH": ".",
             "STORAGE_URL": settings.STORAGE_URL, "DATABASE_URL": f"sqlite:///{tmp_path / 'none'}"}  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "tradecases.wsgi:application", "--bind", f"127.0.0.1:{port}",
               "--workers", "2", "--no-control-socket", "--log-level", "warning"]  # fmt: skip
    server = Server(subprocess.Popen(command, cwd=PROJECT, env=asked), port)

    def manage(*what: str) -> None:
        subprocess.run([sys.executable, "manage.py", "maintenance", *what], cwd=PROJECT, env=asked, check=True)

    def all_say(closed: bool) -> bool:
        return all((SENTENCE in server.ask("/help/")[1]) == closed for _ in range(8))

    try:
        eventually(lambda: listens(port), "it takes connections", of=server.process)
        manage("on", "--reason", "Upgrade")
        eventually(lambda: all_say(True), "both processes show the page")
        manage("off")
        eventually(lambda: all_say(False), "both are open")
    finally:
        end(server.process)
