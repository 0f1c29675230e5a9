"""What SECURITY.md says of the product in a word, held by the product itself where no other test does."""

import ast
import re
import time
import tomllib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exclusions.forms.people.accounts import SignupForm
from exclusions.gateways.mail_stop import WORKS_FOR, read_stop_token, read_watch_token, stop_token, watch_token
from exclusions.models import User
from tests.architecture.source import product
from tests.conftest import PROJECT
from tests.factories.people import PASSWORD

LEFT_OUT = (PROJECT / ".dockerignore").read_text().split()
SCRIPTS = {path.name: path.read_text() for path in (PROJECT / "static" / "js").glob("*.js")}
TYPES: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["mypy"]
LINK = uuid4()
TOLD = (PROJECT / "SECURITY.md").read_text()


def test_no_text_is_run_as_code() -> None:
    calls = {
        f"{source.name}: {node.func.id}"
        for source in product()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}
    }
    assert calls == set()
    assert [name for name, text in SCRIPTS.items() if re.search(r"\beval\(|new Function\(", text)] == []


@pytest.mark.django_db
def test_a_password_of_ten_years_ago_still_signs_in(importer: User) -> None:
    User.objects.filter(pk=importer.pk).update(date_joined=timezone.now() - timedelta(days=3653))
    importer.set_password(PASSWORD)
    importer.save()
    assert authenticate(username=importer.email, email=importer.email, password=PASSWORD) == importer


def test_who_signs_up_is_asked_for_no_hint_and_no_secret_question() -> None:
    assert not [name for name in SignupForm.base_fields if re.search("hint|question|answer", name)]


@pytest.mark.django_db
def test_a_session_is_named_by_chance_and_anew_at_each_sign_in(importer: User) -> None:
    importer.set_password(PASSWORD)
    importer.save()
    client = Client()
    keys = []
    for _ in range(2):
        client.post(reverse("account_login"), {"login": importer.email, "password": PASSWORD})
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
        client.post(reverse("account_logout"))
    assert len(set(keys)) == 2
    assert all(re.fullmatch("[a-z0-9]{32}", key) for key in keys), "36 letters to the 32nd: 165 bits"


@pytest.mark.django_db
@pytest.mark.parametrize("folder", ["/static/", "/static/js/", "/docket/documents/", "/files/"])
def test_no_folder_is_listed(folder: str) -> None:
    assert Client().get(folder).status_code == 404


def test_neither_repository_nor_tests_go_into_the_image() -> None:
    assert {".git", "tests", "var"} <= set(LEFT_OUT)


def test_types_are_checked_strictly() -> None:
    assert TYPES["strict"] is True


def test_scripts_take_no_names_of_members_from_outside() -> None:
    assert [name for name, text in SCRIPTS.items() if "__proto__" in text or ".prototype" in text] == []


def test_what_is_to_be_documented_stands_in_security_md() -> None:
    for words in (
        "**Costly work** is bounded",
        "within thirty",
        "at most ninety days",
        "after an hour without a request",
        "twelve hours after",
    ):
        assert words in " ".join(TOLD.split())


def test_a_link_says_what_it_was_made_for() -> None:
    assert read_watch_token(watch_token(LINK)) == LINK
    assert read_stop_token(stop_token(7, "daily")) == (7, "daily")


def test_another_s_work_and_another_kind_open_nothing() -> None:
    for made, read in ((watch_token(LINK), read_watch_token), (stop_token(7, "daily"), read_stop_token)):
        assert [text for text in ("", "x", made[:-1], f"{made}x", f"x{made}") if read(text) is not None] == []
    assert read_watch_token(stop_token(7, "daily")) is None
    assert read_stop_token(watch_token(LINK)) is None


@pytest.mark.parametrize("read", [read_watch_token, read_stop_token])
def test_a_link_ends(monkeypatch: pytest.MonkeyPatch, read: object) -> None:
    made = {read_watch_token: watch_token(LINK), read_stop_token: stop_token(7, "daily")}[read]  # type: ignore[index]
    now, limit = time.time(), WORKS_FOR.total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: now + limit - 60)
    assert read(made) is not None  # type: ignore[operator]
    monkeypatch.setattr(signing.time, "time", lambda: now + limit + 60)
    assert read(made) is None  # type: ignore[operator]
