"""The served schema: what it says of each address, and that the product keeps it, asked by schemathesis.

The bar asks 25 examples an operation with one seed, `make test` 8. FUZZ_EXAMPLES and FUZZ_SEEDS (separated by
commas) ask more:

    FUZZ_EXAMPLES=200 FUZZ_SEEDS=1,2,3 .venv/bin/pytest tests/integration/api/test_schema_is_true.py
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from exclusions.actions.transitions import staff_transitions
from tests.depth import so_many

EXAMPLES = os.environ.get("FUZZ_EXAMPLES") or str(so_many(8, 25))
SEEDS = os.environ.get("FUZZ_SEEDS", "1").split(",")
REPLAY = "/api/v1/subscriptions/{id}/deliveries/{event}/replay/"
OF_ONE_ROUND, OF_ONE_WATCH = "/api/v1/rounds/{slug}/exclusions/", "/api/v1/subscriptions/{id}/deliveries/"
LISTS = {"/api/v1/anchors/", "/api/v1/rounds/", "/api/v1/tariff/lines/", "/api/v1/exclusions/", "/api/v1/docket/"} | {
    OF_ONE_ROUND,
    "/api/v1/search/",
    "/api/v1/subscriptions/",
    OF_ONE_WATCH,
    "/api/v1/petitions/",
    "/api/v1/petitions/{id}/documents/",
    "/api/v1/petitions/{id}/letters/",
    "/api/v1/petitions/{id}/events/",
    "/api/v1/petitions/{id}/questions/",
    "/api/v1/deadlines/",
    "/api/v1/cases/",
    "/api/v1/clusters/",
    "/api/v1/petitions/bulk/",
    "/api/v1/petitions/bulk/{id}/errors/",
    "/api/v1/petitions/bulk/{id}/leaks/",
    "/api/v1/petitions/bulk/{id}/petitions/",
    "/api/v1/docket/changes/",
}
ONE = "/api/v1/petitions/{id}/"
ACTS = {f"{ONE}{act}/" for act in ("check", "submit", "withdraw", "receipt", "documents/{document}")}
ACTS.add(f"{ONE}questions/{{number}}/answer/")
RESPONDING = {"/api/v1/docket/{reference}/responses/", "/api/v1/responses/{reference}/reply/"}
OF_ONE_PETITION = {ONE, *ACTS, *(f"{ONE}{what}/" for what in ("documents", "letters", "events", "questions"))}
OF_ONE_PETITION.add(f"{ONE}letters/{{code}}/")
OWN = {"/api/v1/subscriptions/", "/api/v1/subscriptions/{id}/", OF_ONE_WATCH, "/api/v1/petitions/"} | OF_ONE_PETITION
SHEET = "/api/v1/petitions/bulk/{id}/"
OF_ONE_SHEET = {SHEET, *(f"{SHEET}{what}/" for what in ("errors", "leaks", "petitions", "settle", "accept"))}
OF_ONE_SHEET |= {f"{SHEET}check/", f"{SHEET}certify/", f"{SHEET}documents/", f"{SHEET}documents/{{zip}}/"}
OWN |= {"/api/v1/petitions/bulk/"} | OF_ONE_SHEET
OWN |= {"/api/v1/subscriptions/{id}/secret/", REPLAY, "/api/v1/deadlines/", *RESPONDING}
CASE = "/api/v1/cases/{reference}/"
MOVES = {f"{CASE}{name}/" for name in staff_transitions()}
OWN |= {"/api/v1/cases/", "/api/v1/clusters/", CASE, *MOVES}
# What else they refuse: a state in which it cannot be, and what was taken down.
MORE = {path: {"409"} for path in ACTS | RESPONDING} | {f"{ONE}letters/{{code}}/": {"409", "410", "503"}}
MORE |= {path: {"409", "422"} for path in MOVES}
MORE["/api/v1/subscriptions/{id}/secret/"] = {"409"}
MORE["/api/v1/subscriptions/{id}/"] = {"409"}
MORE[REPLAY] = {"409", "422"}
MORE |= {f"{SHEET}accept/": {"409"}, f"{SHEET}check/": {"409", "422"}, f"{SHEET}certify/": {"409"}}
MORE |= {f"{SHEET}documents/{{zip}}/": {"409"}, f"{SHEET}settle/": {"409"}}
MORE["/api/v1/docket/{reference}/"] = {"410"}
QUESTIONS = {"/api/v1/fit/", "/api/v1/refunds/"}  # neither lists nor things by a name


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """Return what /api/v1/schema/ serves."""
    served: dict[str, Any] = Client().get("/api/v1/schema/?format=json").json()
    return served


def operations(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {path: next(iter(methods.values())) for path, methods in schema["paths"].items()}


def body_of(schema: dict[str, Any], response: dict[str, Any], media_type: str) -> Any:
    """Return the schema of a body, the component itself instead of its name."""
    reference = response["content"][media_type]["schema"]["$ref"]
    return schema["components"]["schemas"][reference.rpartition("/")[2]]


def test_it_is_openapi_3_1_of_the_whole_api(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1")
    assert len(operations(schema)) == 77
    assert set(operations(schema)) >= LISTS


def test_lists_are_pages_with_their_two_parameters(schema: dict[str, Any]) -> None:
    paged = set()
    for path, operation in operations(schema).items():
        if "application/json" not in operation["responses"].get("200", {}).get("content", {}):
            continue
        page = body_of(schema, operation["responses"]["200"], "application/json")
        names = {parameter["name"] for parameter in operation.get("parameters", [])}
        if {"cursor", "page_size"} <= names:
            paged.add(path)
            assert set(page["required"]) == {"next", "previous", "results"}
            assert page["properties"]["next"]["type"] == ["string", "null"]
    assert paged == LISTS


def test_every_refusal_is_a_problem_of_its_own_media_type(schema: dict[str, Any]) -> None:
    for path, operation in operations(schema).items():
        refusals = {status: found for status, found in operation["responses"].items() if status[0] != "2"}
        expected = {"400", "406", "429"} | (
            set()
            if path in LISTS - {OF_ONE_ROUND, OF_ONE_WATCH, *OF_ONE_PETITION, *OF_ONE_SHEET} | QUESTIONS
            else {"404"}
        )
        expected |= {"401", "403"} if path in OWN else {"403"} if "requestBody" in operation else set()
        expected |= {"413", "415"} | ({"422"} if path in OWN else set()) if "requestBody" in operation else set()
        assert set(refusals) == expected | MORE.get(path, set()), path
        for response in refusals.values():
            assert list(response["content"]) == ["application/problem+json"]
            problem = body_of(schema, response, "application/problem+json")
            assert set(problem["required"]) == {"type", "title", "status", "detail", "instance", "errors"}
        assert refusals["429"]["headers"]["Retry-After"]["required"] is True


def test_what_wants_a_token_says_so_and_nothing_else_does(schema: dict[str, Any]) -> None:
    wants = {path for path, operation in operations(schema).items() if operation.get("security")}
    assert wants == OWN
    assert schema["components"]["securitySchemes"] == {"bearerToken": {"type": "http", "scheme": "bearer"}}
    makes = schema["paths"]["/api/v1/subscriptions/"]["post"]
    assert set(makes["responses"]) == {"200", "201", "400", "401", "403", "406", "409", "413", "415", "422", "429"}
    assert set(schema["paths"]["/api/v1/subscriptions/{id}/"]["delete"]["responses"]) >= {"204", "401", "404"}


def test_every_field_of_a_body_is_always_there(schema: dict[str, Any]) -> None:
    bodies = {name: body for name, body in schema["components"]["schemas"].items() if body.get("type") == "object"}
    assert bodies
    bodies = {name: body for name, body in bodies.items() if not name.endswith("Input")}  # what may be left out
    for name, body in bodies.items():
        assert set(body["required"]) == set(body["properties"]), name


def test_days_that_may_lack_may_be_null(schema: dict[str, Any]) -> None:
    bodies = schema["components"]["schemas"]
    for name in ("NumberOutput", "TextOutput", "TermOutput"):
        assert all(bodies[name]["properties"][end]["type"] == ["string", "null"] for end in ("from", "to"))
    assert bodies["TermOutput"]["properties"]["published_on"]["type"] == ["string", "null"]


MONEY = {"duty_at_stake", "sure", "open", "lost"}


def test_an_amount_of_money_is_decimal(schema: dict[str, Any]) -> None:
    fields = [
        (name, field)
        for body in schema["components"]["schemas"].values()
        for name, field in body.get("properties", {}).items()
    ]
    assert {name for name, _ in fields} >= MONEY
    for name, field in fields:
        if name in MONEY:
            assert (field["type"], field["format"]) == ("string", "decimal"), name
        else:
            assert "dollars" not in field.get("description", "").lower() or "anyOf" in field, name


def test_a_former_name_is_called_deprecated(schema: dict[str, Any]) -> None:
    former = {
        (body, name)
        for body, found in schema["components"]["schemas"].items()
        for name, field in found.get("properties", {}).items()
        if field.get("deprecated")
    }
    assert former >= {("RoundOutput", "is_demo"), ("ListedOutput", "supports"), ("ListedOutput", "opposes")}


def test_every_parameter_says_what_it_is(schema: dict[str, Any]) -> None:
    for path, operation in operations(schema).items():
        for parameter in operation.get("parameters", []):
            assert parameter["in"] == "path" or parameter["description"], (path, parameter["name"])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.django_db
@pytest.mark.usefixtures("listed_site", "no_throttle", "in_turn")
def test_the_product_keeps_the_schema(live_server: LiveServer, tmp_path: Path, seed: str) -> None:
    asked = subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), "run", f"{live_server.url}/api/v1/schema/",
         "--max-examples", EXAMPLES, "--request-timeout", "60",
         "--seed", seed, "--exclude-checks", "positive_data_acceptance",
         "--continue-on-failure", "--generation-database", "none", "--no-color"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "86 selected / 86 total" in asked.stdout
