"""Beside four strangers at any door that takes a text or a file, one process of four threads goes on answering others.

The doors are those of the table of all addresses that answer a stranger's POST: a new one without a row here fails.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.models import ExclusionNumber, Petition, PublicPetition
from tests.conftest import PROJECT
from tests.factories.addresses import addresses
from tests.factories.world import World
from tests.integration.core.test_every_url_every_role import ROWS
from tests.integration.faults.public_role import url_of
from tests.integration.fuzz.senders import WATCHED, Sent, bodies, hostile_files, long_texts, quiet, storm, tables
from tests.waiting import answers, end, eventually, free_port

MOST = 2.0  # seconds that anybody else waits
NUMBERS = ["8481803090", "8413810040"]
# What strangers send to each door: texts and files.
DOORS: dict[str, Callable[[list[str]], list[Sent]]] = {
    "refunds": tables,
    "api-refunds": bodies,
    "watch": lambda numbers: long_texts("key", "email"),
    "help-describe": lambda numbers: long_texts("text"),
    "listed-comment": lambda numbers: long_texts("text"),
    "docket-respond": lambda numbers: [*long_texts("explanation"), *hostile_files("public_documents")],
    "docket-respond-replace": lambda numbers: hostile_files("public_documents"),
    "docket-respond-take-down": lambda numbers: long_texts("reason"),
    "account_login": lambda numbers: long_texts("login", "password"),
    "account_signup": lambda numbers: long_texts("email", "password1"),
    "account_reset_password": lambda numbers: long_texts("email"),
    "account_reset_password_from_key": lambda numbers: long_texts("password1"),
}
# Doors of a stranger that take a click alone.
CLICKS = {"watch-confirm", "watch-stop", "mail-stop", "listed-comment-confirm", "listed-comment-withdraw", "session",
          "docket-respond-confirm", "docket-respond-withdraw",
          "docket-respond-many-confirm", "api-not-found", "account_confirm_email"}  # fmt: skip


def of_world(world: World) -> dict[str, str]:
    """Return the addresses at which strangers may send something, by name."""
    ours = {name: reverse(name, kwargs=row.arguments(world)) for name, row in ROWS.items() if row.may_post("anonymous")}
    library = {one.name: one.url for one in addresses() if one.name.startswith("account_")}
    return ours | library


def test_every_door_of_a_stranger_has_a_row(world: World) -> None:
    taken = set()
    with zeal_ignore():
        for name, url in of_world(world).items():
            client = Client(raise_request_exception=False)
            answer = client.post(url, {"a": "b"})
            if answer.status_code not in {301, 403, 405} and not (answer.status_code == 302 and name not in CLICKS):
                taken.add(name)
    assert taken - CLICKS == set(DOORS)


@pytest.fixture
def port(tmp_path: Path, transactional_db: None) -> Iterator[int]:
    """Serve the test's database from one process of four threads, behind a proxy that names the senders."""
    found = free_port()
    kept = {name: value for name, value in os.environ.items() if name != "PUBLIC_DATABASE_URL"}
    asked = {
        **kept, "DJANGO_SETTINGS_MODULE": "tradecases.settings", "SECRET_KEY": settings.SECRET_KEY, "DEMO": "1",
        "DATABASE_URL": url_of(connection.settings_dict["USER"] or "root"), "REDIS_URL": settings.REDIS_URL,
        "STORAGE_URL": settings.STORAGE_URL, "BEHIND_PROXY": "1", "EMAIL_URL": f"filemail:///{tmp_path / 'mail'}",
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "tradecases.wsgi:application", "--bind", f"127.0.0.1:{found}",
               "--worker-class", "tradecases.serving.Worker", "--workers", "1", "--threads", "4",
               "--no-control-socket", "--log-level", "error"]  # fmt: skip
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=PROJECT, env=asked, stdout=log, stderr=log)
        try:
            eventually(lambda: answers(f"http://127.0.0.1:{found}/health/live"), "it serves", of=server)
            yield found
        finally:
            end(server)


@pytest.mark.postgres
@pytest.mark.deep(
    "test_reading_ends_where_nobody_would_go_on and test_one_network_sends_so_many_tables_a_minute try the bounds."
)
@pytest.mark.django_db(transaction=True)
def test_others_wait_two_seconds_at_most_beside_four_senders_at_any_door(world: World, port: int) -> None:
    call_command("load_shipped")
    for model in (Petition, PublicPetition):  # the world's responses closed in 2019, and the servers' clock is today's
        model.objects.filter(reference=world.posted.reference).update(
            response_closes_at=datetime(2099, 1, 1, tzinfo=UTC)
        )
    numbers = sorted(set(ExclusionNumber.objects.order_by("number").values_list("number", flat=True))) or NUMBERS
    urls, told = of_world(world), {"nobody sends": quiet(port)}
    for name, made in DOORS.items():
        for sent in made(numbers):
            longest, statuses = storm(port, urls[name], sent)
            told[f"{name}: {sent.what} {dict(statuses)}"] = longest
    for what, longest in told.items():
        sys.stdout.write(f"{what}: " + ", ".join(f"{path} {longest[path]:.2f} s" for path in WATCHED) + "\n")
    assert {what: longest for what, longest in told.items() if max(longest.values()) > MOST} == {}
    assert not [what for what in told if "500:" in what]
