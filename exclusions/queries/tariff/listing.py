"""The facts of many lines at once, for lists of search results: the same statements however many lines."""

from dataclasses import dataclass
from datetime import date

from exclusions.facts.action_rates import rates_fetch
from exclusions.facts.also_owed import AlsoOwed, actions_on_all_goods, also_owed, not_counted
from exclusions.facts.coverage import Coverage, InTransit, covered_by, covering_fetch
from exclusions.facts.covered_day import CoveredDay
from exclusions.facts.exclusions import NamedExclusion, in_force_fetch
from exclusions.facts.lines import Line
from exclusions.facts.rounds import OpenRound, rounds_fetch, rounds_for
from exclusions.facts.successions import Succession, steps_fetch, successions
from exclusions.gateways.database.together import together
from exclusions.gateways.tariff.other_duties import OtherDuty
from exclusions.hts import HtsNumber


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line with what covers it, the exclusions in force, the rounds open, and the numbers before and after."""

    line: Line
    coverage: list[Coverage]
    in_transit: list[InTransit]
    also_owed: list[AlsoOwed]
    not_counted: list[OtherDuty]
    exclusions: list[NamedExclusion]
    open_rounds: list[OpenRound]
    successors: list[Succession]
    predecessors: list[Succession]


def listed(lines: list[Line], as_of: date) -> list[ListedLine]:
    """Gather the facts of the lines on the day. What several lines share is made once.

    At most six statements, the first five of them on one way to the server.
    """
    numbers = [line.number for line in lines]
    if not numbers:
        return []
    all_rates, covering = rates_fetch(), covering_fetch({number[:8] for number in numbers if len(number) >= 8})
    named, opened, first_steps = in_force_fetch(numbers, as_of), rounds_fetch(as_of), steps_fetch(numbers)
    together(all_rates, covering, named, opened, first_steps)
    rates, naming, rounds = all_rates.found(), named.found(), opened.found()
    day = CoveredDay(covered_by(covering.found(), rates), as_of)
    on_all_goods = actions_on_all_goods(rates)
    steps = successions(numbers, first_steps)
    of_chapter: dict[str, tuple[list[AlsoOwed], list[OtherDuty]]] = {}
    found = []
    for line in lines:
        number = HtsNumber(line.number)
        if number.chapter not in of_chapter:
            of_chapter[number.chapter] = also_owed(number, as_of, on_all_goods), not_counted(number, as_of)
        coverage, in_transit = day.of(line.number)
        before, after = steps[line.number]
        found.append(
            ListedLine(
                line,
                coverage,
                in_transit,
                *of_chapter[number.chapter],
                naming[line.number],
                rounds_for(number, coverage, rounds) if coverage and rounds else [],
                after,
                before,
            )
        )
    return found
