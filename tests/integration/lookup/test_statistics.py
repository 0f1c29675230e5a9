"""The page of statistics: what is counted, what is kept, and what is never told."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from exclusions.actions import clock as ticking
from exclusions.actions.statistics import REST, keep_statistics
from exclusions.models import CountedFigures, DocketVersion, PublicPetition
from exclusions.queries.lookup.statistics import agreement, waits
from exclusions.queries.lookup.statistics.figures import statistics
from exclusions.workflow.states import Stage
from tests.factories.public import make_public
from tests.factories.world import World

HERE = {"historical": False, "answers": [{"step": "a", "key": "is_small_business", "label": "?", "value": "Yes"}]}


def rows(client: Client, slug: str) -> list[dict[str, str]]:
    answer = client.get(f"/statistics/{slug}.csv")
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.both_databases("Answers are looked up in JSON, and days are subtracted, by each in its own way.")
def test_each_outcome_is_counted_as_what_it_is(client: Client, db: None) -> None:
    decided = {"decided_on": date(2019, 9, 1), "posted_on": date(2019, 7, 1), **HERE}
    make_public(1, stage=Stage.STAGE4, **decided)
    make_public(2, stage=Stage.STAGE4, **decided, narrowing={"asked": "all", "granted": "some"})
    make_public(3, stage=Stage.IN_PART, **decided, filer_name="Broad River Law")
    make_public(4, stage=Stage.DENIED, **decided | {"answers": []})
    make_public(5, stage=Stage.WITHDRAWN, **HERE, filer_name="agency staff, at its written request")
    make_public(6, stage=Stage.STAGE2, **HERE)
    make_public(7, stage=Stage.GRANTED)
    (whole,) = rows(client, "rounds")
    assert [whole[name] for name in ("Petitions", "Granted", "Granted in part", "Denied", "Closed without merits",
                                     "Under review", "Granted, of those decided")] == [
        "7", "2", "2", "1", "1", "1", "80"
    ]  # fmt: skip
    sizes = {row["Small business, as the requester says"]: row["Petitions"] for row in rows(client, "sizes")}
    assert sizes == {"Small business": "5", "Left blank": "1", "Not in the source (loaded from a spreadsheet)": "1"}
    assert [(row["Filed by"], row["Petitions"]) for row in rows(client, "represented")] == [
        ("Filed by the requester", "4"),
        ("Filed by someone else for the requester", "1"),
        ("Entered by agency staff on a written request", "1"),
        ("Not in the source (loaded from a spreadsheet)", "1"),
    ]
    (wait,) = rows(client, "waits")
    assert (wait["Decided"], wait["Decision date known"], wait["Longest"]) == ("5", "4", "62")


def test_a_mixed_group_is_found_explained_and_led_to(client: Client, db: None) -> None:
    name = "Breast pumps, electric, in retail boxes "[:40].ljust(40, "x")
    make_public(1, product_name=name, stage=Stage.GRANTED, organization_name="Alder")
    make_public(2, product_name=name.upper(), stage=Stage.DENIED, organization_name="Birch")
    make_public(3, product_name=name, stage=Stage.DENIED, organization_name="Birch")
    make_public(4, product_name="One asks twice", stage=Stage.DENIED, organization_name="Alder")
    make_public(5, product_name="One asks twice", stage=Stage.GRANTED, organization_name="Alder")
    make_public(6, product_name="Alike", stage=Stage.DENIED, organization_name="Alder")
    make_public(7, product_name="Alike", stage=Stage.DENIED, organization_name="Birch")
    (group,) = rows(client, "consistency")
    assert (group["Granted"], group["Denied"], group["Requesters"]) == ("1", "2", "2")
    assert group["What may explain it"] == (
        "The source cuts names at 40 letters, so these may be different products. One requester received all denials. "
        "The source gives no reasons."
    )
    page = client.get("/statistics/").content.decode()
    assert "/docket/?hts=8413810040&amp;q=Breast+pumps" in page


def test_a_name_that_is_taken_down_leaves_the_kept_groups_too(client: Client, clock: Any, db: None) -> None:
    make_public(1, product_name="Secret sauce pump", stage=Stage.GRANTED, organization_name="Alder")
    make_public(2, product_name="Secret sauce pump", stage=Stage.DENIED, organization_name="Birch")
    assert keep_statistics(at=clock.now)
    assert "Secret sauce" not in str(list(CountedFigures.objects.values_list("figures", flat=True)))
    assert "Secret sauce pump" in client.get("/statistics/").content.decode()
    PublicPetition.objects.filter(reference="USTR-2019-0005-000001").delete()
    assert "Secret sauce" not in client.get("/statistics/").content.decode()


def test_counts_are_kept_and_counted_again_when_the_docket_has_changed(client: Client, clock: Any, db: None) -> None:
    make_public(1)
    assert "Counted for this page." in client.get("/statistics/").content.decode()
    ticking.run_clock(at=clock.now)
    assert "Counted Mon, Jul 8, 2019, 10:00 a.m. ET." in client.get("/statistics/").content.decode()
    make_public(2)
    DocketVersion.advance()
    page = client.get("/statistics/").content.decode()
    assert "1 petition in 1" in " ".join(page.split())
    assert "We count again within a quarter of an hour" in page
    assert not keep_statistics(at=clock.now + REST - timedelta(seconds=1))
    ticking.run_clock(at=clock.now + REST)
    assert "2 petitions in 1" in " ".join(client.get("/statistics/").content.decode().split())
    assert not keep_statistics(at=clock.now + REST), "the same moment again does nothing"
    assert keep_statistics(at=clock.now + REST + timedelta(days=1)), "what is counted inside changes by itself"


def test_a_kept_page_costs_the_same_however_many_petitions(
    client: Client, clock: Any, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(40):
        make_public(number, product_name=f"Pump {number // 4}", organization_name=f"Firm {number}",
                    stage=Stage.GRANTED if number % 2 else Stage.DENIED)  # fmt: skip
    assert keep_statistics(at=clock.now)
    with django_assert_num_queries(4):
        client.get("/statistics/")


def test_the_empty_docket_says_so(client: Client, clock: Any, db: None) -> None:
    page = client.get("/statistics/").content.decode()
    assert "No petition is on the docket yet." in page
    assert "Too few cases were reviewed twice" in page
    assert keep_statistics(at=clock.now)
    assert client.get("/statistics/").status_code == 200


def test_agreement_tells_nobody_and_no_small_count(client: Client, clock: Any, db: None) -> None:
    rows_counted = [["Outcome", 20, 15], ["Availability", None, None]]
    (sheet,) = agreement.sheets({"least": 5, "rows": rows_counted})
    assert sheet.rows == [("Outcome", 20, 15, 75), ("Availability", *["Suppressed"] * 3)]
    assert sheet.notes == ("We suppress counts below 5. No figure describes one person.",)


def test_waits_by_stage_are_of_stages_that_enough_petitions_left(world: World, at: datetime) -> None:
    assert keep_statistics(at=at, at_once=True)
    kept = CountedFigures.objects.get(slug="stages").figures
    left = {stage: sum(number for name, _, number in kept if name == stage) for stage, *_ in kept}
    assert left
    assert min(left.values()) >= waits.LEAST
    sheet = next(sheet for sheet in statistics().sheets if sheet.slug == "stages")
    assert {row[0]: row[1] for row in sheet.rows} == left


def test_what_is_usual_is_told_where_enough_decisions_are_known() -> None:
    assert waits.spread([(10, 1), (20, 2), (40, 1)]) == (20, 10, 20, 40)
    assert waits.spread([]) is None
    counted = [["D", 10, 3], ["D", 30, 3], ["D", None, 90], ["E", 5, 2]]
    assert waits.usual(counted, "D") == (10, 30)
    assert waits.usual(counted, "E") is None


@pytest.mark.usefixtures("shipped_lists")
def test_a_petition_is_counted_under_the_list_of_its_own_number(client: Client, db: None) -> None:
    for number, hts10 in enumerate(["8412390080", "8541430010", "8413810040", "8413810040", "3004909290", ""]):
        make_public(number, hts10=hts10, stage=Stage.GRANTED if number % 2 else Stage.DENIED)
    counted = {row["List of the number"]: row["Petitions"] for row in rows(client, "lists")}
    assert sum(int(number) for number in counted.values()) == 6
    assert counted["No tariff number given"] == counted["On no list"] == "1"
    lists = {name: number for name, number in counted.items() if name.startswith("List")}
    assert lists == {"List 1": "3", "List 2": "1"}


def test_a_share_of_few_is_told_in_cases_and_not_in_percent(client: Client, db: None) -> None:
    make_public(1, stage=Stage.GRANTED)
    assert [row["Granted, of those decided"] for row in rows(client, "rounds")] == ["1 of 1"]
    page = client.get("/statistics/").content.decode()
    assert "100%" not in page.partition("<main")[2].replace('width="100%"', "")
    for number in range(2, 7):
        make_public(number, stage=Stage.DENIED)
    assert [row["Granted, of those decided"] for row in rows(client, "rounds")] == ["16.7"]


def test_the_page_begins_with_the_answer_and_folds_what_is_long(client: Client, db: None) -> None:
    for number in range(12):
        make_public(number, stage=Stage.GRANTED if number % 3 else Stage.DENIED, hts10=f"{28 + number}13810040")
    page = client.get("/statistics/").content.decode()
    main = page.partition("<main")[2]
    assert "Of 12 decided, 8 were granted in full or in part." in " ".join(main.partition("<dl")[0].split())
    assert main.index("66.7%") < main.index("On this page") < main.index("<table")
    tables = main.split("<table")
    for before, table in pairwise(tables):
        if "<details" not in before[before.rfind("<section") :]:
            assert table.partition("</table>")[0].count("<tr>") <= 4, "the heading and three rows"
