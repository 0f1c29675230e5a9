"""load_shipped and load_lists: the same lists whatever the order of loading, and nothing half-written."""

import shutil
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exclusions.models import ActionRate, CoveredLine, Event, TariffAction, User
from tests.factories.people import LONG_AGO
from tests.loads import loaded

USITC = "lists/usitc_china_tariffs_2020-01-01.csv"
DAMAGED = "lists/usitc_china_tariffs_2020-01-01_excel_damaged.xlsx"
BY_LIST = "section301_subheadings.csv"
RATES = "section301_list_rates.csv"
REVIEW = "section301_four_year_review.csv"
TABLE_2023 = "lists/usitc_china_tariffs_2023-01-01.csv"
TABLE_2025 = "lists/usitc_china_tariffs_2025-03-06.csv"
FILES = (USITC, DAMAGED, TABLE_2023, TABLE_2025, BY_LIST, RATES, REVIEW)
COUNTS = """
    SELECT a.code, c.heading,
           SUM(CASE WHEN length(c.number) = 8 THEN 1 ELSE 0 END),
           SUM(CASE WHEN length(c.number) = 10 THEN 1 ELSE 0 END)
    FROM exclusions_coveredline c JOIN exclusions_tariffaction a ON a.id = c.action_id
    WHERE c.included AND c.valid_from <= %s AND (c.valid_to IS NULL OR c.valid_to >= %s)
    GROUP BY a.code, c.heading ORDER BY a.code, c.heading
"""


pytestmark = pytest.mark.django_db


def load(command: str, *args: object, **options: object) -> str:
    out = StringIO()
    call_command(command, *map(str, args), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def counts(day: date) -> dict[tuple[str, str], tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [day, day])
        return {(code, heading): (full, parts) for code, heading, full, parts in cursor.fetchall()}


def every_row() -> list[tuple[object, ...]]:
    lines = CoveredLine.objects.order_by("action__code", "number", "heading", "included")
    columns = ("action__code", "number", "heading", "included", "valid_from", "valid_to")
    rates = ActionRate.objects.order_by("heading", "valid_from")
    return [*lines.values_list(*columns), *rates.values_list("heading", "pct", "valid_from", "valid_to")]


def test_a_fresh_machine_covers_all_lists_without_a_download() -> None:
    assert "0 refused" in loaded("load_shipped --lists-alone")
    assert counts(date(2020, 1, 1)) == {
        ("1", "99038801"): (818, 0),
        ("2", "99038802"): (279, 0),
        ("3", "99038803"): (5_759, 0),
        ("3", "99038804"): (11, 43),
        ("4A", "99038815"): (3_233, 14),
        ("4B", "99038816"): (550, 13),
    }
    assert set(TariffAction.objects.values_list("code", flat=True)) == {"1", "2", "3", "4A", "4B", "FYR", "FL", "MAR"}
    (event,) = Event.objects.filter(kind="load_lists")
    assert set(event.data["files"]) == {"lists.toml", "covered_lines.csv"}
    assert event.data["lists"] == [8, 0, 0]
    assert "0 added, 0 changed, 0 ended" in loaded("load_shipped --lists-alone")
    assert Event.objects.filter(kind="load_lists").count() == 1, "nothing changed, nothing to record"


@pytest.mark.usefixtures("shipped_lists")
@pytest.mark.parametrize("name", FILES)
def test_each_public_file_agrees_with_the_shipped_lists(shared_data: Path, name: str) -> None:
    before = every_row()
    for _ in range(2):
        assert "Nothing changed" in load("load_lists", shared_data / name)
    assert every_row() == before


def test_the_table_of_one_day_alone_has_the_known_counts(shared_data: Path) -> None:
    assert "10,697 read, 10,697 added" in load("load_lists", shared_data / USITC)
    assert counts(date(2020, 1, 1)) == {
        ("1", "99038801"): (818, 0),
        ("2", "99038802"): (279, 0),
        ("3", "99038803"): (5_759, 0),
        ("3", "99038804"): (0, 43),
        ("4A", "99038815"): (3_229, 14),
        ("4B", "99038816"): (542, 13),
    }
    assert "Nothing changed" in load("load_lists", shared_data / USITC)
    assert "Nothing changed" in load("load_lists", shared_data / DAMAGED)


@pytest.mark.usefixtures("shipped_lists")
@pytest.mark.deep("test_a_line_that_a_later_whole_table_leaves_out_ends_before_it loads two small ones.")
def test_the_order_of_loading_does_not_matter(shared_data: Path) -> None:
    shipped = every_row()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM exclusions_coveredline")  # quicker than writing 11,867 deletions to the history
    for name in FILES:
        load("load_lists", shared_data / name)
    loaded("load_shipped --lists-alone")
    assert every_row() == shipped
    for name in reversed(FILES):
        assert "Nothing changed" in load("load_lists", shared_data / name)


@pytest.mark.usefixtures("shipped_lists")
def test_a_correction_by_hand_outlives_the_next_load(django_user_model: type[User]) -> None:
    line = CoveredLine.objects.get(number="84138100", action__code="1")
    line._history_user = django_user_model.objects.create(email="editor@example.gov", date_joined=LONG_AGO)
    line.valid_to = date(2025, 6, 30)
    line.save()
    assert "0 changed" in loaded("load_shipped --lists-alone")
    line.refresh_from_db()
    assert line.valid_to == date(2025, 6, 30)


def test_a_bad_row_stops_the_load_and_skip_bad_writes_it_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    path.write_text("\ufeffhts,chapter99_heading\n8413.81.00,9903.88.01\n1901-10-05,9903.88.15\n8413\n")
    with pytest.raises(CommandError, match="2 rows were refused, so nothing was loaded"):
        load("load_lists", path)
    assert not CoveredLine.objects.exists()
    output = load("load_lists", path, skip_bad=True)
    assert "3 read, 1 added, 0 changed, 0 ended, 2 refused" in output
    event = Event.objects.get(kind="load_lists")
    assert (event.data["file"], event.data["sha256"]) == ("lists.csv", sha256(path.read_bytes()).hexdigest())
    skipped = (tmp_path / "lists.csv.skipped.csv").read_text(encoding="utf-8")
    assert "is a date" in skipped
    assert "1 cells where the heading row has 2" in skipped


def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path, shared_data: Path) -> None:
    path = tmp_path / "lists.csv"
    shutil.copy(shared_data / "lists/usitc_china_tariffs_2020-01-01.pdf", path)
    with pytest.raises(CommandError, match=r"lists\.csv"):
        load("load_lists", path)
    with pytest.raises(CommandError, match="cannot be opened"):
        load("load_lists", tmp_path / "absent.csv")


@pytest.mark.usefixtures("shipped_lists")
def test_a_list_that_contradicts_what_is_known_of_its_day_is_refused_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("hts,chapter99_heading\n0101.21.00,9903.88.01\n")
    before = every_row()
    with pytest.raises(CommandError, match=r"0101.21.00 on List 1 \(9903.88.01\) stands on List 4A"):
        load("load_lists", path, as_of="2023-01-01")
    assert every_row() == before
    with pytest.raises(CommandError, match="so far"):
        load("load_lists", path)
    assert "1 added" in load("load_lists", path, as_of="2023-01-01", despite_contradictions=True)


def test_a_table_of_another_day_is_a_change_and_no_fault(shared_data: Path) -> None:
    """Lines that the review moved stand on their old list by the table of 2023, on the new one by that of 2025."""
    for name in (TABLE_2025, USITC, TABLE_2023):
        load("load_lists", shared_data / name)
    spans = CoveredLine.objects.filter(number="72061000", included=True).order_by("valid_from")
    assert list(spans.values_list("action__code", "heading", "valid_from", "valid_to")) == [
        ("4A", "99038815", date(2019, 9, 1), date(2024, 9, 26)),
        ("FYR", "99039101", date(2024, 9, 27), None),
    ]
    with pytest.raises(CommandError, match="contradicts the lists as they are known on 2025-03-06"):
        load("load_lists", shared_data / USITC, as_of="2025-03-06")


def test_a_line_that_a_later_whole_table_leaves_out_ends_before_it(tmp_path: Path) -> None:
    """Lines of which the shipped facts know nothing, of the empty chapter 77: the table before says the first day."""
    numbers = [f"7701.{n:02}.00" for n in range(10, 20)]
    for day, named in (("2026-01-15", numbers), ("2026-03-01", [*numbers[1:], "7705.10.00"])):
        path = tmp_path / f"table_{day}.csv"
        path.write_text("hts,chapter99_heading\n" + "".join(f"{number},9903.88.01\n" for number in named))
        load("load_lists", path)
    days = dict(CoveredLine.objects.values_list("number", "valid_to"))
    assert days["77011000"] == date(2026, 2, 28)
    assert {days[number.replace(".", "")] for number in numbers[1:]} == {None}
    assert CoveredLine.objects.get(number="77051000").valid_from == date(2026, 1, 16)
