"""The words of a PDF: of its pages, and of all that no page shows.

pypdf takes the text from the drawing commands, whatever is painted over it; every other string of the file comes from
the objects themselves, so that a place nobody thought of is read all the same.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pikepdf
import pypdf
from pypdf.errors import PyPdfError

from exclusions.gateways.documents.pdf.drawn import comments
from exclusions.gateways.documents.pdf.objects import DEEPEST, TooDeep, direct_parts
from exclusions.gateways.documents.pdf.streams import COMMENTS, Streams
from exclusions.gateways.documents.pictures import xmp_words
from exclusions.gateways.documents.reading_result import Gathered, Reading, named_parts
from exclusions.gateways.documents.text_parts import BODY

MAX_PAGES = 2_000
_NO_WORD = re.compile(r"\W+")
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
    """Return what a PDF says: its pages' text, each hidden string by its place, and what only a person can read.

    Whatever draws text is read twice: laid out by pypdf where it belongs to a page, and command by command.
    """
    reader = pypdf.PdfReader(stream)
    told = {key.lstrip("/"): str(value) for key, value in (reader.metadata or {}).items() if value}
    gathered, eyes = Gathered(), _Eyes()
    texts = [_text(page) for page in reader.pages[:MAX_PAGES]]
    whole = len(reader.pages) <= MAX_PAGES and None not in texts
    stream.seek(0)
    with pikepdf.open(stream) as document:
        streams = Streams(document)
        for number, (page, text) in enumerate(zip(document.pages, texts, strict=False), 1):
            gathered.add(BODY, text or "")
            whole = _page(streams, page, number, text or "", gathered, eyes) and whole
        for where, what in (
            *_hidden(document),
            ("names in the file", "\n".join(streams.names)),
            *streams.outside_pages(),
        ):
            gathered.add(where, what)
        root = document.Root.get("/Metadata")
        if isinstance(root, pikepdf.Stream):
            told["XMP"] = "\n".join(said for _, said in xmp_words(root.read_bytes()))
        eyes.pictures = streams.pictures
    unknown = named_parts(streams.unknown)
    return Reading(gathered.parts(), told, whole and gathered.is_whole and not unknown, eyes.summary(), unknown)


@dataclass
class _Eyes:
    """What only a person can look at: pages without text, letters that nothing can be compared with, pictures."""

    blank: list[int] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    pictures: int = 0

    def summary(self) -> str:
        """Return what a person must look at: “page 2 without text; a picture”."""
        pictures = "a picture" if self.pictures == 1 else f"{self.pictures} pictures" if self.pictures else ""
        said = (f"{_pages(self.blank)} without text" if self.blank else "", pictures)
        return "; ".join(
            filter(
                None, (*said, f"letters on {_pages(self.unsure)} that may show something else" if self.unsure else "")
            )
        )


def _text(page: pypdf.PageObject) -> str | None:
    """Return the text of a page as it is laid out; None where it cannot be read."""
    try:
        return page.extract_text()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _page(streams: Streams, page: pikepdf.Page, number: int, text: str, gathered: Gathered, eyes: _Eyes) -> bool:
    """Gather what the commands of a page say besides its text; return whether they could be read."""
    try:
        drawn, commands = streams.of_page(page)
    except pikepdf.PikepdfError:
        return False
    for said in drawn.texts():
        if not _same(said, text):
            gathered.add(BODY, said)
    for where, what in dict.fromkeys(said for operand in drawn.marked for said in _strings(operand, "", 0)):
        gathered.add(where, what)
    for where, what in ((COMMENTS, comments(commands)), *streams.pictures_among(drawn)):
        gathered.add(where, what)
    if not text.strip() and commands.strip():
        eyes.blank.append(number)
    elif not drawn.is_sure:
        eyes.unsure.append(number)
    return True


def _hidden(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    info = document.trailer.get("/Info")
    said: dict[tuple[str, str], None] = {}  # the same words stand in many objects
    thing: Any
    for thing in document.objects:
        if isinstance(thing, pikepdf.Object) and (info is None or thing.objgen != info.objgen):
            said.update(dict.fromkeys(_strings(thing, "", 0)))
    yield from said


def _strings(thing: Any, key: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the strings of an object, each with its place; what it refers to is an object of its own."""
    if depth > DEEPEST:
        raise TooDeep("It is nested too deeply.")
    if isinstance(thing, pikepdf.String):
        yield _PLACES.get(key, "hidden entries"), str(thing)
    else:
        for name, inner in direct_parts(thing):
            if name not in _NO_WORDS:
                yield from _strings(inner, name or key, depth + 1)


def _same(said: str, text: str) -> bool:
    """Whether a text says all that is said, word by word: pypdf may glue what stands on two lines."""
    return _NO_WORD.sub("", said) in _NO_WORD.sub("", text) and set(_NO_WORD.split(said)) <= {"", *_NO_WORD.split(text)}


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (" and more" if len(numbers) > 10 else "")
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"
