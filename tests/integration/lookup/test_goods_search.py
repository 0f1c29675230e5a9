"""From words to the tariff, on a schedule of a few lines and on the shipped one."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from exclusions.actions.evidence import note_exclusions, note_names
from exclusions.actions.loading.tariff_editions import load_edition
from exclusions.actions.record.after_migrate import after_migrate
from exclusions.gateways.tariff.hts_edition import Edition, EditionLine
from exclusions.models import Evidence, GoodsWord
from exclusions.queries.lookup.goods_search import find_goods
from exclusions.workflow.states import Stage
from tests.factories.asking.exclusions import make_exclusion
from tests.factories.public import make_public

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("each database ranks by its own index.")]

DAY, AT = date(2026, 5, 1), datetime(2026, 5, 1, 12, tzinfo=UTC)
PUMPS = "Pumps for liquids (other than drills)"
ROWS = [
    ("8413", PUMPS),
    ("84138100", f"{PUMPS}: Other pumps: Breast pumps"),
    ("84139100", f"{PUMPS}: Parts"),
    ("0709", "Other vegetables, fresh or chilled"),
    ("07099300", "Other vegetables, fresh or chilled: Pumpkins, squash and gourds"),
    ("4202", "Trunks, suitcases, backpacks"),
    ("42029200", "Trunks, suitcases, backpacks: With outer surface of plastics: Backpacks for laptops"),
]


def load(rows: list[tuple[str, str]] = ROWS, name: str = "2026 Rev 6", start: date = date(2026, 4, 23)) -> None:
    """Load an edition of a few lines."""
    lines = [
        EditionLine(number, 0, place, words.rpartition(": ")[2], words, (), "Free", "", "")
        for place, (number, words) in enumerate(rows, start=1)
    ]
    edition = Edition("a file", "0" * 64, len(lines), lines)
    load_edition(edition=edition, name=name, valid_from=start, at=AT)


def numbers(q: str, day: date = DAY) -> list[str]:
    return [heading.number for heading in find_goods(q, day).headings]


def test_headings_come_first_and_lines_within_them() -> None:
    load()
    found = find_goods("breast pump", DAY)
    assert [heading.number for heading in found.headings] == ["8413"]
    assert found.headings[0].words == PUMPS
    line = found.headings[0].lines[0]
    assert (line.number, line.ending) == ("84138100", "Breast pumps")
    assert numbers("pumpkins") == ["0709"]


def test_what_a_heading_excludes_does_not_find_it() -> None:
    load([*ROWS, ("8467", "Tools, drills"), ("9999", "Other")])
    assert numbers("drills") == ["8467"]


def test_a_word_that_nobody_knows_is_corrected_and_said() -> None:
    load()
    found = find_goods("pumpkinz", DAY)
    assert (found.corrected, [heading.number for heading in found.headings]) == ("pumpkins", ["0709"])
    assert find_goods("pumpkins", DAY).corrected == ""


def test_two_letters_the_wrong_way_round_are_met_in_a_short_word() -> None:
    load()
    found = find_goods("brest pmup", DAY)
    assert (found.corrected, [heading.number for heading in found.headings][:1]) == ("breast pumps", ["8413"])
    assert not find_goods("pumpkinz", DAY, verbatim=True).headings


def test_two_words_are_found_written_as_one_and_one_as_two() -> None:
    load()
    assert numbers("suit cases") == ["4202"]
    assert numbers("breastpump") == ["8413"]


def test_a_word_that_does_not_say_enough_is_answered_with_what_it_depends_on() -> None:
    load()
    [note] = find_goods("pumps", DAY).notes
    assert "for liquids 8413, for air or vacuum 8414" in note
    assert find_goods("pumpkins", DAY).notes == []


def test_where_nothing_fits_chapters_are_offered() -> None:
    load()
    found = find_goods("xylophone quartet", DAY)
    assert (found.headings, len(found.chapters) > 90) == ([], True)


@pytest.mark.parametrize(
    "q",
    [
        "",
        "   ",
        "🙂🙂",
        '"pump" OR (',
        "pump*",
        "a AND b NOT",
        "kind:word",
        "٨٤١٣",
        "'; drop",
        "\x00pump",
        "x" * 10_000,
    ],
)
def test_whatever_is_typed_is_answered(q: str) -> None:
    load()
    assert find_goods(q, DAY).asked == " ".join(q[:300].split())


def test_what_does_not_stand_on_the_day_is_not_named() -> None:
    whole = [(f"{chapter:02}011000", f"Chapter {chapter} goods: horses") for chapter in range(1, 98) if chapter != 77]
    load([*whole, ("88060000", "Unmanned aircraft")])
    assert "8806" in numbers("unmanned aircraft")
    load(whole, name="2026 Rev 9", start=date(2026, 6, 1))
    assert "8806" not in numbers("unmanned aircraft", date(2026, 6, 2))
    assert "8806" in numbers("unmanned aircraft")


def test_loading_again_changes_nothing_and_a_corrected_wording_goes() -> None:
    load()
    before = set(Evidence.objects.values_list("pk", flat=True))
    load()
    assert set(Evidence.objects.values_list("pk", flat=True)) == before
    load([row for row in ROWS if row[0] != "07099300"] + [("07099300", "Other vegetables, fresh or chilled: Marrows")])
    assert not GoodsWord.objects.filter(stem="pumpkin").exists()
    assert numbers("marrow") == ["0709"]


def test_an_upgrade_makes_the_evidence_of_what_is_on_file() -> None:
    load()
    Evidence.objects.all().delete()
    GoodsWord.objects.all().delete()
    after_migrate(using="default")
    assert numbers("breast pump") == ["8413"]


def test_the_name_of_a_granted_petition_and_the_text_of_an_exclusion_speak_for_their_own_numbers() -> None:
    load()
    make_public(1, product_name="Squash laptops", hts10="8413910000", stage=Stage.GRANTED, historical=False)
    make_public(2, product_name="Pumpkin trunks", hts10="8413910000", historical=False)
    make_exclusion(text="Gribble trays, each with a lid", number="4202920000")
    note_names()
    note_exclusions()
    assert numbers("squash laptop")[0] == "8413"
    assert numbers("gribble tray") == ["4202"]
    assert "8413" not in numbers("pumpkin trunk")


def test_statements_do_not_grow_with_what_is_found(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    load([*ROWS, *((f"{number}00", "Many pumps") for number in range(841300, 841340))])
    with django_assert_max_num_queries(7):
        find_goods("pumpz for breasts", DAY)
