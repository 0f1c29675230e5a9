"""The shipped edition and words: loaded where none of its day or later is on file, and how well they find headings."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client

from exclusions.actions.loading.shipped_schedule import load_shipped_edition
from exclusions.facts.lines import editions
from exclusions.gateways.tariff.shipped_schedule import shipped_edition, shipped_notes, shipped_words
from exclusions.models import TariffLine
from exclusions.queries.lookup.goods_search import find_goods
from tests.bench.lookup.measured import Share, everyday

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("each database ranks by its own index.")]

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
# Percent of the frozen queries as last reached; raise them with what is reached.
REACHED = {
    "in the first five": 99.3,
    "first": 89.0,
    "misspelt, in the first five": 100.0,
    "in neither list, in the first five": 98.6,
}
# Three points; one of 32 misspelt queries alone is more than that.
LOSS = {"misspelt, in the first five": 3.2}
FEWEST_IN_NEITHER_LIST = 140


def test_the_shipped_edition_answers_as_well_as_it_did(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_shipped", "--schedule")
    assert "HTSUS 2026 Rev 6, from 2026-04-23: 35,495 read, 29,583 added" in capsys.readouterr().out
    [edition] = editions()
    assert (edition.name, edition.is_whole) == ("2026 Rev 6", True)
    assert TariffLine.objects.get(number="84138100").general_rate == "Free"
    assert "HTSUS 2026 Rev 6, from April 23, 2026" in client.get("/tariff/8413.81.0040/?as_of=2026-11-26").text
    assert load_shipped_edition(at=AT) is None  # nothing is loaded twice
    assert "8413" in [heading.number for heading in find_goods("breast pump", date(2026, 11, 26)).headings]
    shares = everyday()
    assert shares["in neither list, in the first five"].of >= FEWEST_IN_NEITHER_LIST
    assert shares["in the first five"].of == 300
    fallen = {name: f"{share}" for name, share in shares.items() if share.percent <= REACHED[name] - LOSS.get(name, 3)}
    assert fallen == {}


def test_words_and_notes_name_headings_that_are_in_the_shipped_edition() -> None:
    there = {line.number[:length] for line in shipped_edition().lines for length in (4, 6)}
    named = {number for note in shipped_notes().values() for number in re.findall(r"\b[0-9]{4}\b", note)}
    assert {fact.number for fact in shipped_words()} - there == set()
    assert named - there == set()


def test_the_interval_is_wilsons() -> None:
    low, high = Share(270, 300).interval()
    assert (round(low, 1), round(high, 1)) == (86.1, 92.9)
