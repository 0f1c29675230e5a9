"""Takes the metadata out of a PDF: document information, XMP, private data of programs.

Also a program, from standard input to standard output: a large file is stripped in a process of its own, since the
library holds a whole picture in memory while it copies it.
"""

import sys
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
        document.save(target, deterministic_id=True)


if __name__ == "__main__":
    try:
        strip(sys.stdin.buffer, sys.stdout.buffer)
    except (pikepdf.PdfError, ValueError):
        sys.exit(1)
