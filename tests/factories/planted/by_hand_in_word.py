"""Places of a Word document in which a value may stand, each with what makes such a file; written by hand."""

import base64
import io
import zipfile
from collections.abc import Callable

from tests.factories.files import jpeg
from tests.factories.planted.package import OFFICE, PACKAGE, Part, W, document

_MICROSOFT = "http://schemas.microsoft.com/office/2011/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CORE = f"{PACKAGE}/relationships/metadata/core-properties"
_DRAWN = (
    '<w:pict><v:shape style="width:90pt;height:20pt" type="#_x0000_t136"><v:textpath string="{}"/></v:shape></w:pict>'
)
_PEOPLE = "http://schemas.microsoft.com/office/word/2012/wordml"


def _run(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


def _paragraph(value: str) -> str:
    return _run(f"<w:t>{value}</w:t>")


def _picture(name: str) -> str:
    """Return a picture in the text, of the relation rId1."""
    return _run(
        f'<w:drawing><wp:inline><wp:extent cx="900000" cy="600000"/><wp:docPr id="1" name="{name}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill>'
        '<pic:spPr><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _with_part(name: str, content: str, kind: str, type_: str = "") -> bytes:
    return document("", Part(name, content, kind, f"{_WORD}{type_}+xml" if type_ else ""))


def _settings(inner: str) -> bytes:
    return _with_part("word/settings.xml", f"<w:settings {W}>{inner}</w:settings>", "settings", "settings")


def _styles(inner: str) -> bytes:
    return _with_part("word/styles.xml", f"<w:styles {W}>{inner}</w:styles>", "styles", "styles")


def _table(properties: str) -> bytes:
    cell = f"<w:tc><w:tcPr/>{_paragraph('slabs')}</w:tc>"
    return document(
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"
    )


def _chart(inner: str) -> bytes:
    named = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    drawn = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    plot = f"<c:chartSpace {named} {drawn}><c:chart>{inner}<c:plotArea/></c:chart></c:chartSpace>"
    return _with_part("word/charts/chart1.xml", plot, "chart")


def _packed(value: str) -> str:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("drs/shapexml.xml", f"<x>{value}</x>")
    return base64.b64encode(out.getvalue()).decode()


def _with_zip_comment(value: str) -> bytes:
    out = io.BytesIO(document())
    with zipfile.ZipFile(out, "a") as made:
        made.comment = value.encode()
    return out.getvalue()


def _core(name: str) -> Callable[[str], bytes]:
    def made(value: str) -> bytes:
        said = (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{value}</dc:creator></cp:coreProperties>'
        )
        type_ = "application/vnd.openxmlformats-package.core-properties+xml"
        return document("", Part(name, said, _CORE, type_, "/"))

    return made


def _svg(inner: str) -> bytes:
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">{inner}</svg>'
    return document(_picture("p"), Part("word/media/image1.svg", drawn, "image"))


def _app(value: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    said = f'<Properties xmlns="{space}"><Company>{value}</Company></Properties>'
    return document("", Part("docProps/app2.xml", said, "extended-properties", "", "/"))


PLACES: dict[str, Callable[[str], bytes]] = {
    "text of a document": lambda v: document(_paragraph(v)),
    "text in pieces": lambda v: document(
        "<w:p>" + "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{c}</w:t></w:r>" for c in v) + "</w:p>"
    ),
    "hidden text": lambda v: document(_run(f"<w:rPr><w:vanish/></w:rPr><w:t>{v}</w:t>")),
    "deleted text": lambda v: document(
        f'<w:p><w:del w:author="x" w:id="1"><w:r><w:delText>{v}</w:delText></w:r></w:del></w:p>'
    ),
    "drawn text": lambda v: document(_run(_DRAWN.format(v))),
    "caption of a table": lambda v: _table(f'<w:tblCaption w:val="{v}"/>'),
    "description of a table": lambda v: _table(f'<w:tblDescription w:val="{v}"/>'),
    "alternative text": lambda v: document(_picture(v), Part("word/media/image1.jpeg", jpeg(), "image")),
    "camera data of a picture": lambda v: document(_picture("p"), Part("word/media/image1.jpeg", jpeg(v), "image")),
    "behind a picture": lambda v: document(_picture("p"), Part("word/media/image1.jpeg", jpeg() + v.encode(), "image")),
    "name of a picture's part": lambda v: document(_picture("p"), Part(f"word/media/{v}.jpeg", jpeg(), "image")),
    "words of a drawing": lambda v: _svg(f"<text>{v}</text>"),
    "description of a drawing": lambda v: _svg(f"<desc>{v}</desc><rect/>"),
    "query of a mail merge": lambda v: _settings(f'<w:mailMerge><w:query w:val="SELECT {v}"/></w:mailMerge>'),
    "document variable": lambda v: _settings(f'<w:docVars><w:docVar w:name="x" w:val="{v}"/></w:docVars>'),
    "smart tag": lambda v: document(
        f'<w:p><w:smartTag w:uri="u" w:element="e"><w:smartTagPr><w:attr w:name="n" w:val="{v}"/></w:smartTagPr>'
        "<w:r><w:t>slab</w:t></w:r></w:smartTag></w:p>"
    ),
    "comment in the code": lambda v: document(f"<!-- {v} -->"),
    "instruction in the code": lambda v: document(f"<?tell {v}?>"),
    "name of an element": lambda v: document(f'<x:n{v} xmlns:x="urn:x"/>'),
    "name of an attribute": lambda v: document(f'<x:n xmlns:x="urn:x" x:n-{v}="1"/>'),
    "name of a space": lambda v: document(head=f' xmlns:x="urn:{v}"'),
    "name of a theme": lambda v: _with_part(
        "word/theme/theme1.xml",
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{v}"/>',
        "theme",
    ),
    "name of a font": lambda v: _with_part(
        "word/fontTable.xml",
        f'<w:fonts {W}><w:font w:name="x"><w:altName w:val="{v}"/></w:font></w:fonts>',
        "fontTable",
        "fontTable",
    ),
    "settings of a web page": lambda v: _with_part(
        "word/webSettings.xml",
        f'<w:webSettings {W}><w:encoding w:val="x {v}"/></w:webSettings>',
        "webSettings",
        "webSettings",
    ),
    "name of a style": lambda v: _styles(f'<w:style w:styleId="x"><w:name w:val="{v}"/></w:style>'),
    "numbering": lambda v: _with_part(
        "word/numbering.xml",
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{v}"/></w:lvl>'
        "</w:abstractNum></w:numbering>",
        "numbering",
        "numbering",
    ),
    "header": lambda v: _with_part("word/header1.xml", f"<w:hdr {W}>{_paragraph(v)}</w:hdr>", "header", "header"),
    "footnote": lambda v: _with_part(
        "word/footnotes.xml",
        f'<w:footnotes {W}><w:footnote w:id="1">{_paragraph(v)}</w:footnote></w:footnotes>',
        "footnotes",
        "footnotes",
    ),
    "comment": lambda v: _with_part(
        "word/comments.xml",
        f'<w:comments {W}><w:comment w:id="1">{_paragraph(v)}</w:comment></w:comments>',
        "comments",
        "comments",
    ),
    "bookmark": lambda v: document(f'<w:p><w:bookmarkStart w:id="0" w:name="b_{v}"/><w:bookmarkEnd w:id="0"/></w:p>'),
    "code of a field": lambda v: document(f'<w:p><w:fldSimple w:instr=" QUOTE &quot;{v}&quot; "/></w:p>'),
    "tooltip of a link": lambda v: document(f'<w:p><w:hyperlink w:anchor="x" w:tooltip="{v}"/></w:p>'),
    "item of a list": lambda v: document(
        f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="x" w:value="{v}"/></w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{_paragraph('x')}</w:sdtContent></w:sdt>"
    ),
    "other version of a drawing": lambda v: document(
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Fallback>'
        f"{_paragraph(v)}</mc:Fallback></mc:AlternateContent>"
    ),
    "drawing a second time": lambda v: document(_run(f'<w:pict><v:rect o:gfxdata="{_packed(v)}"/></w:pict>')),
    "colour that says something": lambda v: document(_run(f'<w:rPr><w:color w:val="sum {v}"/></w:rPr><w:t>slab</w:t>')),
    "title of a chart": lambda v: _chart(
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{v}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    ),
    "end of an axis": lambda v: _chart(f'<c:x><c:scaling><c:max c:val="{v}"/></c:scaling></c:x>'),
    "value in a chart": lambda v: _chart(f'<c:x><c:numCache><c:pt idx="0"><c:v>{v}</c:v></c:pt></c:numCache></c:x>'),
    "words of a diagram": lambda v: _with_part(
        "word/diagrams/data1.xml",
        f'<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"><d:t>{v}</d:t></d:dataModel>',
        "diagramData",
    ),
    "core properties": _core("docProps/core.xml"),
    "core properties by another name": _core("package/services/metadata/core-properties/x1.psmdcp"),
    "core properties in another case": _core("docProps/Core.xml"),
    "second application properties": _app,
    "custom XML": lambda v: document("", Part("customXml/item1.xml", f"<x>{v}</x>", "customXml")),
    "custom XML in another folder": lambda v: document("", Part("word/own/data.xml", f"<x>{v}</x>", "customXml")),
    "part that nothing leads to": lambda v: document("", Part("word/own/left.xml", f"<x>{v}</x>")),
    "building block": lambda v: document(
        "",
        Part(
            "word/glossary/document.xml",
            f"<w:glossaryDocument {W}>{_paragraph(v)}</w:glossaryDocument>",
            "glossaryDocument",
        ),
    ),
    "small picture of the first page": lambda v: document(
        "", Part("thumbnails/t.jpeg", jpeg(v), f"{PACKAGE}/relationships/metadata/thumbnail", "", "/")
    ),
    "font in the file": lambda v: document(
        "",
        Part(
            "word/fontTable.xml",
            f'<w:fonts {W}><w:font w:name="x"><w:embedRegular r:id="rId1"/></w:font></w:fonts>',
            "fontTable",
        ),
        Part("word/fonts/font1.odttf", b"\0\1\0\0" + v.encode(), f"{OFFICE}/font", "", "word/fontTable.xml"),
    ),
    "list of people": lambda v: document(
        "",
        Part(
            "word/persons.xml",
            f'<p:people xmlns:p="{_PEOPLE}"><p:person p:author="{v}"/></p:people>',
            f"{_MICROSOFT}/people",
        ),
    ),
    "author of a change": lambda v: document(
        f'<w:p><w:ins w:id="1" w:author="{v}"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    ),
    "comment on the archive": _with_zip_comment,
    "bytes of a kind that is not known": lambda v: document("", Part("word/own/x.bin", b"\0\1\2" + v.encode(), "own")),
}
