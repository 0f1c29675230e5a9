"""The exclusions that a round lists: the list, and one of them with its comments and what was decided."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.hts import dotted
from exclusions.models.round import Round
from exclusions.queries.public import listed
from exclusions.queries.public.rounds import window_state
from exclusions.views.core.clock import moment
from exclusions.workflow.deadlines import eastern_date


def _round(slug: str) -> Round:
    round = listed.round_listing(slug)
    if round is None:
        raise Http404
    return round


def chosen(request: HttpRequest, round: Round) -> dict[str, str]:
    """Return the filters of the query string, without values that the list does not offer."""
    return _chosen(request, _offered(round))


def _offered(round: Round) -> dict[str, list[str]]:
    return {
        "action": list(listed.lists_of(round)),
        "heading": list(listed.headings_of(round)),
        "outcome": [key for key, _ in listed.OUTCOMES],
    }


def _chosen(request: HttpRequest, offered: Mapping[str, Sequence[str]]) -> dict[str, str]:
    asked = {key: request.GET.get(key, "").strip()[:100] for key in ("action", "heading", "outcome", "words")}
    return {key: value for key, value in asked.items() if value and (key == "words" or value in offered[key])}


def list_context(request: HttpRequest, round: Round) -> dict[str, Any]:
    """Return what a page that shows the list needs: one page of it, the filters, and the counts."""
    offered = _offered(round)
    filters = _chosen(request, offered)
    page = Paginator(listed.listed(round, **filters), listed.PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "round": round,
        "page": page,
        "lines": listed.lines(page.object_list, eastern_date(moment(request))),
        "filters": filters,
        "actions": offered["action"],
        "headings": [(heading, dotted(heading)) for heading in offered["heading"]],
        "outcomes": listed.OUTCOMES,
        "counts": listed.counted(round),
        "state": window_state(round, moment(request)),
        "now": moment(request),
    }


@require_safe
def listed_exclusions(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the exclusions that a round lists, 50 a page, with how many comments support and oppose each."""
    return render(request, "public/listed/list.html", list_context(request, _round(slug)))


@require_safe
def listed_exclusion(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one listed exclusion: text, terms, comments, and what was decided with findings and reasons."""
    round = _round(slug)
    found = listed.listed_page(round, number, eastern_date(moment(request)))
    if found is None:
        raise Http404
    context = {
        "round": round,
        "found": found,
        "line": found.line,
        "entry": found.line.entry,
        "row": found.line.row,
        "state": window_state(round, moment(request)),
        "now": moment(request),
    }
    return render(request, "public/listed/exclusion.html", context)
