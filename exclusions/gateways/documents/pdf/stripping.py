"""Takes the metadata out of a PDF: document information, XMP, private data of programs, authors of notes."""

from typing import BinaryIO

import pikepdf


def strip(source: BinaryIO, target: BinaryIO) -> None:
    """Write the PDF without its metadata; raise pikepdf.PdfError when it is damaged or locked."""
    with pikepdf.open(source) as document:
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        for holder in (document.Root, *(page.obj for page in document.pages)):
            for key in ("/Metadata", "/PieceInfo"):
                if key in holder:
                    del holder[key]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream) and "/Metadata" in thing:
                del thing["/Metadata"]
            elif isinstance(thing, pikepdf.Dictionary) and "/Rect" in thing and "/T" in thing and _is_note(thing):
                del thing["/T"]
        document.save(target, deterministic_id=True)


def _is_note(annotation: pikepdf.Dictionary) -> bool:
    """Whether its /T is the name of who wrote it: that of a field of a form is the field's."""
    return annotation.get("/Subtype") != pikepdf.Name.Widget and "/FT" not in annotation
