"""A page of the registry: how many exclusions stand how, and those of one page, asked by whoever first shows them."""

from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from exclusions.charts.terms import Axis
from exclusions.models.exclusion import Exclusion
from exclusions.queries.lookup.registry_rows import Listed, listed
from exclusions.queries.lookup.registry_standings import Standings, count_standings, in_order, standing_on

PAGE = 25


class Opened:
    """What the list shows of the exclusions that the other filters leave (`rows`): those that stand so, in an order.

    `wanted` is the number of the page as it was asked for; the nearest there is, where there is none of it. Four
    statements.
    """

    def __init__(self, rows: "QuerySet[Exclusion]", on: date, *, standing: str, order: str, wanted: str | None) -> None:
        self._rows, self._on, self._wanted = rows, on, wanted
        self._standing, self._order = standing, order

    @cached_property
    def counts(self) -> Standings:
        """How many stand how."""
        return count_standings(self._rows, self._on)

    @cached_property
    def page(self) -> "Page[int]":
        """Which page it is."""
        return Paginator(range(self.counts.number_of(self._standing)), PAGE).get_page(self._wanted)

    @cached_property
    def _listed(self) -> tuple[list[Listed], Axis | None]:
        rows = in_order(standing_on(self._rows, self._standing, self._on), self._order, self._on)
        start = (self.page.number - 1) * PAGE
        return listed(rows[start : start + PAGE], self._on)

    @property
    def exclusions(self) -> list[Listed]:
        """The exclusions of the page, in the chosen order."""
        return self._listed[0]

    @property
    def axis(self) -> Axis | None:
        """The days that the bars of their terms share."""
        return self._listed[1]
