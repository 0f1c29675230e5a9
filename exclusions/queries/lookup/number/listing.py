"""The facts of many lines at once, for lists of search results: the same statements however many lines."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from exclusions.facts.action_rates import ActionRates, action_rates
from exclusions.facts.also_owed import AlsoOwed, actions_on_all_goods, also_owed, not_counted
from exclusions.facts.coverage import Coverage, InTransit, covered_rows
from exclusions.facts.covered_day import CoveredDay
from exclusions.facts.exclusions import NamedExclusion, exclusions_in_force
from exclusions.facts.lines import Line, standing_lines
from exclusions.facts.rounds import OpenRound, covers, open_rounds, rounds_of
from exclusions.facts.successions import Succession, successions
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
    """What is read of a day for a list, whatever its lines: the rates of all actions, and the rounds that are open."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of

    @cached_property
    def rates(self) -> ActionRates:
        """The rates of all actions. One statement."""
        return action_rates()

    @cached_property
    def rounds(self) -> list[OpenRound]:
        """The rounds that are open. One statement."""
        return open_rounds(self.as_of)

    @cached_property
    def on_all_goods(self) -> list[AlsoOwed]:
        """The actions on all goods of China."""
        return actions_on_all_goods(self.rates)


def listed(lines: Sequence[Line], shared: SharedByLines) -> list[ListedLine]:
    """Gather the facts of the lines on the day. What several lines share is made once. At most seven statements."""
    if not lines:
        return []
    as_of, numbers = shared.as_of, [line.number for line in lines]
    day = CoveredDay(covered_rows({number[:8] for number in numbers if len(number) >= 8}, shared.rates), as_of)
    naming, steps = exclusions_in_force(numbers, as_of), successions(numbers)
    of_chapter: dict[str, list[AlsoOwed]] = {}
    takers: dict[int, list[OpenRound]] = {}
    found = []
    for line in lines:
        number = HtsNumber(line.number)
        if number.chapter not in of_chapter:
            of_chapter[number.chapter] = also_owed(number, as_of, shared.on_all_goods)
        coverage, in_transit, beside = day.lists_of(line.number)
        if id(coverage) not in takers:  # which lines share, and the day holds
            takers[id(coverage)] = [round_ for round_ in shared.rounds if covers(round_.actions, coverage)]
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


def listed_on(numbers: Sequence[str], shared: SharedByLines) -> list[ListedLine]:
    """Return the same of the lines that plain numbers are on the day, in their order: one statement more."""
    return listed(standing_lines(numbers, shared.as_of), shared) if numbers else []
