"""The headings that words find, each with its lines, what covers them on the day, and their distinguishing words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from exclusions.facts.coverage import Coverage
from exclusions.facts.covered_day import coverage_of
from exclusions.facts.lines import Edition
from exclusions.gateways.database.together import Fetch
from exclusions.queries.answers.found.hits import end_first
from exclusions.queries.answers.goods_search import Found, Search

HEADINGS, LINES = 10, 5
LISTED = 20  # lines of a heading, for a program


@dataclass(frozen=True, slots=True)
class WordedLine:
    """A line (plain number): its words, the distinguishing end first, and what covers it."""

    number: str
    words: str
    coverage: list[Coverage]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading (four digits) with its words, why it was found, and the lines of it that fit best."""

    number: str
    words: str
    why: str
    lines: list[WordedLine]


@dataclass(frozen=True, slots=True)
class WordedHeadings:
    """What words found: the headings, best first, and `goods`, which says what was corrected and what it depends on."""

    goods: Found
    groups: list[Group]


def worded_headings(
    q: str, prefix: str, as_of: date, *, headings: int = HEADINGS, lines: int = LINES, verbatim: bool = False
) -> WordedHeadings:
    """Find the headings and lines that the words name on the day, those alone that begin with the plain digits.

    At most nine statements.
    """
    return of_search(Search(q, as_of, headings=headings, lines=lines, verbatim=verbatim), prefix, as_of)


def of_search(search: Search, prefix: str, as_of: date) -> WordedHeadings:
    """Return what `worded_headings` does of a search that is on its way."""
    goods = search.found
    kept = [one for one in goods.headings if one.number.startswith(prefix[:4]) or prefix.startswith(one.number)]
    below = {one.number: [line for line in one.lines if len(line.number) > 4] for one in kept}
    chosen = {number: [line for line in some if line.number.startswith(prefix)] for number, some in below.items()}
    covering = coverage_of([line.number for some in chosen.values() for line in some], as_of)
    groups = [
        Group(
            one.number,
            one.words.rstrip(": "),
            one.why,
            [
                WordedLine(line.number, end_first(line.ending, line.words), covering[line.number])
                for line in chosen[one.number]
            ],
        )
        for one in kept
    ]
    return WordedHeadings(goods, groups)


class WordedNumbers:
    """The plain numbers of the lines on the day that words name, begun when it is made.

    `edition` is the one that speaks on the day: None, and no numbers, where none on file does. `beside`: statements
    that go on the first way to the server.
    """

    def __init__(self, q: str, as_of: date, beside: Sequence[Fetch[Any]] = ()) -> None:
        self._search = Search(q, as_of, headings=HEADINGS, lines=LISTED, numbers_alone=True, beside=beside)

    @property
    def edition(self) -> Edition | None:
        """The edition that speaks on the day."""
        return self._search.edition

    def beginning(self, prefix: str) -> list[str]:
        """Return those that begin with the digits, best first. At most eight statements.

        Each heading comes before the lines of it that fit best, ten headings of twenty lines at most: for whoever takes
        the whole list.
        """
        numbers: dict[str, None] = {}
        for one in self._search.found.headings:
            if one.stands:
                numbers[one.number] = None
            for line in one.lines:
                numbers[line.number] = None
        return [number for number in numbers if number.startswith(prefix)]
