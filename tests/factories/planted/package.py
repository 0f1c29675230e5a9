"""Office files put together by hand, each with the relations and types that programs ask for."""

import io
import zipfile
from dataclasses import dataclass

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
S = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"'
_TYPES = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}
_ENDINGS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml", "png": "image/png",
    "jpeg": "image/jpeg", "svg": "image/svg+xml", "bin": "application/octet-stream", "data": "application/octet-stream",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part: where it is, what it holds, the kind of the relation that leads to it ("" for none), its type, and from
    which part that leads ("" for the main one, "/" for the file).
    """

    name: str
    content: str | bytes
    kind: str = ""
    type: str = ""
    source: str = ""


def document(body: str = "", *parts: Part, head: str = "") -> bytes:
    """Return a Word document with this in its body, and further parts."""
    said = f"<w:p><w:r><w:t>slabs</w:t></w:r></w:p>{body}<w:sectPr/>"
    return _package("docx", f"<w:document {W}{head}><w:body>{said}</w:body></w:document>", parts)


def workbook(sheet: str = "", *parts: Part, book: str = "", behind: str = "", name: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet: what stands in the sheet before and behind its cells, and in the book."""
    cells = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>slabs</t></is></c></row></sheetData>'
    page = Part("xl/worksheets/sheet1.xml", f"<worksheet {S}>{sheet}{cells}{behind}</worksheet>", "worksheet")
    main = f'<workbook {S}><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>{book}</workbook>'
    typed = Part(
        page.name, page.content, page.kind, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    )
    return _package("xlsx", main, (typed, *parts))


def _package(ending: str, main: str, parts: tuple[Part, ...]) -> bytes:
    where, kind = _TYPES[ending]
    first = Part(where, main, "officeDocument", f"application/vnd.openxmlformats-officedocument.{kind}", "/")
    out, every = io.BytesIO(), (first, *parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        defaults = "".join(f'<Default Extension="{end}" ContentType="{type_}"/>' for end, type_ in _ENDINGS.items())
        typed = "".join(f'<Override PartName="/{p.name}" ContentType="{p.type}"/>' for p in every if p.type)
        _write(made, "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{defaults}{typed}</Types>')
        for source in dict.fromkeys(part.source for part in every if part.kind):
            _write(made, _list_of(source or where), _relations([p for p in every if p.kind and p.source == source]))
        for part in every:
            _write(made, part.name, part.content)
    return out.getvalue()


def _list_of(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _relations(parts: list[Part]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_kind(p.kind)}" Target="/{p.name}"/>'
        for number, p in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _kind(kind: str) -> str:
    return kind if ":" in kind else f"{OFFICE}/{kind}"


def _write(made: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    if isinstance(content, str) and not content.startswith("<?xml") and name.endswith((".xml", ".rels")):
        content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'
    made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
