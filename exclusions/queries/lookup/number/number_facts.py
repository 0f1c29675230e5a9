"""All there is to know of one number on one day, for the page, the API and the number picker of a petition."""

from dataclasses import dataclass
from datetime import date

from exclusions.days import in_full
from exclusions.facts.coverage import Coverage, CoveredRows, covered_rows, in_force
from exclusions.facts.lines import Line
from exclusions.facts.numbers import HOUR, NumberOnDay, NumberOverTime, over_time
from exclusions.facts.renumbered import renumbered_in_words
from exclusions.facts.rounds import OpenRound, open_rounds, rounds_for, takes
from exclusions.facts.successions import Succession, successions
from exclusions.gateways.shared_cache import remembered
from exclusions.hts import HtsNumber, dotted
from exclusions.models.round import Round
from exclusions.models.tariff import TariffVersion

MOST_SUCCESSORS = 5
KEPT_AS = "number-facts"


@dataclass(frozen=True, slots=True)
class Child:
    """A line to choose from when the number is too short or does not exist, with what covers it that day."""

    line: Line
    coverage: list[Coverage]


@dataclass(frozen=True)
class NumberFacts(NumberOnDay):
    """What holds of a number on a day, with its relatives and the rounds that are open for it.

    `known` are the first and last day on which any edition has a number that does not exist. `covered_by_round` is None
    when no round was given.
    """

    children: list[Child]
    open_rounds: list[OpenRound]
    successors: list[Succession]
    predecessors: list[Succession]
    known: tuple[date, date | None] | None
    covered_by_round: bool | None

    @property
    def remark(self) -> str:
        """What is wrong with the number for a petition, and the remedy; "" when nothing is."""
        if self.is_renumbered:
            related = [[other.number for other in found] for found in (self.predecessors, self.successors)]
            return renumbered_in_words(self.number.plain, self.as_of, *related)
        if self.exists is False:
            return f"{self.number} is not in the HTSUS on {in_full(self.as_of)} ({self.speaks}). {self._remedy()}"
        if not self.is_known:
            return f"No HTSUS number begins with {self.number}. Check the digits."
        if not self.statistical_number and self.level < 10:
            below = f"one of the {len(self.children)} lines" if len(self.children) > 1 else "the line"
            choice = f"Choose {below} below it." if self.children else ""
            return f"{self.number} has {self.level} digits, and a petition names 10. {choice}".strip()
        return ""

    def _remedy(self) -> str:
        """Say where the number went, or what to do about it."""
        numbers = [dotted(later.number) for later in self.successors]
        named = ", ".join(numbers[:MOST_SUCCESSORS]) + (" and others" if numbers[MOST_SUCCESSORS:] else "")
        later = f"It was followed by {named}. " if numbers else ""
        if self.known and self.known[1] and self.known[1] < self.as_of:
            return f"It ended on {in_full(self.known[1])} or before. {later}Look up the number in force."
        if self.known and self.known[0] > self.as_of:
            return f"It begins on {in_full(self.known[0])}. Look up the number in force on the day."
        return f"{later}Check the digits{', or choose one of the lines below' if self.children else ''}."


def number_facts(number: HtsNumber, as_of: date) -> NumberFacts:
    """Return the facts of the number on the day: at most thirteen statements however many lines there are, then one.

    They are kept for an hour under the stamp that the database renews with every change, so they are never stale.
    """
    stamp = TariffVersion.current()
    key = f"{KEPT_AS}:{number.plain}:{as_of}:{stamp}"
    facts: NumberFacts | None = remembered.get(key) if stamp else None
    if facts is None:
        facts = _gathered(over_time(number, stamp), as_of)
        if stamp:
            remembered.set(key, facts, HOUR)
    return facts


def facts_in_round(file: NumberOverTime, as_of: date, round: Round) -> NumberFacts:
    """Return the facts of a number for a petition of a round, of what is on file about it.

    What its page shows only of a number that is gone, or that the round does not cover, is looked up only then.
    """
    return _gathered(file, as_of, round)


def _gathered(file: NumberOverTime, as_of: date, round: Round | None = None) -> NumberFacts:
    number, day = file.number, file.number_on(as_of)
    covered = None if round is None else _covered_by(round, day.coverage, number)
    asks = round is None or day.exists is False or day.is_renumbered
    before, after = successions([number.plain])[number.plain] if asks else ([], [])
    return NumberFacts(
        **vars(day),
        children=_children(number, day, file.covered),
        open_rounds=rounds_for(number, day.coverage, open_rounds(as_of)) if day.coverage and not covered else [],
        successors=after,
        predecessors=before,
        known=file.known if day.exists is False else None,
        covered_by_round=covered,
    )


def _children(number: HtsNumber, day: NumberOnDay, covered: CoveredRows) -> list[Child]:
    """Return the lines to choose from. What covers those of a heading is read here: the heading itself is on no
    list.
    """
    if number.level < 8:
        covered = covered_rows({line.number[:8] for line in day.below if line.level >= 8})
    return [Child(line, in_force(covered.history(line.number), day.as_of)) for line in day.below]


def _covered_by(round: Round, covering: list[Coverage], number: HtsNumber) -> bool:
    return takes({action.code for action in round.actions.all()}, round.eligible_numbers, number.plain, covering)
