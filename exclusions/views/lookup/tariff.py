"""The tariff look-up: search the schedule by number and words, on a day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from exclusions.facts.lines import search_terms
from exclusions.forms.lookup.tariff import TariffSearch
from exclusions.hts import parse
from exclusions.queries.lookup.search.looked_up import LookedUp
from exclusions.views.core.clock import moment
from exclusions.views.core.posted_fields import is_piece
from exclusions.workflow.deadlines import eastern_date


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
        verbatim = "verbatim" in request.GET
        context["found"] = LookedUp(q, prefix, digits, as_of, worded=bool(words), verbatim=verbatim)
    else:
        context["unread"] = [sentence for said in chosen.form.errors.values() for sentence in said]
    understood = piece or chosen.form.is_valid()  # htmx would leave what was found before where the status is an error
    template = "lookup/tariff/results.html" if piece else "lookup/tariff/search.html"
    response = render(request, template, context, status=200 if understood else 400)
    patch_vary_headers(response, ["HX-Request"])
    return response
