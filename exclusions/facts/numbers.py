"""Does a number exist on a day, which lists cover it at what rate, and which exclusions name it: one answer for all.

What is on file about a number is read once, for all days, and kept under the stamp of the tariff; a day is then asked
of it without the database. A petition's gate asks for its filing day, a page for the day that a reader chose.
"""

from dataclasses import dataclass
from datetime import date

from exclusions.facts import exclusions as named
from exclusions.facts.action_rates import action_rates
from exclusions.facts.also_owed import NO_GOODS, AlsoOwed, actions_on_all_goods, also_owed, not_counted, on_top
from exclusions.facts.coverage import (
    Coverage,
    CoveredRows,
    InTransit,
    covered_rows,
    in_force,
)
from exclusions.facts.exclusions import NamedExclusion, exclusions_naming
from exclusions.facts.lines import (
    Edition,
    Line,
    editions,
    wordings,
)
from exclusions.facts.on_file import OfRegister
from exclusions.facts.provisions import provision_in_words
from exclusions.facts.renumbered import MayBeRenumbered
from exclusions.facts.speaking import number_status
from exclusions.gateways.shared_cache import remembered
from exclusions.gateways.tariff.other_duties import OtherDuty
from exclusions.hts import LEVELS, HtsNumber
from exclusions.models.tariff import TariffVersion

HOUR = 3600
KEPT_AS = "number-over-time"
COVERAGE_KEPT_AS = "coverage-of-number"


@dataclass(frozen=True)
class NumberOnDay(OfRegister, MayBeRenumbered):
    """What holds of `number` on `as_of`.

    `speaks` is the edition that speaks for the day, None where there is none. `exists` is None where none does, or
    where the one that does is too old to tell, as `doubt` says in a sentence. `line` may then still hold words of
    another day or the international name, as `name_source` says. `statistical_number` is the 10-digit number that is
    meant, "" if there is a choice or none.
    `below` are the lines to choose from when the number is too short or does not exist. `history` is the coverage of
    all days, `coverage` what of it is in force on the day; `is_listed`: a list names the number that day, and not only
    a line above it. `also_owed` are actions beside the lists, `all_goods` the same of all days, `not_counted` duties
    that are not counted. `exclusions` are in force that day, `other_exclusions` are not; `pending` are those of the
    others that wait for their notice.
    `stamp` is that of the tariff, by which the register's gaps are read.
    """

    number: HtsNumber
    as_of: date
    exists: bool | None
    line: Line | None
    name_source: str
    speaks: Edition | None
    doubt: str
    statistical_number: str
    below: list[Line]
    history: list[Coverage]
    coverage: list[Coverage]
    is_listed: bool
    in_transit: list[InTransit]
    also_owed: list[AlsoOwed]
    all_goods: list[AlsoOwed]
    not_counted: list[OtherDuty]
    exclusions: list[NamedExclusion]
    other_exclusions: list[NamedExclusion]
    pending: list[NamedExclusion]
    stamp: str

    @property
    def is_known(self) -> bool:
        """Whether there is such a number that day, or words for it and no edition to say that there is not."""
        return bool(self.exists or (self.exists is None and self.line))

    @property
    def edition(self) -> str:
        """The name of the edition that speaks for the day; "" where there is none."""
        return self.speaks.name if self.speaks else ""

    @property
    def speaker(self) -> str:
        """That edition in words, with its first day; "" where there is none."""
        return str(self.speaks) if self.speaks else ""

    @property
    def units(self) -> str:
        """The units of the line as printed, one after the other; "" without any."""
        return ", ".join(self.line.units) if self.line else ""

    @property
    def has_answer(self) -> bool:
        """Whether anything can be said of it: it is known, a list names it that day whatever the editions say, or it
        is known to have left or to come."""
        return self.is_known or self.is_listed or self.is_renumbered

    @property
    def provision(self) -> str:
        """What the lists do to goods entered under a provision of chapter 98, or that it is one of 99; "" for goods."""
        return provision_in_words(self.number)

    @property
    def is_provision(self) -> bool:
        """Whether it is a provision of chapter 98 or 99 and no number of goods."""
        return self.number.chapter in NO_GOODS

    @property
    def level(self) -> int:
        """How many digits were asked for."""
        return self.number.level

    @property
    def description(self) -> str:
        """The words of the line with those above it; "" when nothing is known."""
        return self.line.full_description if self.line else ""

    @property
    def suspended(self) -> list[Coverage]:
        """The actions that name the number but never took effect, or are suspended."""
        return [item for item in self.history if not item.in_force]


@dataclass(frozen=True)
class NumberOverTime:
    """What is on file about a number, of all days. Less than 8 digits are on no list."""

    number: HtsNumber
    editions: list[Edition]
    wordings: list[Line]
    covered: CoveredRows
    naming: list[NamedExclusion]
    on_all_goods: list[AlsoOwed]
    stamp: str

    def number_on(self, as_of: date) -> NumberOnDay:
        """Return the number with its line, lists and duties on a day. Makes no statement."""
        number = self.number
        stands = number_status(number, as_of, self.editions, self.wordings)
        history = self.covered.history(number.plain)
        beside = [*self.on_all_goods, *on_top(self.covered.beside(number.plain), self.covered.on_top)]
        if number.chapter in NO_GOODS or stands.is_renumbered:
            beside = []
        return NumberOnDay(
            number=number,
            as_of=as_of,
            exists=stands.exists,
            line=stands.line,
            name_source=stands.source,
            speaks=stands.edition,
            doubt=stands.doubt,
            statistical_number=_statistical_number(number, stands.exists, stands.below),
            below=stands.below,
            history=history,
            coverage=in_force(history, as_of),
            is_listed=self.covered.names(number.plain, as_of),
            in_transit=self.covered.transit(number.plain, as_of),
            also_owed=also_owed(number, as_of, beside),
            all_goods=beside,
            not_counted=[] if stands.is_renumbered else not_counted(number, as_of),
            exclusions=named.in_force(self.naming, as_of),
            other_exclusions=named.not_in_force(self.naming, as_of),
            pending=named.pending(self.naming, as_of),
            stamp=self.stamp,
            left_on=stands.left_on,
            begins_on=stands.begins_on,
        )

    def family(self, as_of: date) -> list[Line]:
        """All lines on the day that begin with the number, or with its first eight digits if it has ten."""
        return [line for line in self.wordings if line.holds_on(as_of)]

    @property
    def known(self) -> tuple[date, date | None] | None:
        """The first and the last day on which any edition has the number; None if none has."""
        own = [line for line in self.wordings if line.number == self.number.plain]
        starts = [line.valid_from for line in own if line.valid_from]
        ends = [line.valid_to for line in own if line.valid_to]
        if not starts:
            return None
        return min(starts), max(ends) if len(ends) == len(own) else None


def over_time(number: HtsNumber, stamp: str | None = None) -> NumberOverTime:
    """Return what is on file about the number: six statements, then none.

    It is kept for an hour under the stamp that the database renews with every change, so that it is never stale. The
    stamp is read with one more statement where the caller has not read it already.
    """
    stamp = TariffVersion.current() if stamp is None else stamp
    key = f"{KEPT_AS}:{number.plain}:{stamp}"
    found: NumberOverTime | None = remembered.get(key) if stamp else None
    if found is None:
        rates = action_rates()
        found = NumberOverTime(
            number=number,
            editions=editions(),
            wordings=wordings(number),
            covered=covered_rows([number.hts8] if number.level >= 8 else [], rates),
            naming=exclusions_naming(number.plain),
            on_all_goods=actions_on_all_goods(rates),
            stamp=stamp,
        )
        if stamp:
            remembered.set(key, found, HOUR)
    return found


def history_of(number: str, stamp: str | None = None) -> list[Coverage]:
    """Return every time in which an action covered the plain number: two statements, then one.

    Kept as `over_time` keeps the rest of what is on file: the head of each case asks it. None where it is kept and the
    caller has read the stamp already.
    """
    if len(number) < 8:
        return []
    stamp = TariffVersion.current() if stamp is None else stamp
    key = f"{COVERAGE_KEPT_AS}:{number}:{stamp}"
    found: list[Coverage] | None = remembered.get(key) if stamp else None
    if found is None:
        found = covered_rows({number[:8]}).history(number)
        if stamp:
            remembered.set(key, found, HOUR)
    return found


def on_day(number: HtsNumber, as_of: date) -> NumberOnDay:
    """Return what holds of the number on the day: seven statements, then one."""
    return over_time(number).number_on(as_of)


def _statistical_number(number: HtsNumber, exists: bool | None, below: list[Line]) -> str:
    """Ten digits mean themselves; eight mean the only line below them, or 8 + 00 where there is no breakout.

    Chapters 98 and 99 hold provisions, not goods, and have no statistical numbers.
    """
    if exists is False or number.chapter in ("98", "99"):
        return ""
    if number.level == max(LEVELS):
        return number.plain
    if number.level == 8 and len(below) == 1:
        return below[0].number
    if number.level == 8 and exists and not below:
        return number.plain + "00"
    return ""
