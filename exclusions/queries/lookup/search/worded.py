"""The headings that words find, each with its lines, what covers them on the day, and their distinguishing words."""

from dataclasses import dataclass
from datetime import date

from exclusions.facts.coverage import Coverage
from exclusions.facts.covered_day import coverage_of
from exclusions.queries.lookup.goods_search import Found, Search
from exclusions.queries.lookup.search.hits import end_first

HEADINGS, LINES = 10, 5


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
    q: str, as_of: date, *, headings: int = HEADINGS, lines: int = LINES, verbatim: bool = False
) -> WordedHeadings:
    """Find the headings and lines that the words name on the day. At most twelve statements."""
    return of_search(Search(q, as_of, headings=headings, lines=lines, verbatim=verbatim), "", as_of)


def of_search(search: Search, prefix: str, as_of: date) -> WordedHeadings:
    """Return the same of a search: those alone that begin with the plain digits of `prefix`."""
    goods = search.result
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
