"""Ordinary files, as people attach them: by LibreOffice, openpyxl, XlsxWriter, python-docx and reportlab.

None says anything confidential. Their figures are made up of a seed, so that each run meets the same files.
"""

import datetime as dt
import io
import random
from collections.abc import Iterator
from pathlib import Path

import docx
import xlsxwriter
from docx.shared import Inches
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, PieChart, Reference
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.table import Table, TableStyleInfo
from PIL import Image
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Image as Picture
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

_ROWS = 60
_WORDS = ["steel slabs", "hot-rolled coil", "fasteners", "bearings", "gaskets", "a mill in Ohio", "two quotations"]
_SENTENCE = "We asked {} mills for {}; {} answered within {} weeks, and none could deliver before spring."


def sentences(number: int, many: int) -> list[str]:
    """Return sentences with small figures, the same for the same number."""
    made = random.Random(number)
    return [
        _SENTENCE.format(made.randint(2, 40), made.choice(_WORDS), made.randint(1, 9), made.randint(2, 30))
        for _ in range(many)
    ]


def rows(number: int) -> list[tuple[str, dt.date, int, float]]:
    """Return rows of a table of deliveries: goods, day, tons, price a ton."""
    made = random.Random(number)
    first = dt.date(2023, 1, 2)
    return [
        (
            made.choice(_WORDS),
            first + dt.timedelta(days=place),
            made.randint(5, 9_000),
            round(made.uniform(400, 2_000), 2),
        )
        for place in range(_ROWS)
    ]


def shipped_templates() -> dict[str, bytes]:
    """Return the templates that LibreOffice ships with, of texts and two of sheets; none where it is not."""
    folder = next(Path("/usr").glob("lib*/libreoffice/share/template"), Path("/nowhere"))
    paths = (*sorted(folder.rglob("*.ott")), *sorted(folder.rglob("*.ots"))[:2])
    return {path.name: path.read_bytes() for path in paths}


def by_libraries() -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of each file that a library makes."""
    makers = {
        "openpyxl.xlsx": _openpyxl,
        "xlsxwriter.xlsx": _xlsxwriter,
        "python-docx.docx": _docx,
        "reportlab.pdf": _pdf,
    }
    for name, make in makers.items():
        for number in range(10):
            yield f"{number}-{name}", make(number)
    default = Path(docx.__file__).parent / "templates" / "default.docx"
    yield default.name, default.read_bytes()


def _photograph(number: int) -> io.BytesIO:
    out = io.BytesIO()
    Image.effect_noise((160, 120), 20 + number).convert("RGB").save(out, "JPEG" if number % 2 else "PNG")
    out.seek(0)
    return out


def _openpyxl(number: int) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Goods", "Day", "Tons", "Price"])
    for row in rows(number):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True, color="FF1F4E79"), Alignment(horizontal="center")
        cell.fill, cell.border = PatternFill("solid", "FFD9E2F3"), Border(bottom=Side("thin", "FF8EA9DB"))
    sheet["F1"] = "=SUM(C2:C61)"
    chart = (BarChart, LineChart, PieChart)[number % 3]()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=20), titles_from_data=True)
    sheet.add_chart(chart, "H2")
    table = Table(displayName=f"Deliveries{number}", ref=f"A1:D{_ROWS + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium9", showRowStripes=True)
    sheet.add_table(table)
    sheet.conditional_formatting.add("C2:C61", DataBarRule("min", 0, "max", 0, color="FF638EC6"))
    sheet.conditional_formatting.add("D2:D61", ColorScaleRule("min", None, "FFF8696B", "max", None, "FF63BE7B"))
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    book.save(out)
    return out.getvalue()


def _xlsxwriter(number: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Deliveries")
        money = book.add_format({"num_format": "$#,##0.00", "font_color": "#1F4E79", "border": 1})
        sheet.write_row(0, 0, ["Goods", "Day", "Tons", "Price"], book.add_format({"bold": True, "bg_color": "#D9E2F3"}))
        for place, (goods, day, tons, price) in enumerate(rows(number), 1):
            sheet.write_row(place, 0, [goods, day, tons])
            sheet.write_number(place, 3, price, money)
        chart = book.add_chart({"type": ["column", "line", "pie", "scatter"][number % 4]})
        chart.add_series({"categories": "=Deliveries!$A$2:$A$20", "values": "=Deliveries!$C$2:$C$20"})
        sheet.insert_chart("F2", chart)
        sheet.insert_image("F20", "mill.png", {"image_data": _photograph(number)})
        sheet.add_sparkline("E2", {"range": "Deliveries!C2:C9"})
        sheet.conditional_format("C2:C61", {"type": "3_color_scale"})
        sheet.autofilter(0, 0, _ROWS, 3)
        sheet.data_validation("A2:A61", {"validate": "list", "source": _WORDS})
        sheet.set_landscape()
        sheet.insert_textbox("F40", "Prices are without freight.")
    return out.getvalue()


def _docx(number: int) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_heading("Why nobody here can deliver", 0)
    for place, sentence in enumerate(sentences(number, 40)):
        if place % 10 == 0:
            document.add_heading(f"Part {place // 10 + 1}", 1)
        document.add_paragraph(sentence, style="List Number" if place % 3 == 0 else None)
    document.add_picture(_photograph(number), width=Inches(2))
    table = document.add_table(1, 4, style="Light Grid Accent 1")
    for row in rows(number)[:15]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    document.sections[0].footer.paragraphs[0].text = "Attachment to the request"
    document.save(out)
    return out.getvalue()


def _pdf(number: int) -> bytes:
    out, style = io.BytesIO(), getSampleStyleSheet()
    if number % 3 == 2:
        page = Canvas(out, pagesize=A4, pageCompression=number % 2)
        for place, sentence in enumerate(sentences(number, 30)):
            page.drawString(40, 800 - 20 * place, sentence)
        page.bookmarkPage("top")
        page.addOutlineEntry("Quotations", "top")
        page.save()
        return out.getvalue()
    bars = VerticalBarChart()
    bars.data = [[row[2] for row in rows(number)[:8]]]
    drawing = Drawing(400, 200)
    drawing.add(bars)
    story = [Paragraph("Why nobody here can deliver", style["Title"]), Spacer(1, 12)]
    story += [Paragraph(sentence, style["BodyText"]) for sentence in sentences(number, 40)]
    story += [Grid([[str(value) for value in row] for row in rows(number)[:15]]), drawing, Picture(_photograph(number))]
    SimpleDocTemplate(out, pagesize=LETTER, title="Quotations", author="Wanda Whisper").build(story)
    return out.getvalue()
