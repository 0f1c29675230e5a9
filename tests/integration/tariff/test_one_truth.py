"""One truth of the tariff: wherever a door states lists, rates, existence and exclusions, they are the same.

The oracle is written from the rows by simple loops, apart from the product's own reading of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from exclusions.checks.live_exclusion import ENDED_REMEDY, MOST_PRINTED
from exclusions.facts.forms import petition_form
from exclusions.gateways.rows import open_rows
from exclusions.gateways.tariff.hts_calendar import EDITIONS
from exclusions.hts import dotted
from exclusions.models import ActionRate, CoveredLine, Exclusion, HtsEdition, Petition, TariffAction, TariffLine, User
from exclusions.permissions.filing import remarks
from exclusions.permissions.filing_facts import filing_facts
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.queries.lookup.search.number_picker import pick
from tests.depth import so_many
from tests.factories.petitions import Journey
from tests.factories.tariff_world import DAYS, EASTERN, FIRST_DAY, World, days, make, worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("What holds on a day hangs on how NULL is compared.")]
TODAY = date(2019, 3, 15)
CALENDAR = [date.fromisoformat(row["valid_from"]) for _, row in open_rows(EDITIONS)]
# On a server each statement takes its time, and only its dialect differs.
EXAMPLES = so_many(25, 75) if connection.vendor == "sqlite" else so_many(8, 25)


Term = tuple[str, str, str, date | None]


@dataclass(frozen=True)
class Truth:
    """What holds of a number on a day: whether it exists; (list, heading, rate, in part); exclusions by term."""

    exists: bool | None
    lists: set[tuple[str, str, float, bool]]
    in_transit: set[tuple[str, float, date]]
    exclusions: set[Term]

    @property
    def codes(self) -> set[str]:
        return {code for code, *_ in self.lists}


# ---- The oracle ----------------------------------------------------------------------------------------------------
def holds(row: Any, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def truth(number: str, day: date) -> Truth:
    return Truth(existence(number, day), *coverage(number, day), exclusions_of(number, day))


def existence(number: str, day: date) -> bool | None:
    if has(number, day):
        return True
    speaking = [edition for edition in HtsEdition.objects.order_by("valid_from") if edition.covers(number)]
    before = [edition for edition in speaking if edition.valid_from <= day]
    after = [edition for edition in speaking if edition.valid_from > day]
    if not before:
        return None
    # Editions that are not on file may have begun it: the next one on file has it, and the calendar names some between.
    if after and any(before[-1].valid_from < start <= day for start in CALENDAR):
        return None if has(number, after[0].valid_from) else False
    return False


def has(number: str, day: date) -> bool:
    numbers = {line.number for line in TariffLine.objects.all() if holds(line, day) and line.number[:8] == number[:8]}
    tens = {plain for plain in numbers if len(plain) == 10}
    return (
        number in numbers
        or (len(number) == 8 and bool(numbers))
        or (number == number[:8] + "00" and number[:8] in numbers and not tens)
    )


def coverage(number: str, day: date) -> tuple[set[tuple[str, str, float, bool]], set[tuple[str, float, date]]]:
    lists, in_transit = set(), set()
    for action in TariffAction.objects.all():
        rows = [row for row in CoveredLine.objects.filter(action=action) if holds(row, day)]
        tens = [row for row in rows if len(row.number) == 10]
        if len(number) == 8:
            deciding, in_part = rows, bool(tens)
        elif any(row.number == number for row in rows):
            deciding, in_part = [row for row in rows if row.number == number], False
        else:
            deciding = [row for row in rows if row.number == number[:8]]
            in_part = any(row.included for row in tens)
        for row in deciding:
            for rate in ActionRate.objects.filter(action=action):
                if not row.included or not holds(rate, day):
                    continue
                if rate.kind == "in_transit":
                    in_transit.add((rate.heading, float(rate.pct), rate.valid_from))
                elif rate.heading == row.heading and rate.kind != "suspended":
                    lists.add((action.code, rate.heading, float(rate.pct), in_part))
    return lists, in_transit


def status_of(number: str, day: date, expected: Truth) -> int:
    """A number that is not in the schedule is not found, unless a list itself names it that day."""
    own = {number, number.removesuffix("00")} if len(number) == 10 else {number}
    named = any(row.included and row.number in own and holds(row, day) for row in CoveredLine.objects.all())
    return 404 if expected.exists is False and not named else 200


def exclusions_of(number: str, day: date, status: str = "published") -> set[Term]:
    """The terms of that status whose text and number hold; one that is pending need not have begun."""
    found = set()
    for exclusion in Exclusion.objects.all():
        for text in exclusion.texts.all():
            for named in text.numbers.all():
                names = named.number == number[:8] or named.number.startswith(number)
                for term in exclusion.terms.all():
                    begun = status == "pending" or (term.valid_from is not None and term.valid_from <= day)
                    in_time = begun and (term.valid_to is None or day <= term.valid_to)
                    if names and term.status == status and in_time and holds(text, day) and holds(named, day):
                        found.add((exclusion.reference, term.item, text.text, term.valid_to))
    return found


def told(facts: Any) -> Truth:
    """What an object of a door tells; a term that it tells twice is an error."""
    terms = [_term(named) for named in facts.exclusions]
    assert len(terms) == len(set(terms))
    return Truth(
        facts.exists,
        {(item.list_code, item.heading, float(item.rate_pct), item.in_part) for item in facts.coverage},
        {(item.heading, float(item.rate_pct), item.exported_before) for item in facts.in_transit},
        set(terms),
    )


def _term(named: Any) -> Term:
    return named.reference, named.item, named.text, named.valid_to


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=EASTERN)


def gate_agrees(petition: Petition, number: str, at: datetime, expected: Truth) -> None:
    """The gate's facts, uncapped, and the sentences that the checks make of them."""
    facts = filing_facts(petition, {"hts10": number}, at).tariff
    assert facts is not None
    assert facts.exists == expected.exists
    assert {label.removeprefix("List ") for label in facts.covered_by} == expected.codes
    texts = sorted((found.text, found.until) for found in facts.live_exclusions)
    assert texts == sorted(
        (text, f"{until:%B} {until.day}, {until.year}" if until else "") for _, _, text, until in expected.exclusions
    )
    said = [r for r in remarks(petition, {"hts10": number}, at, step=_step_of_number(petition)) if r.key == "hts10"]
    errors = " ".join(r.message for r in said if r.is_error)
    if len(number) == 8:
        assert "Enter all ten digits" in errors
    else:
        assert ("is not in the tariff schedule" in errors) is (expected.exists is False)
        is_uncovered = expected.exists is not False and "3" not in expected.codes
        assert ("is not covered by this action" in errors) is is_uncovered
        others = [r.remedy for r in said if r.is_error and is_uncovered]
        assert all((label in others[0]) for label in facts.covered_by if others)
    warned = [r.message for r in said if not r.is_error and r.remedy != ENDED_REMEDY]
    live = len(expected.exclusions) if len(number) == 10 and expected.exists is not False else 0
    assert len(warned) == min(live, MOST_PRINTED) + (live > MOST_PRINTED)
    if live > MOST_PRINTED:
        assert warned[-1].startswith(f"{live - MOST_PRINTED} more exclusion")


def _step_of_number(petition: Petition) -> str:
    return petition_form(petition.round).question("hts10").step


def page_agrees(client: Client, number: str, day: date, expected: Truth) -> None:
    """What the look-up page prints, row by row."""
    answer = client.get(f"/tariff/{dotted(number)}/?as_of={day}")
    assert answer.status_code == status_of(number, day, expected)
    assert told(answer.context["facts"]) == expected
    page = re.sub(r">\s+", ">", unescape(answer.content.decode()))  # line breaks after a tag show nothing
    named = re.split(r"<details>|<h3>|</section>", page.partition('<h2 id="exclusions">')[2])[0]
    assert sorted(re.findall(r"/exclusions/(EX-\d+)/", named)) == sorted({row[0] for row in expected.exclusions})
    listed = page.partition('<h2 id="covered">')[2].partition("</section>")[0]
    rows = re.findall(
        r'data-label="List">(.*?)<.*?"Heading">(.*?)<.*?"Additional duty">([\d.]+)%(; in part)?', listed, re.DOTALL
    )
    printed = {
        (label.removeprefix("List ").strip(), heading.strip().replace(".", ""), float(rate), bool(part))
        for label, heading, rate, part in rows
    }
    in_transit = {row for row in printed if "in transit" in row[0]}
    assert printed - in_transit == (expected.lists if answer.status_code == 200 else set())
    assert {row[1:3] for row in in_transit} <= {row[:2] for row in expected.in_transit}


def api_agrees(client: Client, number: str, day: date, expected: Truth) -> None:
    """The API's number, its list of lines where the number is in it, and the registry asked for the number."""
    client.defaults["REMOTE_ADDR"] = f"10.0.{day.month}.{day.day}"  # so many questions of one address are refused
    answer = client.get(f"/api/v1/tariff/lines/{number}/?as_of={day}")
    assert answer.status_code == status_of(number, day, expected)
    listed = client.get(f"/api/v1/tariff/lines/?prefix={number}&as_of={day}").json()["results"]
    bodies = [body for body in listed if body["number"] == dotted(number)]
    if answer.status_code == 200:
        bodies.append(answer.json())
        assert answer.json()["exists"] == expected.exists
    for body in bodies:
        assert {_list(item) for item in body["covered_by"]} == expected.lists
        assert {_transit(item) for item in body["in_transit"]} == expected.in_transit
        terms = sorted((item["reference"], item["text"], item["to"] or "") for item in body["exclusions"])
        assert terms == sorted((row[0], row[2], str(row[3] or "")) for row in expected.exclusions)
    found = client.get(f"/api/v1/exclusions/?hts={number}&as_of={day}").json()["results"]
    assert {row["reference"] for row in found} == {row[0] for row in expected.exclusions}


def _list(item: dict[str, Any]) -> tuple[str, str, float, bool]:
    return item["list"], item["heading"].replace(".", ""), float(item["rate_pct"]), item["in_part"]


def _transit(item: dict[str, Any]) -> tuple[str, float, date]:
    return item["heading"].replace(".", ""), float(item["rate_pct"]), date.fromisoformat(item["exported_before"])


def case_agrees(case: Petition, reviewer: User, expected: Truth, pending: set[Term], today: Truth) -> None:
    """The reviewer's page: the filing day's answers, and a sentence whenever today's are others."""
    found = CasePage(case, reviewer, moment(TODAY)).tariff
    assert found is not None
    assert told(found.filed) == expected
    assert sorted(map(_term, found.filed.pending), key=str) == sorted(pending, key=str)
    said = " ".join(found.differences)
    assert ("It is on" in said or "No list in force" in said) is (expected.lists != today.lists)
    assert ("in the HTSUS" in said or "No edition on file" in said) is (expected.exists != today.exists)
    assert set(re.findall(r"(EX-\d+) under heading \S+ is not in force", said)) == {
        row[0] for row in expected.exclusions - today.exclusions
    }
    assert set(re.findall(r"(EX-\d+) under heading \S+ is in force", said)) == {
        row[0] for row in today.exclusions - expected.exclusions
    }


@pytest.fixture
def draft(journey: Callable[..., Journey]) -> Petition:
    """A draft in the List 3 round: it is judged as of the day on which it is looked at."""
    return journey().petition


@pytest.fixture
def case(journey: Callable[..., Journey]) -> Petition:
    """A filed petition; the test says when it was filed, and for which number."""
    return journey().take("submit")


@st.composite
def asked(draw: Callable[[Any], Any]) -> tuple[World, list[date]]:
    """A world and the days to ask of it: two on or beside the first or last day of some kind of row, two anywhere."""
    world = draw(worlds())
    # Lines and editions come twice: they tell in one way only, by existence.
    kinds = [kind for kind in world.boundaries for _ in range(2 if kind in ("line", "edition") else 1)]
    drawn = [draw(st.sampled_from(kinds)) for _ in range(2)]
    return world, [*(draw(st.sampled_from(world.boundaries[kind])) for kind in drawn), draw(days), draw(days)]


# Without shrinking: to make an example smaller takes minutes where each has a database of its own.
@settings(max_examples=EXAMPLES, phases=(Phase.reuse, Phase.generate))
@given(asked())
def test_every_door_tells_the_truth_of_the_rows(
    client: Client, draft: Petition, case: Petition, reviewer1: User, example: tuple[World, list[date]]
) -> None:
    world, days_asked = example
    number = world.asked
    with transaction.atomic():
        make(world)
        today = truth(number, TODAY)
        for day in days_asked:
            expected = truth(number, day)
            gate_agrees(draft, number, moment(day), expected)
            page_agrees(client, number, day, expected)
            api_agrees(client, number, day, expected)
            picked = pick(draft, dotted(number), moment(day), {}).facts
            assert picked is not None
            assert told(picked) == expected
            if len(number) == 10:
                case.hts10, case.submitted_at = number, moment(day)
                gate_agrees(case, number, moment(TODAY), expected)
                case_agrees(case, reviewer1, expected, exclusions_of(number, day, "pending"), today)
        transaction.set_rollback(True)


def test_the_drawn_days_lie_within_what_is_drawn() -> None:
    assert (TODAY - FIRST_DAY).days > DAYS
