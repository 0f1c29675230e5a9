"""The facts of many lines at once, for lists of search results: the same statements however many lines."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from exclusions.facts.action_rates import ActionRates, rates_fetch
from exclusions.facts.also_owed import AlsoOwed, actions_on_all_goods, also_owed, not_counted
from exclusions.facts.coverage import Coverage, InTransit, covered_by, covering_fetch
from exclusions.facts.covered_day import CoveredDay
from exclusions.facts.exclusions import NamedExclusion, in_force_fetch
from exclusions.facts.lines import Line, lines_fetch
from exclusions.facts.rounds import OpenRound, covers, rounds_fetch, rounds_of
from exclusions.facts.successions import Succession, steps_fetch, successions
from exclusions.gateways.database.together import Fetch, together
from exclusions.gateways.tariff.other_duties import OtherDuty
from exclusions.hts import HtsNumber


class ListedLine(NamedTuple):
    """A line with what covers it, the exclusions in force, the rounds open, and the numbers before and after."""

    line: Line
    coverage: list[Coverage]
    in_transit: list[InTransit]
    also_owed: list[AlsoOwed]
    not_counted: list[OtherDuty]
    exclusions: list[NamedExclusion]
    open_rounds: Sequence[OpenRound]
    successors: list[Succession]
    predecessors: list[Succession]


class SharedByLines:
    """What is read of a day for a list, whatever its lines: the rates of all actions, and the rounds that are open.

    `fetches` may go to the server with others; what is made of them, may be made while others are on their way.
    """

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self._rates, self._rounds = rates_fetch(), rounds_fetch(as_of)
        self.fetches: tuple[Fetch[Any], Fetch[Any]] = (self._rates, self._rounds)

    @cached_property
    def rates(self) -> ActionRates:
        """The rates of all actions."""
        return self._rates.found()

    @cached_property
    def rounds(self) -> list[OpenRound]:
        """The rounds that are open."""
        return self._rounds.found()

    @cached_property
    def on_all_goods(self) -> list[AlsoOwed]:
        """The actions on all goods of China."""
        return actions_on_all_goods(self.rates)

    def made(self) -> None:
        """Make all that is made of them."""
        _ = self.on_all_goods, self.rounds


class FactsOfLines:
    """What is read of plain numbers for a list. `fetches` may go to the server with others."""

    def __init__(self, numbers: Sequence[str], day: SharedByLines) -> None:
        self._numbers, self._day = frozenset(numbers), day
        self._covering = covering_fetch({number[:8] for number in numbers if len(number) >= 8})
        self._named, self._steps = in_force_fetch(numbers, day.as_of), steps_fetch(numbers)
        self.fetches: tuple[Fetch[Any], ...] = (*day.fetches, self._covering, self._named, self._steps)

    def hold(self, numbers: Sequence[str]) -> bool:
        """Whether all of the numbers are among those that were asked for."""
        return self._numbers.issuperset(numbers)

    def listed(self, lines: Sequence[Line]) -> list[ListedLine]:
        """Return lines of the numbers with their facts. What several lines share is made once."""
        as_of, rounds, on_all_goods = self._day.as_of, self._day.rounds, self._day.on_all_goods
        day = CoveredDay(covered_by(self._covering.found(), self._day.rates), as_of)
        naming, steps = self._named.found(), successions([line.number for line in lines], self._steps)
        of_chapter: dict[str, list[AlsoOwed]] = {}
        takers: dict[int, list[OpenRound]] = {}
        found = []
        for line in lines:
            number = HtsNumber(line.number)
            if number.chapter not in of_chapter:
                of_chapter[number.chapter] = also_owed(number, as_of, on_all_goods)
            coverage, in_transit, beside = day.of(line.number)
            if id(coverage) not in takers:  # which lines share, and the day holds
                takers[id(coverage)] = [round_ for round_ in rounds if covers(round_.actions, coverage)]
            before, after = steps[line.number]
            found.append(
                ListedLine(
                    line,
                    coverage,
                    in_transit,
                    [*of_chapter[number.chapter], *beside],
                    not_counted(number, as_of),
                    naming[line.number],
                    rounds_of(line.number, takers[id(coverage)]),
                    after,
                    before,
                )
            )
        return found


def listed(lines: list[Line], day: SharedByLines) -> list[ListedLine]:
    """Gather the facts of the lines on the day.

    At most six statements, the first five of them on one way to the server, without those that went with others.
    """
    if not lines:
        return []
    facts = FactsOfLines([line.number for line in lines], day)
    together(*facts.fetches)
    return facts.listed(lines)


def listed_on(numbers: list[str], day: SharedByLines) -> list[ListedLine]:
    """The same of the lines that plain numbers are on the day, in their order: one statement more, on the same way."""
    if not numbers:
        return []
    facts, lines = FactsOfLines(numbers, day), lines_fetch(numbers, day.as_of)
    together(*facts.fetches, lines)
    return facts.listed(lines.found())
