"""The headers that every answer carries, whoever asks and whatever became of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from exclusions.models import Petition, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.addresses import addresses
from tests.factories.cast import SignedIn

PATHS = ["/", "/docket/", "/nowhere/", "/accounts/login/", "/api/v1/rounds/", "/api/nowhere/", "/health/live"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_no_page_may_use_what_none_needs(path: str) -> None:
    policy = Client().get(path)["Permissions-Policy"]
    for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{feature}=()" in policy
    assert "publickey-credentials" not in policy, "passkeys are in use"


def test_nor_a_page_of_somebody_who_is_signed_in(importer: User) -> None:
    assert "camera=()" in SignedIn(importer).get("/petitions/")["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_keeps_the_browser_to_itself(path: str) -> None:
    answer = Client().get(path, headers={"Origin": "https://elsewhere.example.test"})
    policy = answer["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    # Of what programs share it is open to scripts, which send no cookie for it.
    assert answer.get("Access-Control-Allow-Origin") == ("*" if path == "/api/v1/rounds/" else None)
    assert "Access-Control-Allow-Credentials" not in answer
    assert "charset=utf-8" in answer["Content-Type"] or "json" in answer["Content-Type"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in PATHS if "nowhere" not in path])
def test_trace_tells_nobody_what_was_sent(path: str) -> None:
    assert Client().trace(path).status_code == 405


def test_nothing_keeps_a_page_that_was_made_for_one_browser(
    petition_in: Callable[[Status], Petition], clock: Clock
) -> None:
    """A page with a form has the token of its browser: what sets a cookie, or holds a token, no cache may keep."""
    posted = petition_in(Status.POSTED)
    assert posted.posted_at
    clock.move_to(posted.posted_at + timedelta(hours=1))
    one = f"/docket/{posted.reference}/"
    forms = [one, f"{one}respond/"]
    held, kept = set(), set()
    for url in [*(address.url for address in addresses()), *forms]:
        answer: Any = Client().get(url)
        body = b"".join(answer) if answer.streaming else answer.content
        if answer.cookies or b"csrfmiddlewaretoken" in body:
            held.add(url)
            if "no-store" not in answer.get("Cache-Control", "") or "public" in answer["Cache-Control"]:
                kept.add(url)
    assert {"/refunds/", "/watch/", "/accounts/login/", forms[1]} <= held
    assert kept == set()


@pytest.mark.django_db
def test_a_strangers_form_is_compressed_all_the_same() -> None:
    answer = Client().get("/refunds/", headers={"accept-encoding": "gzip"})
    assert (answer["Cache-Control"], answer["Content-Encoding"]) == ("private, no-store", "gzip")
