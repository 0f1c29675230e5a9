"""Rows that may be one petition are told of with the words in which they differ; it is advice, and all may be filed."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.bulk_sheets import likes
from exclusions.actions.bulk_sheets.drafting import accept_rows
from exclusions.actions.bulk_sheets.sheets import use_proposed
from exclusions.actions.filing.petitions import start
from exclusions.models import BulkRow, BulkSheet, Organization, Petition, PublicPetition, User
from exclusions.queries.importer.bulk_rows.likes import LikeRows, like_groups, shown_likes
from tests.factories.answers import petition_answers
from tests.factories.importer.bulk_sheets import said_of, table_of, taken_in, worked_on
from tests.factories.petitions import Journey

SignIn = Callable[[User | None], Client]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("The first rows of each name are cut by a window."),
]
COLORS = ("white", "black", "gray", "red")


def likes_in(sheet: BulkSheet) -> list[LikeRows]:
    """Return the groups of like rows."""
    return shown_likes(sheet, list(like_groups(sheet)))


def colored(*colors: str) -> list[dict[str, Any]]:
    """Return rows of one product in some colors."""
    return [{"product_name": f"Quartz slab, polished, {color}"} for color in colors]


def test_rows_that_differ_in_color_only_are_one_group_and_may_all_be_filed(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    found = taken_in(sheet, table_of(sheet.round, *colored(*COLORS), {"product_name": "Door hinge"}), importer, at)
    (group,) = likes_in(found)
    assert (group.count, group.lines, group.in_color_only) == (4, [4, 5, 6, 7], True)
    assert all(color in group.differs[0] for color in COLORS)
    assert all(said_of(found, line) == {} for line in range(4, 9))
    worked_on(accept_rows(found, wanted=BulkSheet.Wanted.VALID, by=importer, at=at), at)
    assert Petition.objects.count() == 5
    assert likes_in(found) == []


def test_the_answers_in_which_like_rows_differ_are_named_and_confidential_words_are_not(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    rows: list[dict[str, Any]] = [
        {"unique_features": "Seamed, of 88 percent quartz."},
        {"unique_features": "Seamless, of 88 percent quartz.", "purchases.china-2018-value": "7071235"},
    ]
    (group,) = likes_in(taken_in(sheet, table_of(sheet.round, *rows), importer, at))
    assert not group.in_color_only
    assert any("seamed, seamless" in one for one in group.differs)
    assert not any("7071235" in one for one in group.differs)
    assert len(group.differs) == 2


@pytest.mark.parametrize(
    "other",
    [{"product_name": "Quartz slab, polished, 40 mm"}, {"hts10": "6810.99.0080", "product_name": "Quartz slab"}],
)
def test_another_measure_or_number_is_another_product(
    sheet: BulkSheet, importer: User, at: datetime, other: dict[str, Any]
) -> None:
    rows = [{"product_name": "Quartz slab"}, other]
    assert likes_in(taken_in(sheet, table_of(sheet.round, *rows), importer, at)) == []


def test_a_row_is_compared_with_no_more_than_so_many(
    sheet: BulkSheet, importer: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []
    near = likes.Kind.near
    monkeypatch.setattr(likes, "MOST", 2)
    monkeypatch.setattr(likes.Kind, "near", lambda one, other: (compared.append(1), near(one, other))[1])
    texts = [f"Slabs of quartz, {size} mm thick, polished on one face, cut to size." for size in range(10, 60, 10)]
    rows = [{"product_name": "Quartz slab", "product_description": text} for text in texts]
    found = taken_in(sheet, table_of(sheet.round, *rows), importer, at)
    assert likes_in(found) == []
    assert len(compared) == 0 + 1 + 2 + 2 + 2


def test_what_the_requester_or_the_docket_has_is_told_and_another_s_draft_is_not(
    sheet: BulkSheet, importer: User, rival: User, posted_once: Journey, at: datetime
) -> None:
    posted = PublicPetition.objects.get()
    theirs = Organization.objects.get(memberships__user=rival)
    answers = petition_answers(product_name="Kitchen worktop of quartz")
    start(round=sheet.round, organization=theirs, by=rival, at=at, answers=answers)
    rows = [
        {"hts10": posted.hts10, "product_name": posted.product_name},
        {"product_name": "Kitchen worktop of quartz"},
        {"product_name": "Door hinge"},
    ]
    found = taken_in(sheet, table_of(sheet.round, *rows), importer, at)
    first, second, third = BulkRow.objects.order_by("number")
    assert any(posted.reference in said for said in first.repeats)
    assert len(first.repeats) == 1
    assert (second.repeats, third.repeats) == ([], [])
    assert said_of(found, 4) == {}


def test_rows_are_compared_anew_where_a_number_was_put_right(sheet: BulkSheet, importer: User, at: datetime) -> None:
    found = taken_in(sheet, table_of(sheet.round, {"revenue.2018": "2019-06-30"}, {}, {}), importer, at)
    assert likes_in(found)[0].count == 3
    assert use_proposed(found, by=importer, at=at) == 1
    assert likes_in(worked_on(found, at))[0].count == 3


def test_the_page_of_a_sheet_tells_of_them_and_leads_to_them(
    sheet: BulkSheet, importer: User, rival: User, client_of: SignIn, at: datetime
) -> None:
    taken_in(sheet, table_of(sheet.round, *colored(*COLORS)), importer, at)
    client, address = client_of(importer), reverse("bulk-sheet-likes", args=[sheet.pk])
    page = client.get(reverse("bulk-sheet", args=[sheet.pk])).content.decode()
    assert "1 group of rows may be one petition." in page
    assert address in page
    answer = client.get(address)
    assert "4 rows differ in color only: one petition?" in re.sub(r"\s+", " ", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert client_of(rival).get(address).status_code == 404
