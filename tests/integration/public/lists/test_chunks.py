"""A long table that is read some rows at a time gives what one statement gives, in its order."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exclusions.models import PublicPetition
from exclusions.queries import chunks
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.public.docket_pages import SORTS
from tests.factories.public import make_public

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Each puts rows without a value elsewhere.")]
ORDERS = [*(sort.by for sort in SORTS.values()), ["pk"], ["-posted_on", "-pk"], ["round__slug", "decided_on", "pk"]]


@pytest.fixture
def petitions() -> list[str]:
    """Make 23 petitions, some on one day, some without a day."""
    first = make_public(1)
    fields = {f.name: getattr(first, f.name) for f in PublicPetition._meta.fields if f.name not in {"id", "reference"}}
    days = [None if n % 5 == 0 else date(2026, 3, 1) + timedelta(days=n % 3) for n in range(2, 24)]
    PublicPetition.objects.bulk_create(
        PublicPetition(reference=f"USTR-2019-0005-{n:06}", **{**fields, "posted_on": day, "decided_on": day})
        for n, day in enumerate(days, 2)
    )
    return [first.reference, *(f"USTR-2019-0005-{n:06}" for n in range(2, 24))]


@pytest.mark.parametrize("by", ORDERS, ids=str)
@pytest.mark.parametrize(("keys", "size"), [(7, 3), (23, 5), (20_000, 2_000)])
def test_every_row_is_there_once_in_its_order(
    petitions: list[str], monkeypatch: pytest.MonkeyPatch, by: Any, keys: int, size: int
) -> None:
    monkeypatch.setattr(chunks, "KEYS", keys)
    rows = PublicPetition.objects.all()
    expected = list(rows.order_by(*by))
    assert len(expected) == len(petitions)
    assert list(read_in_chunks(rows, by, size)) == expected
    named = rows.values_list("reference", "stage", named=True)
    assert [row.reference for row in read_in_chunks(named, by, size)] == [row.reference for row in expected]
    some = rows.filter(posted_on__isnull=False).select_related("round").prefetch_related("responses")
    assert list(read_in_chunks(some, by, size)) == [row for row in expected if row.posted_on]


def test_few_rows_take_two_statements_and_none_takes_one(petitions: list[str]) -> None:
    for rows, statements in ((PublicPetition.objects.all(), 2), (PublicPetition.objects.filter(pk=0), 1)):
        with CaptureQueriesContext(connection) as asked:
            list(read_in_chunks(rows, ["pk"], 100))
        assert len(asked) == statements


def test_no_more_than_so_many_rows_are_read_ahead(petitions: list[str]) -> None:
    with CaptureQueriesContext(connection) as asked:
        rows = read_in_chunks(PublicPetition.objects.all(), ["pk"], 4)
        assert [next(rows).reference for _ in range(4)] == petitions[:4]
        assert len(asked) == 2
        assert next(rows).reference == petitions[4]
        assert len(asked) == 3
