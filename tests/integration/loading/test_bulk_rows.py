"""Rows that are written many at once hold what the mapper would have written."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from exclusions.actions.store.bulk import insert_rows
from exclusions.models import Event
from exclusions.models.record import DIGESTED
from exclusions.queries.record.seal_check import seal_breaks
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("PostgreSQL takes the values as they stand.")]
AT = datetime(2026, 3, 9, 14, 0, 0, 250, tzinfo=UTC)
SHARED = {"to": "a “quoted” \\ text\twith\nlines", "none": None, "list": [1, {"a": "é"}]}


def values(sequence: int, data: Any, **more: Any) -> dict[str, Any]:
    return {
        "subject": "petition:1",
        "sequence": sequence,
        "kind": "tried",
        "at": AT,
        "by_id": None,
        "role": Role.REVIEWER1,
        "from_status": Status.LEVEL1,
        "to_status": "",
        "reason": "100 %\t\\N",
        "data": data,
        "previous_hash": "",
        "hash": "0" * 64,
        **more,
    }


def test_they_hold_what_the_mapper_writes() -> None:
    rows = [values(1, SHARED), values(2, SHARED), values(3, {}), values(4, []), values(5, {"other": 1}, at=AT)]
    with transaction.atomic():
        assert insert_rows(Event, list(rows[0]), (list(row.values()) for row in rows)) == len(rows)
        for row in rows:
            Event.objects.create(**row | {"subject": "petition:2"})
    names = [name for name in (*DIGESTED, "hash") if name != "subject"]
    at_once, one_by_one = (
        list(Event.objects.filter(subject=subject).order_by("sequence").values_list(*names))
        for subject in ("petition:1", "petition:2")
    )
    assert at_once == one_by_one
    assert [row[names.index("data")] for row in at_once] == [row["data"] for row in rows]
    assert list(seal_breaks()) == []
