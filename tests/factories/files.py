"""Files as people attach them, made on the spot: PDF, Word, Excel and pictures that say what a test wants said."""

import io
import zipfile

import pikepdf
from PIL import ExifTags, Image

from exclusions.gateways.documents.cleaning import clean_into

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{author}</dc:creator></cp:coreProperties>'
)


def pdf(text: str = "", *, title: str = "", author: str = "", black_box: bool = False) -> bytes:
    """Return a PDF of one page; with `black_box` the text is painted over, as a clumsy redaction does it."""
    document, out = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page(page_size=(612, 792))
    lines = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").split("\n")
    drawn = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    box = "0 0 0 rg 60 0 500 730 re f" if black_box else ""
    page.Contents = document.make_stream(f"BT /F1 11 Tf 72 720 Td {drawn}ET {box}".encode("latin-1", "replace"))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if title:
        document.docinfo["/Title"] = title
    if author:
        document.docinfo["/Author"] = author
    document.save(out, deterministic_id=True)  # the same file at any moment
    return out.getvalue()


def docx(text: str = "", *, author: str = "", comment: str = "") -> bytes:
    """Return a Word document of one paragraph, with an author in its properties and a comment."""
    run = f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    note = (
        f'<w:comments xmlns:w="{_WORD}"><w:comment><w:p><w:r><w:t>{comment}</w:t></w:r></w:p></w:comment></w:comments>'
    )
    return archive(
        {"word/document.xml": run, "word/comments.xml": note, "docProps/core.xml": _CORE.format(author=author)}
    )


def xlsx(text: str = "", *, author: str = "", number: str = "0", parts: dict[str, str] | None = None) -> bytes:
    """Return a workbook with one text and one number."""
    shared = f'<sst xmlns="{_SHEET}"><si><t>{text}</t></si></sst>'
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData><row><c><v>{number}</v></c></row></sheetData></worksheet>'
    known = {
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}"/>',
        "xl/sharedStrings.xml": shared,
        "xl/worksheets/sheet1.xml": sheet,
        "docProps/core.xml": _CORE.format(author=author),
    }
    return archive({**known, **(parts or {})})


def archive(parts: dict[str, str]) -> bytes:
    """Return a zip of these parts, as office files are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in {"[Content_Types].xml": "<Types/>", **parts}.items():
            # A part of no moment makes the same file each time.
            written.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="w"><w:t>&a;</w:t></w:document>'
WITH_A_DTD = archive({"word/document.xml": _ENTITIES})  # a document whose text nobody reads whole


def jpeg(author: str = "") -> bytes:
    """Return a small photograph with an author in its EXIF data."""
    out, exif = io.BytesIO(), Image.Exif()
    if author:
        exif[ExifTags.Base.Artist] = author
    Image.new("RGB", (8, 8), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def cleaned(content_type: str, data: bytes) -> bytes:
    """Return a small file without its metadata, as a public one is kept."""
    out = io.BytesIO()
    return out.getvalue() if clean_into(content_type, io.BytesIO(data), out) else data
