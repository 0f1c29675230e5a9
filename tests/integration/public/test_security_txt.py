"""Whom to report a weakness to (RFC 9116)."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from tests.conftest import PROJECT, Clock


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_it_names_contact_policy_and_an_end_that_moves_with_the_clock(db: None, settings: Any, clock: Clock) -> None:
    settings.BASE_URL, settings.SECURITY_CONTACT = "https://petitions.example.gov", "mailto:find@example.gov"
    answer = Client().get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    found = fields(answer.content.decode())
    assert found["Contact"] == "mailto:find@example.gov"
    assert found["Canonical"] == "https://petitions.example.gov/.well-known/security.txt"
    ends = datetime.strptime(found["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert 178 < (ends - clock.now).days < 366
    policy = Client().get(found["Policy"].removeprefix(settings.BASE_URL))
    assert policy.content == (PROJECT / "SECURITY.md").read_bytes()
