"""The API's page says what its schema says, without a script, and leads to the viewer, which needs one."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from exclusions.api.described.reference import METHODS, Kind, kind_of, read, reference

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]


@pytest.fixture
def page(client: Client) -> str:
    return html.unescape(client.get("/api/docs/").content.decode())


def test_every_address_parameter_status_and_field_of_the_schema_stands_on_the_page(page: str, schema: Any) -> None:
    for path, methods in schema["paths"].items():
        for method, found in methods.items():
            assert method in METHODS
            _, _, operation = page.partition(f'<h3 class="tc-long" id="{found["operationId"]}">')
            operation, _, _ = operation.partition("</section>")
            assert f"{method.upper()} {path}" in operation
            for one in found.get("parameters", ()):
                assert f'<code class="tc-long">{one["name"]}</code>' in operation
            for status in found["responses"]:
                assert f"<dt>{status}</dt>" in operation
    for name, thing in schema["components"]["schemas"].items():
        _, _, section = page.partition(f'<h3 class="tc-long" id="{name}">')
        for field in thing.get("properties", ()):
            assert f'<code class="tc-long">{field}</code>' in section.partition("</section>")[0], (name, field)


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    places = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= places
    assert len(places) > 50


def test_the_description_is_for_callers_and_names_no_exception(schema: Any) -> None:
    said = [found["description"] for methods in schema["paths"].values() for found in methods.values()]
    assert all(said)
    assert not [text for text in said if "Raises" in text or "Error" in text]


def test_the_viewer_is_a_page_of_its_own_that_loads_its_files(page: str, client: Client) -> None:
    assert "swagger" not in page
    viewer = client.get("/api/docs/?viewer=").content.decode()
    assert "swagger-ui-bundle.js" in viewer
    [script] = re.findall(r'src="(/api/docs/[^"]*)"', viewer)
    assert client.get(html.unescape(script))["Content-Type"].startswith("application/javascript")


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, Kind("text")),
        ({"type": ["string", "null"], "format": "date"}, Kind("day (YYYY-MM-DD) or null")),
        ({"type": "array", "items": {"$ref": "#/x/Line"}}, Kind("list of Line", "Line")),
        ({"type": ["array", "null"], "items": {"type": "integer"}}, Kind("list of whole number or null")),
        ({"$ref": "#/x/Few"}, Kind("one of", values=("a", "b"))),
        ({"oneOf": [{"$ref": "#/x/Few"}, {"$ref": "#/x/Null"}]}, Kind("one of or null", values=("a", "b"))),
        ({"allOf": [{"$ref": "#/x/Line"}]}, Kind("Line", "Line")),
        ({"type": "object", "additionalProperties": {}}, Kind("object")),
        ({}, Kind("anything")),
    ],
)
def test_a_kind_is_said_in_words(schema: dict[str, Any], kind: Kind) -> None:
    schemas = {
        "Line": {"type": "object", "properties": {}},
        "Few": {"enum": ["a", "b"], "type": "string"},
        "Null": {"enum": [None]},
    }
    assert kind_of(schema, schemas) == kind


def test_a_webhook_or_an_extension_of_the_schema_is_left_alone() -> None:
    made = {
        "info": {"version": "1", "description": "One.\n\nTwo\nlines of `code` & <more>."},
        "paths": {"/a/": {"get": {"operationId": "a", "responses": {"204": {}}}, "x-more": {}}},
        "components": {"schemas": {}},
    }
    found = read(made)
    assert found.paragraphs == ("One.", "Two lines of <code>code</code> &amp; &lt;more&gt;.")
    [operation] = found.operations
    assert (operation.method, operation.parameters, operation.takes) == ("GET", (), None)
    assert [(answer.status, answer.kind) for answer in operation.answers] == [("204", None)]


def test_the_page_is_made_once_a_process() -> None:
    assert reference() is reference()
