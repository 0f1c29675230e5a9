"""What an exclusion is an exception to, as a page and as tables for programs."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.queries.lookup.context import context_sheets
from exclusions.views.core.clock import moment
from exclusions.views.lookup.sheet_file import sheet_as_csv
from exclusions.workflow.deadlines import eastern_date


@require_safe
def context(request: HttpRequest) -> HttpResponse:
    """Show the tariff actions, their rates, the purchases that were agreed and the goods trade: one statement."""
    day = eastern_date(moment(request))
    return render(request, "lookup/context.html", {"sheets": context_sheets(day), "day": day})


@require_safe
def context_table(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send one of the page's tables as CSV, or answer 404."""
    sheets = context_sheets(eastern_date(moment(request)))
    found = next((sheet for sheet in sheets if sheet.slug == slug), None)
    if found is None:
        raise Http404
    return sheet_as_csv(found, f"context-{slug}.csv")
