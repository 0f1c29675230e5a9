"""A body of the API is JSON as the REST framework writes it, whatever stands in it."""

import json
from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.serializer_helpers import ReturnDict

from exclusions.api.output import QuickJSONRenderer
from exclusions.workflow.roles import Role

QUICK, ITS_OWN = QuickJSONRenderer(), JSONRenderer()


class Pair(NamedTuple):
    """Two things by name."""

    one: int
    other: str


BODIES: dict[str, Any] = {
    "nothing": None,
    "null": {"closes_at": None},
    "text": {"words": 'Ämter, \u2028 “quoted” \\ " </script> \x07 \U0001f600'},
    "moment of UTC": datetime(2026, 11, 27, 12, 0, 0, 123456, tzinfo=UTC),
    "moment elsewhere": datetime(2026, 11, 27, 12, tzinfo=timezone(timedelta(hours=-5))),
    "day": date(2018, 9, 24),
    "span": timedelta(days=2, seconds=3),
    "money": Decimal("12345678901234567890.10"),
    "rates": [25.0, 7.5, 0.1, -0.0],
    "key": UUID(int=301),
    "lazy": gettext_lazy("Requester"),
    "choice": {"role": Role.REQUESTER},
    "numbers for names": {1: "one", None: "none"},
    "great numbers": [2**53 + 1, 2**70, -(2**70)],
    "rows": (Pair(1, "a"), OrderedDict(b=2), ReturnDict({"c": 3}, serializer=None)),
    "few": frozenset({1}),
    "bytes": b"plain",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_reads_as_the_frameworks(body: Any) -> None:
    written = QUICK.render(body)
    assert written == ITS_OWN.render(body)


def test_it_is_indented_where_that_is_asked_for() -> None:
    asked = "application/json; indent=4"
    assert QUICK.render({"a": [1]}, asked) == ITS_OWN.render({"a": [1]}, asked)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_JSON)
def test_whatever_it_holds_is_read_again(body: Any) -> None:
    assert json.loads(QUICK.render(body) or "null") == body
