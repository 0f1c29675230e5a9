"""The docket's list: filters, order, pages by key, and how many there are of which kind. Public tables only."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.forms.docket import DocketFilter
from exclusions.gateways.tariff.hs_names import chapter_in_words
from exclusions.gateways.templates.query_strings import around, quoted, written
from exclusions.models.public import PublicPetition
from exclusions.queries.answers import docket_counts, docket_pages
from exclusions.queries.answers.docket_ahead import Ahead
from exclusions.queries.answers.docket_counts import Counted, Facets
from exclusions.queries.answers.docket_pages import PAGE_SIZES, SORTS
from exclusions.queries.answers.keyset import NotAPlace
from exclusions.queries.public import docket
from exclusions.views.frame.moment import moment
from exclusions.workflow.states import Stage

NO_PLACE = "This address does not lead to a place in this list. It begins again with its first page."
NO_ORDER = "Order: there is no order “{}”. Choose one of: {}."
NO_SIZE = "Rows a page: “{}” is not offered. Choose 25, 50 or 100."
MOST_VALUES = 20  # of a facet; the largest
CHAPTER = 75  # characters of a chapter's name: shorter ones leave two chapters of clothing with one name
LABELS: dict[str, Callable[[str], str]] = {
    "stage": lambda value: str(Stage(value).label),
    "docket": lambda value: value,
    "hts": lambda value: chapter_in_words(value, CHAPTER),
}
PLACED = ("cursor", "page")  # of the address: where in the list, and not which list


@require_safe
def docket_list(request: HttpRequest) -> HttpResponse:
    """Show the posted petitions that the query string leaves, in its order; a value that means nothing answers 400."""
    chosen = DocketFilter(request.GET, PublicPetition.objects.all())
    sort, size, wrong = _shape(request.GET)
    wrong += chosen.sentences
    rows = PublicPetition.objects.none() if wrong else chosen.qs
    version, dockets = docket.with_version()
    kept = f"{version}:{docket.key_of(chosen.chosen)}"
    at, number = request.GET.get("cursor", ""), request.GET.get("page")
    ahead = docket_pages.ahead_of(sort, size, at=at, number=number)
    counted = _counted(chosen, kept, ahead) if not wrong else Counted(0, exact=True)
    wrong_place, whole = list[str](), not wrong and not any(chosen.form.cleaned_data.values())
    known: dict[str, Any] = {"counted": counted, "kept": kept, "whole": whole}
    try:
        page = docket_pages.docket_page(rows, sort, size, at=at, number=number, ahead=ahead, **known)
    except NotAPlace:
        wrong_place = [NO_PLACE]
        page = docket_pages.docket_page(rows, sort, size, at="", number=1, **known)
    counted = docket_pages.seen(counted, page, size)
    now = moment(request)
    context = {
        "filter": chosen,
        "wrong": [*wrong, *wrong_place],
        "page": page,
        "pages": -(-counted.number // size) if counted.exact else 0,
        "counted": counted,
        "now": now,
        # Rows say until when they are open; periods end with a minute before the hour.
        "kept_under": f"{kept}:{sort}:{size}:{page.number}:{request.GET.get('cursor', '')}:{now:%Y%m%d%H}",
        "dockets": [(number, f"{number} {title}") for number, title in dockets],
        "stages": Stage.choices,
        "sorts": [(name, one.label) for name, one in SORTS.items()],
        "sort": sort,
        "sizes": [(one, str(one)) for one in PAGE_SIZES],
        "size": size,
        "more": bool(set(chosen.chosen) - {"q", "hts"}),
        "query": _query(request.GET),
        "facets": _facets(request.GET, counted.facets) if counted.facets else [],
        "facets_open": bool({"stage", "docket"} & set(chosen.chosen)),
        "words": chosen.chosen.get("q", "") or chosen.chosen.get("organization", ""),
    }
    return render(request, "public/docket_list/list.html", context, status=400 if context["wrong"] else 200)


def _shape(asked: QueryDict) -> tuple[str, int, list[str]]:
    """Return order and size of the pages, and what is wrong with those asked for."""
    wrong = []
    sort, size = asked.get("sort") or "newest", asked.get("page_size") or str(PAGE_SIZES[0])
    if sort not in SORTS:
        wrong.append(NO_ORDER.format(sort[:40], ", ".join(SORTS)))
        sort = "newest"
    if size not in map(str, PAGE_SIZES):
        wrong.append(NO_SIZE.format(size[:40]))
        size = str(PAGE_SIZES[0])
    return sort, int(size), wrong


def _counted(chosen: DocketFilter, kept: str, ahead: Ahead | None) -> Counted:
    key = f"docket:{kept}:counted"
    found: Counted | None = cache.get(key)
    if found is None:
        found = docket_counts.counted(
            chosen.qs, chosen.besides, chosen.facets, ahead, numbers=chosen.numbers, if_many=chosen.if_many
        )
        cache.set(key, found, docket.KEEP)
    return found


def _facets(asked: QueryDict, found: Facets) -> list[dict[str, Any]]:
    """Return each facet with its values: what it is called, how many petitions it would leave, and the address."""
    titles = {"stage": "Stage or outcome", "docket": "Docket", "hts": "Chapter of the HTSUS"}
    counts = {"stage": found.stage, "docket": found.docket, "hts": found.chapter}
    kept = _kept(asked)
    facets = []
    for name, title in titles.items():
        chosen = asked.get(name, "")
        before, after = around(kept, name)
        values = [
            {
                "label": LABELS[name](value),
                "number": number,
                "chosen": value == chosen,
                "url": f"?{before}{quoted(value)}{after}",
            }
            for value, number in list(counts[name].items())[:MOST_VALUES]
        ]
        if values:
            facets.append({"name": name, "title": title, "values": values})
    return facets


def _kept(asked: QueryDict) -> list[tuple[str, list[Any]]]:
    """Return what the address of the list itself carries, wherever in the list."""
    return [(name, values) for name, values in asked.lists() if name not in PLACED]


def _query(asked: QueryDict) -> str:
    """Return the query string of the list itself, for its exports and its feed."""
    query = written(_kept(asked))
    return f"?{query}" if query else ""
