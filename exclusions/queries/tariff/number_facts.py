"""All there is to know of one number on one day, for the page, the API and the checks of a petition."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.cache import cache

from exclusions.facts.coverage import Coverage, coverage_histories, in_force
from exclusions.facts.exclusions import NamedExclusion, exclusions_naming
from exclusions.facts.lines import (
    INTERNATIONAL,
    Line,
    edition_for,
    editions_on,
    family,
    international_line,
    known_since_or_until,
    stand,
)
from exclusions.facts.rounds import OpenRound, open_rounds, rounds_for
from exclusions.facts.successions import Succession, successions
from exclusions.hts import HtsNumber, dotted
from exclusions.models.round import Round
from exclusions.models.tariff import TariffVersion

MOST_SUCCESSORS = 5
HOUR = 3600
# Raise the number when a field is added to NumberFacts or to what it holds: a cache may outlive a release.
KEPT_AS = "number-facts-1"


@dataclass(frozen=True, slots=True)
class Child:
    """A line to choose from when the number is too short or does not exist, with what covers it that day."""

    line: Line
    coverage: list[Coverage]


@dataclass(frozen=True)
class NumberFacts:
    """The facts of `number` on `as_of`.

    `exists` is None where no edition speaks for the number that day. `line` may then still hold the international name,
    as `name_source` says. `statistical_number` is the 10-digit number that is meant, "" if there is a choice or none.
    `exclusions` are in force that day, `other_exclusions` are not. `covered_by_round` is None when no round was given.
    """

    number: HtsNumber
    as_of: date
    exists: bool | None
    line: Line | None
    name_source: str
    edition: str
    statistical_number: str
    children: list[Child]
    history: list[Coverage]
    exclusions: list[NamedExclusion]
    other_exclusions: list[NamedExclusion]
    open_rounds: list[OpenRound]
    successors: list[Succession]
    predecessors: list[Succession]
    known: tuple[date, date | None] | None
    covered_by_round: bool | None

    @property
    def is_known(self) -> bool:
        """Whether there is such a number that day, or a name for it and no edition to say that there is not."""
        return bool(self.exists or (self.exists is None and self.line))

    @property
    def level(self) -> int:
        """How many digits were asked for."""
        return self.number.level

    @property
    def description(self) -> str:
        """The words of the line with those above it; "" when nothing is known."""
        return self.line.full_description if self.line else ""

    @property
    def coverage(self) -> list[Coverage]:
        """The actions in force on the day."""
        return in_force(self.history, self.as_of)

    @property
    def suspended(self) -> list[Coverage]:
        """The actions that name the number but never took effect, or are suspended."""
        return [item for item in self.history if not item.in_force]

    @property
    def remark(self) -> str:
        """What is wrong with the number for a petition, and the remedy; "" when nothing is."""
        if self.exists is False:
            return f"{self.number} is not in the HTSUS on {_day(self.as_of)} ({self.edition}). {self._remedy()}"
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
            return f"It ended on {_day(self.known[1])} or before. {later}Look up the number in force."
        if self.known and self.known[0] > self.as_of:
            return f"It begins on {_day(self.known[0])}. Look up the number in force on the day."
        return f"{later}Check the digits{', or choose one of the lines below' if self.children else ''}."


def number_facts(number: HtsNumber, as_of: date, round: Round | None = None) -> NumberFacts:
    """The facts of the number on the day: at most eight statements however many lines there are, then one.

    They are kept for an hour under the stamp that the database renews with every change, so they are never stale.
    """
    stamp = TariffVersion.current()
    key = f"{KEPT_AS}:{number.plain}:{as_of}:{stamp}"
    facts: NumberFacts | None = cache.get(key) if stamp else None
    if facts is None:
        facts = _gather(number, as_of)
        if stamp:
            cache.set(key, facts, HOUR)
    return facts if round is None else replace(facts, covered_by_round=_covered_by(round, facts.coverage, number))


def _gather(number: HtsNumber, as_of: date) -> NumberFacts:
    editions = editions_on(as_of)
    edition = edition_for(number.plain, editions)
    line, below = stand(number, family(number, as_of))
    exists: bool | None = (line is not None) if edition or line else None
    source = f"HTSUS {edition.name}" if edition else INTERNATIONAL
    if line is None and exists is None:
        line = international_line(number.plain)
    histories = coverage_histories({number.plain, *(child.number for child in below)})
    history = histories[number.plain]
    naming = exclusions_naming(number)
    before, after = successions([number.plain])[number.plain]
    covering = in_force(history, as_of)
    return NumberFacts(
        number=number,
        as_of=as_of,
        exists=exists,
        line=line,
        name_source=source if line else "",
        edition=edition.name if edition else "",
        statistical_number=_statistical_number(number, exists, below),
        children=[Child(child, in_force(histories[child.number], as_of)) for child in below],
        history=history,
        exclusions=[item for item in naming if item.in_force(as_of)],
        other_exclusions=[item for item in naming if not item.in_force(as_of)],
        open_rounds=rounds_for(number, covering, open_rounds(as_of)) if covering else [],
        successors=after,
        predecessors=before,
        known=known_since_or_until(number) if exists is False else None,
        covered_by_round=None,
    )


def _statistical_number(number: HtsNumber, exists: bool | None, below: list[Line]) -> str:
    """Ten digits mean themselves; eight mean the only line below them, or 8 + 00 where there is no breakout.

    Chapters 98 and 99 hold provisions, not goods, and have no statistical numbers.
    """
    if exists is False or number.chapter in ("98", "99"):
        return ""
    if number.level == 10:
        return number.plain
    if number.level == 8 and len(below) == 1:
        return below[0].number
    if number.level == 8 and exists and not below:
        return number.plain + "00"
    return ""


def _covered_by(round: Round, covering: list[Coverage], number: HtsNumber) -> bool:
    codes = {action.code for action in round.actions.all()}
    eligible = not round.eligible_chapters or number.chapter in round.eligible_chapters
    return eligible and any(item.list_code in codes for item in covering)


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
