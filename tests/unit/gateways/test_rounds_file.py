"""The rounds file: the shipped rounds as the notices state them, and every mistake as a sentence."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from exclusions.gateways.tariff.rounds_file import SHIPPED, RoundRow, RoundsFileError, read_rounds

VOCABULARY = {"day_unit": {"calendar", "business"}, "criteria": {"availability"}}
GOOD = """
[[round]]
slug = "list-3"
docket = "USTR-2019-0005"
title = "List 3"
kind = "petition"
actions = ["3"]
citation = "84 FR 29576"
questionnaire = "petition-2019"
opens_at = 2019-06-30T12:00:00
closes_at = 2019-09-30T23:59:00
day_unit = "calendar"
roll_rule = "none"
retroactive_rule = "fixed"
retroactive_from = 2018-09-24
term_rule = "fixed"
term_ends_on = 2020-08-07
criteria = ["availability"]
criteria_version = "1"
procedure_version = "1"
"""


@pytest.fixture(scope="module")
def given_rounds() -> dict[str, RoundRow]:
    return {row.slug: row for row in read_rounds(SHIPPED, {})}


def sentences(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RoundsFileError) as caught:
        read_rounds(file, VOCABULARY)
    return caught.value.sentences


def test_the_seven_real_rounds_and_a_demonstration_are_shipped(given_rounds):
    assert {slug: row.docket for slug, row in given_rounds.items()} == {
        "list-1": "USTR-2018-0025",
        "list-2": "USTR-2018-0032",
        "list-3": "USTR-2019-0005",
        "list-4a": "USTR-2019-0017",
        "covid-2020": "USTR-2020-0014",
        "reinstatement-2021": "USTR-2021-0019",
        "machinery-2024": "USTR-2024-0020",
        "demo": "USTR-2026-9001",
    }
    assert [row.slug for row in given_rounds.values() if row.is_relative] == ["demo"]


@pytest.mark.parametrize(
    ("slug", "opens", "closes"),
    [
        ("list-3", datetime(2019, 6, 30, 16, 0, tzinfo=UTC), datetime(2019, 10, 1, 3, 59, tzinfo=UTC)),
        ("list-4a", datetime(2019, 10, 31, 16, 0, tzinfo=UTC), datetime(2020, 2, 1, 4, 59, tzinfo=UTC)),
        ("reinstatement-2021", datetime(2021, 10, 12, 4, 1, tzinfo=UTC), datetime(2021, 12, 2, 4, 59, tzinfo=UTC)),
    ],
)
def test_windows_are_new_york_times_in_summer_and_winter(given_rounds, slug, opens, closes):
    assert (given_rounds[slug].opens_at, given_rounds[slug].closes_at) == (opens, closes)


@pytest.mark.parametrize(
    ("slug", "unit", "days"),
    [
        ("list-1", "calendar", (14, 7, None)),
        ("list-2", "calendar", (14, 7, 7)),
        ("list-3", "calendar", (14, 7, 7)),
        ("list-4a", "calendar", (14, 7, 7)),
        ("covid-2020", "business", (3, None, None)),
        ("reinstatement-2021", "calendar", (None, None, None)),
        ("machinery-2024", "calendar", (30, 15, 15)),
    ],
)
def test_clocks_of_each_round(given_rounds, slug, unit, days):
    row = given_rounds[slug]
    assert row.day_unit == unit
    assert (row.response_days, row.reply_days_after_close, row.reply_days_after_response) == days


def test_scope_and_headings_that_are_of_one_round_alone(given_rounds):
    machinery, covid = given_rounds["machinery-2024"], given_rounds["covid-2020"]
    assert len(set(machinery.eligible_subheadings)) == 317, "Annex E of 89 FR 76581"
    assert {number[:2] for number in machinery.eligible_subheadings} == set(machinery.eligible_chapters)
    assert [text.split()[0] for text in covid.list_headings] == covid.actions
    assert "4A 99038865 rrr" in covid.list_headings


def test_terms_of_each_round(given_rounds):
    assert (given_rounds["list-1"].retroactive_from, given_rounds["list-1"].term_ends_on) == (date(2018, 7, 6), None)
    assert (given_rounds["list-3"].retroactive_from, given_rounds["list-3"].term_ends_on) == (
        date(2018, 9, 24),
        date(2020, 8, 7),
    )
    machinery = given_rounds["machinery-2024"]
    assert (machinery.retroactive_rule, machinery.term_ends_on) == ("publication", date(2025, 5, 31))


def test_a_good_file_is_read(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(GOOD, encoding="utf-8-sig")
    (row,) = read_rounds(file, VOCABULARY)
    assert row.slug == "list-3"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'day_unit = "calendar"',
            'day_unit = "lunar"',
            'day_unit: "lunar" is not known. Use one of: business, calendar.',
        ),
        (
            'criteria = ["availability"]',
            'criteria = ["luck"]',
            'criteria: "luck" is not known. Use one of: availability.',
        ),
        ('roll_rule = "none"', "", "roll_rule: is missing."),
        (
            'kind = "petition"',
            'kind = "petition"\ncolour = 1',
            "colour: is not a key of a round. Check its spelling or remove it.",
        ),
        ('kind = "petition"', 'kind = "petition"\nresponse_days = "14"', "response_days: '14' is not a whole number."),
        ('kind = "petition"', 'kind = "petition"\nresponse_days = -1', "response_days: -1 is negative."),
        ('actions = ["3"]', "actions = [3]", 'actions: [3] is not a list of texts such as ["a", "b"].'),
        ("USTR-2019-0005", "USTR-19-5", 'docket: "USTR-19-5" is not a docket number such as USTR-2019-0005.'),
        ("2019-09-30T23:59:00", "2019-06-30T11:59:00", "closes_at: is not after opens_at."),
        (
            "opens_at = 2019-06-30T12:00:00\n",
            "",
            "opens_at: give opens_at and closes_at, or opens_days_ago and closes_in_days, and not a mixture.",
        ),
        ("term_ends_on = 2020-08-07", "", "term_ends_on: is missing. A fixed term needs its last day."),
        ("retroactive_from = 2018-09-24", "", "retroactive_from: is missing. A fixed start needs its date."),
    ],
)
def test_each_mistake_names_file_round_and_key(tmp_path, old, new, sentence):
    assert sentences(tmp_path, GOOD.replace(old, new)) == [f'mine.toml, round "list-3", {sentence}']


def test_all_mistakes_are_reported_together(tmp_path):
    second = GOOD.replace('slug = "list-3"', "slug = 3")
    assert sentences(tmp_path, GOOD.replace('title = "List 3"', "") + second) == [
        'mine.toml, round "list-3", title: is missing.',
        'mine.toml, round "3", slug: 3 is not text.',
    ]


def test_a_slug_given_twice_is_refused(tmp_path):
    assert sentences(tmp_path, GOOD + GOOD) == [
        'mine.toml, round "list-3", slug: is in this file twice. Give each round its own.'
    ]


def test_a_file_that_is_not_toml_or_not_there_is_refused_with_its_name(tmp_path):
    assert sentences(tmp_path, "round = [")[0].startswith("mine.toml: is not TOML")
    assert sentences(tmp_path, "title = 1")[0].startswith("mine.toml: has no [[round]] table")
    with pytest.raises(RoundsFileError, match=r"nowhere.toml: cannot be read"):
        read_rounds(tmp_path / "nowhere.toml", {})
