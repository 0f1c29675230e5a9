"""The headers that every answer carries, whoever asks and whatever became of it."""

import pytest
from django.test import Client

from exclusions.models import User
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
    assert "Access-Control-Allow-Origin" not in answer
    assert "charset=utf-8" in answer["Content-Type"] or "json" in answer["Content-Type"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in PATHS if "nowhere" not in path])
def test_trace_tells_nobody_what_was_sent(path: str) -> None:
    assert Client().trace(path).status_code == 405
