"""The lines that words name on a day, with their facts, for a program: the best headings, each before its lines."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from exclusions.facts.lines import Edition
from exclusions.queries.lookup.goods_search import Search
from exclusions.queries.lookup.number.listing import ListedLine, SharedByLines, listed_on
from exclusions.queries.lookup.search.worded import HEADINGS
from exclusions.queries.lookup.standing_lines import bare_of, chosen_of, rate_numbers, standing_numbers

LISTED = 20  # lines of a heading


class WordedLines:
    """Ten headings of twenty lines at most."""

    def __init__(self, q: str, day: SharedByLines) -> None:
        self._day = day
        self._search = Search(q, day.as_of, headings=HEADINGS, lines=LISTED, surely=True)

    @property
    def edition(self) -> Edition | None:
        """The edition that speaks on the day: None, and no lines, where none on file does."""
        return self._search.edition

    def numbers(self, prefix: str) -> list[str]:
        """Return the plain numbers that begin with the digits: each heading that stands, then its lines.

        At most ten statements.
        """
        chosen = {place.heading: chosen_of(place, LISTED) for place in self._search.places}
        found = [of_heading for of_heading in self._standing(chosen) if of_heading][:HEADINGS]
        begun = (number for of_heading in found for number in of_heading if number.startswith(prefix))
        return list(dict.fromkeys(begun))

    def listed(self, numbers: Sequence[str]) -> list[ListedLine]:
        """Return lines of these numbers, in their order, with their facts. At most eight statements."""
        return listed_on(numbers, self._day)

    def _standing(self, chosen: Mapping[str, Sequence[str]]) -> list[list[str]]:
        """Of each of the headings the plain numbers that stand on the day, itself before its lines."""
        day = self._day.as_of
        there = standing_numbers([*chosen, *(number for some in chosen.values() for number in some)], day)
        below: defaultdict[str, list[str]] = defaultdict(list)
        for number in rate_numbers(bare_of(chosen, there), day):
            below[number[:4]].append(number)
        return [
            [
                *([heading] if heading in there else []),
                *([number for number in some if number in there] or below[heading])[:LISTED],
            ]
            for heading, some in chosen.items()
        ]
