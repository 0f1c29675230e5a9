"""Which number followed which: from pairs of editions, from texts that name both, through all editions."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from exclusions.facts.successions import successions
from exclusions.models import HtsEdition, LineSuccession
from tests.factories.tariff import follow
from tests.integration.loading.test_load_hts import PUMPS, edition, load
from tests.loads import loaded

pytestmark = pytest.mark.django_db

PARTS = ("8413.91.90", 1, "Parts of pumps")


def pairs(*kinds: str) -> set[tuple[str, str, str, str]]:
    rows = LineSuccession.objects.filter(change_type__in=kinds) if kinds else LineSuccession.objects.all()
    return set(rows.values_list("old_number", "new_number", "change_type", "confidence"))


def test_a_line_that_ends_is_followed_by_the_one_that_begins_with_its_words(tmp_path: Path) -> None:
    old = ("8413.91.90.95", 2, "Impellers of <i>cast</i> iron"), ("8413.91.90.10", 2, "Other")
    new = ("8413.91.90.96", 2, "IMPELLERS of cast iron"), ("8413.91.90.10", 2, "Other")
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS, PARTS, *old))
    load(edition(tmp_path, "hts_2026_basic.json", PUMPS, PARTS, *new))
    assert pairs() == {("8413919095", "8413919096", "equal words", "high")}
    (found,) = LineSuccession.objects.all()
    assert (found.revision_from, found.revision_to, found.effective_on) == (
        "2025 Basic",
        "2026 Basic",
        date(2026, 1, 1),
    )
    assert "under heading 8413" in found.evidence


def test_a_split_is_possible_and_telling_words_are_found_under_another_heading(tmp_path: Path) -> None:
    long = "Gauges of stainless steel for boilers, each with a dial"
    load(edition(tmp_path, "hts_2025_basic.json", PUMPS, PARTS, ("8413.91.90.95", 2, "Old"), ("8413.92", 1, "b")))
    load(
        edition(tmp_path, "hts_2026_basic.json", PUMPS, PARTS, ("8413.91.90.85", 2, "One"), ("8413.91.90.96", 2, "Two"))
    )
    assert pairs() == {("8413919095", new, "same subheading", "low") for new in ("8413919085", "8413919096")}
    load(edition(tmp_path, "hts_2027_basic.json", PUMPS, PARTS, ("9026.20.00.00", 0, long)))
    load(edition(tmp_path, "hts_2028_basic.json", PUMPS, PARTS, ("9027.20.00.00", 0, long)))
    assert ("9026200000", "9027200000", "equal words elsewhere", "medium") in pairs()


def test_an_edition_in_between_finds_its_pairs_anew_whatever_the_order(tmp_path: Path) -> None:
    files = [
        edition(tmp_path, "hts_2025_basic.json", PUMPS, PARTS, ("8413.91.90.10", 2, "Impellers")),
        edition(tmp_path, "hts_2026_basic.json", PUMPS, PARTS, ("8413.91.90.20", 2, "Impellers")),
        edition(tmp_path, "hts_2027_basic.json", PUMPS, PARTS, ("8413.91.90.30", 2, "Impellers")),
    ]
    for file in (files[0], files[2], files[1]):
        load(file)
    found = pairs()
    assert {pair[:2] for pair in found} == {("8413919010", "8413919020"), ("8413919020", "8413919030")}
    HtsEdition.objects.all().delete()
    _, after = successions(["8413919010"])["8413919010"]
    assert [(item.number, item.via) for item in after] == [("8413919020", ()), ("8413919030", ("8413919020",))]


def test_ways_through_the_editions_take_the_surest_and_make_no_circle() -> None:
    follow("8413919010", "8413919020", date(2025, 1, 1))
    follow("8413919020", "8413919010", date(2026, 1, 1))
    follow("8413919010", "8413919030", date(2025, 1, 1))
    LineSuccession.objects.filter(new_number="8413919030").update(confidence="low")
    follow("8413919030", "8413919040", date(2026, 1, 1))
    before, after = successions(["8413919010"])["8413919010"]
    assert [(item.number, item.confidence) for item in after] == [
        ("8413919020", "medium"),
        ("8413919030", "low"),
        ("8413919040", "low"),
    ]
    assert [item.number for item in before] == ["8413919020"]


def test_real_texts_show_what_followed_8413_91_9095(shared_data: Path, client: Client) -> None:
    file = shared_data / "ch99" / "exclusions_note20_2026_rev6.csv.gz"
    loaded("load_exclusions", file)
    before, after = successions(["8413919095"])["8413919095"]
    assert {"8413919085", "8413919096"} <= {item.number for item in after}
    assert "8413919080" in [item.number for item in before]
    assert {item.confidence for item in after} == {"high"}
    assert "names both for one product" in after[0].evidence
    assert len(pairs("named together")) > 40
    loaded("load_exclusions", file)
    body = client.get("/api/v1/tariff/lines/8413.91.90/?as_of=2019-06-01").json()
    assert body["successors"] == []
