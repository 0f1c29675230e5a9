"""The words of Word and Excel files, read as the XML that they are: every part, and every attribute that people fill.

A part that we do not know is read with all its attributes; one that is no XML, as the bytes that it holds.
"""

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from exclusions.gateways.documents.reading_result import Gathered, Reading
from exclusions.gateways.documents.text_parts import BODY

# What an office file tells about who made it, and where.
PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_BREAKS = frozenset({"p", "tr", "br", "tab", "si", "row", "c", "v", "comment", "author"})
_BODY = frozenset({"t", "v", "f", "delText", "instrText"})
_LETTER = re.compile(r"[^\W\d_]")
_EXPONENT = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d{1,2}")
_MEDIA = re.compile(r"(?:word|xl)/media/")
_TECHNICAL = re.compile(r"\[Content_Types\]\.xml|(?:word|xl)/(?:theme/.*|fontTable\.xml|webSettings\.xml|fonts/.*)")
_FOLDERS = (
    "worksheets|charts|glossary|drawings|tables|persons|threadedComments|diagrams|chartsheets|pivot(Tables|Cache)"
)
_KNOWN = re.compile(
    rf"(.*/)?_rels/[^/]*\.rels|(word|xl|docProps)/[^/]+\.xml|(word|xl)/({_FOLDERS})/[^/]+\.xml", re.IGNORECASE
)
_PLACES = (
    (re.compile(r".*comment.*", re.IGNORECASE), "comments"),
    (re.compile(r".*(people\.xml|persons/.*)"), "list of people"),
    (re.compile(r"customXml/.*"), "custom parts"),
    (re.compile(r".*styles.*\.xml"), "style names"),
    (re.compile(r".*\.rels"), "links"),
    (re.compile(r"word/glossary/.*"), "building blocks"),
    (re.compile(r"word/(header|footer).*"), "headers and footers"),
)
# Attributes that people fill, by the place they stand in; {element or *: {attribute: place}}.
_FILLED = {
    "*": {
        "author": "names of authors",
        "initials": "names of authors",
        "userName": "names of authors",
        "displayName": "names of authors",
        "userId": "names of authors",
        "descr": "alternative texts",
        "title": "alternative texts",
        "alt": "alternative texts",
        "tooltip": "links",
        "instr": BODY,
        "prompt": "drop-down lists",
        "promptTitle": "drop-down lists",
        "error": "drop-down lists",
        "errorTitle": "drop-down lists",
        "displayText": "drop-down lists",
    },
    "docPr": {"name": "alternative texts"},
    "cNvPr": {"name": "alternative texts"},
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
}
_ELEMENTS = {
    "author": "names of authors",
    "formula1": "drop-down lists",
    "formula2": "drop-down lists",
    "definedName": "defined names",
} | {tag: "headers and footers" for tag in (
    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter",
)}  # fmt: skip


def read_office(stream: BinaryIO) -> Reading:
    """Return what a Word or Excel file says, by place, its properties, and how many pictures it holds."""
    told: dict[str, str] = {}
    gathered, whole, pictures = Gathered(), True, 0
    with zipfile.ZipFile(stream) as archive:
        for name in archive.namelist():
            try:
                if name in PROPERTIES:
                    told |= {key: text for key, text in _properties(archive, name) if text}
                elif _MEDIA.match(name):
                    pictures += 1
                elif not _TECHNICAL.fullmatch(name):
                    whole = _part(archive, name, gathered) and whole
            except (ParseError, DefusedXmlException, zipfile.BadZipFile):
                whole = False
            if not gathered.is_whole:
                break
    held = "" if not pictures else "a picture" if pictures == 1 else f"{pictures} pictures"
    return Reading(gathered.parts(""), told, whole and gathered.is_whole, held)


def _part(archive: zipfile.ZipFile, name: str, gathered: Gathered) -> bool:
    """Gather the words of one part; return whether it could be read."""
    where = next((place for pattern, place in _PLACES if pattern.fullmatch(name)), BODY)
    if name.endswith((".xml", ".rels", ".vml")):
        for place, said in _xml_words(archive, name, where, is_known=bool(_KNOWN.fullmatch(name))):
            gathered.add(place, said)
            if not gathered.is_whole:
                return False
        return True
    data = archive.read(name)
    for encoding in ("utf-8", "utf-16-le"):
        gathered.add("other parts", data.decode(encoding, "replace") + "\n")
    return True


def _xml_words(archive: zipfile.ZipFile, name: str, where: str, *, is_known: bool) -> Iterator[tuple[str, str]]:
    with archive.open(name) as part:
        for _, element in iterparse(part, forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            place = _ELEMENTS.get(tag, where)
            said = [
                text
                for text in (element.text, element.tail)
                if text and (tag in _BODY or tag in _ELEMENTS or not is_known or _LETTER.search(text))
            ]
            yield from ((place, _plain(text)) for text in said)
            if tag in _BREAKS or (said and tag not in _BODY):
                yield place, "\n"
            yield from _attributes(element, tag, where, is_known)
            element.clear()


def _plain(text: str) -> str:
    """Return a text; a number that is written with an exponent, without one."""
    return f"{Decimal(text):f}" if _EXPONENT.fullmatch(text.strip()) else text


def _attributes(element: Any, tag: str, where: str, is_known: bool) -> Iterator[tuple[str, str]]:
    filled = _FILLED["*"] | _FILLED.get(tag, {})
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2]
        if attribute in filled:
            yield filled[attribute], f"{value.removeprefix('mailto:')}\n"
        elif not is_known:
            yield where, f"{value}\n"


def _properties(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str]]:
    with archive.open(name) as part:
        for _, element in iterparse(part, forbid_dtd=True):
            yield element.tag.rpartition("}")[2], (element.text or "").strip()
