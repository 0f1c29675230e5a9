"""Takes the metadata out of a PDF: document information, XMP, private data of programs, authors of notes.

What its pictures tell besides their pixels goes with it. A comment between objects, and what an earlier version of the
file left in it, goes as the file is written anew.
"""

import re
from typing import Any, BinaryIO

import pikepdf

from exclusions.gateways.documents.pdf.objects import looked_through, spelled
from exclusions.gateways.documents.pdf.pictures import bare_pictures

# XMP, private data and the day of its change, small pictures of pages as they once were, whence a page was captured.
_TOLD = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/SpiderInfo")
_LIKELY = re.compile(rb"/(?:Metadata|PieceInfo|LastModified|Thumb|SpiderInfo|T)\b")


def strip(source: BinaryIO, target: BinaryIO) -> None:
    """Write the PDF without its metadata; raise pikepdf.PdfError when it is damaged or locked, ValueError likewise."""
    with pikepdf.open(source) as document:
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        for thing in document.objects:
            if _LIKELY.search(spelled(thing)):
                _empty(thing)
        bare_pictures(document)
        document.save(target, deterministic_id=True)


def _empty(thing: Any) -> None:
    """Take what is told out of an object and of all that it holds; what it refers to is met by itself."""
    for told in looked_through(thing):
        for key in set(told.keys()).intersection(_TOLD):
            del told[key]
        if "/Rect" in told and "/T" in told and _is_note(told):
            del told["/T"]


def _is_note(annotation: Any) -> bool:
    """Whether its /T is the name of who wrote it: that of a field of a form is the field's."""
    return annotation.get("/Subtype") != pikepdf.Name.Widget and "/FT" not in annotation
