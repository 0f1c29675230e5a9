"""Terms get their true ends and notices as they are loaded, and those on file when the shipped facts are loaded."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from exclusions.gateways.tariff.exclusion_notices import extensions
from exclusions.models import ExclusionTerm
from tests.loads import loaded
from tests.opened import opened
from tests.unit.gateways.test_exclusion_table import table

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: object) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def make_old(**others: object) -> None:
    """Leave the term on file as an earlier version loaded it."""
    old = {"valid_to": date(2020, 3, 25), "dates_from": "By the rule of the round: remembered.", "authority": ""}
    with opened(ExclusionTerm):
        ExclusionTerm.objects.update(**{**old, "published_on": None, **others})


def test_breast_pumps_entered_in_june_2020_are_excluded(tmp_path: Path, client: Client) -> None:
    run("load_exclusions", table(tmp_path))
    term = ExclusionTerm.objects.get()
    assert (term.valid_to, term.authority, term.published_on) == (date(2021, 3, 25), "84 FR 11152", date(2019, 3, 25))
    assert term.dates_from.startswith("Extended from 2020-03-25 to 2021-03-25")
    found = client.get("/api/v1/exclusions/?hts=8413810040&as_of=2020-06-01").json()["results"]
    assert [row["reference"] for row in found] == [term.exclusion.reference]
    assert client.get("/api/v1/exclusions/?hts=8413810040&as_of=2021-03-26").json()["results"] == []


def test_terms_on_file_are_superseded_with_their_true_ends_once(tmp_path: Path) -> None:
    run("load_exclusions", table(tmp_path))
    make_old()
    assert "1 superseded" in run("load_shipped", "--lists-alone")
    old, new = ExclusionTerm.versions.order_by("pk")
    assert (old.valid_to, new.supersedes) == (date(2020, 3, 25), old)
    assert (new.valid_to, new.authority) == (date(2021, 3, 25), "84 FR 11152")
    assert new.reason == "Ends, notices and days of the shipped facts"
    assert "superseded" not in run("load_shipped", "--lists-alone")
    make_old()
    run("load_exclusions", table(tmp_path))
    assert ExclusionTerm.objects.get().valid_to == date(2021, 3, 25), "a load of exclusions does the same"


@pytest.mark.parametrize("kept", [{"corrected_by": "A. Clerk"}, {"dates_from": "Stated in the file that was loaded."}])
def test_what_a_person_or_a_file_said_stays(tmp_path: Path, kept: dict[str, object]) -> None:
    run("load_exclusions", table(tmp_path))
    make_old(**kept)
    run("load_shipped", "--lists-alone")
    assert ExclusionTerm.objects.get().valid_to == date(2020, 3, 25)


def test_the_page_and_the_api_name_the_notices_with_their_confidence(tmp_path: Path, client: Client) -> None:
    run("load_exclusions", table(tmp_path))
    reference = ExclusionTerm.objects.get().exclusion.reference
    page = " ".join(client.get(f"/exclusions/{reference}/").content.decode().split())
    assert "Notices about these headings" in page
    grant, extension = client.get(f"/api/v1/exclusions/{reference}/").json()["notices"]
    assert (grant["citation"], grant["confidence"], grant["role"]) == ("84 FR 11152", "high", "grant")
    assert (extension["from"], extension["to"], extension["published_on"]) == ("2020-03-25", "2021-03-25", None)


def windows(shared_data: Path, heading: str) -> Iterator[dict[str, str]]:
    """The windows of a heading by edition, each once, in order."""
    with (shared_data / "ch99/exclusion_window_by_edition.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["chapter99_heading"] == heading]
    names = ("effective_from", "effective_to", "effective_to_kind")
    yield from {tuple(row[name] for name in names): {name: row[name] for name in names} for row in rows}.values()


@pytest.mark.parametrize(("heading", "note", "code"), [("9903.88.69", "vvv(i)", "1"), ("9903.88.70", "www", "2")])
def test_the_windows_of_the_editions_replay_and_are_kept(
    shared_data: Path, tmp_path: Path, heading: str, note: str, code: str
) -> None:
    place = {"chapter99_heading": heading, "note20_subdivision": note, "list": code, "status": "in_effect",
             "base_headings": f"9903.88.0{code}"}  # fmt: skip
    ends = []
    for window in windows(shared_data, heading):
        run("load_exclusions", table(tmp_path, **place, **window))
        last = date.fromisoformat(window["effective_to"])
        ends.append(last - timedelta(days=window["effective_to_kind"] == "exclusive"))
        term = ExclusionTerm.objects.get()
        assert (str(term.valid_from), term.valid_to) == (window["effective_from"], ends[-1])
    kept = list(ExclusionTerm.versions.order_by("pk").values_list("valid_to", flat=True))
    assert kept == list(dict.fromkeys(ends))
    assert len(kept) == 4, "three extensions"


def test_what_a_later_heading_carried_on_is_one_exclusion_in_the_registry(shared_data: Path) -> None:
    """Extensions by equal text: both places of the note are terms of one exclusion, but where the number changed."""
    loaded("load_exclusions", shared_data / "ch99" / "exclusions_note20_2026_rev6.csv.gz")
    at = {
        (heading, note, seq): exclusion
        for heading, note, seq, exclusion in ExclusionTerm.objects.values_list("heading", "note", "seq", "exclusion")
    }
    places = [
        (at[old], at[new])
        for facts in extensions().values()
        for fact in facts
        if (old := (fact.heading, fact.note, fact.seq)) in at
        and (new := (fact.new_heading, fact.new_note, fact.new_seq or 0)) in at
    ]
    renumbered = [one for one in places if one[0] != one[1]]
    assert (len(places), len(renumbered)) == (594, 6), "the words are equal, the statistical numbers are not"
    assert ExclusionTerm.objects.filter(dates_from__startswith="Extended from").count() == 37, "one was deleted since"
