"""Pages of a list by their number: counted as the page is made, no further than people look; answered at any depth."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

COUNTED = 1000  # rows; of a longer list the page says that there are more


def page_number(asked: str | None) -> int:
    """Return the number of the page that an address asks for; 1 for whatever is no number of a page."""
    text = asked or "1"
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


class ListPages(Paginator):  # type: ignore[type-arg]
    """A paginator for the page that was asked for. To count thousands of rows costs more than to read forty.

    Counts up to COUNTED rows, or to the end of the page that was asked for, and one row beyond; not at all where
    `known` says how many rows there are.
    """

    def __init__(self, rows: Any, size: int, asked: str | None, *, known: int | None = None) -> None:
        super().__init__(rows, size)
        self._asked, self._known = page_number(asked), known
        self._most = max(COUNTED, self._asked * size, known or 0) + 1

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, as far as they were counted."""
        if self._known is not None:
            return self._known
        rows: Any = self.object_list
        # Neither the order nor what is printed of a row changes how many there are.
        return int(rows.order_by().values("pk")[: self._most].count())

    @property
    def more(self) -> bool:
        """Whether there are more rows than are told."""
        return bool(self.count == self._most)

    @property
    def number_counted(self) -> int:
        """How many rows the page says there are: so many, or more than so many."""
        return int(self.count - self.more)

    def page_asked(self) -> Page[Any]:
        """Return the page that was asked for, the first where that was none, the last where it lies beyond."""
        return self.get_page(self._asked)
