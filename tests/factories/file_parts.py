"""Files that say something in one place where nobody looks, for each such place."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pikepdf

from tests.factories.answers import SECRETS
from tests.factories.files import archive, docx, pdf, xlsx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PEOPLE = (
    '<p:people xmlns:p="http://schemas.microsoft.com/office/word/2012/wordml"><p:person p:author="{}"/></p:people>'
)


def word(body: str = "", **parts: str) -> bytes:
    """Return a Word document with this in its body, and further parts."""
    return archive({"word/document.xml": f"<w:document {_W}><w:body><w:p>{body}</w:p></w:body></w:document>", **parts})


def _docx(name: str, content: str) -> bytes:
    return word("<w:r><w:t>slabs</w:t></w:r>", **{name: content})


def _sheet(content: str) -> bytes:
    return xlsx(parts={"xl/worksheets/sheet1.xml": f"<worksheet {_S}>{content}</worksheet>"})


def _book(content: str) -> bytes:
    return xlsx(parts={"xl/workbook.xml": f"<workbook {_S}>{content}</workbook>"})


def _link(target: str, kind: str = "hyperlink") -> str:
    link = f'<Relationship Id="r1" Type="{_TYPE}/{kind}" TargetMode="External" Target="{target}"/>'
    return f"<Relationships {_R}>{link}</Relationships>"


def changed_pdf(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a PDF of one page to which something was done."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("slabs"))) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def _root(**entries: object) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            document.Root[f"/{key}"] = document.make_indirect(value)

    return changed_pdf(change)


def _note(**entries: object) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **entries)
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(note)])

    return changed_pdf(change)


def _drawn(commands: str) -> bytes:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].Contents = document.make_stream(commands.encode())

    return changed_pdf(change)


D, N = pikepdf.Dictionary, pikepdf.Name
# Each: the ending, what makes the file, and the place as the check tells it.
PLACES: dict[str, tuple[str, Callable[[str], bytes], str]] = {
    "comment in Word": ("docx", lambda s: docx("slabs", comment=s), "comments"),
    "comment author in Word": (
        "docx",
        lambda s: _docx("word/comments.xml", f'<w:comments {_W}><w:comment w:author="{s}"/></w:comments>'),
        "names of authors",
    ),
    "author of a change": ("docx", lambda s: word(f'<w:ins w:author="{s}"/>'), "names of authors"),
    "split run": (
        "docx",
        lambda s: word("".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{c}</w:t></w:r>" for c in s)),
        "text",
    ),
    "alternative text in Word": ("docx", lambda s: word(f'<wp:docPr xmlns:wp="wp" descr="{s}"/>'), "alternative texts"),
    "mail link in Word": (
        "docx",
        lambda s: _docx("word/_rels/document.xml.rels", _link(f"mailto:{s}")),
        "links",
    ),
    "custom part": ("docx", lambda s: _docx("customXml/item1.xml", f'<x owner="{s}"/>'), "custom parts"),
    "style name": (
        "docx",
        lambda s: _docx("word/styles.xml", f'<w:styles {_W}><w:style><w:name w:val="{s}"/></w:style></w:styles>'),
        "style names",
    ),
    "list of people": ("docx", lambda s: _docx("word/people.xml", _PEOPLE.format(s)), "names of authors"),
    "building block": (
        "docx",
        lambda s: _docx("word/glossary/document.xml", f"<w:d {_W}><w:p><w:r><w:t>{s}</w:t></w:r></w:p></w:d>"),
        "building blocks",
    ),
    "footer in Word": (
        "docx",
        lambda s: _docx("word/footer1.xml", f"<w:ftr {_W}><w:p><w:r><w:t>{s}</w:t></w:r></w:p></w:ftr>"),
        "headers and footers",
    ),
    "unknown part": ("docx", lambda s: _docx("word/extra/thing.dat", s), "other parts"),
    "unknown XML": ("docx", lambda s: _docx("extra/thing.xml", f'<x y="{s}"/>'), "text"),
    "sheet name": ("xlsx", lambda s: _book(f'<sheets><sheet name="{s}"/></sheets>'), "sheet names"),
    "defined name": (
        "xlsx",
        lambda s: _book(f'<definedNames><definedName name="x">"{s}"</definedName></definedNames>'),
        "defined names",
    ),
    "page header": (
        "xlsx",
        lambda s: _sheet(f"<headerFooter><oddHeader>&amp;C{s}</oddHeader></headerFooter>"),
        "headers and footers",
    ),
    "comment author in Excel": (
        "xlsx",
        lambda s: xlsx(parts={"xl/comments1.xml": f"<comments><authors><author>{s}</author></authors></comments>"}),
        "names of authors",
    ),
    "drop-down list": (
        "xlsx",
        lambda s: _sheet(f'<dataValidation><formula1>"{s}"</formula1></dataValidation>'),
        "drop-down lists",
    ),
    "bookmark": (
        "pdf",
        lambda s: _root(Outlines=D(First=D(Title=pikepdf.String(s)))),
        "bookmarks or title",
    ),
    "note": ("pdf", lambda s: _note(Subtype=N.Text, Contents=pikepdf.String(s)), "annotations"),
    "subject of a note": ("pdf", lambda s: _note(Subtype=N.Text, Subj=pikepdf.String(s)), "annotations"),
    "link": ("pdf", lambda s: _note(Subtype=N.Link, A=D(S=N.URI, URI=pikepdf.String(s))), "links"),
    "layer": ("pdf", lambda s: _root(OCProperties=D(OCGs=[D(Type=N.OCG, Name=pikepdf.String(s))])), "layer names"),
    "page label": ("pdf", lambda s: _root(PageLabels=D(Nums=[0, D(P=pikepdf.String(s))])), "page labels"),
    "alternative text": ("pdf", lambda s: _root(StructTreeRoot=D(K=D(Alt=pikepdf.String(s)))), "alternative texts"),
    "replacement text": (
        "pdf",
        lambda s: _drawn(f"/Span <</ActualText ({s})>> BDC BT /F1 9 Tf (slabs) Tj ET EMC"),
        "alternative texts",
    ),
    "tooltip of a field": ("pdf", lambda s: _root(AcroForm=D(Fields=[D(TU=pikepdf.String(s))])), "tooltips of fields"),
    "value of a field": ("pdf", lambda s: _root(AcroForm=D(Fields=[D(V=pikepdf.String(s))])), "values of fields"),
    "named destination": (
        "pdf",
        lambda s: _root(Names=D(Dests=D(Names=[pikepdf.String(s), D(D=[0])]))),
        "named destinations",
    ),
    "old named destination": (
        "pdf",
        lambda s: _root(Dests=D({f"/{s.replace(' ', '#20')}": D(D=[0])})),
        "names in the file",
    ),
    "anything else": ("pdf", lambda s: _root(Whatever=D(X=[pikepdf.String(s)])), "hidden entries"),
}  # fmt: skip


# Parts of no known kind.
WORDS, CODE, SECRET = "xl/plain.dat", "xl/odd.bin", "xl/secret.dat"


def workbook(secret: str = SECRETS[-1]) -> bytes:
    """Return a workbook that openpyxl wrote, with three parts of no known kind in it: words, bytes, and a secret."""
    book, plain, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active["A1"] = "slabs"
    book.save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(out, "w") as written:
        for one in given.infolist():
            content = given.read(one)
            if one.filename == "xl/_rels/workbook.xml.rels":
                odd = [
                    f'<Relationship Id="o{n}" Type="urn:odd" Target="/{part}"/>'
                    for n, part in enumerate((WORDS, CODE, SECRET))
                ]
                content = content.replace(b"</Relationships>", "".join(odd).encode() + b"</Relationships>")
            written.writestr(one.filename, content)
        written.writestr(WORDS, "Slabs, cut to size.\n")
        written.writestr(CODE, bytes(range(256)))
        written.writestr(SECRET, f"Made by {secret}.\n")
    return out.getvalue()
