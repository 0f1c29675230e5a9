"""Pages of a long list: counted no further than people look, answered at any depth."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

COUNTED = 500  # rows; of a longer list the page says that there are more


def page_number(asked: str | None) -> int:
    """Return the number of the page that an address asks for; the first where it names none."""
    return int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 8 else 1


def counted_up_to(number: int, size: int) -> int:
    """Return how many rows are counted at most for a page of that number."""
    return max(COUNTED, number * size + 1)


class ListPages(Paginator):  # type: ignore[type-arg]
    """A paginator of cases, for the page that was asked for. To count thousands of rows costs more than to read forty.

    Counts up to COUNTED rows, or to the end of the page that was asked for and one row beyond it.
    """

    def __init__(self, rows: Any, size: int, asked: str | None, known: int | None = None) -> None:
        """`known` is how many rows there are, as far as they are counted, where that was read with the page."""
        super().__init__(rows, size)
        self._known = known
        self._asked = page_number(asked)

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, as far as they were counted."""
        if self._known is not None:
            return self._known
        rows: Any = self.object_list
        # Neither the order nor what is printed of a row changes how many there are.
        return int(rows.order_by().values("pk")[: self._most].count())

    @property
    def _most(self) -> int:
        return counted_up_to(self._asked, self.per_page)

    @property
    def more(self) -> bool:
        """Whether there may be more rows than were counted."""
        return bool(self.count == self._most)

    def page_asked(self) -> Page[Any]:
        """Return the page that was asked for, the first where that was none, the last where it lies beyond."""
        return self.get_page(self._asked)
