"""The API described as a page: the served schema's operations and the things that they take and answer.

Read from the schema that programs get, so that page and schema cannot say different things. It is the same for
everybody and as long as the process runs.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from drf_spectacular.generators import SchemaGenerator

METHODS: Final = ("get", "post", "put", "patch", "delete")
NULL: Final = "null"


@dataclass(frozen=True)
class Kind:
    """What a value may be, in words; `link` names the thing that stands elsewhere on the page, or is empty."""

    words: str
    link: str = ""
    values: tuple[str, ...] = ()  # where it is one of few


@dataclass(frozen=True)
class Field:
    """A parameter of a request, or a field of a thing."""

    name: str
    kind: Kind
    required: bool
    description: SafeString
    place: str = ""  # of a parameter: query, path or header


@dataclass(frozen=True)
class Answer:
    """What may come back: the status, when, and the thing that is its body; "" where it has none."""

    status: str
    when: str
    kind: Kind | None


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    anchor: str
    method: str
    path: str
    paragraphs: tuple[SafeString, ...]
    needs_token: bool
    parameters: tuple[Field, ...]
    takes: Kind | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Thing:
    """A body, or a part of one, with its fields."""

    name: str
    paragraphs: tuple[SafeString, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Reference:
    """Everything, in the order of the addresses and of the names."""

    version: str
    paragraphs: tuple[SafeString, ...]
    operations: tuple[Operation, ...]
    things: tuple[Thing, ...]


@cache
def reference() -> Reference:
    """Return the description of the API that is served."""
    return read(SchemaGenerator().get_schema(request=None, public=True))  # type: ignore[no-untyped-call]


def read(schema: dict[str, Any]) -> Reference:
    """Return what a page shows of an OpenAPI 3.1 schema."""
    schemas: dict[str, Any] = schema["components"]["schemas"]
    operations = (
        _operation(method, path, found, schemas)
        for path, methods in schema["paths"].items()
        for method, found in methods.items()
        if method in METHODS
    )
    things = (_thing(name, found, schemas) for name, found in schemas.items() if "properties" in found)
    return Reference(
        version=schema["info"]["version"],
        paragraphs=_paragraphs(schema["info"].get("description", "")),
        operations=tuple(operations),
        things=tuple(sorted(things, key=lambda thing: thing.name)),
    )


def _operation(method: str, path: str, found: dict[str, Any], schemas: dict[str, Any]) -> Operation:
    parameters = tuple(
        Field(
            one["name"],
            kind_of(one["schema"], schemas),
            bool(one.get("required")),
            _without_values(one.get("description", "")),
            one["in"],
        )
        for one in found.get("parameters", ())
    )
    answers = tuple(
        Answer(status, answer.get("description") or "It is done", _body(answer.get("content"), schemas))
        for status, answer in sorted(found["responses"].items())
    )
    return Operation(
        anchor=found["operationId"],
        method=method.upper(),
        path=path,
        paragraphs=_paragraphs(found.get("description", "")),
        needs_token=any(found.get("security", ())),
        parameters=parameters,
        takes=_body(found.get("requestBody", {}).get("content"), schemas),
        answers=answers,
    )


def _thing(name: str, found: dict[str, Any], schemas: dict[str, Any]) -> Thing:
    required = set(found.get("required", ()))
    fields = tuple(
        Field(field, kind_of(schema, schemas), field in required, _without_values(schema.get("description", "")))
        for field, schema in found["properties"].items()
    )
    return Thing(name, _paragraphs(found.get("description", "")), fields)


def _body(content: dict[str, Any] | None, schemas: dict[str, Any]) -> Kind | None:
    return kind_of(next(iter(content.values()))["schema"], schemas) if content else None


def kind_of(schema: dict[str, Any], schemas: dict[str, Any]) -> Kind:
    """Return in words what a schema lets in: a thing by its name, a list, a few values, text, a number, a day, null."""
    if "$ref" in schema:
        return _named(schema["$ref"].rpartition("/")[2], schemas)
    parts = schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf")
    if parts:
        kinds = [kind_of(part, schemas) for part in parts]
        link = next((kind.link for kind in kinds if kind.link), "")
        values = tuple(value for kind in kinds for value in kind.values)
        return Kind(" or ".join(dict.fromkeys(kind.words for kind in kinds)), link, values)
    if "enum" in schema:
        return _one_of(schema["enum"])
    types = schema.get("type", "anything")
    types = [types] if isinstance(types, str) else list(types)
    if "array" in types:
        inner = kind_of(schema.get("items", {}), schemas)
        return Kind(_or_null(f"list of {inner.words}", types), inner.link, inner.values)
    words = " or ".join(_word(one, schema.get("format", "")) for one in types if one != NULL)
    return Kind(_or_null(words, types))


def _named(name: str, schemas: dict[str, Any]) -> Kind:
    found = schemas[name]
    return Kind(name, name) if "properties" in found else kind_of(found, schemas)


def _one_of(values: list[Any]) -> Kind:
    named = tuple(str(value) for value in values if value not in (None, ""))
    return Kind("one of" if named else NULL, values=named)


def _or_null(words: str, types: list[str]) -> str:
    return f"{words} or {NULL}" if NULL in types and words else words or NULL


def _word(kind: str, form: str) -> str:
    """Return the field's word for a type of JSON Schema with its format."""
    known = {
        "date": "day (YYYY-MM-DD)",
        "date-time": "moment (RFC 3339)",
        "uri": "address",
        "uuid": "UUID",
        "decimal": "decimal number, as text",
    }
    plain = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "object"}
    return known.get(form) or plain.get(kind, kind)


def _paragraphs(text: str) -> tuple[SafeString, ...]:
    return tuple(_marked(part) for part in text.split("\n\n") if part.strip())


def _marked(text: str) -> SafeString:
    """Return a text in one line; what stands between two backticks is code."""
    pieces = [(piece, place % 2) for place, piece in enumerate(" ".join(text.split()).split("`"))]
    return SafeString(render_to_string("api/_marked.html", {"pieces": pieces}).strip())


def _without_values(text: str) -> SafeString:
    """Return a description without the list of values that the generator puts below it: the kind has them."""
    return _marked(" ".join(line for line in text.splitlines() if not line.startswith("* `")))
