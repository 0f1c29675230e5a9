"""A page of the registry as it is opened: asked for at once, and waited for by whoever first shows something of it."""

from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator

from exclusions.charts.terms import Axis
from exclusions.gateways.database.together import Fetch, ahead
from exclusions.queries.answers.registry.chosen import Chosen
from exclusions.queries.answers.registry.listed import Listed, listed
from exclusions.queries.answers.registry.page import NOBODY, PAGE, Head, standing_page
from exclusions.queries.answers.registry.standings import Standings
from exclusions.queries.public.registry import Offered, offered

_Page = tuple[Standings, list[Head], "Page[int]"]


class Opened:
    """What the list shows: what its filters offer, how many exclusions stand how, and those of one page.

    `wanted` is the number of the page as it was asked for; the nearest there is, where there is none of it. Two
    statements are sent at once, one or two more when the rows are shown; none but the first for what is not `valid`.
    """

    def __init__(
        self, chosen: Chosen | None, on: date, *, standing: str, order: str, wanted: str | None, valid: bool
    ) -> None:
        self._chosen, self._on, self._wanted = chosen, on, wanted
        self._standing, self._order = standing, order
        self._number = int(wanted) if wanted and wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
        self._offered = offered()
        self._first = self._asked(max(self._number, 1)) if valid else None
        ahead(self._offered, *([self._first] if self._first else []))

    def _asked(self, number: int) -> Fetch[tuple[Standings, list[Head]]]:
        return standing_page(self._chosen, self._on, standing=self._standing, order=self._order, number=number)

    @cached_property
    def offered(self) -> Offered:
        """What the filters offer, each in its order."""
        return self._offered.found()

    @cached_property
    def _read(self) -> _Page:
        counts, heads = self._first.found() if self._first else (NOBODY, list[Head]())
        page = Paginator(range(counts.of(self._standing)), PAGE).get_page(self._wanted)
        if self._first and page.number != max(self._number, 1):
            counts, heads = self._asked(page.number).found()
        return counts, heads, page

    @property
    def counts(self) -> Standings:
        """How many stand how."""
        return self._read[0]

    @property
    def page(self) -> "Page[int]":
        """Which page it is."""
        return self._read[2]

    @cached_property
    def _listed(self) -> tuple[list[Listed], Axis | None]:
        return listed(self._read[1], self._on)

    @property
    def found(self) -> list[Listed]:
        """The exclusions of the page, in their order."""
        return self._listed[0]

    @property
    def axis(self) -> Axis | None:
        """The days that the bars of their terms share."""
        return self._listed[1]
