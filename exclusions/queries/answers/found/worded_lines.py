"""The lines that words name on a day, with their facts, for a program: the best headings, each before its lines."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from exclusions.facts.lines import Edition, Line, lines_fetch
from exclusions.gateways.database.together import Fetch, ahead
from exclusions.queries.answers.found.worded import HEADINGS
from exclusions.queries.answers.goods_search import Search, Words
from exclusions.queries.answers.standing_lines import chosen_of, ended, rate_numbers_fetch, unlined
from exclusions.queries.tariff.listing import FactsOfLines, ListedLine, SharedByLines, listed_on

LISTED = 20  # lines of a heading
SPARE = 15  # lines beyond those shown first, since some may not stand on the day


class WordedLines:
    """Ten headings of twenty lines at most, begun when this is made.

    What is likely to be shown of them is asked for with the lines themselves, before it is known which of them stand.
    """

    def __init__(self, words: Words, day: SharedByLines) -> None:
        self._day = day
        self._search = Search(words, day.as_of, headings=HEADINGS, lines=LISTED, surely=True, beside=day.fetches)
        if self._search.is_on_its_way:
            day.made()  # meanwhile
        self._lines: dict[str, Line] = {}
        self._facts: FactsOfLines | None = None

    @property
    def edition(self) -> Edition | None:
        """The edition that speaks on the day: None, and no lines, where none on file does."""
        return self._search.edition

    @cached_property
    def _chosen(self) -> dict[str, list[str]]:
        """The headings, best first, each with the lines of it that fit best."""
        return {place.heading: chosen_of(place, LISTED) for place in self._search.places}

    def beginning(self, prefix: str, first: int | None = None) -> list[str]:
        """Return the plain numbers that begin with the digits; with `first`, at least so many and one where there are.

        At most twelve statements where the first headings are enough, and three for the rest.
        """
        numbers: dict[str, None] = {}
        waiting, standing = list(self._chosen), 0
        while waiting and standing < HEADINGS and (first is None or len(numbers) <= first):
            some = waiting if first is None else self._enough(waiting, prefix, first + SPARE - len(numbers))
            waiting = waiting[len(some) :]
            found = [of_heading for of_heading in self._standing(some, prefix, first) if of_heading]
            for of_heading in found[: HEADINGS - standing]:
                numbers |= dict.fromkeys([number for number in of_heading if number.startswith(prefix)])
            standing += len(found)
        return list(numbers)

    def listed(self, numbers: list[str]) -> list[ListedLine]:
        """Return the lines of numbers that `beginning` returned, in their order, with their facts.

        No statement where all of them were likely to be shown first, at most six for others.
        """
        if self._facts is not None and self._facts.hold(numbers) and self._lines.keys() >= set(numbers):
            return self._facts.listed([self._lines[number] for number in numbers])
        return listed_on(numbers, self._day)

    def _standing(self, headings: Sequence[str], prefix: str, first: int | None) -> list[list[str]]:
        """Of each of the headings the plain numbers that stand on the day, itself before its lines."""
        chosen = {heading: self._chosen[heading] for heading in headings}
        day = self._day.as_of
        lines = lines_fetch([number for heading, some in chosen.items() for number in (heading, *some)], day)
        rates = rate_numbers_fetch(unlined(chosen), day)
        ahead(lines, *rates, *self._likely(headings, prefix, first))  # the lines are gone through meanwhile
        there = {line.number: line for line in lines.found()}
        self._lines |= there
        rates += rate_numbers_fetch(ended(chosen, there), day)
        below: defaultdict[str, list[str]] = defaultdict(list)
        for rows in rates:
            for _, number in rows.found():
                below[number[:4]].append(number)
        return [
            [
                *([heading] if heading in there else []),
                *([number for number in some if number in there] or below[heading])[:LISTED],
            ]
            for heading, some in chosen.items()
        ]

    def _likely(self, headings: Sequence[str], prefix: str, first: int | None) -> Sequence[Fetch[Any]]:
        """What asks for the facts of the lines that are shown first if all of them stand.

        Of fewer, and where rate lines that nobody chose come between, none is asked: it would be asked again.
        """
        numbers = [number for heading in headings for number in self._of(heading, prefix)]
        is_sure = all(self._chosen[heading] for heading in headings)
        if first is None or self._facts is not None or len(numbers) < first or not is_sure:
            return ()
        self._facts = FactsOfLines(numbers[: first + SPARE], self._day)
        return self._facts.fetches

    def _of(self, heading: str, prefix: str) -> list[str]:
        """The heading and those lines of it that may be shown, as far as they begin with the digits."""
        return [number for number in (heading, *self._chosen[heading]) if number.startswith(prefix)]

    def _enough(self, headings: Sequence[str], prefix: str, wanted: int) -> list[str]:
        """As many of the headings as have so many lines if all of them stand; all where they have fewer."""
        taken: list[str] = []
        for heading in headings:
            if wanted <= 0:
                break
            taken.append(heading)
            wanted -= len(self._of(heading, prefix))
        return taken
