"""What an exclusion is an exception to: the figures that are shipped, and the page and files that show them."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from exclusions.gateways.tariff.context_facts import context_facts
from tests.loads import loaded


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def table(client: Client, slug: str) -> list[dict[str, str]]:
    answer = client.get(f"/context/{slug}.csv")
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_every_figure_of_the_goods_trade_is_that_of_the_source(shared_data: Path, client: Client, db: None) -> None:
    shown = {row["Period"]: row for row in table(client, "trade")}
    source = rows_of(shared_data / "context" / "us_china_goods_trade.csv")
    assert len(source) >= 9
    for row in source:
        ours = shown["2021, January to August" if ".." in row["period"] else row["period"]]
        for here, there in (("Exports", "us_exports"), ("Imports", "us_imports"), ("Balance", "balance")):
            said = row[f"{there}_usd_billion"]
            assert (ours[here] == "") == (said == ""), f"{row['period']} {here}: a figure that no source gives"
            assert not said or float(ours[here]) == float(said)
        assert ours["Confidence"] == row["confidence"]


def test_every_figure_of_the_agreement_is_that_of_the_source(shared_data: Path) -> None:
    facts = context_facts()
    ours = {(row.sector.lower(), str(year)): figure for row in facts.commitments for year, figure in row.above.items()}
    ours |= {(row.sector.lower(), "2017"): row.base for row in facts.commitments}
    ours |= {("all", str(year)): figure for year, figure in facts.purchases.committed.items()}
    ours["all", "2020-2021"] = facts.purchases.bought
    source = rows_of(shared_data / "context" / "phase_one_commitments.csv")
    assert {(row["sector"], row["period"]): float(row["usd_billion"]) for row in source} == ours


def test_what_no_source_gives_is_said_and_left_empty_for_programs(client: Client, clock: Any, db: None) -> None:
    page = client.get("/context/").content.decode()
    assert "Not in the source" in page
    (row,) = [row for row in table(client, "commitments") if row["Sector"] == "Energy"]
    assert row["Bought, 2020"] == row["Bought, 2021"] == ""
    assert (row["Above 2017, 2020"], row["Promised, 2020"]) == ("18.5", "26.1")
    assert [row["Balance"] for row in table(client, "trade") if row["Period"] == "2025"] == [""]


def test_rates_are_those_on_file_and_as_of_today(client: Client, clock: Any, db: None) -> None:
    assert "No tariff list is loaded." in client.get("/context/").content.decode()
    loaded("load_shipped --lists-alone")
    shown = {row["Action"]: row for row in table(client, "actions")}
    assert shown["List 3: the $200 billion action"]["Additional duty on the day"] == "25%", "July 2019"
    assert shown["List 4A: the August 2019 action, Annex A"]["Additional duty on the day"] == "None", "not yet"
    assert shown["Four-year review of 2024: raised rates in place of the lists'"][
        "Trade a year when announced, $ billion"
    ] == ""  # fmt: skip
    steps = [(row["From"], row["Additional duty"]) for row in table(client, "rates") if row["Heading"] == "9903.88.15"]
    assert steps == [("2019-09-01", "15"), ("2020-02-14", "7.5")]


@pytest.mark.usefixtures("shipped_lists")
def test_the_page_is_one_statement_however_many_rates(
    client: Client, clock: Any, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        page = client.get("/context/").content.decode()
    assert page.count('role="img"') == 5
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("slug", ["nothing", "purchases-"])
def test_a_table_that_is_not_there_is_not_found(client: Client, db: None, slug: str) -> None:
    assert client.get(f"/context/{slug}.csv").status_code == 404
