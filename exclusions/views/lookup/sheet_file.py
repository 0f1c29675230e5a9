"""A sheet of figures as a CSV file."""

from django.http import HttpResponse

from exclusions.gateways.spreadsheet import csv_lines
from exclusions.queries.lookup.sheets import Sheet


def sheet_as_csv(sheet: Sheet, name: str) -> HttpResponse:
    """Return the answer that downloads the sheet under a file name; what the source does not give is an empty cell.

    Sheets are short, and sent whole: whoever has one already is told so.
    """
    return HttpResponse(
        "".join(csv_lines(sheet.columns, sheet.plain)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
