"""A caller's complaint is followed by the lines of the log alone: "I pressed submit and got a page with this number".

A web server, a worker, PostgreSQL, Redis and a mail server are real; what leads on is the number and nothing else. The
runbook shows the same by hand (docs/monitoring/complaint.md).
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from exclusions.models import Petition, Round, User
from tests.conftest import PROJECT
from tests.factories.answers import CERTIFIED
from tests.factories.petitions import Journey
from tests.integration.core.test_worker import Mailbox, mailbox
from tests.integration.faults.parts import own_redis
from tests.integration.faults.seed_sessions import session_of
from tests.waiting import PATIENCE, end, eventually, free_port, listens

__all__ = ["mailbox"]  # a fixture
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TOKEN = "a" * 32
NUMBER = re.compile(r'give this number: <span class="tc-long">([0-9a-f-]{36})</span>')


class Stay(HTTPRedirectHandler):
    """Follows no redirect: its answer is the one that has the number."""

    def redirect_request(self, *_: Any) -> None:
        """Go nowhere."""


@dataclass
class Site:
    """A site at work: where it is, the files of its lines, and whose session asks."""

    host: str
    logs: list[Path]
    session: str

    def press(self, page: str, **sent: str) -> tuple[int, str, str]:
        """Send a form as somebody does who is signed in; return status, page, and the number in the head."""
        form = urlencode({"csrfmiddlewaretoken": TOKEN, **sent}).encode()
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        try:
            answer = build_opener(Stay).open(Request(f"{self.host}{page}", form, {"Cookie": cookies}), timeout=PATIENCE)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read().decode(), answer.headers["X-Request-ID"]

    def lines(self, number: str) -> dict[str, list[dict[str, Any]]]:
        """Return what is found in the log by a number alone, by what each line tells."""
        found: dict[str, list[dict[str, Any]]] = {}
        for text in (line for log in self.logs for line in log.read_text().splitlines() if number in line):
            line = json.loads(text)
            found.setdefault(line["event"], []).append(line)
        return found


def environment(redis: str, mail: int) -> dict[str, str]:
    """Return what the processes are told: the test's database, a Redis of their own, the mail server."""
    database = connection.settings_dict
    where = f"{quote(database['USER'])}@{database['HOST']}:{database['PORT'] or 5432}"
    where = f"/{database['HOST']}" if database["HOST"].startswith("/") else where
    kept = {name: value for name, value in os.environ.items() if name not in {"DEMO", "DEBUG", "PUBLIC_DATABASE_URL"}}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tradecases.settings",
        "DATABASE_URL": f"postgresql://{where}/{database['NAME']}",
        "REDIS_URL": redis,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
        "PYTHONWARNINGS": "ignore",
    }


@contextmanager
def running(command: list[str], log: Path, told: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process of the site, with all that it writes in a file."""
    with log.open("wb") as written:
        program = [sys.executable, "-m", *command]
        process = subprocess.Popen(program, cwd=PROJECT, env=told, stdout=written, stderr=written)
        try:
            yield process
        finally:
            end(process)


@pytest.fixture
def site(mailbox: tuple[Mailbox, int], importer: User, tmp_path: Path) -> Iterator[Site]:
    """A web server and a worker."""
    port, web, work = free_port(), tmp_path / "web", tmp_path / "worker"
    serve = ["gunicorn", "tradecases.wsgi:application", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    serve += ["--worker-class", "tradecases.serving.Worker", "--threads", "2"]
    celery = ["celery", "-A", "tradecases", "worker", "-c", "1", "-l", "WARNING"]
    with own_redis() as redis:
        told = environment(redis.url, mailbox[1])
        with running(serve, web, told) as server, running(celery, work, told):
            eventually(lambda: listens(port), "gunicorn answers", of=server)
            yield Site(f"http://127.0.0.1:{port}", [web, work], session_of(importer))


@pytest.fixture
def draft(journey: Callable[..., Journey]) -> Petition:
    """A draft whose window has not opened yet."""
    petition, now = journey().petition, timezone.now()
    Round.objects.filter(pk=petition.round_id).update(
        opens_at=now + timedelta(hours=1), closes_at=now + timedelta(days=9)
    )
    return petition


def test_a_number_leads_to_gate_statement_task_and_mail(
    site: Site, draft: Petition, importer: User, mailbox: tuple[Mailbox, int]
) -> None:
    page = f"/petitions/{draft.pk}/certify/"
    revision = {**CERTIFIED, "revision": str(draft.revision)}

    # "I pressed submit and was told that I cannot": the gate.
    status, text, number = site.press(page, **revision)
    assert status == 422
    assert NUMBER.findall(text) == [number]
    found = site.lines(number)
    (line,) = found["request"]
    assert (line["person"], line["route"], line["status"]) == (
        importer.pk,
        "petitions/<uuid:petition_id>/certify/",
        422,
    )
    (refused,) = found["refused"]
    assert (refused["transition"], refused["case"]) == ("submit", str(draft.pk))
    assert refused["gates"] == ["window_open"]

    # "… and was told to try again in a minute": the statement that the database did not carry out.
    Round.objects.filter(pk=draft.round_id).update(opens_at=timezone.now() - timedelta(hours=1))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE exclusions_petition IN ACCESS EXCLUSIVE MODE")
        status, text, number = site.press(page, **revision)
    assert status == 503
    assert NUMBER.findall(text) == [number]
    (failed,) = site.lines(number)["statement failed"]
    assert failed["cause"] == "LockNotAvailable"
    assert 'FROM "exclusions_petition"' in failed["statement"]

    # "It went through, and I have no mail": the task, the message, and the mail itself.
    status, text, number = site.press(page, **revision)
    assert status == 302, text
    eventually(lambda: bool(site.lines(number).get("message sent")), "a worker sent the receipt")
    eventually(lambda: bool(site.lines(number).get("task_succeeded")), "and said that the task is done")
    done = site.lines(number)
    assert {line["task"] for line in done["task_succeeded"]} == {"exclusions.deliver_outbox"}
    assert {line["task_id"] for line in done["message sent"]} <= {line["task_id"] for line in done["task_succeeded"]}
    assert {message["X-Request-ID"] for message in mailbox[0].messages} == {number}

    # And nothing of the petition or the person is in any line.
    everything = "".join(line for log in site.logs for line in log.read_text().splitlines() if line.startswith("{"))
    for word in (importer.email, str(importer), "127.0.0.1", site.session, TOKEN):
        assert word not in everything.replace(site.host, "")
    assert str(draft.organization) not in everything
