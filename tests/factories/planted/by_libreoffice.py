"""Values planted in flat OpenDocument files, {name: (kind, what says it)}: LibreOffice makes office files of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.factories.planted import Planted
from tests.libreoffice import converted

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = {
    "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "meta": "meta",
    "svg": "svg-compatible", "fo": "xsl-fo-compatible", "config": "config",
}  # fmt: skip
_HEAD = " ".join(f'xmlns:{short}="{_OASIS}:{name}:1.0"' for short, name in _SPACES.items())
_MIME = "application/vnd.oasis.opendocument"
_FRAME = (
    '<text:p><draw:frame draw:name="{}" svg:width="3cm" svg:height="1cm" text:anchor-type="paragraph"><draw:text-box>'
    "<text:p>x</text:p></draw:text-box></draw:frame></text:p>"
)
_NOTE = "<office:annotation>{by}<text:p>{said}</text:p></office:annotation>"
_CREATOR = '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">{}</dc:creator>'


def _flat(kind: str, body: str, before: str = "") -> bytes:
    typed = f'office:mimetype="{_MIME}.{kind}" office:version="1.3"'
    said = f"<office:document {_HEAD} {typed}>{before}<office:body>{body}</office:body></office:document>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{said}'.encode()


def _text(body: str, before: str = "", declared: str = "") -> bytes:
    return _flat("text", f"<office:text>{declared}<text:p>slabs</text:p>{body}</office:text>", before)


def _cells(inner: str = "", sheets: str = "", behind: str = "", before: str = "") -> bytes:
    cell = f'<table:table-cell office:value-type="string">{inner}<text:p>Tons</text:p></table:table-cell>'
    sheet = f'<table:table table:name="S"><table:table-row>{cell}</table:table-row></table:table>'
    return _flat("spreadsheet", f"<office:spreadsheet>{sheet}{sheets}{behind}</office:spreadsheet>", before)


def _page(inner: str) -> str:
    layout = '<style:page-layout style:name="L"/>'
    page = f'<style:master-page style:name="Default" style:page-layout-name="L">{inner}</style:master-page>'
    layouts, pages = "office:automatic-styles", "office:master-styles"
    return f"<{layouts}>{layout}</{layouts}><{pages}>{page}</{pages}>"


_IN_WORD = {
    "comment": lambda v: _text(f"<text:p>{_NOTE.format(by='', said=v)}x</text:p>"),
    "author of a comment": lambda v: _text(f"<text:p>{_NOTE.format(by=_CREATOR.format(v), said='x')}x</text:p>"),
    "name of a frame": lambda v: _text(_FRAME.format(f"frame {v}")),
    "bookmark": lambda v: _text(f'<text:p><text:bookmark text:name="b_{v}"/>x</text:p>'),
    "footnote": lambda v: _text(
        f'<text:p>x<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"<text:p>{v}</text:p></text:note-body></text:note></text:p>"
    ),
    "custom property": lambda v: _text(
        "", f'<office:meta><meta:user-defined meta:name="x">{v}</meta:user-defined></office:meta>'
    ),
}
_IN_EXCEL = {
    "comment": lambda v: _cells(_NOTE.format(by="", said=v)),
    "hidden sheet": lambda v: _cells(
        before='<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>',
        sheets=f'<table:table table:name="H" table:style-name="h"><table:table-row><table:table-cell '
        f'office:value-type="float" office:value="{v}"/></table:table-row></table:table>',
    ),
    "name of a sheet": lambda v: _cells(sheets=f'<table:table table:name="sum {v}"/>'),
    "named formula": lambda v: _cells(
        behind=f'<table:named-expressions><table:named-expression table:name="tons" table:expression="of:={v}"/>'
        "</table:named-expressions>"
    ),
    "head of a page": lambda v: _cells(before=_page(f"<style:header><text:p>{v}</text:p></style:header>")),
}


def planted(values: Iterable[str], folder: Path) -> Iterator[Planted]:
    """Yield each file as LibreOffice writes it, with its value."""
    left = iter(values)
    for ending, flat, places in (("docx", "fodt", _IN_WORD), ("xlsx", "fods", _IN_EXCEL)):
        named = [(place, next(left), f"{number:02}.{flat}") for number, place in enumerate(places)]
        made = converted({name: places[place](value) for place, value, name in named}, ending, folder / ending)
        for place, value, name in named:
            yield Planted(f"{place} (LibreOffice)", f"a.{ending}", made[name.partition(".")[0]], value)
