"""One line a request, and the number that leads from an answer to it."""

import logging
import re
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import structlog
from django.test import Client

from exclusions.gateways.observed.lines import KEYS
from exclusions.gateways.observed.request_ids import well_formed
from exclusions.models import User
from tests.factories.cast import SignedIn
from tests.integration.observed.conftest import Written

GIVEN = "0f8fad5b-d9cb-469f-a165-70867728950e"
SECRET = "s3cretZ"


def one(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the only line."""
    (line,) = lines
    return line


@pytest.mark.django_db
def test_a_request_has_one_line_with_its_route_and_nothing_of_who_asked(written: Written) -> None:
    answer = Client(headers={"User-Agent": "Somebody's own"}).get(f"/docket/A-1/respond/confirm/{SECRET}/?q={SECRET}")
    line = one(written("request"))
    assert set(line) == {"time", "level", "logger", "event", "request_id", "method", "route", "status", "ms"}
    assert line["route"] == "docket/<str:reference>/respond/confirm/<str:token>/"
    assert (line["method"], line["status"]) == ("GET", answer.status_code)
    assert datetime.fromisoformat(line["time"]).utcoffset() is not None
    assert line["request_id"] == answer["X-Request-ID"] == str(UUID(answer["X-Request-ID"]))
    assert "127.0.0.1" not in str(line)


@pytest.mark.parametrize(
    "path", ["/", "/nowhere/", "/static/none.css", "/health/live", "/api/v1/rounds/", "/api/none/"]
)
@pytest.mark.django_db
def test_every_answer_has_a_number_of_its_own_and_a_line(written: Written, path: str) -> None:
    numbers = [Client().get(path)["X-Request-ID"] for _ in range(2)]
    assert [line["request_id"] for line in written("request")] == numbers
    assert len(set(numbers)) == 2


def test_who_is_signed_in_is_named_by_a_key_alone(written: Written, importer: User) -> None:
    SignedIn(importer).get("/petitions/")
    assert one(written("request"))["person"] == importer.pk
    assert importer.email not in str(written())


def test_the_lines_of_a_page_for_everybody_ask_for_no_session(
    written: Written, importer: User, django_assert_num_queries: Any
) -> None:
    client = SignedIn(importer)
    with django_assert_num_queries(0):
        client.get("/health/live")
    assert "person" not in one(written("request"))


@pytest.mark.django_db
def test_what_django_says_of_a_refused_request_carries_its_number(written: Written) -> None:
    number = Client().get("/nowhere/")["X-Request-ID"]
    line = one(written("Not Found: /nowhere/"))
    assert (line["request_id"], line["logger"], line["level"]) == (number, "django.request", "warning")


@pytest.mark.parametrize("given", [GIVEN, GIVEN.upper(), GIVEN.replace("-", "")])
@pytest.mark.django_db
def test_our_proxy_may_have_numbered_the_request(settings: Any, given: str) -> None:
    settings.BEHIND_PROXY = True
    assert Client(headers={"X-Request-ID": given}).get("/health/live")["X-Request-ID"] == GIVEN


@pytest.mark.parametrize("given", ["", "ada@example.test", "x" * 500, "{" + GIVEN + "}", "1"])
@pytest.mark.django_db
def test_a_number_of_another_form_is_not_taken(settings: Any, given: str) -> None:
    settings.BEHIND_PROXY = True
    number = Client(headers={"X-Request-ID": given}).get("/health/live")["X-Request-ID"]
    assert number not in ("", given, GIVEN)
    assert well_formed(number) == number


@pytest.mark.django_db
def test_without_a_proxy_of_ours_no_number_is_taken() -> None:
    assert Client(headers={"X-Request-ID": GIVEN}).get("/health/live")["X-Request-ID"] != GIVEN


def test_a_line_holds_no_key_that_is_not_named_and_no_text_of_an_exception(written: Written) -> None:
    try:
        raise ValueError("Hidden Supplier 7071234")
    except ValueError as error:
        structlog.get_logger("exclusions.any").exception(
            "task_failed", error=str(error), exception=error, answers="Hidden Supplier", result="7071234"
        )
        logging.getLogger("any").exception("It failed.")
    for line in written():
        assert set(line) <= set(KEYS)
        assert line["error"] == "ValueError"
        assert "test_request_lines.py" in line["exception"]
    assert not re.search("Hidden Supplier|7071234", str(written()))


def test_what_breaks_a_line_stays_within_it(written: Written) -> None:
    forged = 'x\n{"event": "request", "status": 200}\r\x00\u2028"'
    logging.getLogger("any").warning("Said: %s", forged)
    (line,) = written()
    assert line["event"] == f"Said: {forged}"
