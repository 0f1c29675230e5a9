"""Who sends tables of entries: few at once in all, and so many a minute from one network."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from exclusions.gateways.entries.turns import AT_ONCE, BUSY, SHORT, Turn
from exclusions.gateways.entry_lines import read_entry_lines, text_rows
from exclusions.models import TariffLine
from exclusions.queries.lookup import on_file
from exclusions.queries.lookup.refunds import NOT_COMPARED, refunds_found
from exclusions.views.lookup import refunds
from tests.factories.tariff import LIST_1, cover, exclude, make_edition, make_lists

pytestmark = pytest.mark.django_db
LINE = "ABC-1,2021-01-04,8481.80.3090,1000,250\n"
LONG = LINE * (SHORT // len(LINE) + 1)


@pytest.fixture
def all_taken() -> Iterator[None]:
    turns = [Turn(SHORT + 1) for _ in range(AT_ONCE)]
    yield
    for turn in turns:
        turn.end()


def body(count: int) -> dict[str, Any]:
    line = {"entry_number": "A", "entry_date": "2021-01-04", "hts10": "8481803090", "value": 1, "duty_paid": 1}
    return {"lines": [line] * count}


def test_whoever_comes_while_others_are_answered_is_told_when_to_come_again(client: Client, all_taken: None) -> None:
    answer = client.post("/refunds/", {"lines": LONG})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    page = answer.content.decode()
    assert BUSY in page
    assert LONG.splitlines()[0] in page, "what was pasted is still there"
    assert client.post("/refunds/", {"lines": LINE}).status_code == 200, "a short table is answered all the same"


def test_a_program_is_told_the_same(client: Client, all_taken: None) -> None:
    answer = client.post("/api/v1/refunds/", body(300), content_type="application/json")
    assert (answer.status_code, answer["Retry-After"]) == (429, "10")
    assert answer.json()["detail"].startswith(BUSY)
    assert client.post("/api/v1/refunds/", body(1), content_type="application/json").status_code == 200


def test_every_answer_gives_its_turn_back(client: Client) -> None:
    for _ in range(2 * AT_ONCE):
        for kind in ("page", "csv", "xlsx", "ics"):
            answer = client.post("/refunds/", {"lines": LONG, "answer_as": kind})
            assert answer.status_code == 200
            answer.close()
        many = client.post("/refunds/", {"lines": LINE * 5001})
        assert many.streaming
        next(iter(many.streaming_content))  # type: ignore[attr-defined]
        many.close()  # whoever asked is gone
        assert client.post("/refunds/", {"lines": "!," * SHORT}).status_code == 422
        assert client.post("/api/v1/refunds/", body(300), content_type="application/json").status_code == 200


@pytest.mark.both_databases("Redis counts here.")
def test_one_network_sends_so_many_tables_a_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refunds, "A_MINUTE", 2)
    statuses = [client.post("/refunds/", {"lines": LINE}, REMOTE_ADDR="203.0.113.1").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.post("/refunds/", {"lines": LINE}, REMOTE_ADDR="203.0.113.1")
    assert refunds.TOO_MANY in refused.content.decode()
    assert LINE.strip() in refused.content.decode()
    assert client.post("/refunds/", {"lines": LINE}, REMOTE_ADDR="203.0.113.2").status_code == 200


@pytest.mark.both_databases("Redis counts here.")
def test_one_program_sends_so_many_tables_a_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "refunds", "2/min")
    answers = [client.post("/api/v1/refunds/", body(1), content_type="application/json") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert client.get("/api/v1/rounds/").status_code == 200


def test_descriptions_beyond_what_is_compared_at_once_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    actions = make_lists()
    cover(actions["1"], "84818030", "99038801", LIST_1)
    exclude(actions["1"], "8481803090", LIST_1, None, text="Ball valves of steel")
    monkeypatch.setattr(on_file, "MOST_COMPARED", 2)
    heading = "entry number,entry date,hts10,value,duty paid,description\n"
    rows = [
        f"A-{n},2021-01-04,8481803090,1000,250,{goods} valve of brass\n"
        for n, goods in enumerate(("Gate", "Ball", "Big"))
    ]
    table = read_entry_lines(text_rows(heading + "".join(rows)), "pasted", today=date(2021, 7, 1))
    told = [NOT_COMPARED in one.notes for one in refunds_found(table.lines, date(2021, 7, 1)).answers]
    assert told == [False, False, True]


def test_a_number_that_ends_in_nines_is_answered_beside_the_heading_that_follows(client: Client) -> None:
    """As text, the heading 8410 stands between 8409.99.99 and 8410.00.00."""
    make_edition(date(2019, 1, 1), ("8409999900", "Parts: Other"), ("8410", "Turbines"), reach=("8409999900", "8410"))
    assert TariffLine.objects.filter(number="8410").exists()
    assert client.post("/refunds/", {"lines": "A-1,2021-01-04,8409.99.99,1000,250"}).status_code == 200
