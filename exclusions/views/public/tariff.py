"""The tariff look-up: search the schedule by number and words, on a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exclusions.facts.coverage import coverage_of
from exclusions.facts.lines import search_lines, search_terms, whole_edition
from exclusions.forms.tariff import TariffSearch
from exclusions.hts import parse
from exclusions.queries.answers.found.worded import worded_headings
from exclusions.views.frame.moment import moment
from exclusions.workflow.deadlines import eastern_date

SHOWN = 50


@require_safe
def tariff_search(request: HttpRequest) -> HttpResponse:
    """Show the search form and what was found; a whole statistical number leads straight to its page.

    Words find headings, best first, with their lines; a number finds up to 50 lines that begin with it.
    """
    today = eastern_date(moment(request))
    chosen = TariffSearch(request.GET, today=today)
    form, as_of = chosen.form, chosen.day
    if not form.is_valid():
        return render(request, "public/tariff/search.html", {"form": form, "as_of": today, "today": today}, status=400)
    q, prefix = form.cleaned_data["q"], form.cleaned_data["prefix"]
    digits, words = search_terms(q, prefix)
    if len(digits) == 10:
        return redirect(f"{reverse('tariff-number', args=[parse(digits).dotted])}?as_of={as_of}")
    found = worded_headings(q, digits, as_of, verbatim="verbatim" in request.GET) if words else None
    if found and found.groups:
        worded = {"form": form, "as_of": as_of, "today": today, "asked": True, "goods": found}
        return render(request, "public/tariff/search.html", worded)
    lines = search_lines(q, prefix, as_of, limit=SHOWN + 1)
    coverage = coverage_of([line.number for line in lines[:SHOWN]], as_of)
    context = {
        "goods": found,
        "form": form,
        "as_of": as_of,
        "today": today,
        "asked": bool(q.strip() or prefix.strip()),
        "found": [(line, coverage[line.number]) for line in lines[:SHOWN]],
        "more": len(lines) > SHOWN,
        "edition": whole_edition(as_of),
        "years": list(range(2018, as_of.year)),
    }
    return render(request, "public/tariff/search.html", context)
