"""Cranes and chassis: the maritime action beside the lists, from every file and on upgraded sites, and what it asks."""

import importlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from exclusions.duties.owed import NO_OTHER, Owed, Shipment, owed
from exclusions.hts import parse
from exclusions.models import ActionRate, CoveredLine, TariffAction, TariffLine
from exclusions.queries.lookup.number.number_facts import number_facts
from exclusions.queries.lookup.number.shipment import duties_of
from tests.factories.tariff import make_edition
from tests.loads import loaded

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)
CRANE, CASTOR, CHASSIS = "8426.19.00", "8716.90.30", "8716.39.0090"
CRANES = "goods-ship-to-shore-gantry-cranes"
OLD_CONTRACT = "goods-ship-to-shore-gantry-cranes-under-a-sales-contract-dated-before-may-14-2024"
CONTRACT = "goods-ship-to-shore-gantry-cranes-under-a-sales-contract-dated-before-april-17-2025"
ATTESTED = "goods-ship-to-shore-gantry-cranes-with-no-link-to-china"
ELSEWHERE = "cranes-of-another-country"
SHAPES = ("section301_four_year_review.csv", "section301_subheadings.csv", "lists/usitc_china_tariffs_2025-03-06.csv")
D = Decimal


def api(client: Client, number: str, day: date) -> dict[str, Any]:
    body: dict[str, Any] = client.get(f"/api/v1/tariff/lines/{number}/?as_of={day}").json()
    return body


def beside(client: Client, number: str, day: date) -> list[tuple[str, float]]:
    return [(item["heading"], item["rate_pct"]) for item in api(client, number, day)["also_owed"]]


def holds_everywhere(client: Client) -> None:
    """What is to be so whatever was loaded."""
    eve, first = date(2026, 11, 9), date(2026, 11, 10)
    forced_labor = ("9903.05.31", 12.5)
    cranes = [("9903.91.14", 100), ("9903.91.15", 0), ("9903.91.16", 0)]
    for number, expected in ((CRANE, cranes), (CASTOR, [("9903.91.12", 100)]), (CHASSIS, [("9903.91.12", 100)])):
        assert beside(client, number, eve) == [forced_labor]
        assert beside(client, number, first) == [forced_labor, *expected]
    assert beside(client, CRANE, date(2027, 4, 18)) == [forced_labor, *cranes[:2]], "9903.91.16 is over"
    assert beside(client, "8716.39.0010", first) == [forced_labor]
    assert [item["heading"] for item in api(client, CRANE, TODAY)["covered_by"]] == ["9903.92.10"]
    assert [item["heading"] for item in api(client, CASTOR, TODAY)["covered_by"]] == ["9903.88.03"]
    own = next(item for item in api(client, CRANE, TODAY)["also_owed"] if item["heading"] == "9903.91.14")
    assert own["action"].startswith("Maritime action of October 2025")
    assert own["citation"] == (
        "90 FR 48320 (2025-10-16), suspended from 2025-11-10 to 2026-11-09 by 90 FR 50947 (2025-11-13)"
    )
    headings = set(CoveredLine.objects.filter(heading__startswith="9903911", action__code="FYR").values_list("heading"))
    assert headings <= {("99039110",), ("99039111",)}


@pytest.mark.usefixtures("shipped")
def test_as_shipped(client: Client) -> None:
    holds_everywhere(client)


def load(file: Path) -> None:
    """Load the file of lists as an operator does."""
    day = {"as_of": "2025-03-06"} if "usitc" in file.name else {}
    call_command("load_lists", str(file), stdout=StringIO(), stderr=StringIO(), **day)


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("name", SHAPES)
def test_after_loading_each_file(client: Client, shared_data: Path, name: str) -> None:
    load(shared_data / name)
    holds_everywhere(client)


@pytest.mark.parametrize("name", SHAPES)
def test_after_loading_each_file_before_what_ships(client: Client, shared_data: Path, name: str) -> None:
    load(shared_data / name)
    loaded("load_shipped")
    holds_everywhere(client)


@pytest.mark.usefixtures("shipped")
def test_a_file_that_puts_a_heading_under_the_review_is_understood(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "hts8,list,chapter99_heading,additional_duty_pct,effective_date,notes\n"
        "8716.90.30,FYR,9903.91.12,100,2026-11-10,listed\n",
        encoding="utf-8",
    )
    call_command("load_lists", str(file), stdout=StringIO(), stderr=StringIO())
    holds_everywhere(client)


@pytest.mark.usefixtures("shipped")
def test_an_upgraded_site_has_them_moved(client: Client) -> None:
    """As a site was that loaded the facts of an earlier version."""
    review = TariffAction.objects.get(code="FYR")
    for model in (CoveredLine, ActionRate):
        model.objects.filter(heading__in=("99039115", "99039116", "99039109")).delete()
        model.objects.filter(action__code="MAR").update(action=review)
    TariffAction.objects.get(code="MAR").delete()
    move: Callable[..., None] = importlib.import_module("exclusions.migrations.0085_maritime_action").move
    move(apps, None)
    assert TariffAction.objects.get(code="MAR").reach == "on_top"
    assert beside(client, CASTOR, TODAY) == [("9903.05.31", 12.5), ("9903.91.12", 100)]
    call_command("load_shipped", stdout=StringIO(), stderr=StringIO())
    holds_everywhere(client)
    move(apps, None)
    holds_everywhere(client)


def test_a_site_without_them_gets_no_action_from_the_migration() -> None:
    importlib.import_module("exclusions.migrations.0085_maritime_action").move(apps, None)
    assert not TariffAction.objects.exists()


def worked(number: str, day: date, *said: str) -> Owed:
    """What a shipment of $1,000,000 owes at a base rate of nothing."""
    make_edition(date(2019, 1, 1), ("84261900", "Cranes"), ("87169030", "Castors"), name="Base")
    duties = duties_of(number_facts(parse(number), day))
    assert duties is not None
    free = duties.__class__(None, duties.additional, duties.in_transit)
    return owed(free, Shipment({"value": D(1_000_000)}, frozenset(said)))


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("day", "said", "least", "most"),
    [
        (TODAY, (), 125_000, 1_375_000),
        (TODAY, (NO_OTHER,), 125_000, 125_000),
        (TODAY, (CRANES,), 375_000, 1_375_000),
        (TODAY, (CRANES, NO_OTHER), 1_375_000, 1_375_000),
        (TODAY, (CRANES, CONTRACT), 375_000, 375_000),
        (TODAY, (CRANES, ELSEWHERE, NO_OTHER), 1_000_000, 1_000_000),
        (TODAY, (ELSEWHERE, NO_OTHER), 1_000_000, 1_000_000),
        (TODAY, (CRANES, ATTESTED, NO_OTHER), 0, 0),
        (date(2027, 4, 17), (CRANES, CONTRACT), 375_000, 375_000),
        (date(2027, 4, 18), (CRANES,), 1_375_000, 1_375_000),
        (date(2026, 11, 9), (CRANES,), 375_000, 375_000),
        (date(2026, 5, 14), (CRANES,), 250_000, 250_000),
        (date(2026, 5, 13), (CRANES,), 0, 250_000),
        (date(2026, 5, 13), (CRANES, OLD_CONTRACT), 0, 0),
        (date(2025, 1, 2), (), 0, 250_000),
        (date(2024, 9, 26), (), 0, 0),
    ],
)
def test_the_total_of_cranes_is_a_range_until_what_decides_is_answered(
    day: date, said: tuple[str, ...], least: int, most: int
) -> None:
    found = worked(CRANE, day, *said)
    assert (found.known, found.most) == (D(least), D(most))


@pytest.mark.usefixtures("shipped")
def test_page_and_api_ask(client: Client) -> None:
    make_edition(date(2026, 4, 23), ("84261900", "Cranes"), name="2026 Rev 6")
    TariffLine.objects.update(general_rate="Free")
    path = f"/tariff/{CRANE}/?as_of={TODAY}&value=1000000"
    text = " ".join(client.get(path).content.decode().split())
    assert "Total $125,000.00 to $1,375,000.00, depending on your answers" in text
    for words in ("dated before April 17, 2025", "of another country with a boom", "the importer attests that they"):
        assert words in text
    assert "Nothing else above is true" in text
    assert "If the goods are ship-to-shore gantry cranes, it also owes 25% under Section 301 (four-year review" in text
    assert "0% under 9903.91.16 applies instead of 100%." in text
    done = " ".join(client.get(f"{path}&is={CRANES}&is={NO_OTHER}").content.decode().split())
    assert "<strong>$1,375,000.00</strong>" in done
    additional = {item["heading"]: item for item in api(client, CRANE, TODAY)["duty"]["additional"]}
    assert additional["9903.91.16"]["in_place_of"] == "9903.91.14"
    assert additional["9903.91.16"]["is_open"] is True
    assert set(additional["9903.91.15"]["lifts"]) == {"9903.92.10", "9903.05.31", "9903.91.16"}
    assert "four-year review" not in additional["9903.91.14"]["name"]


@pytest.mark.usefixtures("shipped")
def test_enteral_syringes_owe_one_rate_instead_of_the_other(client: Client) -> None:
    duty = api(client, "9018.31.0080", date(2025, 12, 31))["duty"]
    assert duty["sentence"].endswith(
        "plus 100% under Section 301 (four-year review of 2024). If the goods are enteral syringes, 0% under "
        "9903.91.10 applies instead of 100%."
    )
    assert "instead" not in api(client, "9018.31.0080", date(2026, 1, 1))["duty"]["sentence"]


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2019, 5, 9), ""),
        (date(2019, 5, 10), "If it was exported before May 10, 2019 and entered before June 15, 2019, 10% under 9903"),
        (date(2019, 6, 14), "applies instead of 25%."),
        (date(2019, 6, 15), ""),
    ],
)
def test_the_rate_of_goods_in_transit_is_in_the_sentence(client: Client, day: date, words: str) -> None:
    sentence = api(client, "6810.99.0010", day)["duty"]["sentence"]
    assert words in sentence
    assert ("instead" in sentence) is bool(words)
