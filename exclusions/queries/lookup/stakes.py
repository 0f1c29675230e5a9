"""How much of the duty of one line may come back, and why: exclusions, goods under way, a rate that was too high."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from exclusions.days import in_full, within
from exclusions.facts.coverage import Coverage, InTransit
from exclusions.gateways.entry_lines import EntryLine
from exclusions.gateways.tariff.other_duties import OtherDuty, other_duties, other_duties_on

CENT, DOLLAR = Decimal("0.01"), Decimal(1)
NOTHING = Decimal(0)
# Learning Resources, Inc. v. Trump: customs stopped collecting duty under IEEPA on 2026-02-24.
IEEPA_REFUNDS = (
    "Refunds of IEEPA duty follow their own procedure since the Supreme Court’s decision in Learning Resources. Ask "
    "your broker or Customs."
)


@dataclass(frozen=True, slots=True)
class Stake:
    """US dollars that may come back of one line, what of it is `sure`, and sentences about it.

    `too_high` is what was paid over the rate of the day, a part of both; `beyond` what was paid over it under some
    other law, as far as can be told, which is counted in neither.
    """

    total: Decimal = NOTHING
    sure: Decimal = NOTHING
    too_high: Decimal = NOTHING
    beyond: Decimal = NOTHING
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StakeFacts:
    """What a stake is made of: what covered the number that day and ever, and the lists whose duty is freed.

    `also` are the rates of the Section 301 actions on all goods. Not `known`: the number may not have existed that day,
    and a list covered it on another; nothing is said of what was paid, since its goods may have had another number.
    """

    coverage: Sequence[Coverage]
    transit: Sequence[InTransit]
    history: Sequence[Coverage]
    also: Sequence[Decimal]
    maybe: Collection[str]
    sure: Collection[str]
    known: bool = True

    def rate(self, lists: Collection[str] | None = None) -> Decimal:
        """Return the rates of the day of these lists, or of all, in percent."""
        total = NOTHING
        for item in self.coverage:
            if lists is None or item.list_code in lists:
                total += item.rate_pct
        return total


def stake(line: EntryLine, facts: StakeFacts) -> Stake:
    """Return what may come back of a line, to the cent, never more than was paid."""
    owed_pct = facts.rate()
    if not line.only_301:
        for rate in facts.also:
            owed_pct += rate
    freed = _part(line, facts.rate(facts.maybe)) if facts.maybe else NOTHING
    sure = _part(line, facts.rate(facts.sure)) if facts.sure else NOTHING
    way, notes = _under_way(line, facts, owed_pct) if facts.transit else (NOTHING, [])
    excess = line.duty_paid - _part(line, owed_pct)
    high, beyond = NOTHING, NOTHING
    if excess > DOLLAR and facts.known:
        before = _rate_of_another_day(line, facts, owed_pct) if line.only_301 is not None else None
        if line.only_301 or before is not None:
            high = excess
            notes = [*notes, _too_high(line, owed_pct, excess, before, facts)]
        else:
            beyond = excess
            notes = [*notes, *_beyond(line, excess)]
    if line.ieepa:
        notes = [*notes, f"${line.ieepa:,.2f} of IEEPA duty on this line is not counted here. {IEEPA_REFUNDS}"]
    total = min(line.duty_paid, freed + way + high)
    certain = min(line.duty_paid, sure + high)
    return Stake(_cents(total), _cents(certain), _cents(high), _cents(beyond), tuple(notes))


def _under_way(line: EntryLine, facts: StakeFacts, owed_pct: Decimal) -> tuple[Decimal, list[str]]:
    """Return what comes back if the goods were under way when a rate rose, of lists that no exclusion may free."""
    found, notes = NOTHING, []
    for item in facts.transit:
        rate = facts.rate((item.list_code,))
        if item.list_code in facts.maybe or rate <= item.rate_pct:
            continue
        less = rate - item.rate_pct
        amount = max(NOTHING, min(_part(line, less), line.duty_paid - _part(line, owed_pct - less)))
        if amount:
            found += amount
            notes.append(
                f"If the goods were exported before {in_full(item.exported_before)}, the rate was "
                f"{_pct(item.rate_pct)} ({item.heading_dotted}), and ${amount:,.2f} may come back."
            )
    return found, notes


def _rate_of_another_day(line: EntryLine, facts: StakeFacts, owed_pct: Decimal) -> Coverage | None:
    """Return the rate of a list on another day that makes exactly what was paid; None where none does."""
    for item in facts.history:
        own = facts.rate((item.list_code,))
        if item.rate_pct <= own or not item.in_force:
            continue
        if abs(line.duty_paid - _part(line, owed_pct - own + item.rate_pct)) <= DOLLAR:
            return item
    return None


def _too_high(line: EntryLine, owed_pct: Decimal, excess: Decimal, before: Coverage | None, facts: StakeFacts) -> str:
    paid = f"{_pct(_rate_paid(line))} was paid" if line.value else f"${line.duty_paid:,.2f} was paid"
    if before is not None:
        until = f" until {in_full(before.valid_to)}" if before.valid_to else ""
        paid += f", the rate of {before.label}{until if before.valid_to and before.valid_to < line.entered_on else ''}"
    if not facts.coverage:
        return f"{paid}, but no Section 301 list covered this number that day: ${excess:,.2f} too much."
    return f"{paid}. The rate that day was {_pct(owed_pct)}: ${excess:,.2f} too much."


def _beyond(line: EntryLine, excess: Decimal) -> Iterable[str]:
    """Yield what may be the duty over that of Section 301, of which nothing is counted."""
    named = _ieepa(line.hts, line.entered_on)
    if named:
        yield (
            f"${excess:,.2f} is more than the Section 301 duty of that day and is not counted here. It may be IEEPA "
            f"duty ({named}). {IEEPA_REFUNDS}"
        )
    elif line.only_301 is not None:
        yield (
            f"${excess:,.2f} is more than the Section 301 duty of that day and is not counted here. Enter Section 301 "
            "duty only, or check the rate."
        )


@lru_cache(maxsize=4096)
def _ieepa(number: str, entered_on: date) -> str:
    """Return the headings of duty under IEEPA that goods of a plain number may have owed on a day; "" for none."""
    if not any(_is_ieepa(duty) and within(entered_on, duty.valid_from, duty.valid_to) for duty in other_duties()):
        return ""
    named = (duty.heading for duty in other_duties_on(number, entered_on) if _is_ieepa(duty))
    return ", ".join(dict.fromkeys(named))


def _is_ieepa(duty: OtherDuty) -> bool:
    return duty.what.startswith("IEEPA")


def _part(line: EntryLine, pct: Decimal) -> Decimal:
    return line.value * pct / 100


def _rate_paid(line: EntryLine) -> Decimal:
    return (line.duty_paid * 100 / line.value).quantize(CENT, ROUND_HALF_UP)


def _pct(rate: Decimal) -> str:
    return f"{rate.normalize():f}%"


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP) if amount else NOTHING
