"""Taking out of a public Word or Excel file who made it: properties, names of authors, parts that nobody sees.

Names are replaced tag by tag, without building a tree: prefixes, order and everything else stay as the program wrote
them, so that the file opens as before. What goes is told by what it is, never by what its part is called.
"""

import re
import zipfile
from typing import BinaryIO

from exclusions.gateways.documents.office.parts import HIDDEN_KIND, key, owner, resolved, tag_attributes, taken_out
from exclusions.gateways.documents.pictures import UnreadPicture, bare_picture

_PLACEHOLDER = b"Author"
_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:\s|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->)*+"
    rb"<(?:[\w.-]+:)?(coreProperties|Properties)(?=[\s>/])[^>]*?xmlns(?::[\w.-]+)?\s*=\s*[\"']"
    rb"([^\"']*(?:core-properties|extended-?[pP]roperties|custom-?[pP]roperties))[\"']"
)
_HEAD = 1 << 16  # bytes
_EMPTY = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><%b xmlns="%b"/>'
_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>", re.DOTALL)
_NAMED = re.compile(
    rb"(\s(?:[\w.-]+:)?(?:author|initials|userName|userId|providerId|displayName|lastModifiedBy|lastEditedBy"
    rb"|refreshedBy)\s*=\s*)(\"[^\"]*\"|'[^']*')"
)
_SCENARIO = re.compile(rb"<(?:[\w.-]+:)?scenario\s")
_SCENARIO_NAMES = re.compile(rb"(\s(?:user|comment)\s*=\s*)(\"[^\"]*\"|'[^']*')")
# A view is named for the person whose it is; a book has one of a name only.
_VIEW = re.compile(rb"<(?:[\w.-]+:)?customWorkbookView\s")
_VIEW_NAME = re.compile(rb"(\sname\s*=\s*)(\"[^\"]*\"|'[^']*')")
_VIEW_ID = re.compile(rb"\sguid\s*=\s*[\"']\{?([0-9A-Fa-f-]{36})")
# What points at parts that are taken out, or holds a drawing a second time, packed.
_LOST = re.compile(rb"<(?:[\w.-]+:)?(?:attachedTemplate|embed(?:Regular|Bold|Italic|BoldItalic)|customPr)[\s/>]")
_PAGE_SETUP = re.compile(rb"<(?:[\w.-]+:)?pageSetup\s[^<>]*>")
_PRINTER = re.compile(rb"\s[\w.-]+:id\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_PACKED = re.compile(rb"\s[\w.-]+:gfxdata\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_FOLDER = re.compile(rb"(\surl\s*=\s*)(\"[^\"]*\"|'[^']*')")
_AUTHOR = re.compile(rb"(<(?:[\w.-]+:)?author(?:\s[^<>]*)?>)[^<]*(</)")
# Elements in which `displayName` is the name of a table that formulas call, and no person's.
_NO_PERSON = re.compile(rb"<(?:[\w.-]+:)?table[\s>]")
# Bytes without which no tag says anything that goes.
_MARKS = (
    b"author", b"initials", b"userName", b"userId", b"providerId", b"displayName", b"lastModifiedBy", b"lastEditedBy",
    b"refreshedBy", b"scenario", b"customWorkbookView", b"absPath", b"attachedTemplate", b"embed", b"customPr",
    b"gfxdata", b"<!--",
)  # fmt: skip
_PACKED_ALREADY = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")  # pictures, which take a second more and get no smaller
_DECLARATIONS = 2  # that of XML and one more
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def clean_office(source: BinaryIO, target: BinaryIO) -> None:
    """Write the file without its authors and hidden parts. Raises BadZipFile when it is damaged."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as clean:
        out = taken_out(given)
        for part in given.infolist():
            if part.is_dir() or key(part.filename) in out or owner(part.filename) in out:
                continue
            content = _cleaned(part.filename, given.read(part), out)
            packed = zipfile.ZIP_STORED if content.startswith(_PACKED_ALREADY) else zipfile.ZIP_DEFLATED
            clean.writestr(zipfile.ZipInfo(part.filename), content, packed)


def _cleaned(name: str, content: bytes, out: frozenset[str]) -> bytes:
    """Return what of a part is published."""
    path = key(name)
    if path.endswith(".rels") or path == "[content_types].xml":
        source = owner(name)
        return _MARKUP.sub(lambda found: _cleaned_tag(found[0], source, out), content)
    if not _XML.match(content):
        return _bare(content)
    properties = _ROOT.match(content[:_HEAD])
    if properties:
        return _EMPTY % properties.groups()
    if path.endswith(".svg"):
        return content
    if b"pageSetup" in content:
        content = _PAGE_SETUP.sub(lambda found: _PRINTER.sub(b"", found[0]), content)
    if not any(mark in content for mark in _MARKS) and content.count(b"<?") < _DECLARATIONS:
        return content  # most sheets are long, and hold nothing of the kind
    return _AUTHOR.sub(rb"\1" + _PLACEHOLDER + rb"\2", _MARKUP.sub(_nameless, content))


def _bare(content: bytes) -> bytes:
    """Return a picture without what its file says besides it; all else, and a damaged picture, as it is."""
    try:
        return bare_picture(content)
    except UnreadPicture:
        return content


def _cleaned_tag(tag: bytes, source: str, out: frozenset[str]) -> bytes:
    """Return the tag of a relation or a part; b"" where the part that it names is removed."""
    if tag.startswith((b"<!", b"<?")):
        return _open(tag)
    said = tag_attributes(tag)
    if "PartName" in said:
        return b"" if key(said["PartName"]) in out else tag
    if "Target" not in said:
        return tag
    if HIDDEN_KIND.search(said.get("Type", "")):
        return b""
    outside = said.get("TargetMode", "").lower() == "external"
    return b"" if not outside and resolved(source, said["Target"]) in out else tag


def _open(tag: bytes) -> bytes:
    """Return the declaration of XML and what is quoted; nothing for comments and instructions to programs."""
    return tag if tag.startswith((b"<![CDATA[", b"<?xml ", b"<!D")) else b""


def _nameless(found: re.Match[bytes]) -> bytes:
    """Return a tag with a placeholder where it names a person or a folder of his machine."""
    tag = found[0]
    if tag.startswith((b"<!", b"<?")):
        return _open(tag)
    if _NO_PERSON.match(tag):
        return tag
    if b"absPath" in tag:
        tag = _FOLDER.sub(rb'\1""', tag)
    if _LOST.match(tag):
        return b""
    if b"gfxdata" in tag:
        tag = _PACKED.sub(b"", tag)
    if _SCENARIO.match(tag):
        tag = _SCENARIO_NAMES.sub(rb'\1"' + _PLACEHOLDER + rb'"', tag)
    if _VIEW.match(tag):
        view = _VIEW_ID.search(tag)
        tag = _VIEW_NAME.sub(rb'\1"' + (view[1] if view else _PLACEHOLDER) + rb'"', tag)
    return _NAMED.sub(rb'\1"' + _PLACEHOLDER + rb'"', tag)
