"""Which attributes of office files the format itself fills: measures, numbers of things, colours, words of its lists.

The table is `exclusions/data/office_attributes.csv`: attribute, elements, the form of its values, the clause. It is
made from the schemas of ISO/IEC 29500 by `.ci/office_attributes.py`. A value of that form is none of the writer's
words. All else is read: an attribute that is not in the table, and a value of another form (a colour that says a name).
"""

import csv
import re
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

_DATA = files("exclusions") / "data"
_NUMBER = r"[-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][-+]?\d+)?"
# The forms, each of one pass over the value.
_FORMS = {
    "number": r"[-+]?\d{1,20}",
    "measure": rf"{_NUMBER}(?:mm|cm|in|pt|pc|pi|px|em|ex|fd|f|%)?",
    "hex": r"(?:#|0x)?[0-9A-Fa-f]{1,64}",
    "guid": r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?",
    "moment": r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?)?(?:Z|[-+]\d\d:\d\d)?",
    "cells": r"(?:\$?[A-Z]{0,3}\$?\d{0,7}[: ]?)*+",
    "points": r"(?:[-+\d.,;:@# ]|fd|f(?!\w)|pt|mm|cm|in|px|%)*+",
    "path": r"(?:[-+\d.,@# ]|n[fs]|a[elrt]|w[ar]|q[xyb]|h[a-i]|[mlcxetrv](?![a-z]{4}))*+",
    "equation": r"(?:[a-z]{2,11}\d?)(?: [@#]?-?\d+| (?:width|height|pixelWidth|pixelHeight|emuWidth|emuHeight)2?)*+",
    "guide": r"(?:\*/|\+-|\+/|\?:|[a-z]{2,4}\d?)(?: -?\d+| [A-Za-z]\w{0,11})*+",
    "colour": r"#[0-9A-Fa-f]{3,8}|(?:#[0-9A-Fa-f]{3,8}|[a-zA-Z]{3,20}) (?:(?:darken|lighten)\(\d+\)|\[\d+\]| )*+",
    "shapeid": r"#?_x0000_[a-z]{1,2}\d+|\d{1,20}",
    "relation": r"rId\d+|R[0-9a-f]{8,40}|",
}
# Declarations of VML's style sheets that place and measure.
_PLACING = re.compile(
    rf"[a-z][a-z-]{{1,40}}:\s?(?:{_NUMBER}(?:mm|cm|in|pt|pc|px|em|ex|%)?|absolute|relative|static|visible|hidden"
    r"|top|middle|bottom|left|center|right|inside|outside|page|margin|text|char|line|square|none|auto|t|f|x|y)(?:;|\Z)"
)
_OURS = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/", "http://purl.oclc.org/ooxml/", "urn:sc")
# Texts of elements that place a thing, in the same words: {element: form}; 20.4.2, 20.5.2, Part 4 19.4.2.
_MEASURING = dict.fromkeys(("col", "row", "Row", "Column"), "number") | dict.fromkeys(
    ("colOff", "rowOff", "posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "Anchor"), "points"
)

# In addresses: words, and figures long enough to be somebody's.
_WORD = re.compile(r"[^\W\d_]+|\d{5,}")
# Attributes that hold an address of that kind, or the name of a part.
_ADDRESSES = {"Type", "ContentType", "PartName", "Target", "uri", "Extension", "Ignorable", "Requires"}

Said = Callable[[str], str]


def _read() -> dict[tuple[str, str], frozenset[str]]:
    """Return the table as {(attribute, element or *): forms}."""
    table: dict[tuple[str, str], frozenset[str]] = {}
    for row in csv.DictReader((_DATA / "office_attributes.csv").read_text(encoding="utf-8").splitlines()):
        for element in row["elements"].split():
            key = row["attribute"], element
            table[key] = table.get(key, frozenset()) | frozenset(row["form"].split())
    return table


_TABLE = _read()
# Names of elements and attributes, and the words of the standard's lists.
WORDS = frozenset((_DATA / "office_words.txt").read_text(encoding="utf-8").split())


def is_standard(namespace: str) -> bool:
    """Whether a namespace is one of the format or of its makers' extensions."""
    return namespace.startswith(_OURS)


def own_words(address: str) -> str:
    """Return the address of a kind or space, or the name of a part, where any word of it is none of the format's."""
    words = _WORD.findall(address)
    return address if any(word.isdecimal() or (len(word) > 1 and word not in WORDS) for word in words) else ""


@lru_cache(4096)
def of_attribute(element: str, attribute: str) -> Said | None:
    """Return what tells the words of the attribute's value from what the format fills; None where all of it is words.

    Both names come without a prefix, of an element in a namespace of the format.
    """
    if attribute in _ADDRESSES:
        return own_words
    forms = _TABLE.get((attribute, element), frozenset()) | _TABLE.get((attribute, "*"), frozenset())
    return _teller(forms) if forms else None


@lru_cache(4096)
def of_text(element: str) -> Said | None:
    """Return the same for the text of an element."""
    return _teller(frozenset({_MEASURING[element]})) if element in _MEASURING else None


@lru_cache
def _teller(forms: frozenset[str]) -> Said:
    form = re.compile("|".join(f"(?:{_FORMS[name]})" for name in sorted(forms) if name in _FORMS) or r"\A\B")
    listed, css = "listed" in forms or "colour" in forms, "css" in forms

    def allowed_part(value: str) -> str:
        if form.fullmatch(value) or (listed and value in WORDS):
            return ""
        return _PLACING.sub("", value) if css else value

    return allowed_part
