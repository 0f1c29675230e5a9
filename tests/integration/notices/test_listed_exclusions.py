"""Rounds of extension and reinstatement list exclusions: by a table of places, or all of some headings."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exclusions.actions.filing.petitions import start
from exclusions.actions.loading.rounds import load_rounds
from exclusions.actions.loading.tariff_lists import load_shipped_actions
from exclusions.errors import WrongState
from exclusions.models import Exclusion, ExclusionTerm, ListedExclusion, Round

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 10, 20, 15, 0, tzinfo=UTC)
ROUND = "reinstatement-2021"
HEAD = "list,heading,note,item\n"


def listing(*arguments: object, **options: object) -> str:
    out = StringIO()
    call_command("list_exclusions", *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def round_2021() -> Round:
    load_shipped_actions()
    load_rounds(at=NOW)
    return Round.objects.get(slug=ROUND)


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    def write(rows: str) -> Path:
        path = tmp_path / "listed.csv"
        path.write_text(HEAD + rows)
        return path

    return write


def test_the_docket_of_2021_lists_549_of_which_425_have_their_text(
    shared_data: Path, round_2021: Round, client, django_assert_max_num_queries
) -> None:
    call_command(
        "load_exclusions", str(shared_data / "ch99/exclusions_note20_2026_rev6.csv.gz"),
        stdout=StringIO(), stderr=StringIO(),
    )  # fmt: skip
    assert "549 read, 549 added" in listing(ROUND)
    assert "549 read, 0 added" in listing(ROUND)
    listed = ListedExclusion.objects.filter(round=round_2021)
    assert listed.filter(exclusion__texts__isnull=False).distinct().count() == 425
    without = listed.filter(exclusion__texts__isnull=True)
    assert without.count() == 124
    of_others = without.exclude(heading__in=["99038854", "99038857", "99038859", "99038861"])
    assert [row.printed for row in of_others] == ["20(i)(32)"], "where the note of 2026 says “[Exclusion deleted.]”"
    with django_assert_max_num_queries(12):
        page = client.get(f"/rounds/{ROUND}/exclusions/?heading=99038857").content.decode()
    assert "87 exclusions" in page
    assert "The source does not give its text" in page
    first = client.get(f"/api/v1/rounds/{ROUND}/exclusions/").json()["results"][0]
    assert (first["number"], first["heading"], first["decision"]) == (1, "9903.88.05", None)
    assert first["text"]
    assert client.get(f"/api/v1/rounds/{ROUND}/exclusions/549/").json()["text"] == ""
    assert "The source does not give its text" in client.get(f"/rounds/{ROUND}/exclusions/549/").content.decode()
    assert client.get(f"/rounds/{ROUND}/exclusions/550/").status_code == 404


def test_a_place_at_which_nothing_was_granted_is_refused_and_nothing_is_listed(round_2021: Round, table) -> None:
    path = table("4A,9903.88.57,jjj,1\n4A,9903.88.99,jjj,2\n3,9903.88.57,jjj,3\n")
    with pytest.raises(CommandError, match="Nothing was listed"):
        listing(ROUND, path)
    assert not ListedExclusion.objects.exists()
    assert not Exclusion.objects.exists()


def test_a_row_that_stands_twice_is_named_by_its_line(round_2021: Round, table) -> None:
    with pytest.raises(CommandError, match="1 row was refused"):
        listing(ROUND, table("4A,9903.88.57,jjj,1\n4A,99038857,20(jjj),1\n"))


def test_all_of_a_heading_are_listed_at_once(round_2021: Round, table) -> None:
    listing(ROUND, table("4A,9903.88.57,jjj,1\n4A,9903.88.57,jjj,2\n"))
    load_rounds(at=NOW)
    Round.objects.filter(slug="list-3").update(kind="extension")
    assert "2 read, 2 added" in listing("list-3", headings=["9903.88.57"])
    with pytest.raises(CommandError, match="Nothing was listed"):
        listing("list-3", headings=["9903.88.69"])


def test_only_rounds_of_comments_list_exclusions(round_2021: Round, table) -> None:
    with pytest.raises(CommandError, match="Nothing was listed"):
        listing("list-3", table("4A,9903.88.57,jjj,1\n"))


def test_no_petition_is_filed_in_a_round_that_lists_exclusions(round_2021: Round, cast) -> None:
    with pytest.raises(WrongState, match="takes comments on the exclusions"):
        start(round=round_2021, organization=cast["importer"].memberships.first().organization, by=cast["importer"],
              at=NOW)  # fmt: skip


def test_an_exclusion_entered_by_its_place_gets_its_text_when_a_file_has_it(round_2021: Round, table) -> None:
    listing(ROUND, table("4A,9903.88.57,jjj,1\n"))
    exclusion = Exclusion.objects.get()
    assert exclusion.texts.count() == 0
    assert ExclusionTerm.objects.get().dates_from
