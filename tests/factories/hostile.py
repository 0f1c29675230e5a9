"""Files made to cost their reader time or memory, each a few kilobytes."""

import io
import zipfile
from collections.abc import Callable

import pikepdf

from tests.factories.files import archive

_HEADER = b"BT /F1 11 Tf 72 720 Td "


def operators(count: int, *, pages: int = 1) -> bytes:
    """Return a PDF whose pages share one stream of so many pairs of drawing commands."""
    with pikepdf.new() as document:
        stream = document.make_stream(_HEADER + b"0 -1 Td (slab) Tj " * count + b"ET")
        for _ in range(pages):
            page = document.add_blank_page()
            page.Contents = stream
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=_font()))
        return _saved(document)


def nested(depth: int = 100_000) -> bytes:
    """Return a PDF with arrays in arrays."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/X "
        + b"[" * depth
        + b"]" * depth
        + (b">>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    )


def inflated(size: int) -> bytes:
    """Return a PDF of one page whose stream unpacks to so many bytes."""
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = document.make_stream(_HEADER + b" " * size + b"ET")
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=_font()))
        return _saved(document)


def long_docx(size: int = 195_000_000) -> bytes:
    """Return a Word document of so many characters, of words that pack no better than text does."""
    out, words = io.BytesIO(), "".join(f"slab{number * 2_654_435_761 % 4_294_967_296:x} " for number in range(1_000))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        with made.open("word/document.xml", "w") as part:
            part.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
            for number in range(size // len(words)):
                own = "".join(f"{(number * 100 + place) * 2_654_435_761 % 4_294_967_296:x} " for place in range(100))
                part.write(f"<w:p><w:r><w:t>{own}{words[len(own) :]}</w:t></w:r></w:p>".encode())
            part.write(b"</w:body></w:document>")
    return out.getvalue()


def bomb() -> bytes:
    """Return a Word document that unpacks to a hundred times what it holds."""
    return archive({"word/document.xml": "a" * 60_000_000})


def many_parts() -> bytes:
    """Return an archive of more parts than anybody writes."""
    return archive({"word/document.xml": "<x/>"} | {f"word/{number}.xml": "" for number in range(60_000)})


def _font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)


def _saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "20,000 operators": ("a.pdf", lambda: operators(20_000)),
    "100,000 operators": ("a.pdf", lambda: operators(100_000)),
    "20 pages of one stream": ("a.pdf", lambda: operators(20_000, pages=20)),
    "10,000 pages": ("a.pdf", lambda: operators(1, pages=10_000)),
    "arrays in arrays": ("a.pdf", nested),
    "a stream of 1 GB": ("a.pdf", lambda: inflated(1_000_000_000)),
    "195 MB of text": ("a.docx", long_docx),
    "a bomb": ("a.docx", bomb),
    "60,000 parts": ("a.docx", many_parts),
}
