"""The words of a PDF: of its pages, and of all that no page shows.

pypdf takes the text from the drawing commands, whatever is painted over it; every other string of the file comes from
the objects themselves, so that a place nobody thought of is read all the same.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf
import pypdf
from pypdf.errors import PyPdfError

from exclusions.gateways.documents.reading_result import Gathered, Reading
from exclusions.gateways.documents.text_parts import BODY

MAX_PAGES = 2_000
_DEEPEST = 200
# The keys under which a string stands, by what a person would call the place.
_PLACES = {
    "/Title": "bookmarks or title",
    "/Contents": "annotations",
    "/RC": "annotations",
    "/Subj": "annotations",
    "/URI": "links",
    "/Name": "layer names",
    "/P": "page labels",
    "/Alt": "alternative texts",
    "/ActualText": "alternative texts",
    "/E": "alternative texts",
    "/T": "field or author names",
    "/TU": "tooltips of fields",
    "/TM": "field or author names",
    "/V": "values of fields",
    "/DV": "values of fields",
    "/Opt": "values of fields",
    "/Names": "named destinations",
    "/Dests": "named destinations",
    "/D": "named destinations",
    "/F": "file names",
    "/UF": "file names",
}
# Strings that are no words: identifiers, dates, fonts, signatures, colours.
_NO_WORDS = {"/ID", "/Registry", "/Ordering", "/CreationDate", "/ModDate", "/M", "/DA", "/Lookup", "/ColorSpace", "/DR"}
# pypdf tells of every oddity of a file; an upload's oddities are no news of ours, and may quote its text.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(stream: BinaryIO) -> Reading:
    """Return what a PDF says: its pages' text, each hidden string by its place, and which pages are pictures only."""
    reader = pypdf.PdfReader(stream)
    told = {key.lstrip("/"): str(value) for key, value in (reader.metadata or {}).items() if value}
    gathered, whole, pictures = Gathered(), len(reader.pages) <= MAX_PAGES, []
    for number, page in enumerate(reader.pages[:MAX_PAGES], 1):
        try:
            text = page.extract_text()
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            whole = False
            continue
        gathered.add(BODY, text)
        if not text.strip() and page.get_contents() is not None:
            pictures.append(number)
    root: Any = reader.trailer["/Root"].get_object()
    xmp = root.get("/Metadata")
    if xmp is not None:
        told["XMP"] = " ".join(re.sub(r"<[^>]*>", " ", xmp.get_object().get_data().decode("utf-8", "replace")).split())
    stream.seek(0)
    with pikepdf.open(stream) as document:
        for where, what in (*_hidden(document), *_marked(document)):
            gathered.add(where, what)
    return Reading(gathered.parts(), told, whole and gathered.is_whole, _pages(pictures))


def _hidden(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    info = document.trailer.get("/Info")
    named = document.Root.get("/Dests")
    if isinstance(named, pikepdf.Dictionary):
        yield "named destinations", "\n".join(name.lstrip("/") for name in named.keys())  # noqa: SIM118
    for thing in document.objects:
        if info is None or thing.objgen != info.objgen:
            yield from _strings(thing, "", 0)


def _strings(thing: Any, key: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the strings of an object, each with its place; what it refers to is an object of its own."""
    if depth > _DEEPEST:
        raise ValueError("It is nested too deeply.")
    if isinstance(thing, pikepdf.String):
        yield _PLACES.get(key, "hidden entries"), str(thing)
    elif isinstance(thing, pikepdf.Array):
        for item in filter(_is_open, thing):
            yield from _strings(item, key, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name in (name for name in sorted(thing.keys()) if name not in _NO_WORDS and _is_open(thing[name])):
            yield from _strings(thing[name], name, depth + 1)


def _is_open(thing: Any) -> bool:
    """Whether it is held here, and not an object that is met by itself."""
    return not getattr(thing, "is_indirect", False)


def _marked(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Yield the alternative texts that stand among the drawing commands of pages."""
    for page in document.pages:
        content = page.obj.get("/Contents")
        streams = list(content) if isinstance(content, pikepdf.Array) else [content]
        read = [stream for stream in streams if isinstance(stream, pikepdf.Stream)]
        if not any(re.search(rb"/(ActualText|Alt|E)\b", stream.read_bytes()) for stream in read):
            continue
        for instruction in pikepdf.parse_content_stream(page, "BDC DP"):
            for operand in instruction.operands:
                yield from _strings(operand, "", 0)


def _pages(numbers: list[int]) -> str:
    if not numbers:
        return ""
    shown = ", ".join(map(str, numbers[:20])) + (" and more" if len(numbers) > 20 else "")
    return f"page {shown} without text" if len(numbers) == 1 else f"pages {shown} without text"
