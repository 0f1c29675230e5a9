"""Bodies of programs: bounded in bytes and levels before anything is made of them."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from exclusions.api.bounds import MOST_LEVELS, is_deep

pytestmark = pytest.mark.django_db


def send(body: str) -> Any:
    return Client().post("/api/v1/refunds/", body, content_type="application/json")


@pytest.mark.parametrize("levels", [MOST_LEVELS + 1, 5_000, 10_000, 800_000])
@pytest.mark.parametrize("brackets", ["[]", '{"a":}'])
def test_a_body_that_nests_deeper_than_any_is_refused(levels: int, brackets: str) -> None:
    opening, closing = brackets[:-1], brackets[-1]
    answer = send(opening * levels + "1" + closing * levels)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "more than 20 levels deep" in answer.json()["detail"]


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":"' + "[" * 100_000, '"' + '\\"' * 100_000, "]" * 100_000, "\\"])
def test_a_body_that_is_no_json_is_refused(body: str) -> None:
    assert send(body).status_code == 400


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{bad", "line 1, character 2 cannot be read"),
        ('{"lines": [],\n "as_of": x}', "line 2, character 11 cannot be read"),
        ('{"lines": []} {}', "line 1, character 15 cannot be read"),
        ('{"lines": [', "it ends before it is complete"),
        ("  ", "it is empty"),
    ],
)
def test_a_body_that_is_no_json_is_told_where_it_is_not(body: str, says: str) -> None:
    answer = send(body)
    assert answer["Content-Type"] == "application/problem+json"
    sentence = f"The body is not JSON: {says}. Correct that, and send what the schema describes."
    assert (answer.status_code, answer.json()["detail"]) == (400, sentence)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"lines": NaN}', "a number of it is NaN, Infinity or has thousands of digits. Send another number"),
        (b'{"lines": ' + b"1" * 5000 + b"}", "a number of it is NaN, Infinity or has thousands of digits"),
        (b'{"lines": "\xff"}', "its byte 12 is not text in utf-8. Send the body in UTF-8."),
    ],
)
def test_a_body_that_only_the_parser_could_name_is_refused_in_words(body: bytes, says: str) -> None:
    answer = Client().post("/api/v1/refunds/", body, content_type="application/json")
    assert (answer.status_code, says in answer.json()["detail"]) == (400, True), answer.json()


def test_brackets_in_texts_are_no_levels() -> None:
    line = {"entry_number": "[" * 1000 + '"{\\', "entry_date": "x"}
    assert "levels" not in send(json.dumps({"lines": [line]})).json()["detail"]


def test_a_body_of_more_bytes_than_any_is_refused() -> None:
    answer = send(json.dumps({"lines": ["x" * 6_000_000]}))
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "The body holds more than 5 MB. Divide it, and send the parts one by one."


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=40,
)


def levels(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(levels, inside), default=0) if isinstance(value, dict | list) else 0


@given(value=JSON, more=st.integers(0, 30))
def test_levels_are_counted_as_they_nest(value: Any, more: int) -> None:
    for _ in range(more):
        value = [value]
    for body in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        assert is_deep(body.encode("utf-8", "surrogatepass")) == (levels(value) > MOST_LEVELS)
