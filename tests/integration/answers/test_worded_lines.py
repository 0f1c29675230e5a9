"""Words in the tariff look-up: headings first, and what covers their lines."""

import pytest
from django.test import Client

from tests.factories.asking.schedule import load_schedule
from tests.factories.tariff import LIST_1, cover, make_lists

pytestmark = pytest.mark.django_db
DAY = "2026-05-01"


def page(client: Client, **query: str) -> str:
    return " ".join(client.get("/tariff/", {"as_of": DAY, **query}).content.decode().split())


def test_the_look_up_shows_headings_first_and_what_covers_their_lines(client: Client) -> None:
    load_schedule()
    cover(make_lists()["1"], "84138100", "99038801", LIST_1)

    shown = page(client, q="breast pumps")
    assert shown.index("Pumps for liquids") < shown.index("8413.81.0040</span> Breast pumps (Other pumps")
    assert "List 1, 25%" in shown
    assert "1 heading, best first" in shown
    assert "Pumpkins" not in shown
    assert "4202" in page(client, q="laptop")
    assert "Pumps for liquids" not in page(client, q="breast pumps", prefix="42")


def test_the_look_up_says_what_it_corrected(client: Client) -> None:
    load_schedule()

    assert "Showing results for <strong>backpacks</strong>" in page(client, q="backpaks")
    assert "No line was found" in page(client, q="backpaks", verbatim="1")
