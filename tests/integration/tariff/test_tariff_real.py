"""The look-up on the real editions, lists and exclusions."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exclusions.hts import parse
from exclusions.models import CoveredLine, TariffLine
from exclusions.queries.lookup.number.number_facts import number_facts
from tests.loads import loaded

pytestmark = pytest.mark.django_db

IN_2026 = date(2026, 5, 1)


def load(command: str, file: Path) -> None:
    call_command(command, file, stdout=StringIO(), stderr=StringIO())


@pytest.fixture
def real(shipped_lists: None, shared_data: Path) -> Path:
    """Load the shipped lists, one edition and the exclusions of U.S. note 20."""
    load("load_hts", shared_data / "hts" / "hts_2026_rev_6.json.gz")
    loaded("load_exclusions", shared_data / "ch99" / "exclusions_note20_2026_rev6.csv.gz")
    return shared_data


def lists(number: str, as_of: date) -> list[tuple[str, str, float]]:
    return [(c.list_code, c.heading_dotted, float(c.rate_pct)) for c in number_facts(parse(number), as_of).coverage]


@pytest.mark.usefixtures("shipped_lists")
@pytest.mark.deep("test_real_numbers asks one edition.")
def test_loading_more_editions_never_makes_an_answer_worse(shared_data: Path, client: Client) -> None:
    """Numbers born with HS 2022 (January 27, 2022), and a heading made on March 28, 2022, between the editions."""
    born = sorted(
        set(
            CoveredLine.objects.filter(valid_from__lte=date(2023, 6, 1), included=True).values_list("number", flat=True)
        )
    )
    for name in ("hts_2026_rev_6.json.gz", "hts_2019_rev20.csv.gz", "hts_2022_rev12.csv.gz"):
        load("load_hts", shared_data / "hts" / name)
        if name == "hts_2019_rev20.csv.gz":
            assert number_facts(parse("8517.13.0000"), date(2023, 6, 1)).exists is None
    numbers = [number for number in born if TariffLine.objects.filter(number=number, valid_from="2022-11-30").exists()]
    assert len(numbers) > 400
    for number in numbers[::10]:
        assert client.get(f"/api/v1/tariff/lines/{number}/?as_of=2023-06-01").status_code == 200
    body = client.get("/api/v1/tariff/lines/8517.13.0000/?as_of=2023-06-01").json()
    assert (body["exists"], body["edition"], body["edition_from"]) == (True, "2022 Rev 12", "2022-11-30")
    assert number_facts(parse("9903.88.67"), date(2023, 1, 1)).exists is True


def pages_and_api(client: Client, at_most: DjangoAssertNumQueries) -> None:
    body: dict[str, Any] = client.get("/api/v1/tariff/lines/8413.81.0040/?as_of=2019-01-15").json()
    assert [(c["list"], c["heading"], c["rate_pct"]) for c in body["covered_by"]] == [("1", "9903.88.01", 25)]
    assert any(e["text"].startswith("Breast pumps") for e in body["exclusions"])
    assert all(e["from"] <= "2019-01-15" and (e["to"] or "9999") >= "2019-01-15" for e in body["exclusions"])
    for path in (
        "/tariff/8413/",
        "/tariff/8413.81.0040/?as_of=2019-01-15",
        "/tariff/?q=pumps&as_of=2026-05-01",
        "/api/v1/tariff/lines/?q=pumps&as_of=2026-05-01",
        "/api/v1/tariff/lines/8413/?as_of=2026-05-01",
    ):
        with at_most(12):
            assert client.get(path).status_code == 200


def test_real_numbers(
    real: Path, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, subtests: pytest.Subtests
) -> None:
    """In one test, since it loads a whole edition."""
    with subtests.test("pages and API"):
        pages_and_api(client, django_assert_max_num_queries)
    with subtests.test("eight digits with a breakout are too short"):
        facts = number_facts(parse("84879000"), IN_2026)
        assert [child.line.number for child in facts.children] == ["8487900040", "8487900080"]
        assert facts.statistical_number == ""
    with subtests.test("eight digits and 00 where there is no breakout"):
        facts = number_facts(parse("8482400000"), IN_2026)
        assert (facts.exists, facts.remark) == (True, "")
        assert number_facts(parse("8482.40.00"), IN_2026).statistical_number == "8482400000"
    with subtests.test("laptops are on no active list"):
        facts = number_facts(parse("8471.30.0100"), IN_2026)
        assert (facts.exists, facts.coverage) == (True, [])
        assert [item.label for item in facts.suspended] == ["List 4B"]
    with subtests.test("parts of 8517.62.00 are on List 3, other parts on List 4A"):
        assert lists("8517.62.0010", IN_2026) == [("3", "9903.88.04", 25)]
        assert lists("8517.62.0090", IN_2026) == [("4A", "9903.88.15", 7.5)]
        assert [code for code, _, _ in lists("8517.62.00", IN_2026)] == ["3", "4A"]
    with subtests.test("the four-year review takes the place of a list"):
        assert lists("8507.60.0010", date(2025, 12, 31)) != lists("8507.60.0010", date(2026, 1, 1))
        assert lists("8507.60.0010", date(2026, 1, 1)) == [("FYR", "9903.91.06", 25)]
    with subtests.test("rates of List 3 and List 4A over time"):
        assert lists("6810.99.0010", date(2018, 9, 23)) == []
        assert lists("6810.99.0010", date(2019, 5, 9)) == [("3", "9903.88.03", 10)]
        assert lists("6810.99.0010", date(2019, 5, 10)) == [("3", "9903.88.03", 25)]
        assert lists("2933.69.6010", date(2019, 9, 1)) != []
        assert lists("0101.21.0010", date(2020, 2, 13)) == [("4A", "9903.88.15", 15)]
        assert lists("0101.21.0010", date(2020, 2, 14)) == [("4A", "9903.88.15", 7.5)]
