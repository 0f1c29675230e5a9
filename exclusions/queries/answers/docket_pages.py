"""One page of the docket's list, by key at any depth or by its number. Reads the public tables only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, QuerySet

from exclusions.gateways.shared_cache import remembered
from exclusions.models.public import PublicPetition
from exclusions.queries.answers.docket_counts import Counted
from exclusions.queries.answers.docket_days import newest_since, row_by_days, rows_by_days
from exclusions.queries.answers.keyset import Cut, Place, begun, behind, cut, from_text, to_text
from exclusions.queries.public.docket import KEEP, LIST_COLUMNS, NEWEST_FIRST

PAGE_SIZES = (25, 50, 100)
FIRST = Place(page=1)
# So many rows are sooner met among the newest petitions, of which so many times as many are looked through as would
# have to be if they were spread evenly. Where they are not, all are read and put in order, as where they are fewer.
SOONER_MET, TIMES = 2500, 2


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
    """Rows of the list as tuples of LIST_COLUMNS, and the places around them as an address carries them ("": none).

    `number`: which page it is; 0 where nobody counted on the way to it.
    """

    rows: list[tuple[Any, ...]]
    number: int
    next: str
    previous: str


NO_PAGE = DocketPage([], 1, "", "")


def docket_page(
    rows: "QuerySet[PublicPetition]",
    sort: str,
    size: int,
    *,
    at: str,
    number: int,
    counted: Counted,
    asked: str,
    kept: str,
    whole: bool,
) -> DocketPage:
    """Return one page in an order of SORTS: the one at a place (`at`, as the page before gave it), else that of a
    number (`page_number`).

    `whole`: the rows are the whole docket. A number that does not exist gives the nearest page that does. What was read
    is remembered under `kept`, which carries the docket's version and the filters. Raises NotAPlace for a place that
    this order and these filters (`asked`, their key) did not give out.
    """
    key, list_name = f"docket:{kept}:{sort}:{size}:" + (f"at:{at}" if at else f"page:{number}"), f"{sort}:{asked}"
    found: DocketPage | None = remembered.get(key)
    if found is None:
        order = SORTS[sort]
        by_days = _by_days(rows, order, size, number, counted) if whole and not at else None
        if by_days:
            place, page = by_days
        else:
            place = from_text(at, list_name) if at else _numbered(rows, order, size, number, counted, whole=whole)
            page = _at(rows, order, place, size, counted)
        found = _shown(page, place, list_name)
        remembered.set(key, found, KEEP)
    return found


def page_number(text: str | None) -> int:
    """Return the number of the page that an address asks for; 1 for whatever is no number of a page."""
    asked = text or "1"
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1


def missing(number: int, page: DocketPage) -> int:
    """Return the number of the page asked for where the list has no such page and this is its last; else 0."""
    return number if 0 < page.number < number else 0


def seen(counted: Counted, page: DocketPage, size: int) -> Counted:
    """Return how many rows there are for all that is known once a page of them was read, where nobody counted."""
    if counted.exact or counted.number:
        return counted
    before = (max(page.number, 1) - 1) * size
    if page.next or not page.number:
        return replace(counted, number=max(before + len(page.rows) - (not page.next), 0))
    return Counted(before + len(page.rows), exact=True)


def _at(rows: "QuerySet[PublicPetition]", order: Sort, place: Place, size: int, counted: Counted) -> Cut:
    """Return the page at a place."""
    named = rows.values_list(*LIST_COLUMNS, named=True)
    if place == FIRST and order.columns == NEWEST_FIRST and counted.few and counted.expected > SOONER_MET:
        since = newest_since(rows.db, TIMES * (size + 1) / counted.expected, size + 1)
        newest = since and cut(named.filter(posted_on__gte=since), order.columns, place, size)
        if newest and newest.next:
            return newest
    return cut(named, order.columns, place, size, unknown_last=order.unknown_last, gathered=counted.few)


def _by_days(
    rows: "QuerySet[PublicPetition]", order: Sort, size: int, number: int, counted: Counted
) -> tuple[Place, Cut] | None:
    """Return where the page of a number of the whole docket begins, and that page, found by the days of which there is
    count; None where the order is not that of days, or they do not lead to it."""
    wanted = _nearest(number, size, counted.number)
    if wanted == 1 or not order.columns[0].endswith("posted_on"):
        return None
    found = rows_by_days(rows, order.columns, (wanted - 1) * size - 1, size + 2)
    if len(found) < 2:
        return None
    place = behind(rows, order.columns, found[0], wanted)
    return place, begun(rows, order.columns, found[1:], place, size)


def _shown(page: Cut, place: Place, list_name: str) -> DocketPage:
    begins = page.previous is None
    rows = [tuple(row) for row in page.rows]
    places = (to_text(place, list_name) if place else "" for place in (page.next, page.previous))
    return DocketPage(rows, 1 if begins else place.page, *places)


def _numbered(
    rows: "QuerySet[PublicPetition]", order: Sort, size: int, number: int, counted: Counted, *, whole: bool
) -> Place:
    """Return where the page of a number begins. The rows before it are passed on the index alone, from the nearer end,
    or by the days of which there is count.

    Where the list was not counted to its end, it is now, if it has no such page.
    """
    if number == 1:
        return FIRST
    ordered = rows.order_by(*order.by)
    columns = [name.removeprefix("-") for name in order.columns]
    start = (number - 1) * size
    if not counted.exact:
        past = ordered.values_list(*columns, named=True)[start - 1 : start + 1]
        if len(past) == 2:
            return behind(rows, order.columns, past[0], number)
    count = counted.number if counted.exact else rows.count()
    wanted = _nearest(number, size, count)
    start = (wanted - 1) * size
    if not start:
        return FIRST
    if whole and order.columns[0].endswith("posted_on"):
        before = row_by_days(rows, order.columns, start - 1)
        if before:
            return behind(rows, order.columns, before, wanted)
    backwards = start > count // 2
    offset = count - start if backwards else start - 1
    passed = rows.order_by(*order.by).reverse() if backwards else ordered
    row = passed.values_list(*columns, named=True)[offset : offset + 1]
    return behind(rows, order.columns, row[0], wanted) if row else FIRST


def _nearest(wanted: int, size: int, count: int) -> int:
    """The number of the page that is wanted, or of the last there is."""
    return min(wanted, max(-(-count // size), 1))
