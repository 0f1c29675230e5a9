"""load_exclusions: one term an item, one exclusion a product, from the table and from the note alike."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exclusions.actions.store.bulk import analyze
from exclusions.models import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from tests.loads import loaded
from tests.opened import opened
from tests.unit.gateways.test_exclusion_table import table

TABLE = "ch99/exclusions_note20_2026_rev6.csv.gz"
NOTE = "ch99/us_notes_20_31_2026_rev6.txt.gz"
REST_TABLE = "ch99/exclusions_note20_2026_rev6_rest.csv.gz"
REST_NOTE = "ch99/us_note_20_2026_rev6_rest.txt.gz"
BREAST_PUMPS = "8413810040"

pytestmark = pytest.mark.django_db


def load(path: Path, **options: object) -> str:
    if not options:
        return loaded("load_exclusions", path)
    out = StringIO()
    call_command("load_exclusions", str(path), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def every_row() -> list[tuple[object, ...]]:
    analyze()  # no autovacuum comes by here; PostgreSQL would join the tables that it takes for empty row by row
    terms = ExclusionTerm.objects.order_by("exclusion__reference", "heading", "note", "seq")
    texts = ExclusionText.objects.order_by("exclusion__reference", "version")
    numbers = ExclusionNumber.objects.order_by("text__exclusion__reference", "text__version", "pk")
    return [
        *terms.values_list(
            "exclusion__reference", "heading", "note", "seq", "item", "status", "valid_from", "valid_to", "dates_from"
        ),
        *texts.values_list("exclusion__reference", "version", "text", "whole_number", "valid_from", "valid_to"),
        *numbers.values_list("text__exclusion__reference", "number", "valid_from", "valid_to"),
    ]


@pytest.mark.parametrize("names", [(TABLE, NOTE), (NOTE, TABLE)], ids=["table first", "note first"])
def test_the_table_and_the_note_give_the_same_rows_and_twice_changes_nothing(
    shared_data: Path, names: tuple[str, str]
) -> None:
    assert "2,490 read, 2,490 added" in load(shared_data / names[0])
    before = every_row()
    for name in names:
        assert "Nothing changed" in load(shared_data / name)
        assert every_row() == before
    assert ExclusionTerm.objects.count() == 2_490
    assert ExclusionTerm.objects.filter(status="deleted", valid_from__isnull=True).count() == 6
    assert Exclusion.objects.count() == 1_839, "products recur across rounds"
    assert not ExclusionTerm.objects.filter(valid_from__isnull=True).exclude(status="deleted").exists()


def test_the_tables_and_the_texts_of_the_whole_note_do_not_contradict_each_other(shared_data: Path) -> None:
    for name in (TABLE, REST_TABLE, NOTE, REST_NOTE):
        load(shared_data / name)
    before = every_row()
    for name in (REST_NOTE, NOTE, REST_TABLE, TABLE):
        assert "Nothing changed" in load(shared_data / name)
    assert every_row() == before
    assert ExclusionTerm.objects.count() == 3_515


def test_breast_pumps_were_excluded_from_the_first_day_of_list_1_as_seen_with_hindsight(shared_data: Path) -> None:
    load(shared_data / TABLE)
    term = ExclusionTerm.objects.get(heading="99038806", exclusion__texts__numbers__number=BREAST_PUMPS)
    assert (term.valid_from, term.valid_to) == (date(2018, 7, 6), date(2021, 3, 25)), "extended for a second year"
    assert term.authority == "84 FR 11152"
    in_force = ExclusionTerm.objects.filter(pk=term.pk)
    days = (date(2018, 7, 5), date(2018, 7, 6), date(2019, 1, 15), date(2021, 3, 25), date(2021, 3, 26))
    assert [in_force.in_force(day).exists() for day in days] == [False, True, True, True, False]


def test_a_product_keeps_its_exclusion_while_headings_and_wordings_change(shared_data: Path) -> None:
    load(shared_data / TABLE)
    exclusion = Exclusion.objects.get(texts__numbers__number="9401919090", action__code="3")
    assert list(exclusion.terms.order_by("valid_from").values_list("heading", flat=True)) == [
        "99038837",
        "99038856",
        "99038869",
    ]
    first, second = exclusion.texts.order_by("version")
    assert (first.valid_from, first.valid_to) == (date(2018, 9, 24), date(2024, 6, 14))
    assert (second.valid_from, second.valid_to) == (date(2024, 6, 15), None)
    assert [(n.number, n.valid_from, n.valid_to) for n in second.numbers.order_by("pk")] == [
        ("9401904080", None, date(2022, 1, 26)),
        ("9401919090", date(2022, 1, 27), None),
    ]


def test_the_notes_own_window_goes_before_that_of_its_heading(shared_data: Path) -> None:
    load(shared_data / NOTE)
    term = ExclusionTerm.objects.get(heading="99038848", seq=80)
    assert (term.valid_from, term.valid_to) == (date(2018, 9, 24), date(2020, 8, 6))
    assert term.dates_from == "Printed with the product in the note."


def test_a_later_deletion_marks_the_term_and_keeps_the_record(tmp_path: Path) -> None:
    load(table(tmp_path))
    report = load(table(tmp_path, text="[Deleted.]", hts10="", status="deleted"))
    assert "0 added, 0 changed, 1 ended" in report
    term = ExclusionTerm.objects.get()
    assert term.status == ExclusionTerm.Status.DELETED
    assert "Breast pumps" in term.exclusion.texts.get().text
    assert "Nothing changed" in load(table(tmp_path, text="[Deleted.]", hts10="", status="deleted"))


def test_an_amended_text_becomes_a_version_of_the_same_exclusion(tmp_path: Path) -> None:
    load(table(tmp_path))
    amended = '"Breast pumps, whether or not with batteries (described in statistical reporting number 8413.81.0040)"'
    assert "0 added, 1 changed, 0 ended" in load(table(tmp_path, text=amended))
    assert Exclusion.objects.get().texts.count() == 2
    assert "Nothing changed" in load(table(tmp_path, text=amended))


def test_an_extension_moves_the_end_and_silence_does_not_move_it_back(tmp_path: Path) -> None:
    load(table(tmp_path))
    window = {"effective_from": "2018-07-06", "effective_to": "2021-04-30", "effective_to_kind": "inclusive"}
    assert "1 changed" in load(table(tmp_path, **window))
    assert "Nothing changed" in load(table(tmp_path))
    term = ExclusionTerm.objects.get()
    assert term.valid_to == date(2021, 4, 30)
    assert term.dates_from == "Stated in the file that was loaded."


def test_an_unknown_heading_leaves_the_dates_unknown_and_never_in_force(tmp_path: Path) -> None:
    load(table(tmp_path, chapter99_heading="9903.88.71", note20_subdivision="xxx"))
    term = ExclusionTerm.objects.get()
    assert (term.valid_from, term.valid_to, term.dates_from) == (None, None, "")
    assert not ExclusionTerm.objects.in_force(date(2019, 1, 15)).exists()


def test_products_numbered_afresh_are_refused(tmp_path: Path) -> None:
    load(table(tmp_path))
    with pytest.raises(CommandError, match=r"product 6 of note 20\(i\) is on file as 5"):
        load(table(tmp_path, seq="6"))
    assert ExclusionTerm.objects.count() == 1


def test_a_product_decided_here_keeps_its_place_beside_that_of_the_note(tmp_path: Path) -> None:
    load(table(tmp_path))
    with opened(Exclusion):
        Exclusion.objects.update(origin=Exclusion.Origin.DECISION)
    other = '"Otoscopes (described in statistical reporting number 9018.90.2000)"'
    path = table(tmp_path, text=other, hts10="9018.90.2000")
    assert "1 added, 0 changed, 0 ended" in load(path)
    assert "Nothing changed" in load(path)
    assert "Nothing changed" in load(table(tmp_path))
    assert ExclusionTerm.objects.filter(heading="99038806", note="i", seq=5).count() == 2
    assert ExclusionText.objects.count() == 2


def test_a_bad_row_stops_the_load_and_skip_bad_writes_it_beside_the_file(tmp_path: Path) -> None:
    path = table(tmp_path)
    path.write_text(path.read_text() + "9903.88.06,i,1\n")
    with pytest.raises(CommandError, match="1 row was refused"):
        load(path)
    assert not Exclusion.objects.exists()
    assert "1 added, 0 changed, 0 ended, 1 refused" in load(path, skip_bad=True)
    assert (tmp_path / "exclusions.csv.skipped.csv").exists()


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "exclusions.csv"
    path.write_text("hts,chapter99_heading\n0101.21.00,9903.88.15\n")
    with pytest.raises(CommandError, match="not a table of exclusions"):
        load(path)
