"""The docket's list: filters, order, pages by key, and how many there are of which kind. Public tables only."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from exclusions.forms.docket import DocketFilter
from exclusions.gateways.shared_cache import remembered
from exclusions.gateways.tariff.hs_names import chapter_in_words
from exclusions.models.public import PublicPetition
from exclusions.queries.keyset import NotAPlace
from exclusions.queries.list_pages import page_number
from exclusions.queries.public import docket, docket_counts, docket_pages
from exclusions.queries.public.docket_counts import Counted, Facets
from exclusions.queries.public.docket_pages import PAGE_SIZES, SORTS, DocketPage
from exclusions.queries.public.watches.word_watches import watch_like
from exclusions.views.core.clock import moment
from exclusions.workflow.states import Stage

NO_PLACE = "This link does not match the list. Here is its first page."
NO_ORDER = "Order: choose one of {1}, not “{0}”."
NO_SIZE = "Rows per page: choose 25, 50 or 100, not “{}”."
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
    now = moment(request)
    kept = "" if wrong else f"{docket.version()}:{docket.key_of(chosen.cleaned)}"
    found = _Found(chosen, kept, now, sort=sort, size=size)
    if found.at and kept:  # whether it leads to a place is known when it was looked for
        wrong += found.misplaced
    context = {
        "filter": chosen,
        "wrong": wrong,
        "found": found,
        "now": now,
        "dockets": [(number, f"{number} {title}") for number, title in docket.dockets()],
        "stages": Stage.choices,
        "sorts": [(name, one.label) for name, one in SORTS.items()],
        "sort": sort,
        "sizes": [(one, str(one)) for one in PAGE_SIZES],
        "size": size,
        "more": bool(set(chosen.chosen) - {"q", "hts"}),
        "query": _query(request.GET),
        "watch_query": "" if wrong else watch_like(chosen.cleaned),
        "facets_open": bool({"stage", "docket"} & set(chosen.chosen)),
        "words": found.marked,
    }
    return render(request, "public/docket_list/list.html", context, status=400 if wrong else 200)


class _Found:
    """The petitions that a filter leaves, looked for by whoever first shows some.

    `kept` is what the docket's version and the cleaned filters make a key of. It is empty where what was asked
    is wrong: nothing is looked for then, and nothing remembered.
    """

    def __init__(self, chosen: DocketFilter, kept: str, now: datetime, *, sort: str, size: int) -> None:
        self._chosen, self._asked, self._kept, self._now = chosen, chosen.data, kept, now
        self._sort, self._size = sort, size
        self.at, self._number = self._asked.get("cursor", ""), page_number(self._asked.get("page"))
        self._rows = chosen.qs if kept else PublicPetition.objects.none()

    @cached_property
    def counted(self) -> Counted:
        """How many there are: of the whole docket as it was counted last."""
        if not self._kept:
            return Counted(0, exact=True)
        whole = docket_counts.counted_whole() if not self._chosen.cleaned else None
        return whole or _counted(self._chosen, self._kept)

    @cached_property
    def _placed(self) -> tuple[DocketPage, list[str]]:
        """The page, and what is wrong with the place that was asked for."""
        if not self._kept:
            return docket_pages.NO_PAGE, []
        known: dict[str, Any] = {
            "few": self.counted.few,
            "asked": docket.key_of(self._chosen.cleaned),
            "kept": self._kept,
        }
        asked = self._rows, self._sort, self._size
        try:
            return docket_pages.docket_page(*asked, at=self.at, number=self._number, **known), []
        except NotAPlace:
            return docket_pages.docket_page(*asked, at="", number=1, **known), [NO_PLACE]

    @property
    def page(self) -> DocketPage:
        """The rows, and the places around them."""
        return self._placed[0]

    @property
    def misplaced(self) -> list[str]:
        """What is wrong with the place that was asked for."""
        return self._placed[1]

    @property
    def pages(self) -> int:
        """How many pages; 0: not counted. No fewer than there are to this one, whenever they were counted."""
        return max(-(-self.counted.number // self._size), self.page.number) if self.counted.exact else 0

    @property
    def missing(self) -> int:
        """The number of the page that was asked for where the list has no such page; 0 otherwise."""
        return docket_pages.missing(self._number, self.page) if not self.at else 0

    @property
    def marked(self) -> str:
        """The words that the rows mark. The filters hold them, and so does the key of the remembered rows."""
        return (self._chosen.cleaned.get("q") or self._chosen.cleaned.get("organization", "")) if self._kept else ""

    @property
    def kept_under(self) -> str:
        """The key of the remembered rows. It changes every hour: the open periods that rows name end with an hour."""
        where = f"at:{self.at}" if self.at and not self.misplaced else f"page:{self.page.number}"
        return f"{self._kept}:{self._sort}:{self._size}:{where}:{self._now:%Y%m%d%H}"

    @property
    def facets(self) -> list[dict[str, Any]]:
        """Each facet with its values."""
        return _facets(self._asked, self.counted.facets) if self.counted.facets else []


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


def _counted(chosen: DocketFilter, kept: str) -> Counted:
    """Return how many there are, which is remembered."""
    key = f"docket:{kept}:counted"
    found: Counted | None = remembered.get(key)
    if found is None:
        found = docket_counts.counted(chosen.qs, chosen.besides, chosen.facets)
        remembered.set(key, found, docket.KEEP)
    return found


def _facets(asked: QueryDict, found: Facets) -> list[dict[str, Any]]:
    """Return each facet with its values: what it is called, how many petitions it would leave, and the address."""
    titles = {"stage": "Stage or outcome", "docket": "Docket", "hts": "Chapter of the HTSUS"}
    counts = {"stage": found.stage, "docket": found.docket, "hts": found.chapter}
    kept = _list_parameters(asked)
    facets = []
    for name, title in titles.items():
        chosen = asked.get(name, "")
        values = [
            {
                "label": LABELS[name](value),
                "number": number,
                "chosen": value == chosen,
                "url": f"?{urlencode({**kept, name: value}, doseq=True)}",
            }
            for value, number in list(counts[name].items())[:MOST_VALUES]
        ]
        if values:
            facets.append({"name": name, "title": title, "values": values})
    return facets


def _list_parameters(asked: QueryDict) -> dict[str, list[Any]]:
    """Return the parameters of the list without those of a page: filters and order."""
    return {name: values for name, values in asked.lists() if name not in PLACED}


def _query(asked: QueryDict) -> str:
    """Return the query string of the list itself, for its exports and its feed."""
    query = urlencode(_list_parameters(asked), doseq=True)
    return f"?{query}" if query else ""
