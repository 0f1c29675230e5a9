"""Places of a workbook in which a value may stand, each with what makes such a file; written by hand."""

from collections.abc import Callable

from tests.factories.planted.package import Part, S, workbook

_SHEET = "xl/worksheets/sheet1.xml"
_NEWER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def _cache(fields: str, records: str = "", head: str = "") -> bytes:
    """Return a workbook with the cache of a pivot table."""
    source = '<cacheSource type="worksheet"><worksheetSource ref="A1:A2" sheet="Sheet1"/></cacheSource>'
    name = "xl/pivotCache/pivotCacheDefinition1.xml"
    inner = f'{source}<cacheFields count="1">{fields}</cacheFields>'
    definition = f'<pivotCacheDefinition {S} r:id="rId1" {head}>{inner}</pivotCacheDefinition>'
    return workbook(
        "",
        Part(name, definition, "pivotCacheDefinition", f"{_TYPE}pivotCacheDefinition+xml"),
        Part(
            "xl/pivotCache/pivotCacheRecords1.xml",
            f'<pivotCacheRecords {S} count="1"><r>{records}</r></pivotCacheRecords>',
            "pivotCacheRecords",
            f"{_TYPE}pivotCacheRecords+xml",
            name,
        ),
        book='<pivotCaches><pivotCache cacheId="1" r:id="rId2"/></pivotCaches>',
    )


def _field(items: str = "", name: str = "Tons", told: str = "") -> str:
    return f'<cacheField name="{name}" numFmtId="0"><sharedItems {told}>{items}</sharedItems></cacheField>'


def _beside(name: str, content: str, kind: str) -> bytes:
    return workbook("", Part(name, content, kind, "", _SHEET))


def _filter(criteria: str) -> str:
    return f'<autoFilter ref="A1:A9"><filterColumn colId="0">{criteria}</filterColumn></autoFilter>'


def _table(inner: str, name: str = "Table1", column: str = "Tons") -> bytes:
    columns = f'<tableColumns count="1"><tableColumn id="1" name="{column}"/></tableColumns>'
    table = f'<table {S} id="1" name="{name}" displayName="{name}" ref="A1:A9">{inner}{columns}</table>'
    return _beside("xl/tables/table1.xml", table, "table")


def _scenario(name: str = "s", user: str = "u", comment: str = "c", value: str = "1") -> bytes:
    cells = f'<inputCells r="A1" val="{value}"/>'
    scenario = f'<scenario name="{name}" user="{user}" comment="{comment}" count="1">{cells}</scenario>'
    return workbook(behind=f'<scenarios current="0">{scenario}</scenarios>')


PLACES: dict[str, Callable[[str], bytes]] = {
    "value in a pivot table's cache": lambda v: _cache(_field(), f'<n v="{v}"/>'),
    "value with an exponent in a cache": lambda v: _cache(_field(), f'<n v="{v[0]}.{v[1:]}E{len(v) - 1}"/>'),
    "item of a pivot table's field": lambda v: _cache(_field(f'<n v="{v}"/>')),
    "most of a pivot table's field": lambda v: _cache(_field(told=f'containsNumber="1" minValue="1" maxValue="{v}"')),
    "name of a pivot table's field": lambda v: _cache(_field(name=f"sum {v}")),
    "who made a pivot table anew": lambda v: _cache(_field(), head=f'refreshedBy="{v}"'),
    "filter": lambda v: workbook(behind=_filter(f'<filters><filter val="{v}"/></filters>')),
    "filter of one's own": lambda v: workbook(
        behind=_filter(f'<customFilters><customFilter val="{v}"/></customFilters>')
    ),
    "filter of the first ten": lambda v: workbook(behind=_filter(f'<top10 val="10" filterVal="{v}"/>')),
    "filter of a table": lambda v: _table(_filter(f'<filters><filter val="{v}"/></filters>')),
    "name of a table": lambda v: _table("", name=f"t_{v}"),
    "column of a table": lambda v: _table("", column=f"sum {v}"),
    "value of a scenario": lambda v: _scenario(value=v),
    "name of a scenario": lambda v: _scenario(name=f"sum {v}"),
    "user of a scenario": lambda v: _scenario(user=v),
    "comment on a scenario": lambda v: _scenario(comment=f"by {v}"),
    "name of a protected range": lambda v: workbook(
        behind=f'<protectedRanges><protectedRange name="r_{v}" sqref="A1"/></protectedRanges>'
    ),
    "name of a saved view": lambda v: workbook(
        book=f'<customWorkbookViews><customWorkbookView name="{v}" guid="{{0}}"/></customWorkbookViews>'
    ),
    "name of a sheet": lambda v: workbook(name=f"sum {v}"),
    "defined name": lambda v: workbook(book=f'<definedNames><definedName name="x">{v}</definedName></definedNames>'),
    "comment on a defined name": lambda v: workbook(
        book=f'<definedNames><definedName name="x" comment="sum {v}">1</definedName></definedNames>'
    ),
    "formula of a rule": lambda v: workbook(
        behind='<conditionalFormatting sqref="A1"><cfRule type="cellIs" priority="1" operator="equal">'
        f"<formula>{v}</formula></cfRule></conditionalFormatting>"
    ),
    "end of a scale": lambda v: workbook(
        behind='<conditionalFormatting sqref="A1"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/>'
        f'<cfvo type="num" val="{v}"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>'
    ),
    "message of an input": lambda v: workbook(
        behind=f'<dataValidations count="1"><dataValidation sqref="A1" prompt="sum {v}"/></dataValidations>'
    ),
    "limit of an input": lambda v: workbook(
        behind=f"<dataValidations><dataValidation><formula1>{v}</formula1></dataValidation></dataValidations>"
    ),
    "head of a page": lambda v: workbook(behind=f"<headerFooter><oddHeader>&amp;C{v}</oddHeader></headerFooter>"),
    "tooltip of a link": lambda v: workbook(
        behind=f'<hyperlinks><hyperlink ref="A1" location="Sheet1!A1" tooltip="sum {v}"/></hyperlinks>'
    ),
    "form of a number": lambda v: workbook(
        "",
        Part(
            "xl/styles.xml",
            f'<styleSheet {S}><numFmts><numFmt numFmtId="164" formatCode="&quot;{v}&quot;0"/></numFmts></styleSheet>',
            "styles",
        ),
    ),
    "comment on a cell": lambda v: _beside(
        "xl/comments1.xml",
        f'<comments {S}><authors><author>x</author></authors><commentList><comment ref="A1" authorId="0">'
        f"<text><t>{v}</t></text></comment></commentList></comments>",
        "comments",
    ),
    "author of a comment": lambda v: _beside(
        "xl/comments1.xml",
        f"<comments {S}><authors><author>{v}</author></authors><commentList/></comments>",
        "comments",
    ),
    "conversation on a cell": lambda v: _beside(
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="A1" id="{{0}}"><text>{v}</text></threadedComment></ThreadedComments>',
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
    ),
    "picture of an old drawing": lambda v: _beside(
        "xl/drawings/vmlDrawing1.vml",
        f'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:imagedata title="{v}"/></v:shape></xml>',
        "vmlDrawing",
    ),
    "settings of a printer": lambda v: workbook(
        "",
        Part("xl/printerSettings/printerSettings1.bin", v.encode("utf-16-le") + b"\0\0", "printerSettings", "", _SHEET),
        behind='<pageSetup orientation="portrait" r:id="rId1"/>',
    ),
    "property of a sheet": lambda v: workbook(
        "",
        Part("xl/customProperty1.bin", v.encode("utf-16-le"), "customProperty", "", _SHEET),
        behind=f'<customProperties><customPr name="{v}" r:id="rId1"/></customProperties>',
    ),
    "data model": lambda v: workbook("", Part("xl/model/item.data", b"\0\x8a\x11" + v.encode(), "powerPivotData")),
    "folder of the writer": lambda v: workbook(
        book=f'<x:absPath xmlns:x="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:\\{v}\\"/>'
    ),
    "parameter of a query": lambda v: _beside(
        "xl/queryTables/queryTable1.xml", f'<queryTable {S} name="q_{v}" connectionId="1"/>', "queryTable"
    ),
    "slicer": lambda v: workbook(
        "",
        Part(
            "xl/slicerCaches/slicerCache1.xml",
            f'<s:slicerCacheDefinition xmlns:s="{_NEWER}" name="x" sourceName="sum {v}"/>',
            "http://schemas.microsoft.com/office/2007/relationships/slicerCache",
        ),
    ),
    "line in a cell": lambda v: workbook(
        behind='<extLst><ext uri="{05C60535}">'
        f'<y:sparklineGroups xmlns:y="{_NEWER}">'
        f'<y:sparklineGroup manualMax="{v}"/></y:sparklineGroups></ext></extLst>'
    ),
}
