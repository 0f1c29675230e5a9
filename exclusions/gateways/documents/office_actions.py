"""What makes a Word or Excel file run, fetch or carry something: told by kinds of parts, never by their names."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

_MACROS = re.compile(r"macro|vba|activex|intlmacrosheet|dialogsheet|ribbon|customui", re.IGNORECASE)
_EMBEDDED = re.compile(r"oleobject|package|control|afchunk|subdocument", re.IGNORECASE)
# The kinds of relation that lead out of the file and do nothing until somebody follows them.
_FOLLOWED = {"hyperlink"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of macros, of objects and of old Office files
_OPENXML = b"PK\x03\x04"
_DDE_FIELD = re.compile(r"[\s\\\"]*DDE(AUTO)?\b", re.IGNORECASE)
_DDE_CALL = re.compile(r"\bDDE\s*\(", re.IGNORECASE)
_QUOTED = re.compile(r"""\"[^\"]*\"|'[^']*'""")
_FIELDS = (b"instrText", b"fldSimple", b"<f>", b"<f ", b":f>", b":f ")
_UTF_8 = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?!\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8|us-ascii|iso-8859-1))", re.I)
_LOCAL = re.compile(r"(file:///)?[a-z]:[\\/]|(?![a-z][a-z0-9+.-]*:|[\\/]{2})", re.IGNORECASE)

MACROS = "contains macros, which are not accepted. Save it without macros and attach that."
EMBEDDED = "carries another file or object within it. Replace it by a picture or by its values and attach that."
REMOTE = "takes something from another file or address. Replace that by its values, or detach the template."
DDE = "has a field or formula that starts another program. Replace it by its value and attach that."
ENCODED = "is written in a way that cannot be checked. Save it again with Word or Excel and attach that."


def office_fault(archive: zipfile.ZipFile) -> str:
    """Return what an office file may not hold, as the end of a sentence that begins with its name; "" for nothing.

    Raises ParseError, DefusedXmlException or BadZipFile when a part that tells about the others cannot be read.
    """
    for entry in archive.infolist():
        name = entry.filename.lower()
        with archive.open(entry) as part:
            start = part.read(200)
        if start.startswith(_OLE):
            return MACROS if b"vba" in start.lower() else EMBEDDED
        if start.startswith(_OPENXML):
            return EMBEDDED
        fault = ""
        if name == "[content_types].xml":
            fault = _of_types(archive, entry)
        elif name.endswith(".rels"):
            fault = _of_relations(archive, entry)
        elif name.startswith(("word/", "xl/")) and (name.endswith(".xml") or b"<?xml" in start):
            fault = "" if _UTF_8.match(start) or not start else ENCODED
            fault = fault or _of_fields(archive, entry)
        if fault:
            return fault
    return ""


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
        if "externallink" in kind:
            return REMOTE
        outside = element.get("TargetMode", "").lower() == "external"
        if outside and kind not in _FOLLOWED and not (kind == "attachedtemplate" and _is_local(element.get("Target"))):
            return REMOTE
    return ""


def _is_local(target: str | None) -> bool:
    """Whether a template lies on the writer's own machine: Word looks for it in vain, and asks nobody."""
    return bool(_LOCAL.match(target or ""))


def _of_fields(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Look for DDE among the fields of a Word part, whose code may be cut into runs, and the formulas of a sheet."""
    if not _has_fields(archive, entry):
        return ""
    code = ""
    try:
        for element in _elements(archive, entry):
            tag = element.tag.rpartition("}")[2]
            if tag == "f" and _starts_a_program(element.text or ""):
                return DDE
            if tag == "fldChar":
                code = ""  # the end of one field's code is the beginning of what is no code
            elif tag in ("instrText", "delInstrText"):
                code = (code + (element.text or ""))[-4096:]
            simple = next((value for key, value in element.attrib.items() if key.endswith("}instr")), "")
            if _DDE_FIELD.match(code) or _DDE_FIELD.match(simple):
                return DDE
    except (ParseError, DefusedXmlException):
        return ENCODED
    return ""


def _starts_a_program(formula: str) -> bool:
    """Whether a formula is a call of DDE: no other has a bar outside quotation marks."""
    bare = _QUOTED.sub("", formula)
    return "|" in bare or bool(_DDE_CALL.search(bare))


def _has_fields(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    end = b""
    with archive.open(entry) as part:
        while piece := part.read(1 << 20):
            if any(mark in end + piece for mark in _FIELDS):
                return True
            end = piece[-16:]
    return False
