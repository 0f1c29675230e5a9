"""What a person, a script and a program are told while a part beneath the site is away."""

import errno
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import get_commands
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django.fixtures import Settings

from exclusions.gateways.database import limits
from exclusions.gateways.documents.object_store import StoreAway
from exclusions.gateways.outages.trouble import is_trouble
from exclusions.models import User
from exclusions.views.core import unavailable
from exclusions.views.core.unavailable import SENTENCE
from tests.conftest import Clock, keep_files_at
from tests.factories.cast import SignedIn
from tests.factories.files import pdf
from tests.factories.petitions import Journey
from tests.factories.typed import typed
from tradecases import settings as product

SECRET, TYPED = "correct-horse-battery", "Slabs of <quartz> & glue"
# Commands of ours that ask little: the limits hold for them as for a page.
SHORT = {
    "after_restore",
    "changepassword",
    "create_token",
    "createsuperuser",
    "draw_workflow",
    "grant_public_role",
    "list_copy",
    "maintenance",
    "resend_mail",
    "unreadable_factors",
}


def caused(kind: type[Exception], cause: BaseException) -> Exception:
    error = kind("what the database said")
    error.__cause__ = cause
    return error


def sqlite_error(statement: str, folder: Path) -> sqlite3.Error:
    """Return what SQLite says to a statement while another connection writes."""
    file = folder / "a.sqlite3"
    with closing(sqlite3.connect(file)) as writer, closing(sqlite3.connect(file, timeout=0)) as other:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.Error) as met:
            other.execute(statement)
    return met.value


@pytest.mark.parametrize(
    "cause",
    [
        psycopg.errors.LockNotAvailable(),
        psycopg.errors.QueryCanceled(),
        psycopg.errors.TooManyConnections(),
        psycopg.errors.AdminShutdown(),
        psycopg.errors.DiskFull(),
        psycopg.errors.DeadlockDetected(),
        psycopg.errors.ConnectionTimeout(),
        psycopg.OperationalError("the connection is closed"),
    ],
    ids=lambda cause: type(cause).__name__,
)
def test_what_postgresql_says_of_itself_is_trouble(cause: psycopg.Error) -> None:
    assert is_trouble(caused(OperationalError, cause))


def test_a_locked_sqlite_is_trouble_and_a_wrong_statement_is_not(tmp_path: Path) -> None:
    locked, wrong = (sqlite_error(statement, tmp_path) for statement in ("BEGIN IMMEDIATE", "SELECT * FROM nothing"))
    assert is_trouble(caused(OperationalError, locked))
    assert not is_trouble(caused(OperationalError, wrong))


def test_a_full_disk_and_a_store_that_is_away_are_trouble() -> None:
    assert is_trouble(OSError(errno.ENOSPC, "No space left on device"))
    assert is_trouble(StoreAway("The file store does not work."))
    assert is_trouble(caused(InterfaceError, psycopg.InterfaceError()))


@pytest.mark.parametrize(
    "error",
    [
        ValueError(),
        OSError(errno.ENOENT, "No such file"),
        caused(IntegrityError, psycopg.errors.UniqueViolation()),
        caused(OperationalError, psycopg.errors.UndefinedFunction()),
        caused(InterfaceError, sqlite3.InterfaceError()),
    ],
    ids=lambda error: type(error).__name__,
)
def test_faults_of_the_program_are_no_trouble(error: Exception) -> None:
    assert not is_trouble(error)


@pytest.fixture
def broken(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve the site, and addresses whose database has just been lost."""

    def lost(request: HttpRequest) -> HttpResponse:
        raise caused(OperationalError, psycopg.errors.AdminShutdown())

    def library(request: HttpRequest) -> HttpResponse:
        return lost(request)

    library.__module__ = "allauth.account.views"  # where the account library's pages are
    urls = ModuleType("lost_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        path("lost/", lost),
        path("accounts/password/reset/", library),
        path("api/v1/lost/", lost),
        path("", include("tradecases.urls")),
    ]
    urls.handler500 = "exclusions.views.core.errors.server_error"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "lost_urls", urls)
    settings.ROOT_URLCONF = "lost_urls"
    monkeypatch.setattr(unavailable, "_told", {})
    with connection.execute_wrapper(refuse):
        yield


def refuse(*_: object) -> None:
    """Stand for a database that is gone."""
    raise caused(OperationalError, psycopg.OperationalError("the connection is lost"))


def told(answer: Any) -> str:
    """Assert that it is a whole answer for trouble; return its text."""
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "no-store" in answer["Cache-Control"]
    return str(answer.content.decode())


@pytest.mark.django_db
def test_a_page_says_it_without_asking_the_database(broken: None) -> None:
    text = told(Client().get("/lost/"))
    assert SENTENCE in text
    assert "<form method" not in text


@pytest.mark.django_db
def test_what_was_typed_comes_back_and_can_be_sent_again_but_no_secret(broken: None) -> None:
    sent = {"product": TYPED, "lines": "one\ntwo", "password": SECRET, "new_password1": SECRET}
    text = told(Client().post("/lost/?step=1", sent))
    assert "Slabs of &lt;quartz&gt; &amp; glue</textarea>" in text
    assert "one\ntwo</textarea>" in text
    assert 'action="/lost/?step=1"' in text
    assert 'name="csrfmiddlewaretoken"' in text
    assert SECRET not in text


@pytest.mark.django_db
def test_of_the_account_library_the_address_alone_comes_back(broken: None) -> None:
    text = told(Client().post("/accounts/password/reset/", {"email": "ada@example.test", "code": SECRET}))
    assert "ada@example.test" in text
    assert SECRET not in text


@pytest.mark.django_db
def test_a_form_of_another_site_is_not_made_one_of_ours(broken: None) -> None:
    """The session is asked for before the token is looked at, so that nothing is known of the form yet."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["sessionid"] = "somebodys"
    mine, theirs = "http://testserver", "http://evil.example"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.STAFF_SECOND_FACTOR", True)
        assert TYPED.partition("<")[0] in told(client.post("/lost/", {"product": TYPED}, headers={"origin": mine}))
        for headers in ({"origin": theirs}, {"origin": "null"}, {}):
            assert TYPED.partition("<")[0] not in told(client.post("/lost/", {"product": TYPED}, headers=headers))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/lost/", "/api/v1/docket/", "/api/v1/rounds/"])
def test_a_program_is_told_in_problem_details(broken: None, address: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    told(answer)
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["status"], answer.json()["detail"]) == (503, SENTENCE)


@pytest.mark.django_db
def test_a_script_is_told_in_its_own_way(broken: None) -> None:
    saved = Client().post("/lost/", {"product": TYPED}, headers={"x-autosave": "1"})
    told(saved)
    assert saved.json() == {"unavailable": SENTENCE}  # without reasons: the page goes on saving
    assert told(Client().get("/lost/", headers={"hx-request": "true"})) == SENTENCE


@pytest.mark.django_db
def test_every_public_page_says_it(broken: None) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "somebodys"
    for address in ("/", "/docket/", "/exclusions/", "/tariff/6810.99.0010/", "/rounds/", "/petitions/", "/review/"):
        assert SENTENCE in told(client.get(address)), address


@pytest.mark.django_db
def test_the_log_is_told_the_kind_once(broken: None, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5):
        told(Client().post("/lost/", {"product": TYPED}))
        told(Client().get("/lost/"))
    beside = [record for record in caplog.records if record.name != "exclusions.request"]  # each has a line anyway
    assert [record.getMessage() for record in beside] == [
        "Requests are answered 503 (OperationalError: AdminShutdown)."
    ]


def test_every_command_is_known_to_be_long_or_short() -> None:
    ours = {name for name, app in get_commands().items() if app == "exclusions"}
    assert ours <= limits.LONG_JOBS | SHORT
    assert not limits.LONG_JOBS & SHORT


def test_a_long_job_is_freed_by_its_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    freed: list[bool] = []
    monkeypatch.setattr(limits, "lift", lambda: freed.append(True))
    for command in (["manage.py"], ["manage.py", "shell"], ["manage.py", "migrated"], ["manage.py", "resend_mail"]):
        limits.lift_for(command)
    assert freed == []
    limits.lift_for(["manage.py", "migrate", "--plan"])
    assert freed == [True]


def test_connections_are_made_with_limits_that_the_operator_may_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "limited", lambda: True)
    asked = limits.on_connecting({"connect_timeout": 9, "options": "-c statement_timeout=100", "dbname": "a"})
    assert (asked["connect_timeout"], asked["dbname"]) == (9, "a")
    assert asked["options"].startswith("-c statement_timeout=6s -c lock_timeout=5s ")
    assert asked["options"].endswith(" -c statement_timeout=100")  # the later one counts
    assert "options" not in limits.on_connecting({"dbname": "a"}, pooled=True)
    monkeypatch.setattr(limits, "limited", lambda: False)
    freed = limits.on_connecting({})
    assert freed.keys() == {"connect_timeout", "options"}
    assert freed["options"].startswith("-c statement_timeout=0 -c lock_timeout=0 ")
    assert limits.on_connecting({}, pooled=True) == {"connect_timeout": limits.CONNECT_OF_A_JOB}


def test_the_site_is_served_with_them() -> None:
    assert product.DATABASES["default"]["ENGINE"].startswith("exclusions.gateways.database.")
    assert product.MIDDLEWARE[-1] == "exclusions.views.core.middleware.trouble.TroubleMiddleware"


@pytest.mark.django_db
def test_a_store_that_takes_nothing_is_a_sentence_beside_the_file(
    journey: Callable[[], Journey], importer: User, settings: Settings, tmp_path: Path, clock: Clock
) -> None:
    draft = journey().petition
    occupied = tmp_path / "files"
    occupied.write_text("a file where a folder should be")
    client, address = SignedIn(importer), f"/petitions/{draft.pk}/product/"
    page = client.get(address)
    keep_files_at(settings, occupied.as_uri() + "/documents")
    sent = SimpleUploadedFile("spec.pdf", pdf("a specification"))
    answer = client.post(address, {**typed(page), "product_documents": sent, "action": "upload"})
    assert answer.status_code == 422
    assert "We cannot store files at the moment" in answer.content.decode()
    assert not draft.documents.exists()
