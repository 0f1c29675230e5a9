"""What makes a Word or Excel file run, fetch or carry something: told by kinds of parts, never by their names."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from exclusions.gateways.documents.office.calls import DDE, of_address, of_field, of_formula
from exclusions.gateways.documents.office.parts import key, taken_out

__all__ = ["DDE", "office_fault"]

_MACROS = re.compile(r"macro|vba|activex|intlmacrosheet|dialogsheet|ribbon|customui", re.IGNORECASE)
_EMBEDDED = re.compile(r"oleobject|package|control|afchunk|subdocument", re.IGNORECASE)
# The kinds of relation that lead out of the file and do nothing until somebody follows them.
_FOLLOWED = {"hyperlink"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of macros, of objects and of old Office files
_OPENXML = b"PK\x03\x04"
_FORMULAS = {
    "f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula", "oldFormula",
}  # fmt: skip
# Bytes without which a part has no field, formula or address; of a name that is followed by something.
_FIELDS = (
    b"instrText",
    b"InstrText",
    b"fldSimple",
    b"<f>",
    b"<f ",
    b":f>",
    b":f ",
    b"ormula",
    b"definedName",
    b"href",
    b"src",
)
_LEADING = ("instr", "href", "src")  # attributes that are a field or lead somewhere
_UTF_8 = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?!\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8|us-ascii|iso-8859-1))", re.I)
_LOCAL = re.compile(r"(file:///)?[a-z]:[\\/]|(?![a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)
_LONGEST_CODE = 4096  # characters

MACROS = "contains macros, which are not accepted. Save it without macros and attach that."
EMBEDDED = "carries another file or object within it. Replace it by a picture or by its values and attach that."
REMOTE = (
    "takes something from another file or address. Replace that by its values, or detach the template, and attach the "
    "file again."
)
ENCODED = "is written in a way that cannot be checked. Save it again with Word or Excel and attach that."


def office_fault(archive: zipfile.ZipFile) -> str:
    """Return what an office file may not hold, as the end of a sentence that begins with its name; "" for nothing.

    Raises ParseError, DefusedXmlException or BadZipFile when a part that tells about the others cannot be read.
    """
    names = [key(entry.filename) for entry in archive.infolist() if not entry.is_dir()]
    if len(names) > len(set(names)):
        return ENCODED  # two programs would open two different parts
    unseen = taken_out(archive)
    for entry in archive.infolist():
        fault = "" if entry.is_dir() else _of_part(archive, entry, is_seen=key(entry.filename) not in unseen)
        if fault:
            return fault
    return ""


def _of_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, is_seen: bool) -> str:
    name = key(entry.filename)
    with archive.open(entry) as part:
        start = part.read(200)
    if start.startswith(_OLE):
        return MACROS if b"vba" in start.lower() else EMBEDDED
    if start.startswith(_OPENXML):
        return EMBEDDED
    if (name == "[content_types].xml" or name.endswith(".rels")) and start and not _UTF_8.match(start):
        return ENCODED
    if name == "[content_types].xml":
        return _of_types(archive, entry)
    if name.endswith(".rels"):
        return _of_relations(archive, entry)
    if not is_seen or not start or not (name.endswith((".xml", ".vml")) or b"<?xml" in start):
        return ""
    return _of_fields(archive, entry) if _UTF_8.match(start) else ENCODED


def _elements(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Any]:
    with archive.open(entry) as part:
        for _, element in iterparse(part, forbid_dtd=True):
            yield element
            element.clear()


def _of_types(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    for element in _elements(archive, entry):
        kind = element.get("ContentType", "")
        if _MACROS.search(kind):
            return MACROS
        # The default for an ending says nothing of a part that may not be there.
        if element.tag.endswith("Override") and "oleobject" in kind.lower():
            return EMBEDDED
    return ""


def _of_relations(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    for element in _elements(archive, entry):
        kind = element.get("Type", "").rpartition("/")[2].lower()
        if _MACROS.search(kind):
            return MACROS
        if _EMBEDDED.fullmatch(kind):
            return EMBEDDED
        if "externallink" in kind or kind == "connections":
            return REMOTE
        outside, target = element.get("TargetMode", "").lower() == "external", element.get("Target", "")
        if outside and kind not in _FOLLOWED and not (kind == "attachedtemplate" and _is_local(target)):
            return REMOTE
        fault = "" if kind == "attachedtemplate" else of_address(target) if outside else of_address(target[:2])
        if fault:
            return fault
    return ""


def _is_local(target: str | None) -> bool:
    """Whether a template lies on the writer's own machine: Word looks for it in vain, and asks nobody."""
    return bool(_LOCAL.match(target or ""))


def _of_fields(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Look through the fields of a Word part, whose code may be cut into runs, the formulas and addresses."""
    if not _has_fields(archive, entry):
        return ""
    code = _Code()
    try:
        for element in _elements(archive, entry):
            tag = element.tag.rpartition("}")[2]
            fault = of_formula(element.text or "") if tag in _FORMULAS else code.read_element(tag, element.text or "")
            for name in element.attrib:
                if name.endswith(_LEADING):
                    fault = fault or _of_attribute(name, element.get(name, ""))
            if fault:
                return fault
        return code.ended()
    except (ParseError, DefusedXmlException):
        return ENCODED


def _of_attribute(name: str, value: str) -> str:
    local = name.rpartition("}")[2]
    if local == "instr":
        return of_field(value)
    if local == "href":
        return of_address(value)
    return REMOTE if local == "src" and (of_address(value) or "://" in value) else ""


class _Code:
    """The code of a field, gathered from the runs that it is cut into."""

    def __init__(self) -> None:
        self.code = ""

    def read_element(self, tag: str, text: str) -> str:
        """Read an element of a field code. Returns what is wrong with the field that the element ends, or ""."""
        if tag == "fldChar":
            return self.ended()  # the end of one field's code is the beginning of what is no code
        if tag in ("instrText", "delInstrText"):
            self.code = (self.code + text)[:_LONGEST_CODE]
        return ""

    def ended(self) -> str:
        """Return what is wrong with the code so far, and begin anew."""
        code, self.code = self.code, ""
        return of_field(code)


def _has_fields(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    end = b""
    with archive.open(entry) as part:
        while piece := part.read(1 << 20):
            if any(mark in end + piece for mark in _FIELDS):
                return True
            end = piece[-16:]
    return False
