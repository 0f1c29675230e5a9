"""One page of the docket's list, by key at any depth or by its number. Reads the public tables only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from exclusions.gateways.shared_cache import remembered
from exclusions.models.public import PublicPetition
from exclusions.queries.keyset import Cut, Place, behind, cut, from_text, to_text
from exclusions.queries.public.docket import KEEP, NEWEST_FIRST
from exclusions.queries.public.docket_columns import ListRow

PAGE_SIZES = (25, 50, 100)
FIRST = Place(page=1)


@dataclass(frozen=True)
class Sort:
    """An order of the list: what it is called, and its columns, of which the last tells any two petitions apart."""

    label: str
    columns: tuple[str, ...] = NEWEST_FIRST
    unknown_last: bool = False  # petitions without a value in the first column follow those with one

    @property
    def by(self) -> tuple[Any, ...]:
        """What `order_by` takes."""
        first, *rest = self.columns
        return (F(first.removeprefix("-")).desc(nulls_last=True), *rest) if self.unknown_last else self.columns


SORTS: Mapping[str, Sort] = {
    "newest": Sort("Posted, newest first"),
    "oldest": Sort("Posted, oldest first", ("posted_on", "reference")),
    "decided": Sort("Decided, newest first", ("-decided_on", "-reference"), unknown_last=True),
    "organization": Sort("Organization, A to Z", ("organization_name", "reference")),
    "number": Sort("HTSUS number", ("hts10", *NEWEST_FIRST)),
}


@dataclass(frozen=True)
class DocketPage:
    """Rows of the list, and the places around them as an address carries them ("": none).

    `number`: which page it is; 0 where nobody counted on the way to it.
    """

    rows: list[ListRow]
    number: int
    next: str
    previous: str


NO_PAGE = DocketPage([], 1, "", "")


def docket_page(
    rows: "QuerySet[PublicPetition]", sort: str, size: int, *, at: str, number: int, few: bool, asked: str, kept: str
) -> DocketPage:
    """Return one page in an order of SORTS: the one at a place (`at`, as the page before gave it), else that of a
    number (`list_pages.page_number`).

    `few`: the rows are so few that a page is made of them all. A number that does not exist gives the last page. What
    was read is remembered under `kept`, which carries the docket's version and the filters. Raises NotAPlace for a
    place that this order and these filters (`asked`, their key) did not give out.
    """
    list_name, order = f"{sort}:{asked}", SORTS[sort]
    place = from_text(at, list_name) if at else None
    key = f"docket:{kept}:{sort}:{size}:" + (f"at:{to_text(place, list_name)}" if place else f"page:{number}")
    found: DocketPage | None = remembered.get(key)
    if found is None:
        if place is None:
            place, page = _numbered(rows, order, size, number, few=few)
        else:
            page = _cut(rows, order, place, size, few=few)
        found = _page_of(page, place, list_name)
        remembered.set(key, found, KEEP)
    return found


def missing(number: int, page: DocketPage) -> int:
    """Return the number of the page asked for where the list has no such page and this is its last; else 0."""
    return number if 0 < page.number < number else 0


def _page_of(page: Cut, place: Place, list_name: str) -> DocketPage:
    begins = page.previous is None
    rows = [ListRow(*row) for row in page.rows]
    places = (to_text(place, list_name) if place else "" for place in (page.next, page.previous))
    return DocketPage(rows, 1 if begins else place.page, *places)


def _cut(rows: "QuerySet[PublicPetition]", order: Sort, place: Place, size: int, *, few: bool) -> Cut:
    named = rows.values_list(*ListRow._fields, named=True)
    return cut(named, order.columns, place, size, unknown_last=order.unknown_last, gathered=few)


def _numbered(rows: "QuerySet[PublicPetition]", order: Sort, size: int, number: int, *, few: bool) -> tuple[Place, Cut]:
    """Return the page of a number, and where it begins. The rows are counted only where they have no such page."""
    if number == 1:
        return FIRST, _cut(rows, order, FIRST, size, few=few)
    before = _row_at(rows, order, (number - 1) * size)
    if before is not None:
        place = behind(rows, order.columns, before, number)
        page = _cut(rows, order, place, size, few=few)
        if page.rows:
            return place, page
    return _numbered(rows, order, size, max(-(-rows.count() // size), 1), few=few)


def _row_at(rows: "QuerySet[PublicPetition]", order: Sort, place: int) -> Any | None:
    """Return the columns of the row at a place of the order, counted from 1; None: it ends before.

    The rows before it are passed on an index alone, which has those without a value at either end.
    """
    first, *_ = names = [name.removeprefix("-") for name in order.columns]
    ordered = rows.order_by(*order.columns).values_list(*names, named=True)
    if order.unknown_last:
        known = ordered.filter(**{f"{first}__isnull": False})
        found = next(iter(known[place - 1 : place]), None)
        if found is not None:
            return found
        place -= known.count()
        ordered = ordered.filter(**{f"{first}__isnull": True})
    return next(iter(ordered[place - 1 : place]), None)
