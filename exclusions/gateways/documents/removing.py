"""A Word or Excel file without one of its parts, where it opens without it. Runs in a child process only."""

import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from typing import BinaryIO

from exclusions.gateways.documents.showing import names_shown

_TAG = re.compile(
    rb"<(?P<tag>(?:[\w.-]+:)?(?:Relationship|Override))\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>(?:\s*</(?P=tag)\s*>)?"
)
_ATTRIBUTE = re.compile(r"\s(Target|PartName|Id|Type)\s*=\s*[\"']([^\"']*)[\"']")
_TYPES = "[Content_Types].xml"


class CannotRemove(ValueError):
    """A part without which the file would not open; the message is a sentence."""


def write_without(source: BinaryIO, target: BinaryIO, part: str) -> None:
    """Write the file without a part and what names it. Raises CannotRemove where something in the file shows the part.

    A part that only lists of parts and relations name is shown by nothing: every program opens the file without it.
    """
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
            gone = set(names_shown(given, part))
            if not gone or _TYPES in gone:
                raise CannotRemove("This part is not in the file by itself, so it cannot be taken out.")
            _refuse_shown(given, gone)
            gone |= {f"{folder}_rels/{name}.rels" for folder, name in map(_split, gone)}
            for one in given.infolist():
                if one.filename not in gone and not one.is_dir():
                    content = _without_names(one.filename, given.read(one), gone)
                    written.writestr(zipfile.ZipInfo(one.filename), content, zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise CannotRemove("The file is damaged, so that no part can be taken out.") from error


def _refuse_shown(given: zipfile.ZipFile, gone: set[str]) -> None:
    """Raise CannotRemove where a part that stays, or the file itself, refers to one that would go."""
    names = set(given.namelist())
    for relations in (name for name in names if name.endswith(".rels") and name not in gone):
        folder, _, rest = relations.rpartition("_rels/")
        owner = folder + rest.removesuffix(".rels")
        if owner in gone:
            continue
        leading = [
            told for told in _tag_attributes(given.read(relations)) if _path(folder, told.get("Target", "")) in gone
        ]
        if any(told.get("Type", "").rpartition("/")[2] == "officeDocument" for told in leading):
            raise CannotRemove("This part is the document itself, so it cannot be taken out.")
        content = given.read(owner) if leading and owner in names else b""
        if any(re.search(rb"=\s*[\"']" + re.escape(told["Id"].encode()) + rb"[\"']", content) for told in leading):
            raise CannotRemove("The document shows this part, so it would not open without it.")


def _tag_attributes(content: bytes) -> Iterator[dict[str, str]]:
    for found in _TAG.finditer(content):
        yield {"Id": "", **dict(_ATTRIBUTE.findall(found[0].decode("utf-8", "replace")))}


def _without_names(name: str, content: bytes, gone: set[str]) -> bytes:
    """Return a list of relations or parts without what names one that is gone; everything else as it is."""
    if name != _TYPES and not name.endswith(".rels"):
        return content
    folder = name.rpartition("_rels/")[0] if name.endswith(".rels") else ""

    def replacement(found: re.Match[bytes]) -> bytes:
        told = dict(_ATTRIBUTE.findall(found[0].decode("utf-8", "replace")))
        target = told.get("PartName") or told.get("Target") or ""
        return b"" if _path(folder, target) in gone else found[0]

    return _TAG.sub(replacement, content)


def _path(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _split(name: str) -> tuple[str, str]:
    folder, slash, last = name.rpartition("/")
    return folder + slash, last
