"""The tariff look-up: search the schedule by number and words, on a day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from exclusions.facts.covered_day import coverage_of
from exclusions.facts.lines import search_lines, search_terms, whole_edition
from exclusions.forms.tariff import TariffSearch
from exclusions.hts import parse
from exclusions.queries.answers.found.worded import worded_headings
from exclusions.views.frame.moment import moment
from exclusions.views.frame.sent import is_piece
from exclusions.workflow.deadlines import eastern_date

SHOWN = 50


@require_safe
def tariff_search(request: HttpRequest) -> HttpResponse:
    """Show the search form and what was found; a whole statistical number leads straight to its page.

    Words find headings, best first, with their lines; a number finds up to 50 lines that begin with it. While somebody
    types, what was found alone is answered, and nobody is led away; what cannot be read takes the place of what was
    found before.
    """
    today = eastern_date(moment(request))
    chosen = TariffSearch(request.GET, today=today)
    as_of = chosen.day
    piece = is_piece(request)
    context: dict[str, Any] = {"form": chosen.form, "as_of": as_of, "today": today}
    if chosen.form.is_valid():
        q, prefix = chosen.form.cleaned_data["q"], chosen.form.cleaned_data["prefix"]
        digits, words = search_terms(q, prefix)
        if len(digits) == 10 and not piece:
            return redirect(f"{reverse('tariff-number', args=[parse(digits).dotted])}?as_of={as_of}")
        found = worded_headings(q, digits, as_of, verbatim="verbatim" in request.GET) if words else None
        context |= {"goods": found, "asked": bool(q.strip() or prefix.strip())}
        if not (found and found.groups):
            context |= _lines(q, prefix, as_of)
    else:
        context["unread"] = [sentence for said in chosen.form.errors.values() for sentence in said]
    understood = piece or chosen.form.is_valid()  # htmx would leave what was found before where the status is an error
    template = "public/tariff/results.html" if piece else "public/tariff/search.html"
    response = render(request, template, context, status=200 if understood else 400)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _lines(q: str, prefix: str, as_of: date) -> dict[str, Any]:
    """Return the lines that a number, or words that find no heading, lead to."""
    lines = search_lines(q, prefix, as_of, limit=SHOWN + 1)
    coverage = coverage_of([line.number for line in lines[:SHOWN]], as_of)
    return {
        "found": [(line, coverage[line.number]) for line in lines[:SHOWN]],
        "more": len(lines) > SHOWN,
        "edition": whole_edition(as_of),
        "years": list(range(2018, as_of.year)),
    }
