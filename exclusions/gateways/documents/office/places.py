"""What a person calls the place in an office file where something stands."""

import re
from functools import lru_cache

from exclusions.gateways.documents.text_parts import BODY

CODE = "notes in the file's code"
NAMES = "names of parts"
PICTURES, DRAWINGS = "data of pictures", "drawings"
OTHER = "other parts"
_PARTS = (
    (re.compile(r".*comment.*", re.IGNORECASE), "comments"),
    (re.compile(r".*(people\.xml|persons/.*)"), "list of people"),
    (re.compile(r"customXml/.*"), "custom parts"),
    (re.compile(r".*styles.*\.xml", re.IGNORECASE), "style names"),
    (re.compile(r".*\.rels"), "links"),
    (re.compile(r"word/glossary/.*"), "building blocks"),
    (re.compile(r"word/(header|footer).*"), "headers and footers"),
    (re.compile(r".*pivotCache/.*", re.IGNORECASE), "pivot table cache"),
    (re.compile(r".*pivotTables/.*", re.IGNORECASE), "pivot tables"),
    (re.compile(r".*theme.*\.xml", re.IGNORECASE), "theme"),
    (re.compile(r".*/fontTable\.xml"), "fonts"),
    (re.compile(r".*/webSettings\.xml"), "settings"),
    (re.compile(r"\[Content_Types\]\.xml"), NAMES),
)
# Attributes that people fill, by the place they stand in; {element or *: {attribute: place}}.
_FILLED = {
    "*": {
        **dict.fromkeys(("author", "initials", "userName", "displayName", "userId"), "names of authors"),
        **dict.fromkeys(("refreshedBy", "lastModifiedBy", "lastEditedBy"), "names of authors"),
        **dict.fromkeys(("descr", "title", "alt"), "alternative texts"),
        "tooltip": "links",
        "instr": BODY,
        **dict.fromkeys(("prompt", "promptTitle", "error", "errorTitle", "displayText"), "drop-down lists"),
    },
    "docPr": {"name": "alternative texts"},
    "cNvPr": {"name": "alternative texts"},
    "tblCaption": {"val": "alternative texts"},
    "tblDescription": {"val": "alternative texts"},
    "textpath": {"string": "drawn text"},
    "Relationship": {"Target": "links"},
    "hyperlink": {"display": "links", "location": "links"},
    "sheet": {"name": "sheet names"},
    "definedName": {"name": "defined names", "comment": "defined names"},
    "listItem": {"value": "drop-down lists"},
    "absPath": {"url": "folder names"},
    "bookmarkStart": {"name": "bookmarks"},
    "docVar": {"name": "document variables", "val": "document variables"},
    **{tag: {"val": "form fields"} for tag in ("alias", "tag", "helpText", "statusText", "default", "listEntry")},
    "name": {"val": "style names"},
    "table": {"name": "table names", "displayName": "table names"},
    "tableColumn": {"name": "table names"},
    **{tag: {"val": "filters", "filterVal": "filters"} for tag in ("filter", "customFilter", "top10", "dynamicFilter")},
    "scenario": dict.fromkeys(("name", "user", "comment"), "scenarios"),
    "inputCells": {"val": "scenarios"},
    "protectedRange": dict.fromkeys(("name", "sqref", "securityDescriptor"), "protected ranges"),
    "customWorkbookView": {"name": "saved views"},
    "attr": dict.fromkeys(("name", "val", "uri"), "smart tags"),
    "smartTag": dict.fromkeys(("element", "uri"), "smart tags"),
    "smartTagType": dict.fromkeys(("name", "url", "namespaceuri"), "smart tags"),
    **{tag: {"val": "mail merge"} for tag in ("query", "connectString", "udl", "addressFieldName", "mailSubject")},
}
HEADS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
_ELEMENTS = {
    "author": "names of authors",
    "formula1": "drop-down lists",
    "formula2": "drop-down lists",
    "definedName": "defined names",
} | dict.fromkeys(HEADS, "headers and footers")


def of_part(name: str) -> str:
    """Return the place that a part of this name is."""
    return next((place for pattern, place in _PARTS if pattern.fullmatch(name)), BODY)


@lru_cache(4096)
def of_attribute(element: str, attribute: str, where: str) -> str:
    """Return the place of an attribute in a part that is `where`."""
    return _FILLED.get(element, {}).get(attribute) or _FILLED["*"].get(attribute) or where


def of_element(element: str, where: str) -> str:
    """Return the place of an element's text in a part that is `where`."""
    return _ELEMENTS.get(element, where)
