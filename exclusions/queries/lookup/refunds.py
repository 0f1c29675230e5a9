"""What applied to lines of entries on their days, which exclusions may apply, and what of the duty can come back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from exclusions.duties.refunds import WORDS, Route, Window, window
from exclusions.facts.exclusions import NamedExclusion
from exclusions.facts.on_file import HeadingNotOnFile, Register, register, said_of_missing
from exclusions.facts.renumbered import begins_on, left_on
from exclusions.gateways.entry_lines import EntryLine
from exclusions.queries.lookup.on_file import OnEntry, OnFile
from exclusions.queries.lookup.stakes import Stake, StakeFacts, stake
from exclusions.wording.fit import Verdict

STRIDE = 5000  # lines between two words about how far it is
NOT_COMPARED = (
    "Too many different descriptions came at once, so this one was not held against every exclusion. Send this line "
    "in a shorter table."
)
NOTHING = Decimal(0)
OPEN = (Route.CORRECT, Route.WAIT, Route.PROTEST, Route.CHECK)


@dataclass(frozen=True, slots=True)
class MayApply:
    """An exclusion in force on the day of entry, of a list that covered the number; `verdict` is yes or ask."""

    exclusion: NamedExclusion
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """One line: what applied, which exclusions may, how much may come back, and until when it can be asked back.

    `doubt` says that the number may not have existed that day, where no list names it; "" elsewhere. `is_compared`: the
    description was compared with each exclusion of the day.
    """

    line: EntryLine
    on_entry: OnEntry
    may_apply: list[MayApply]
    stake: Stake
    window: Window
    not_on_file: Sequence[HeadingNotOnFile] = ()
    doubt: str = ""
    is_compared: bool = True

    @property
    def lists(self) -> set[str]:
        """The codes of the lists that covered the number."""
        return {item.list_code for item in self.on_entry.coverage}

    @property
    def nothing(self) -> str:
        """What is said where nothing is at stake: that no refund is found, or that nobody can tell."""
        if self.not_on_file:
            return "Not known: exclusions of that day are missing"
        return "Check the number" if self.doubt else "No refund found"

    @property
    def at_stake(self) -> Decimal:
        """US dollars that may come back, never more than was paid."""
        return self.stake.total

    @property
    def sure(self) -> Decimal:
        """US dollars of it, where nothing about the goods is left to ask."""
        return self.stake.sure

    @property
    def notes(self) -> list[str]:
        """What else there is to say: a rate that was too high, duty that is not counted, a number in doubt, a
        description that was not compared."""
        return [*self.stake.notes, *filter(None, (self.doubt, "" if self.is_compared else NOT_COMPARED))]

    @property
    def owed(self) -> str:
        """The lists that covered the number, with their rates."""
        named = [f"{item.label} {item.rate_pct.normalize():f}%" for item in self.on_entry.coverage]
        named += [f"{item.action} {item.rate_pct.normalize():f}%" for item in self.on_entry.also]
        return "; ".join(named)

    @property
    def questions(self) -> list[str]:
        """What beside the texts decides what was owed: goods named in or out, goods under way when a rate rose."""
        asked = [item.question for item in self.on_entry.coverage if item.question]
        asked += [item.question for item in self.on_entry.also if item.question]
        asked += [
            f"Were the goods exported before {item.exported_before}? Then {item.label} was "
            f"{item.rate_pct.normalize():f}% ({item.heading_dotted})."
            for item in self.on_entry.transit
        ]
        return asked

    @property
    def headings(self) -> str:
        """The headings under which the exclusions are claimed."""
        return "; ".join(dict.fromkeys(one.exclusion.heading_dotted for one in self.may_apply))


@dataclass
class Total:
    """The lines of one way, what hangs on them in US dollars, and the first of their last days."""

    route: Route
    lines: int = 0
    at_stake: Decimal = NOTHING
    sure: Decimal = NOTHING
    first_day: date | None = None

    @property
    def instruction(self) -> str:
        """The sentence that tells the importer which way is open."""
        return WORDS[self.route]


@dataclass
class RefundsFound:
    """All lines as they came, those with duty at stake by their last day, and the totals by way."""

    today: date
    answers: list[LineAnswer] = field(default_factory=list)
    register: Register = field(default_factory=register)

    @property
    def missing(self) -> str:
        """The sentences for headings that may free one of the lines and are not on file; "" for none."""
        found = {heading.heading: heading for one in self.answers for heading in one.not_on_file}
        return said_of_missing([found[heading] for heading in sorted(found)])

    @property
    def caveat(self) -> str:
        """Until when notices were searched, where a line was entered after that; "" where none was."""
        return self.register.caveat(max((one.line.entered_on for one in self.answers), default=date.min))

    @property
    def at_stake(self) -> list[LineAnswer]:
        """The lines on which something hangs: open ones first, by their last day, then those that are too late."""
        return [one for one in self.by_last_day if one.at_stake]

    @property
    def by_last_day(self) -> list[LineAnswer]:
        """All lines: those on which something hangs as above, then the others as they came."""
        last = date.max
        return sorted(
            self.answers,
            key=lambda one: (not one.at_stake, (one.window.act_by or last) if one.at_stake else last, one.line.place),
        )

    @property
    def totals(self) -> list[Total]:
        """One total for each way on which something hangs, in the order of the ways."""
        found = {route: Total(route) for route in Route}
        for one in self.answers:
            if one.at_stake:
                total, by = found[one.window.route], one.window.act_by
                total.lines += 1
                total.at_stake += one.at_stake
                total.sure += one.sure
                total.first_day = min(filter(None, (total.first_day, by)), default=None)
        return [total for total in found.values() if total.lines]

    @property
    def open(self) -> Decimal:
        """US dollars that can still be asked back, if the goods meet the texts."""
        return sum((total.at_stake for total in self.totals if total.route in OPEN), NOTHING)

    @property
    def lost(self) -> Decimal:
        """US dollars that come back no more."""
        return sum((total.at_stake for total in self.totals if total.route is Route.LOST), NOTHING)


def refunds_found(lines: Sequence[EntryLine], today: date) -> RefundsFound:
    """Answer each line: two statements, and three for each 250 different numbers, read at each 5,000 lines."""
    found = RefundsFound(today)
    for _ in answering(found, lines):
        pass
    return found


def answering(found: RefundsFound, lines: Sequence[EntryLine]) -> Iterator[int]:
    """Answer each line in `found`, and yield from time to time how many are answered, at last all."""
    file = OnFile()
    windows: dict[tuple[date, date | None], Window] = {}
    for start in range(0, len(lines), STRIDE):
        part = lines[start : start + STRIDE]
        file.read(part)
        for line in part:
            days = (line.entered_on, line.liquidated_on)
            if days not in windows:
                windows[days] = window(line.entered_on, found.today, line.liquidated_on)
            answer = _answer(line, file, windows[days])
            gaps = found.register.not_on_file(answer.lists, line.entered_on)
            found.answers.append(replace(answer, not_on_file=gaps) if gaps else answer)
        yield len(found.answers)


def _answer(line: EntryLine, file: OnFile, days: Window) -> LineAnswer:
    on_entry = file.on_entry(line.hts, line.entered_on)
    lists = {item.list_code for item in on_entry.coverage}
    judged = [(item, file.fit(item, line)) for item in on_entry.exclusions if item.list_code in lists]
    if line.description:  # those that are called as the goods are first
        judged.sort(key=lambda one: (one[1].verdict is not Verdict.YES, not one[1].named))
    may_apply = [MayApply(item, fit.verdict) for item, fit in judged if fit.verdict is not Verdict.NO]
    doubt = file.doubt(line, on_entry)
    parts = StakeFacts(
        on_entry.coverage,
        on_entry.transit,
        on_entry.history,
        [item.rate_pct for item in on_entry.also],
        maybe=[one.exclusion.list_code for one in may_apply],
        sure=[one.exclusion.list_code for one in may_apply if one.verdict is Verdict.YES],
        known=not doubt or not any(item.in_force for item in on_entry.history),
    )
    # What the goods owed under the number that they had that day is not known, and so not what came back.
    another = not on_entry.coverage and (left_on(line.hts, line.entered_on) or begins_on(line.hts, line.entered_on))
    at_stake, compared = Stake() if another else stake(line, parts), line.description not in file.left_out
    return LineAnswer(line, on_entry, may_apply, at_stake, days, doubt=doubt, is_compared=compared)
