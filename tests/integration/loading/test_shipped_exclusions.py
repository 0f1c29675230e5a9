"""The exclusions that ship with the product: all of note 20, the same as its two tables, loaded once."""

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from exclusions.actions.loading.exclusion_registry import load_exclusions, load_shipped_exclusions
from exclusions.facts.exclusions import exclusions_in_force
from exclusions.facts.on_file import register
from exclusions.gateways.tariff.exclusion_item import ExclusionItem
from exclusions.gateways.tariff.exclusion_table import read_exclusion_table
from exclusions.gateways.tariff.shipped_exclusions import EXCLUSIONS_FILE, shipped_exclusions
from exclusions.models import Exclusion, ExclusionTerm, ExclusionText, PrintedWording
from tests.integration.loading.test_load_exclusions import every_row
from tests.loads import loaded
from tests.migrated import PROJECT
from tests.unit.gateways.test_exclusion_table import table

TABLES = ("ch99/exclusions_note20_2026_rev6.csv.gz", "ch99/exclusions_note20_2026_rev6_rest.csv.gz")
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
WITH_EXCLUSIONS = "load_shipped"

pytestmark = pytest.mark.django_db


def placed(items: list[ExclusionItem]) -> dict[tuple[object, ...], tuple[object, ...]]:
    return {
        (one.list_code, one.heading, one.note, one.seq): (one.printed, one.text, one.released)
        for one in items
        if not one.amends
    }


def test_the_shipped_file_holds_every_product_of_both_tables_as_printed(shared_data: Path) -> None:
    rows = [item for name in TABLES for item in read_exclusion_table(shared_data / name)[0]]
    assert placed(shipped_exclusions()) == placed(rows)
    assert len(rows) == 3_515


def test_the_same_tables_make_the_same_bytes(shared_data: Path, tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    (tmp_path / "exclusions/data").mkdir(parents=True)
    script = shutil.copy(PROJECT / ".ci/shipped_exclusions.py", tmp_path / ".ci")
    shutil.copy(PROJECT / "exclusions/data/exclusion_headings.csv", tmp_path / "exclusions/data")
    subprocess.run([sys.executable, script, *(str(shared_data / name) for name in TABLES)], check=True)
    assert (tmp_path / "exclusions/data" / EXCLUSIONS_FILE.name).read_bytes() == EXCLUSIONS_FILE.read_bytes()


@pytest.mark.both_databases("Rows by the thousand, and what supersedes them.")
def test_a_fresh_site_has_all_of_them_and_loading_again_changes_nothing() -> None:
    said = loaded(WITH_EXCLUSIONS)
    assert "3,520 read, 3,515 added, 5 changed, 0 ended" in said
    assert ExclusionTerm.objects.count() == 3_515
    assert register().headings == ()
    before, printed = every_row(), PrintedWording.objects.count()
    again = load_shipped_exclusions(at=NOW)
    assert again.changed_nothing
    assert (every_row(), PrintedWording.objects.count()) == (before, printed)


@pytest.mark.usefixtures("shipped_lists")
@pytest.mark.both_databases("What an upgraded site has stays.")
def test_a_site_that_loaded_the_tables_itself_gets_the_five_amendments_alone(shared_data: Path) -> None:
    for name in TABLES:
        loaded("load_exclusions", shared_data / name)
    texts = set(ExclusionText.objects.values_list("pk", flat=True))
    terms = set(ExclusionTerm.objects.values_list("pk", flat=True))
    exclusions = Exclusion.objects.count()
    report = load_shipped_exclusions(at=NOW)
    assert (report.added, report.changed, report.ended) == (0, 5, 0)
    assert set(ExclusionTerm.objects.values_list("pk", flat=True)) == terms
    assert Exclusion.objects.count() == exclusions
    assert len(texts - set(ExclusionText.objects.values_list("pk", flat=True))) == 4, "four wordings got an end"
    before = every_row()
    assert load_shipped_exclusions(at=NOW).changed_nothing
    assert every_row() == before


def named(number: str, day: date) -> list[str]:
    return sorted(one.note_printed for one in exclusions_in_force([number], day)[number])


@pytest.mark.usefixtures("shipped")
def test_what_was_in_force_on_a_day_is_found(client: Client) -> None:
    assert named("8413810040", date(2019, 1, 15)) == ["20(i)(5)", "20(q)(16)", "20(q)(17)"]
    assert named("9018119000", date(2026, 6, 1)) == ["20(vvv)(i)(33)"]
    assert named("9018119000", date(2026, 11, 10)) == []
    page = client.post(
        "/refunds/", {"lines": "ABC-1234567-8,2026-06-01,9018.11.9000,20000,5000", "answer_as": "page"}
    ).content.decode()
    assert "Nothing to ask back" not in page


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("number", "item"),
    [("8413919046", "20(vvv)(i)(4)"), ("3926909915", "20(vvv)(iv)(4)"), ("3926909920", "20(vvv)(iv)(4)")],
)
def test_the_amended_numbers_hold_from_july_1_2026(number: str, item: str) -> None:
    assert item not in named(number, date(2026, 6, 30))
    assert item in named(number, date(2026, 7, 1))
    assert item in named(number, date(2026, 11, 9))
    assert item not in named(number, date(2026, 11, 10))


@pytest.mark.usefixtures("shipped")
def test_the_numbers_before_the_amendment_end_the_day_before() -> None:
    for number in ("8413919085", "3926909910"):
        assert named(number, date(2026, 6, 30))
        assert not {"20(vvv)(i)(4)", "20(vvv)(iv)(4)"} & set(named(number, date(2026, 7, 1)))


@pytest.mark.usefixtures("shipped")
def test_the_page_says_whose_words_an_amendment_is_and_what_it_means_for_refunds(client: Client) -> None:

    def page(number: str, item: str) -> str:
        term = ExclusionTerm.objects.get(heading="99038869", note="vvv(i)", item=item)
        assert term.exclusion.texts.filter(numbers__number=number).exists()
        return " ".join(
            client.get(f"/exclusions/{term.exclusion.reference}/?as_of=2026-08-01").content.decode().split()
        )

    quoted = page("8413919046", "4")
    assert "91 FR 56538" in quoted
    assert "as two public programs quote it; the notice itself was not seen." in quoted
    assert "Customs took claims under them from September 23, 2026." in quoted
    only = page("8479909591", "20")
    assert "only the new number is known" in only
    assert "91 FR 64211" in only


# ---- Nobody who files waits for a load -------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_file_is_compared_outside_the_transaction_that_writes(tmp_path: Path) -> None:
    items = read_exclusion_table(table(tmp_path))[0]
    inside: list[bool] = []
    load_exclusions(
        items=items, rows=1, source="x", at=NOW, progress=lambda _: inside.append(connection.in_atomic_block)
    )
    assert inside == [False, False]


def test_what_somebody_else_loads_meanwhile_is_not_loaded_twice(tmp_path: Path) -> None:
    items = read_exclusion_table(table(tmp_path))[0]

    def meanwhile(said: str) -> None:
        if said.startswith("Writing"):
            load_exclusions(items=items, rows=1, source="other", at=NOW)

    report = load_exclusions(items=items, rows=1, source="x", at=NOW, progress=meanwhile)
    assert report.changed_nothing
    assert ExclusionTerm.objects.count() == ExclusionText.objects.count() == 1
