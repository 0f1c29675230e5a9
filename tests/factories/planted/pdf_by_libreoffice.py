"""Values planted in flat OpenDocument files, of which LibreOffice makes PDFs."""

from pathlib import Path

from tests.factories.planted import Planted
from tests.libreoffice import converted

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "meta": "meta",
    "svg": "svg-compatible", "fo": "xsl-fo-compatible",
}  # fmt: skip
_HEAD = " ".join(f'xmlns:{short}="{_OASIS}:{name}:1.0"' for short, name in _SPACES.items())
_LINKS = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
_MIME = "application/vnd.oasis.opendocument.text"
# Notes as annotations, bookmarks of headings, alternative texts.
_EXPORT = (
    'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)
_WHITE = (
    '<office:automatic-styles><style:style style:name="W" style:family="text"><style:text-properties '
    'fo:color="#ffffff" fo:font-size="2pt"/></style:style></office:automatic-styles>'
)
_BOX = (
    '<text:p><draw:frame svg:width="3cm" svg:height="1cm" text:anchor-type="paragraph"><draw:text-box>'
    "<text:p>{said}</text:p></draw:text-box>{told}</draw:frame></text:p>"
)
_NOTE = (
    '<text:p>x<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>{}</text:p></text:note-body></text:note></text:p>"
)
_TABLE = (
    '<table:table table:name="T"><table:table-column/><table:table-row><table:table-cell><text:p>{}</text:p>'
    "</table:table-cell></table:table-row></table:table>"
)
# {place: (what stands before the text, the text)}.
_PLACES = {
    "comment exported as a note": ("", "<text:p><office:annotation><text:p>{}</text:p></office:annotation>x</text:p>"),
    "footnote of a PDF": ("", _NOTE),
    "text box of a PDF": ("", _BOX.replace("{told}", "").replace("{said}", "{}")),
    "alternative text of a text box": ("", _BOX.replace("{told}", "<svg:title>{}</svg:title>").replace("{said}", "x")),
    "small white text": (_WHITE, '<text:p><text:span text:style-name="W">{}</text:span></text:p>'),
    "heading and its bookmark": ("", '<text:h text:outline-level="1">{}</text:h>'),
    "address of a link": ("", f'<text:p><text:a {_LINKS} xlink:href="https://x.test/{{}}">x</text:a></text:p>'),
    "cell of a table": ("", _TABLE),
    "title that LibreOffice writes": (
        '<office:meta><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">{}</dc:title></office:meta>',
        "",
    ),
}


def planted_pdf_by_libreoffice(folder: Path) -> list[Planted]:
    """Return PDFs that LibreOffice writes, each with a value of its own; a test is not run without it."""
    values = {place: f"6,148,{number:03}" for number, place in enumerate(_PLACES, 301)}
    files = {
        f"{number}.fodt": _flat(before.replace("{}", values[place]), body.replace("{}", values[place]))
        for number, (place, (before, body)) in enumerate(_PLACES.items())
    }
    made = converted(files, _EXPORT, folder)
    return [Planted(place, "a.pdf", made[str(number)], values[place]) for number, place in enumerate(_PLACES)]


def _flat(before: str, body: str) -> bytes:
    text = f"<office:body><office:text><text:p>slabs</text:p>{body}</office:text></office:body>"
    head = f'office:mimetype="{_MIME}" office:version="1.3"'
    return f'<?xml version="1.0"?><office:document {_HEAD} {head}>{before}{text}</office:document>'.encode()
