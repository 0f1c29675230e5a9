"""What the log says of sign-ins: every outcome, the network, and nobody's address."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.models import User
from exclusions.views.core.sign_in import note
from tests.factories.people import LONG_AGO, PASSWORD, make_person
from tests.integration.core.test_second_factor import code_of, sign_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What is written on sign-ins, from the level that the settings name."""
    caplog.set_level(logging.INFO, "exclusions.sign_in")
    return caplog


def outcomes(lines: pytest.LogCaptureFixture, *people: User) -> list[str]:
    """Return the outcomes in their order; no line names a person."""
    for person in people:
        assert person.email not in lines.text
        assert person.email.partition("@")[0] not in lines.text
    said = [record.getMessage() for record in lines.records if record.name == "exclusions.sign_in"]
    assert all("network 127.0.0.1." in line for line in said)
    return [line.removeprefix("Sign-in ").partition(":")[0] for line in said]


def test_a_sign_in_is_a_line_and_so_is_a_wrong_password(lines: pytest.LogCaptureFixture, importer: User) -> None:
    Client().post(reverse("account_login"), {"login": importer.email, "password": "wrong"})
    sign_in(importer)
    assert outcomes(lines, importer) == ["failed", "succeeded by password"]
    told = [record.getMessage() for record in lines.records if record.name == "exclusions.sign_in"]
    accounts = {line.partition("account ")[2].partition(",")[0] for line in told}
    assert len(accounts) == 1, "the lines of one account can be found"


def test_an_account_that_is_not_there_is_a_line_of_the_same_kind(lines: pytest.LogCaptureFixture) -> None:
    Client().post(reverse("account_login"), {"login": "nobody.here@example.test", "password": PASSWORD})
    assert outcomes(lines) == ["failed"]
    assert "nobody.here" not in lines.text


def test_being_stopped_is_a_line(lines: pytest.LogCaptureFixture, importer: User) -> None:
    for _ in range(6):
        Client().post(reverse("account_login"), {"login": importer.email, "password": "wrong"})
    assert outcomes(lines, importer) == [*["failed"] * 5, "stopped after too many failures"]


def test_a_second_factor_is_a_line_right_or_wrong(lines: pytest.LogCaptureFixture, reviewer1: User) -> None:
    secret = with_app(reviewer1)
    client, _ = sign_in(reviewer1)
    code = code_of(secret)
    client.post(reverse("mfa_authenticate"), {"code": "000000" if code != "000000" else "1"})
    assert outcomes(lines, reviewer1) == ["refused at the second factor"], "the password alone signs nobody in"
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert outcomes(lines, reviewer1)[1:] == ["succeeded by password and mfa"]


def test_a_wrong_code_of_the_fortieth_person_is_refused_on_the_page(lines: pytest.LogCaptureFixture) -> None:
    for number in range(40):  # the account library writes keys in base 36, which for nine people looks like base 10
        User.objects.create_user(f"person{number}@example.test", date_joined=LONG_AGO)
    late = make_person("Lena Late", role="reviewer1")
    assert late.pk >= 36
    with_app(late)
    client, _ = sign_in(late)
    assert client.post(reverse("mfa_authenticate"), {"code": "1"}).status_code == 200
    assert outcomes(lines, late) == ["refused at the second factor"]


def test_the_digest_is_keyed(lines: pytest.LogCaptureFixture, rf: object, settings: object) -> None:
    for key in ("one" * 20, "two" * 20):
        settings.SECRET_KEY = key  # type: ignore[attr-defined]
        note(rf.get("/"), "failed", "somebody@example.test")  # type: ignore[attr-defined]
    first, second = (record.getMessage() for record in lines.records)
    assert first != second
