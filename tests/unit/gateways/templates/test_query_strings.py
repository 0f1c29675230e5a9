"""Query strings read as those that `urllib` and Django write."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.template import RequestContext
from django.template.defaulttags import querystring as djangos
from django.test import RequestFactory

from exclusions.gateways.templates.query_strings import around, querystring, quoted, written

ASKED = [
    "",
    "q=pump",
    "q=a+b&stage=denied&page=3",
    "q=%26+%E2%82%AC%3D&x=&x=2&page=1",
    "page",
    "q=%F0%9F%92%A9+~.-_*%2F",
]


@pytest.mark.parametrize("asked", ASKED)
def test_a_query_string_is_written_as_urllib_does(asked: str) -> None:
    lists = list(QueryDict(asked).lists())
    assert written(lists) == urlencode(lists, doseq=True)


@pytest.mark.parametrize("asked", ASKED)
def test_what_stands_around_a_name_leaves_its_place_to_any_value(asked: str) -> None:
    for name in ("stage", "q", "page", "a b"):
        before, after = around(QueryDict(asked).lists(), name)
        changed = QueryDict(asked, mutable=True)
        changed[name] = "new & old"
        assert f"{before}{quoted('new & old')}{after}" == changed.urlencode()


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(
    "changes", [{}, {"page": 2}, {"page": None}, {"q": "ü&", "page": None, "x": None}, {"x": ["1", 2], "q": ""}]
)
def test_the_tag_says_what_djangos_says(asked: str, changes: dict[str, object]) -> None:
    context = RequestContext(RequestFactory().get(f"/?{asked}"))
    assert querystring(context, **changes) == djangos(context, **changes)
    other, foreign = QueryDict("a=1&b=%20"), QueryDict("a=%E4", encoding="latin-1")
    assert querystring(context, other, **changes) == djangos(context, other, **changes)
    assert querystring(context, foreign, **changes) == djangos(context, foreign, **changes)
