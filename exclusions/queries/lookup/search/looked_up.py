"""What the tariff look-up found; asked by whoever first shows something of it."""

from datetime import date
from functools import cached_property

from exclusions.facts.coverage import Coverage
from exclusions.facts.covered_day import coverage_of
from exclusions.facts.lines import Edition, Line, search_lines, whole_edition
from exclusions.queries.lookup.goods_search import Found, Search
from exclusions.queries.lookup.search.worded import HEADINGS, LINES, Group, of_search

SHOWN = 50


class LookedUp:
    """The headings that words found, or the lines that a number led to, or words for which there is no heading.

    `digits` are plain; `worded`: words were typed beside them. At most fifteen statements.
    """

    def __init__(self, q: str, prefix: str, digits: str, as_of: date, *, worded: bool, verbatim: bool) -> None:
        self.asked = bool(q.strip() or prefix.strip())
        self._q, self._prefix, self._digits, self._as_of = q, prefix, digits, as_of
        self._search = Search(q, as_of, headings=HEADINGS, lines=LINES, verbatim=verbatim) if worded else None

    @cached_property
    def groups(self) -> list[Group]:
        """The headings, best first, with their lines."""
        return of_search(self._search, self._digits, self._as_of).groups if self._search else []

    @property
    def goods(self) -> Found | None:
        """What is said of the words: what was corrected, on what the place depends."""
        return self._search.result if self._search else None

    @cached_property
    def _lines(self) -> list[Line]:
        return [] if self.groups else search_lines(self._q, self._prefix, self._as_of, limit=SHOWN + 1)

    @cached_property
    def lines(self) -> list[tuple[Line, list[Coverage]]]:
        """Up to SHOWN lines with what covers them, where no heading was found."""
        shown = self._lines[:SHOWN]
        coverage = coverage_of([line.number for line in shown], self._as_of)
        return [(line, coverage[line.number]) for line in shown]

    @property
    def more(self) -> bool:
        """Whether there are more lines than those."""
        return len(self._lines) > SHOWN

    @cached_property
    def edition(self) -> Edition | None:
        """The edition on file that speaks on the day."""
        return self.goods.edition if self.goods else whole_edition(self._as_of)
