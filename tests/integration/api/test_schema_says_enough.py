"""Each operation of the served schema says in a line what it does, who may ask, where, and by an example how."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from exclusions.api.described.examples import JSON, LONGEST, METHODS

OF_WHAT_STOOD_BEFORE = re.compile(r"^(\w+) (it|them)\b|\bof them\b")  # a list of operations has nothing before it
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """Return what /api/v1/schema/ serves."""
    served: dict[str, Any] = Client().get("/api/v1/schema/?format=json").json()
    return served


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            assert method in METHODS
            yield f"{method.upper()} {path}", operation


def test_each_has_a_summary_of_one_line_and_a_tag_that_is_explained(schema: dict[str, Any]) -> None:
    explained = {tag["name"]: tag["description"] for tag in schema["tags"]}
    assert all(explained.values())
    used = set()
    for name, operation in operations(schema):
        assert 8 < len(operation["summary"]) <= LONGEST, name
        assert not operation["summary"].endswith("."), name
        assert not OF_WHAT_STOOD_BEFORE.search(operation["summary"]), name
        assert "\n" not in operation["summary"], name
        assert len(operation["tags"]) == 1, name
        used |= set(operation["tags"])
    assert used == set(explained)


def test_each_says_who_may_ask_and_the_whole_where(schema: dict[str, Any]) -> None:
    assert [server["url"] for server in schema["servers"]] == ["/"]
    assert schema["servers"][0]["description"]
    for name, operation in operations(schema):
        assert operation["security"] in ([], [{"bearerToken": []}]), name
        assert (operation["security"] == []) == ("401" not in operation["responses"]), name


def bodies(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every body that a program sends, and every JSON body that it gets where it is done."""
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"sent {kind}", content
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            yield from ((f"{status}", content) for kind, content in answer.get("content", {}).items() if kind == JSON)


def test_each_has_an_example_that_its_schema_lets_in(schema: dict[str, Any]) -> None:
    seen = 0
    for name, operation in operations(schema):
        with_json = "requestBody" in operation or any(
            JSON in answer.get("content", {}) for status, answer in operation["responses"].items() if status[0] == "2"
        )
        found = list(bodies(operation))
        assert bool(found) == with_json, name
        for where, content in found:
            held = Draft202012Validator({**content["schema"], "components": schema["components"]})
            wrong = [error.message for error in held.iter_errors(content["example"])]
            assert wrong == [], (name, where)
            seen += 1
    assert seen > len(schema["paths"])


def test_the_rules_of_redocly_leave_out_one_and_say_why() -> None:
    rules = (ROOT / "redocly.yaml").read_text()
    off = [line.strip() for line in rules.splitlines() if line.strip().endswith(": off")]
    assert off == ["no-path-trailing-slash: off"]
    before = rules.partition("no-path-trailing-slash")[0].rstrip().splitlines()[-1]
    assert before.strip().startswith("#"), "the reason stands above it"
