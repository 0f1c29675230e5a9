"""What the page of a case hands over of a posted form: every value that a transition asks for, and it alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

from exclusions import actions, permissions
from exclusions.views.casework.case.case_moves import ENTERED

PERMISSIONS = Path(permissions.__path__[0])
TRANSITIONS = Path(actions.__path__[0]) / "transitions.py"
# What is asked for and does not come from this page, each with where it comes from.
ELSEWHERE = {
    "certified": "the page of the filer's certificate",
    "unchanged": "the same",
    "open_answers": "what was read of a correction",
    "proposal": "the action that confirms it",
    "review": "the event of a confirmed departure",
    "reason": "its own argument",
    "published_on": "the page of notices",
    "heading": "the same",
    "note": "the same",
    "ends_on": "the same",
}


def names_asked(source: str) -> Iterator[str]:
    """Yield each name that is asked of `data`: by `get`, by brackets, through `_texts`, or listed as `names`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("data"), attr="get"), args=[ast.Constant(str(name)), *_]):
                yield name
            case ast.Subscript(value=ast.Name("data"), slice=ast.Constant(str(name))):
                yield name
            case ast.Call(func=ast.Name("_texts"), args=[_, *names]):
                yield from (
                    name.value for name in names if isinstance(name, ast.Constant) and isinstance(name.value, str)
                )
            case ast.Assign(targets=[ast.Name("names")], value=ast.Tuple(elts=listed)):
                yield from (
                    name.value for name in listed if isinstance(name, ast.Constant) and isinstance(name.value, str)
                )


def test_a_posted_form_hands_over_what_transitions_ask_for_and_nothing_else() -> None:
    asked = set(names_asked(TRANSITIONS.read_text()))
    for file in PERMISSIONS.rglob("*.py"):
        asked |= set(names_asked(file.read_text()))
    assert asked == {*ENTERED, "denial_codes"} | ELSEWHERE.keys()


def test_each_way_to_ask_is_seen() -> None:
    source = 'data.get("a"); data["b"]; f(**_texts(data, "c", "d")); names = ("e", "f"); other.get("g")'
    assert sorted(names_asked(source)) == ["a", "b", "c", "d", "e", "f"]
