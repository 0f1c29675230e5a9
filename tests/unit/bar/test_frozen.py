"""The comparer of two commits' answers notices what was changed, and nothing else (tests/frozen)."""

import base64
from typing import Any

import pytest

from tests.frozen.compared import difference

PAGE = """<!doctype html><html><head><link href="/static/site.0123456789ab.css"></head>
<body nonce="abcdefghijklmnopqrst"><form method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="TOKEN"><p class="usa-hint  tc-quiet" id="a">One
  <b>two</b> three</p><input name="q" value="x" required><textarea name="t">
 as  typed </textarea><pre>a
  b</pre></form><table><tr><td>1</td></tr></table></body></html>"""
TOKENS = "a" * 64, "b" * 64


def answer(body: str | bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Any:
    content = base64.b64encode(body if isinstance(body, bytes) else body.encode()).decode()
    return {"status": status, "headers": {"Content-Type": kind, **headers}, "body": content}


def page(text: str = PAGE, token: str = TOKENS[0], **how: Any) -> Any:
    return answer(text.replace("TOKEN", token), **how)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One\n", "Two\n"),
        (' id="a"', ""),
        (" as  typed ", " as typed "),
        ("a\n  b</pre>", "a\n b</pre>"),
        ("<b>two</b> three", "<b>two</b>three"),
        ("<td>1</td>", "<th>1</th>"),
    ],
    ids=["a word", "an attribute", "a space that was typed", "a space in pre", "a space that is seen", "an element"],
)
def test_a_planted_change_of_a_page_is_noticed(before: str, after: str) -> None:
    assert before in PAGE
    assert difference(page(), page(PAGE.replace(before, after)))


@pytest.mark.parametrize(
    "other",
    [
        answer(b"a,b\r\n1,2\r\n", kind="text/csv"),
        answer(b"a,b\n1,2\n", kind="text/csv", **{"Cache-Control": "no-store"}),
        answer(b"a,b\n1,2\n", kind="text/csv", status=404),
    ],
    ids=["a byte of a file", "a header", "a status"],
)
def test_a_planted_change_of_a_file_is_noticed(other: Any) -> None:
    assert difference(answer(b"a,b\n1,2\n", kind="text/csv"), other)


def test_a_byte_of_a_workbook_is_noticed() -> None:
    assert difference(answer(b"PK\x01", kind="application/zip"), answer(b"PK\x02", kind="application/zip"))


def test_what_is_masked_or_not_seen_is_no_difference() -> None:
    other = PAGE.replace("<table><tr>", "<table>\n\n  <tr>").replace("hint  tc", "hint tc").replace("\n  <b>", " <b>")
    other = other.replace('name="q" value="x"', 'value="x" name="q"').replace("0123456789ab", "ba9876543210")
    other = other.replace("abcdefghijklmnopqrst", "tsrqponmlkjihgfedcba").replace(">One", ">\n   One")
    assert other != PAGE
    assert difference(page(), page(other, TOKENS[1])) == []
