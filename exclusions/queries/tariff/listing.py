"""The facts of many lines at once, for lists of search results: the same statements however many lines."""

from dataclasses import dataclass
from datetime import date

from exclusions.facts import exclusions as named
from exclusions.facts.also_owed import AlsoOwed, actions_on_all_goods, also_owed, not_counted
from exclusions.facts.coverage import Coverage, InTransit, covered_rows, in_force
from exclusions.facts.exclusions import NamedExclusion, exclusions_of
from exclusions.facts.lines import Line
from exclusions.facts.rounds import OpenRound, open_rounds, rounds_for
from exclusions.facts.successions import Succession, successions
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
    """Gather the facts of the lines on the day. At most six statements."""
    numbers = [line.number for line in lines]
    if not numbers:
        return []
    covered = covered_rows({number[:8] for number in numbers if len(number) >= 8})
    coverage = {number: in_force(covered.history(number), as_of) for number in numbers}
    naming = exclusions_of(numbers)
    rounds = open_rounds(as_of)
    on_all_goods = actions_on_all_goods()
    successors = successions(numbers)
    return [
        ListedLine(
            line=line,
            coverage=coverage[line.number],
            in_transit=covered.transit(line.number, as_of),
            also_owed=also_owed(HtsNumber(line.number), as_of, on_all_goods),
            not_counted=not_counted(HtsNumber(line.number), as_of),
            exclusions=named.in_force(naming[line.number], as_of),
            open_rounds=rounds_for(HtsNumber(line.number), coverage[line.number], rounds),
            successors=successors[line.number][1],
            predecessors=successors[line.number][0],
        )
        for line in lines
    ]
