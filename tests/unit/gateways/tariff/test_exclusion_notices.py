"""Notices and extensions of exclusions: what is known of each heading on a day, and of each early product."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from exclusions.gateways.tariff.exclusion_notices import (
    exclusion_notices,
    extended_in_place,
    extensions,
    notices_of,
)
from exclusions.models.exclusion import note_cited, subdivision


def window_known_on(heading: str, day: date) -> tuple[date, date] | None:
    """Return the first and last day of a heading by the notices in effect or published by the day; None: none yet.

    A notice that extends takes effect as it begins, whether or not it is printed by then.
    """
    known = [
        notice
        for notice in notices_of(heading)
        if notice.valid_from
        and notice.valid_to
        and (notice.valid_from <= day or (notice.published_on and notice.published_on <= day))
    ]
    if not known:
        return None
    return min(one.valid_from for one in known if one.valid_from), max(one.valid_to for one in known if one.valid_to)


def test_every_window_of_every_edition_replays_from_the_notices(shared_data: Path) -> None:
    with (shared_data / "ch99/exclusion_window_by_edition.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    ahead = []
    day = date.min
    for row in rows:
        day = date.fromisoformat(row["edition_date"]) if row["edition_date"] else day  # of one edition it is not known
        last = date.fromisoformat(row["effective_to"])
        if row["effective_to_kind"] == "exclusive":
            last -= timedelta(days=1)
        printed = date.fromisoformat(row["effective_from"]), last
        heading = row["chapter99_heading"].replace(".", "")
        if window_known_on(heading, day) != printed:
            ahead.append(row["hts_edition"])
            assert window_known_on(heading, day + timedelta(days=31)) == printed, "no other window than the next one"
    assert len(rows) == 88
    # Three editions, and those soon after, print an extension before it begins: they came out again under their day.
    assert set(ahead) == {"2025 Rev 14", "2025 Rev 15", "2025 Rev 21", "2025 Rev 31", "2025 Rev 32"}


def test_the_early_rounds_were_extended_item_by_item() -> None:
    in_place = [one for facts in extensions().values() for one in facts if not one.new_heading]
    assert len(in_place) == 38
    assert {one.confidence for one in in_place} == {"high", "medium"}
    breast_pumps = extended_in_place("99038806", "i", 5)
    assert breast_pumps
    assert breast_pumps.valid_to == date(2021, 3, 25)
    assert "confidence: high" in breast_pumps.dates_from
    assert extended_in_place("99038806", "i", 2) is None
    assert all(len(one.dates_from) <= 200 for one in in_place)


def test_notices_say_what_was_not_seen() -> None:
    assert {notice.role for notice in exclusion_notices()} == {"grant", "extension", "amendment", "reinstatement"}
    assert {notice.confidence for notice in exclusion_notices()} <= {"high", "medium", "low", ""}
    (extension,) = [notice for notice in notices_of("99038806") if notice.role == "extension"]
    assert (extension.citation, extension.published_on) == ("", None)
    assert extension.cited == "a notice whose citation and day were not seen"
    assert notices_of("99038850")[0].cited == "85 FR 33775 (2020-06-02)"


@pytest.mark.parametrize(
    ("kept", "item", "cited"),
    [("ttt(i)", "9", "20(ttt)(i)(9)"), ("h", "2", "20(h)(2)"), ("p", "", "20(p)"), ("", "", ""), ("", "4", "")],
)
def test_a_subdivision_is_cited_as_the_law_is_and_read_back(kept: str, item: str, cited: str) -> None:
    assert note_cited(kept, item) == cited
    assert subdivision(note_cited(kept)) == kept


@pytest.mark.parametrize("written", ["20(ttt)(i)", "20(ttt(i))", "ttt(i)", " 20(ttt) (i) "])
def test_a_part_of_a_subdivision_is_kept_in_one_form(written: str) -> None:
    assert subdivision(written) == "ttt(i)"
