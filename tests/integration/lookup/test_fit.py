"""Does mine fit? The page and the API, on a few texts and on every real exclusion."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exclusions.hts import HtsNumber
from exclusions.models import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.queries.lookup.fit import fit_found
from exclusions.wording import parse
from exclusions.wording.fit import Verdict
from exclusions.wording.limit_fit import printed_limit
from exclusions.wording.limits import Limit
from tests.factories.tariff import LIST_1, cover, exclude, make_lists
from tests.loads import loaded

pytestmark = pytest.mark.django_db

VALVE, DAY = "8481803090", date(2019, 6, 1)
WORDS = "Ball valves of steel, hand operated, each over 12 mm but not over 20 mm in diameter"
REAL_DAYS = (date(2020, 6, 1), date(2022, 6, 1), date(2026, 6, 9))


@pytest.fixture
def valves() -> Exclusion:
    """Put valves on List 1, with a text in force on the day, and one that is over by then."""
    action = make_lists()["1"]
    cover(action, VALVE[:8], "99038801", LIST_1)
    exclude(action, VALVE, LIST_1, date(2018, 12, 31), text="Gate valves of brass")
    return exclude(action, VALVE, LIST_1, date(2019, 12, 28), text=WORDS)


def page(client: Client, query: dict[str, str], status: int = 200) -> str:
    response = client.get("/fit/", query)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def ask(client: Client, query: dict[str, str]) -> Any:
    response = client.get("/api/v1/fit/", query)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize(
    ("text", "fits", "why"),
    [
        (
            "Hand operated ball valve of steel, 15 mm in diameter",
            "yes",
            "the description says everything that the text requires",
        ),
        ("Hand operated ball valve of steel, 25 mm in diameter", "no", "over 12 mm but not over 20 mm"),
        ("Ball valve of steel, 15 mm in diameter", "ask", "“hand operated” is required"),
        ("", "ask", "describe the goods"),
    ],
)
def test_a_text_in_force_is_answered_with_its_reason(
    client: Client, valves: Exclusion, text: str, fits: str, why: str
) -> None:
    found, over = ask(client, {"hts": "8481.80.3090", "text": text, "as_of": "2019-06-01"})["results"]
    assert (found["exclusion"], found["heading"], found["fits"]) == (valves.reference, "9903.88.05", fits)
    assert any(why in reason for reason in found["why"]), found["why"]
    assert (found["in_force"], found["from"], found["to"]) == (True, "2018-07-06", "2019-12-28")
    assert (over["in_force"], over["standing"]) == (False, "ended")


@pytest.mark.usefixtures("valves")
def test_the_page_says_it_in_a_sentence_first(client: Client) -> None:
    asked = {"hts": VALVE, "text": "Hand operated ball valve", "material": "steel", "as_of": "2019-06-01"}
    assert "<strong>Perhaps.</strong> 1 exclusion in force may cover" in page(client, asked)
    text = page(client, {**asked, "measures": "15 mm in diameter"})
    assert (
        "<strong>Yes, as you describe them.</strong> 1 exclusion in force covers these goods. Claim under 9903.88.05"
        in text
    )
    assert "Exclusions not in force on this day" in text
    assert "<strong>No, as you describe them.</strong>" in page(client, {**asked, "measures": "25 mm in diameter"})
    later = page(client, {**asked, "as_of": "2025-01-01"})
    assert "No exclusion of this number is in force" not in later
    assert "Not all exclusions are on file here. Missing: 9903.88.69 (Jun 15, 2024 to Nov 9, 2026)" in later
    assert "No exclusion on file names this number" in page(client, {"hts": "0101.29.0010"})


def test_a_whole_number_is_sure_of_its_own_goods_only(valves: Exclusion) -> None:
    exclusion = exclude(valves.action, "8481803095", LIST_1, None, text="8481.80.3095", whole_number=True)
    for number, verdict in (("8481803095", Verdict.YES), ("84818030", Verdict.ASK)):
        (found,) = (
            one
            for one in fit_found(HtsNumber(number), "Anything", DAY).live
            if one.exclusion.reference == exclusion.reference
        )
        assert found.fit.verdict is verdict
    assert found.fit.why[0] == "is 8481.80.3095 the statistical number of the goods?"


@pytest.mark.usefixtures("valves")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"hts": "8481.80"}, "has 6 digits"),
        ({"hts": "84A1"}, "contains “A”"),
        ({"hts": VALVE, "text": "x" * 2001}, "at most 2000 characters"),
        ({"hts": VALVE, "as_of": "yesterday"}, "YYYY-MM-DD"),
    ],
)
def test_a_bad_question_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, query: dict[str, str], sentence: str
) -> None:
    text = page(client, query, 400)
    assert sentence in text
    assert all(value in text for name, value in query.items() if name != "as_of")
    problem = client.get("/api/v1/fit/", query)
    assert problem.status_code == 400
    assert sentence in problem.json()["detail"]


def test_the_api_asks_for_a_number(client: Client) -> None:
    problem = client.get("/api/v1/fit/", {"text": "valves"}).json()
    assert problem["errors"][0]["field"] == "hts"


def test_statements_do_not_grow_with_exclusions(
    client: Client, valves: Exclusion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        exclude(valves.action, VALVE, LIST_1, None, text=f"Ball valves of steel, {number + 1} mm in diameter")
    with django_assert_max_num_queries(11):
        assert page(client, {"hts": VALVE, "text": WORDS, "as_of": "2019-06-01"}).count("usa-list--unstyled") == 62


# ---- The real exclusions ---------------------------------------------------------------------------------------------
@pytest.fixture
def real(shipped_lists: None, shared_data: Path) -> Path:
    """Load the shipped lists and the exclusions of U.S. note 20 with their dates."""
    file = shared_data / "ch99" / "exclusions_note20_2026_rev6.csv.gz"
    loaded("load_exclusions", file)
    return file


def in_force(day: date) -> Iterator[tuple[ExclusionTerm, ExclusionText, ExclusionNumber]]:
    """Yield each term in force on a day with each text and number that hold then."""
    terms = ExclusionTerm.objects.filter(valid_from__lte=day, status="published").exclude(valid_to__lt=day)
    for term in terms.select_related("exclusion").order_by("pk"):
        for text in term.exclusion.texts.all():
            for number in text.numbers.all():
                if all(
                    (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to >= day)
                    for row in (text, number)
                ):
                    yield term, text, number


@pytest.mark.deep("test_a_text_in_force_is_answered_with_its_reason asks of one text.")
def test_goods_in_the_words_of_each_real_exclusion_in_force_are_answered_yes(real: Path) -> None:
    counted = []
    for day in REAL_DAYS:
        rows = list(in_force(day))
        wrong = [
            (term.exclusion.reference, number.number)
            for term, text, number in rows
            if not any(
                one.exclusion.reference == term.exclusion.reference and one.exclusion.heading == term.heading
                for one in fit_found(HtsNumber(number.number), parse(text.text).body, day).yes
            )
        ]
        assert wrong == []
        counted.append(len({term.pk for term, _, _ in rows}))
    sys.stdout.write(f"terms in force on {', '.join(map(str, REAL_DAYS))}: {counted}\n")
    assert counted[0] > 1500
    assert counted[1] >= 80
    assert counted[2] >= 170


def broken(limit: Limit) -> str:
    """Write a figure that lies outside a limit: ten times its end, or a tenth of where it begins."""
    bound = limit.high or limit.low
    assert bound is not None
    figure = f"{bound.value * 10 if limit.high else bound.value / 10:.10f}".rstrip("0").rstrip(".")
    unit = bound.unit or limit.unit
    return f"{unit}{figure}" if unit.startswith("$") else f"{figure} {unit}"


@pytest.mark.deep("test_a_text_in_force_is_answered_with_its_reason asks of one text.")
def test_one_limit_broken_is_named(real: Path) -> None:
    day, tried, named, sure = REAL_DAYS[0], 0, 0, 0
    for term, text, number in in_force(day):
        described = parse(text.text)
        limits, _ = described.required_limits
        if not limits or not (limits[-1].high or limits[-1].low) or tried == 200:
            continue
        limit = limits[-1]
        words = described.body[: limit.start] + broken(limit) + described.body[limit.end :]
        found = fit_found(HtsNumber(number.number), words, day)
        mine = [one.fit for one in found.live if one.exclusion.reference == term.exclusion.reference]
        tried += 1
        assert all(fit.verdict is not Verdict.YES for fit in mine), words
        named += all(any(printed_limit(limit) in reason for reason in fit.why) for fit in mine)
        sure += all(printed_limit(limit) in fit.missed for fit in mine)
    sys.stdout.write(f"of {tried} texts with one limit broken {named} name it, {sure} say no\n")
    assert tried == 200
    assert named == 200
    assert sure >= 180
