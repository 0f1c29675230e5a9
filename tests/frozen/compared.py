"""Two answers to the same request, compared: status, headers, and the body as a tree of HTML or byte for byte."""

import base64
import difflib
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from tests.frozen.masked import REQUEST, UNREAD, mask
from tests.frozen.tree import tree_lines

Answer = Mapping[str, Any]
MOST_LINES, AROUND = 8, 60
TEXTS = ("text/", "application/json", "application/problem+json", "application/xml", "application/atom+xml",
         "application/vnd.oai.openapi", "application/javascript")  # fmt: skip


def difference(one: Answer, other: Answer) -> list[str]:
    """Return how the second answer differs from the first, in a few lines; none where it does not."""
    if one["status"] != other["status"]:
        return [f"status {one['status']} became {other['status']}"]
    return [*_changed(_head(one), _head(other)), *_bodies(one, other)][:MOST_LINES]


def _head(answer: Answer) -> list[str]:
    return sorted(f"{name}: {_masked(answer, value)}" for name, value in answer["headers"].items()
                  if name.lower() not in UNREAD)  # fmt: skip


def _masked(answer: Answer, text: str) -> str:
    return mask(text, answer["headers"].get(REQUEST, ""))


def _bodies(one: Answer, other: Answer) -> list[str]:
    before, after = (base64.b64decode(answer["body"]) for answer in (one, other))
    if before == after:
        return []
    kind = one["headers"].get("Content-Type", "")
    if not kind.startswith(TEXTS):
        return [f"bytes: {len(before)} became {len(after)}, alike up to {_alike(before, after)}"]
    texts = [_masked(answer, body.decode(errors="replace")) for answer, body in ((one, before), (other, after))]
    if kind.startswith("text/html"):
        return _changed(*map(tree_lines, texts))
    if texts[0] == texts[1]:
        return []
    place = max(_alike(*texts) - AROUND, 0)
    return [f"{sign}{text[place : place + 3 * AROUND]!r}" for sign, text in zip("-+", texts, strict=True)]


def _alike(one: Sequence[Any], other: Sequence[Any]) -> int:
    """Return how many bytes or letters are the same before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _changed(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the lines that went, with a minus, and those that came, with a plus, each with the one before it."""
    if before == after:
        return []
    found = difflib.unified_diff(before, after, lineterm="", n=1)
    return [line for line in [*found][2:] if not line.startswith("@@")]
