"""Taking out of a public Word or Excel file who made it: properties, names of authors, parts that nobody sees.

Names are replaced tag by tag, without building a tree: prefixes, order and everything else stay as the program wrote
them, so that the file opens as before.
"""

import re
import zipfile
from collections.abc import Callable
from posixpath import join, normpath
from typing import BinaryIO

from exclusions.gateways.documents.office_reading import PROPERTIES

_PLACEHOLDER = b"Author"
_EMPTY = {
    "docProps/core.xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
}
# Parts that no page of the document shows: lists of people, data of programs, printers, a picture of the first page.
_HIDDEN = re.compile(
    r"customXml/.*|docProps/thumbnail\..*|(word|xl)/(people\.xml|persons/.*|printerSettings/.*|commentsIds\.xml"
    r"|commentsExtensible\.xml|glossary/.*|customProperty.*|webextensions/.*|revisions/.*)",
    re.IGNORECASE,
)
_HIDDEN_KINDS = re.compile(rb"/(attachedTemplate|webextension\w*)[\"']", re.IGNORECASE)
_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_NAMED = re.compile(
    rb"(\s(?:[\w.-]+:)?(?:author|initials|userName|userId|providerId|displayName|lastModifiedBy|lastEditedBy)\s*=\s*)"
    rb"(\"[^\"]*\"|'[^']*')"
)
_FOLDER = re.compile(rb"(\surl\s*=\s*)(\"[^\"]*\"|'[^']*')")
_AUTHOR = re.compile(rb"(<(?:[\w.-]+:)?author(?:\s[^<>]*)?>)[^<]*(</)")
_TARGET = re.compile(r"\s(?:Target|PartName)\s*=\s*[\"']([^\"']*)[\"']")
# Elements in which `displayName` is the name of a table that formulas call, and no person's.
_NO_PERSON = re.compile(rb"<(?:[\w.-]+:)?table[\s>]")


def clean_office(source: BinaryIO, target: BinaryIO) -> None:
    """Write the file without its authors and hidden parts. Raises BadZipFile when it is damaged."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as clean:
        for part in given.infolist():
            if part.is_dir() or _HIDDEN.fullmatch(part.filename):
                continue
            content = _EMPTY[part.filename].encode() if part.filename in PROPERTIES else given.read(part)
            clean.writestr(zipfile.ZipInfo(part.filename), _cleaner(part.filename)(content), zipfile.ZIP_DEFLATED)


def _cleaner(name: str) -> Callable[[bytes], bytes]:
    if name.endswith(".rels") or name == "[Content_Types].xml":
        return lambda content: _MARKUP.sub(lambda found: _kept(found[0], _folder_of(name)), content)
    if name.startswith(("word/", "xl/")) and name.endswith(".xml"):
        return lambda content: _AUTHOR.sub(rb"\1" + _PLACEHOLDER + rb"\2", _MARKUP.sub(_nameless, content))
    return lambda content: content


def _folder_of(name: str) -> str:
    """Return the folder that the targets of a list of relations start from."""
    return name.rpartition("_rels/")[0] if name.endswith(".rels") else ""


def _kept(tag: bytes, folder: str) -> bytes:
    """Return a relation or a declaration of a part; nothing when what it names is taken out."""
    found = _TARGET.search(tag.decode("utf-8", "replace"))
    if found is None:
        return tag
    path = found[1].lstrip("/") if found[1].startswith("/") else normpath(join(folder, found[1]))
    return b"" if _HIDDEN.fullmatch(path) or _HIDDEN_KINDS.search(tag) else tag


def _nameless(found: re.Match[bytes]) -> bytes:
    """Return a tag with a placeholder where it names a person or a folder of his machine."""
    tag = found[0]
    if tag.startswith(b"<!") or _NO_PERSON.match(tag):
        return tag
    if b"absPath" in tag:
        tag = _FOLDER.sub(rb'\1""', tag)
    if b"attachedTemplate" in tag:
        return b""
    return _NAMED.sub(rb'\1"' + _PLACEHOLDER + rb'"', tag)
