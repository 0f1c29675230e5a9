"""The one search over tariff, exclusions, docket, rounds and help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from exclusions.facts.on_file import OnFile
from exclusions.forms.lookup.search import SiteSearch
from exclusions.queries.list_pages import page_number
from exclusions.queries.lookup.search.hits import KINDS
from exclusions.queries.lookup.search.site_search import PAGE_SIZE, site_search
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import is_piece
from exclusions.workflow.deadlines import eastern_date

DEEPEST = 100_000  # pages
BRIEF = 7  # results below the search of the header


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, 25 a page; while somebody types, the results alone, the first few (`brief`) in the header.

    A day or kind that means nothing is answered 400, with what is wrong beside it.
    """
    today = eastern_date(moment(request))
    chosen = SiteSearch(request.GET, today=today)
    typed, kind = chosen.typed, chosen.kind_chosen
    page = min(page_number(request.GET.get("page")), DEEPEST)
    verbatim = "verbatim" in request.GET
    template, size = _asked_for(request)
    results = site_search(typed, chosen.day, kind=kind, start=(page - 1) * size, size=size, verbatim=verbatim)
    context = {
        "form": chosen.form,
        "typed": typed,
        "kind": kind,
        "kinds": {key: label for key, label in KINDS.items() if key != "line"},
        "as_of": chosen.day,
        "today": today,
        "results": results,
        "on_file": OnFile(chosen.day),
        "page": page,
        "next_page": page + 1,
        "previous_page": page - 1,
    }
    response = render(request, template, context, status=200 if chosen.form.is_valid() else 400)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _asked_for(request: HttpRequest) -> tuple[str, int]:
    """Return the template that is asked for, and how many results it shows."""
    if not is_piece(request):
        return "lookup/search.html", PAGE_SIZE
    return ("lookup/search/brief.html", BRIEF) if "brief" in request.GET else ("lookup/search/results.html", PAGE_SIZE)
