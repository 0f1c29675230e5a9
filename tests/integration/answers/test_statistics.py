"""The page of statistics: what is counted, what is kept, and what is never told."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from exclusions.actions import clock as ticking
from exclusions.actions.answers.statistics import REST, keep_statistics
from exclusions.models import CountedFigures, DocketVersion, PublicPetition
from exclusions.queries.answers.statistics import agreement, waits
from exclusions.queries.answers.statistics.figures import statistics
from exclusions.workflow.states import Stage
from tests.factories.public import make_public
from tests.factories.world import World

HERE = {"historical": False, "answers": [{"step": "a", "key": "is_small_business", "label": "?", "value": "Yes"}]}


def rows(client: Client, slug: str) -> list[dict[str, str]]:
    answer = client.get(f"/statistics/{slug}.csv")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.on_both("Answers are looked up in JSON, and days are subtracted, by each in its own way.")
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
        ("Filed by the requester itself", "4"),
        ("Filed by somebody for the requester", "1"),
        ("Entered by agency staff at a written request", "1"),
        ("Not in the source (loaded from a spreadsheet)", "1"),
    ]
    (wait,) = rows(client, "waits")
    assert (wait["Decided"], wait["With a day of decision"], wait["The longest"]) == ("5", "4", "62")


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
        "The source cuts names at 40 letters: these may be different products. All denials are of one requester. "
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
    assert "is counted again within a quarter of an hour" in page
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
    assert "Too few cases were judged twice" in page
    assert keep_statistics(at=clock.now)
    assert client.get("/statistics/").status_code == 200


def test_agreement_tells_nobody_and_no_small_count(client: Client, clock: Any, db: None) -> None:
    rows_counted = [["Outcome", 20, 15], ["Availability", None, None]]
    (sheet,) = agreement.sheets({"least": 5, "rows": rows_counted})
    assert sheet.rows == [("Outcome", 20, 15, 75), ("Availability", *["Suppressed"] * 3)]
    assert sheet.notes == ("Counts below 5 are suppressed, and no figure is of one person.",)


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
