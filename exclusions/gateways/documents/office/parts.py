"""Which parts of an office file anything leads to, and which of them no page shows.

A part is known by the relation that leads to it and by the type that it is declared with: its name means nothing to the
programs that open it (ISO/IEC 29500-2, clauses 6.5 and 7).
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

# Lists of people, data of programs, printers, a picture of the first page, fonts: by name, by relation and by type.
_HIDDEN = re.compile(
    r"customXml/.*|docProps/thumbnail\..*|docMetadata/.*|(word|xl)/(people\.xml|persons/.*|printerSettings/.*|fonts/.*"
    r"|commentsIds\.xml|commentsExtensible\.xml|glossary/.*|customProperty.*|webextensions/.*|revisions/.*"
    r"|userNames\.xml|threadedComments/persons/.*)",
    re.IGNORECASE,
)
_KINDS = (
    "thumbnail|printerSettings|customXml|customXmlProps|glossaryDocument|people|person|customProperty|font|revisionHeaders"
    "|usernames|classificationlabels|webextension\\w*|attachedTemplate|commentsIds|commentsExtensible|digital-signature"
    "/\\w+"
)
HIDDEN_KIND = re.compile(rf"/({_KINDS})\Z", re.IGNORECASE)
_HIDDEN_TYPE = re.compile(
    r"printerSettings|obfuscatedFont|x-font|\.people\+xml|ms-excel\.person|customXmlProperties|document\.glossary"
    r"|webextension|customProperty|userNames|classificationlabels|commentsIds|commentsExtensible|revision(Headers|Log)",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<(?:[\w.-]+:)?(Relationship|Override|Default)\s((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
_ATTRIBUTE = re.compile(rb"(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True)
class Relation:
    """A relation: which part it starts from ("" for the file), of what kind, to which part or address."""

    source: str
    kind: str
    target: str
    outside: bool


def key(name: str) -> str:
    """Return the name of a part as programs compare it: without regard to case, signs written as %20, and dots."""
    return normpath(unquote(name.replace("\\", "/")).lstrip("/")).lower()


def tag_attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a tag: {name: value}."""
    found = ((name.decode(), (one or two).decode("utf-8", "replace")) for name, one, two in _ATTRIBUTE.findall(tag))
    return {name: unescape(value) for name, value in found}


def relations(archive: zipfile.ZipFile) -> Iterator[Relation]:
    """Yield every relation of the file, of each part's list."""
    for entry in archive.infolist():
        folder, _, name = entry.filename.rpartition("_rels/")
        if not name.lower().endswith(".rels"):
            continue
        source = key(folder + name[: -len(".rels")]) if name.lower() != ".rels" else ""
        for _, inner in _TAG.findall(archive.read(entry)):
            link = tag_attributes(inner)
            outside = link.get("TargetMode", "").lower() == "external"
            target = link.get("Target", "")
            yield Relation(source, link.get("Type", ""), target if outside else resolved(source, target), outside)


def resolved(source: str, target: str) -> str:
    """Return the part that a target means, seen from the part that names it."""
    target = target.partition("#")[0]
    return key(target if target.startswith("/") else join(dirname(source), target)) if target else ""


def taken_out(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the keys of the parts that no page shows, and of those that no relation leads to.

    Whether a part is led to is asked only where the file says where it begins.
    """
    names = {key(entry.filename) for entry in archive.infolist() if not entry.is_dir()}
    links = [link for link in relations(archive) if not link.outside]
    hidden = {name for name in names if _HIDDEN.fullmatch(name)}
    hidden |= {link.target for link in links if HIDDEN_KIND.search(link.kind)} | _of_hidden_types(archive)
    if not any(link.source == "" for link in links):
        return frozenset(hidden & names)
    reached = _reached(links, hidden)
    return frozenset(name for name in names if not _is_index(name) and name not in reached)


def _reached(links: list[Relation], hidden: set[str]) -> set[str]:
    """Return the parts that something leads to which is not hidden itself."""
    by_source: dict[str, list[str]] = {}
    for link in links:
        by_source.setdefault(link.source, []).append(link.target)
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        new = {target for target in by_source.get(waiting.pop(), ()) if target not in hidden and target not in reached}
        reached |= new
        waiting += new
    return reached


def _is_index(name: str) -> bool:
    """Whether a part tells of the others: a list of relations goes where its part goes."""
    return name == "[content_types].xml" or name.endswith(".rels")


def owner(name: str) -> str:
    """Return the part that a list of relations belongs to; "" for other parts and for the file's own list."""
    folder, _, last = key(name).rpartition("_rels/")
    return folder + last[: -len(".rels")] if last.endswith(".rels") else ""


def _of_hidden_types(archive: zipfile.ZipFile) -> set[str]:
    types = next((entry for entry in archive.infolist() if key(entry.filename) == "[content_types].xml"), None)
    if types is None:
        return set()
    declared = [(tag, tag_attributes(inner)) for tag, inner in _TAG.findall(archive.read(types))]
    endings = {
        f".{said.get('Extension', '').lower()}"
        for tag, said in declared
        if tag == b"Default" and _HIDDEN_TYPE.search(said.get("ContentType", ""))
    }
    named = {
        key(said.get("PartName", ""))
        for tag, said in declared
        if tag == b"Override" and _HIDDEN_TYPE.search(said.get("ContentType", ""))
    }
    names = (key(entry.filename) for entry in archive.infolist())
    return named | {name for name in names if name[name.rfind(".") :] in endings}
