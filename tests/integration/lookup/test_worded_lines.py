"""Words in the tariff look-up, page and API: headings first, and what covers their lines."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories.asking.schedule import load_schedule
from tests.factories.tariff import LIST_1, cover, make_edition, make_lists

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


def test_a_subheading_of_six_digits_is_not_said_to_be_on_no_list(client: Client) -> None:
    load_schedule([("8504", "Transformers"), ("850440", "Transformers: Static converters"),
                   ("85044095", "Transformers: Static converters: Rectifiers"),
                   ("85043100", "Transformers: Of a power not over 1 kVA")])  # fmt: skip
    cover(make_lists()["1"], "85044095", "99038801", LIST_1)

    shown = page(client, q="transformers static converters")
    said = dict(re.findall(r'tc-number">([\d.]+)</span> [^<]*</a> <span class="tc-quiet">([^<]*)', shown))
    assert said == {"8504.40": "See its lines", "8504.40.95": "List 1, 25%", "8504.31.00": "No list"}


def test_the_look_up_says_what_it_corrected(client: Client) -> None:
    load_schedule()

    assert "Showing results for <strong>backpacks</strong>" in page(client, q="backpaks")
    assert "No line was found" in page(client, q="backpaks", verbatim="1")


def lines(client: Client, query: str, status: int = 200) -> Any:
    answer = client.get(query if query.startswith("http") else f"/api/v1/tariff/lines/?as_of={DAY}&{query}")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_programs_get_the_lines_of_the_best_headings_in_that_order_page_by_page(client: Client) -> None:
    make_edition(date(2026, 1, 1), ("0101", "Live horses"))
    load_schedule()
    cover(make_lists()["1"], "84138100", "99038801", LIST_1)

    def numbers(query: str) -> list[str]:
        return [item["number"] for item in lines(client, query)["results"]]

    assert numbers("q=breast+pumps")[:2] == ["8413", "8413.81.0040"]
    assert "0709.93.00" not in numbers("q=pump"), "pumpkins are no pumps"
    assert numbers("q=backpaks") == ["4202", "4202.92.00"]
    assert numbers("q=breast+pumps&prefix=8413.8") == ["8413.81.0040", "8413.81.00"]
    assert numbers("q=backpacks&prefix=0709") == []
    assert numbers("q=8413.81") == ["8413.81.00", "8413.81.0040"]
    first = lines(client, "q=backpack&page_size=1")
    second = lines(client, first["next"])
    assert [page["results"][0]["number"] for page in (first, second)] == ["4202", "4202.92.00"]
    assert (first["previous"], second["next"]) == (None, None)
    assert lines(client, second["previous"])["results"] == first["results"]
    assert lines(client, "q=backpack&cursor=x", 400)["errors"][0]["field"] == "cursor"
    [covered] = lines(client, "q=breast+pumps")["results"][1]["covered_by"]
    assert (covered["list"], covered["rate_pct"]) == ("1", 25)


def many_pumps(*, without: int) -> list[tuple[str, str]]:
    """A dozen headings of pumps with 30 lines each, every so many of which is left out; of some no line says so."""
    rows = []
    for heading in range(8401, 8413):
        rows.append((str(heading), f"Pumps of kind {heading}"))
        own = "Parts" if heading % 4 == 0 else "Pumps"
        rows += [
            (f"{heading}{line:04}", f"Pumps of kind {heading}: {own} of size {line}")
            for line in range(1000, 4000, 100)
            if line // 100 % without
        ]
    return rows


@pytest.mark.parametrize("day", ["2026-05-01", "2026-02-01"])
def test_a_program_gets_the_same_lines_however_long_its_pages_are(client: Client, day: str) -> None:
    make_edition(date(2026, 1, 1), ("0101", "Live horses"))
    load_schedule(many_pumps(without=3), date(2026, 1, 15), "2026 Rev 1")  # before many of those that are chosen
    load_schedule(many_pumps(without=1000))

    def whole(size: int) -> list[Any]:
        found, at = [], f"/api/v1/tariff/lines/?as_of={day}&q=pumps+of+size&page_size={size}"
        while at:
            page = lines(client, at) if at.startswith("http") else client.get(at).json()
            found += page["results"]
            at = page["next"]
        return found

    expected = whole(200)
    numbers = [row["number"] for row in expected]
    assert len(numbers) == len(set(numbers)) > 120
    assert 7 < sum(len(number) == 4 for number in numbers) <= 10, "ten headings at most"
    assert max(Counter(number[:4] for number in numbers).values()) <= 21, "each with twenty lines at most"
    for size in (7, 50):
        assert whole(size) == expected
