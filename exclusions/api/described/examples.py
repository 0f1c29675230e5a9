"""What the served schema says of each operation beyond its types: a summary, who may ask, and an example.

The examples are made of the schema itself, a value for each field by its name or else by its form, so that none is
forgotten and none can say what the schema does not: a test holds each against it.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

METHODS: Final = frozenset({"get", "post", "put", "patch", "delete"})
JSON: Final = "application/json"
LONGEST: Final = 120  # characters of a summary
_SENTENCE: Final = re.compile(r"(?<=[.:;])\s|\n\n")
_DEEPEST: Final = 8  # bodies within bodies

# Of fields and parameters that people read, what a value looks like; of all others the form alone.
BY_NAME: Final[Mapping[str, tuple[Any, ...]]] = {
    "reference": ("USTR-2019-0005-000001",),
    "docket": ("USTR-2019-0005",),
    "hts10": ("6810.99.0010", "6810990010"),
    "number": ("6810.99.0010", "6810990010"),
    "heading": ("9903.88.03",),
    "list": ("3",),
    "round": ("list-3",),
    "slug": ("list-3",),
    "key": ("product_name",),
    "product": ("Quartz slabs, 320 cm by 160 cm",),
    "product_name": ("Quartz slabs, 320 cm by 160 cm",),
    "organization": ("Meadowlark Infant Care LLC",),
    "answers": ({"product_name": "Quartz slabs, 320 cm by 160 cm"},),
    "text": ("The honed one; the polished one is another product.",),
    "reason": ("We found a source in Ohio.",),
    "question": ("product_documents",),
    "file_name": ("drawing.pdf",),
    "content_type": ("application/pdf",),
    "sha256": ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",),
    "digest": ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",),
    "certified": (["certify_complete"],),
    "email": ("ada@example.com",),
    "url": ("https://example.com/hook",),
    "secret": ("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",),
    "next": (None,),
    "previous": (None,),
}
BY_FORMAT: Final[Mapping[str, Any]] = {
    "date": "2019-07-08",
    "date-time": "2019-07-08T10:00:00-04:00",
    "uuid": "7f6b3a52-5a0e-4c58-9d3a-2f7b6f0e8a11",
    "uri": "https://example.com/",
    "email": "ada@example.com",
    "decimal": "1250.00",
    "binary": "(the bytes of the file)",
}


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Return a schema with a summary, `security` and examples at each operation, as the generator's last step."""
    schemas: dict[str, Any] = result["components"]["schemas"]
    for path in result["paths"].values():
        for method, operation in path.items():
            if method not in METHODS:
                continue
            operation["summary"] = summary_of(operation)
            operation.setdefault("security", [])  # said, so that nobody takes it for forgotten
            for content in _bodies(operation):
                content.setdefault("example", example_of(content["schema"], schemas))
    return result


def summary_of(operation: Mapping[str, Any]) -> str:
    """Return the first sentence of what an operation says of itself, in at most 120 characters."""
    first = _SENTENCE.split(" ".join(operation.get("description", "").split()), maxsplit=1)[0].rstrip(".:;")
    if len(first) > LONGEST:
        first = first[: LONGEST - 1].rpartition(" ")[0].rstrip(",") + "…"
    return first or str(operation["operationId"]).replace("_", " ").capitalize()


def _bodies(operation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is sent, and what comes back where it is done, each with its schema; files have no example."""
    bodies = list(operation.get("requestBody", {}).get("content", {}).values())
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            bodies += [content for kind, content in answer.get("content", {}).items() if kind == JSON]
    return bodies


def example_of(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str = "", deep: int = 0) -> Any:
    """Return a value that a schema lets in; `name` is that of the field, `deep` how many bodies it stands in."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas, name, deep)
    for parts in ("allOf", "oneOf", "anyOf"):
        if parts in schema:
            # A text of a pattern is the harder way to say what a number says too.
            part = min(schema[parts], key=lambda one: "pattern" in one)
            return example_of(part, schemas, name, deep)
    if "enum" in schema:
        return next((value for value in schema["enum"] if value not in (None, "")), schema["enum"][0])
    kinds = schema.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    kind = next((one for one in kinds if one != "null"), "null")
    for value in BY_NAME.get(name, ()):
        if _fits(value, kinds, schema):
            return value
    if kind == "object":
        return {
            field: example_of(inner, schemas, field, deep + 1) for field, inner in schema.get("properties", {}).items()
        }
    if kind == "array":
        return [] if deep > _DEEPEST else [example_of(schema.get("items", {}), schemas, name, deep + 1)]
    return _plain(kind, schema)


def _fits(value: Any, kinds: list[str], schema: Mapping[str, Any]) -> bool:
    named = {str: "string", dict: "object", list: "array", type(None): "null"}
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        return False
    return named[type(value)] in kinds and "properties" not in schema and schema.get("format") in (None, "uri", "email")


def _plain(kind: str, schema: Mapping[str, Any]) -> Any:
    if "default" in schema:
        return schema["default"]
    if kind == "string":
        return BY_FORMAT.get(schema.get("format", ""), "text")
    least = schema.get("minimum", 1)
    return {"integer": least, "number": float(least), "boolean": True}.get(kind)
