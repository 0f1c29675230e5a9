"""How petitions were answered, in figures: as a page, and as tables for programs."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.queries.lookup.statistics.figures import statistics as all_statistics
from exclusions.views.lookup.sheet_file import sheet_as_csv


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show outcomes, who asked, waits, busy days, consistency and agreement: six statements where counts are kept."""
    found = all_statistics()
    return render(request, "lookup/statistics.html", {"found": found, "sheets": found.sheets})


@require_safe
def statistics_table(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send one of the page's tables as CSV, or answer 404."""
    sheet = next((sheet for sheet in all_statistics().sheets if sheet.slug == slug), None)
    if sheet is None:
        raise Http404
    return sheet_as_csv(sheet, f"statistics-{slug}.csv")
