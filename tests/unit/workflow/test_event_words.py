"""Each kind of event that the product records has words: nobody reads “round_made” or “enter_notice”."""

import ast
from collections.abc import Iterator
from pathlib import Path

from exclusions.models import RoundOrder
from exclusions.permissions.case_entries import CASE_ENTRIES
from exclusions.workflow.event_words import WORDS, event_words
from exclusions.workflow.transitions import TRANSITIONS
from exclusions.workflow.two_persons import ACTS

RECORDERS = {"record_event", "petition_event", "_on_record", "record_administration"}
SOURCES = Path(__file__).parents[3] / "exclusions"
MADE = ("admin_", "own_", "round_")  # kinds that are made of this and a second word as they are recorded


def recorded() -> Iterator[str]:
    """Yield the kinds that calls of the recorders name, wherever they stand."""
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in RECORDERS:
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                yield from texts[:1]


def test_each_event_that_is_recorded_has_words() -> None:
    named = TRANSITIONS.keys() | WORDS.keys() | ACTS.keys()
    kinds = {kind for kind in recorded() if kind} - {"tariffaction"}  # a noun of the administration
    assert len(kinds) > 60, "the calls are found"
    assert kinds - named == set()
    assert {f"round_{kind}" for kind in RoundOrder.Kind.values} <= WORDS.keys()
    assert {f"admin_{kind}" for kind in ("add", "change", "delete")} <= WORDS.keys()


def test_words_are_of_events_that_are_recorded_somewhere() -> None:
    texts: set[str] = set()
    for file in SOURCES.rglob("*.py"):
        if file.name != "event_words.py":
            nodes = ast.walk(ast.parse(file.read_text()))
            texts |= {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    assert {kind for kind in WORDS if not kind.startswith(MADE)} - texts == set()


def test_words_of_events_are_words() -> None:
    assert event_words("round_made") == "Round made"
    assert event_words("enter_notice") == "Notice entered"
    assert event_words("post") == "Post to the docket"
    assert event_words("reset_password") == "End the password"
    assert event_words("no_such_kind") == "No such kind"
    assert CASE_ENTRIES.keys() <= WORDS.keys(), "what is put on the record of a case is an event of its name"
    assert not [words for words in WORDS.values() if "_" in words]
