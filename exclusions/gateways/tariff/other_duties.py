"""The duties on goods of China that the product does not count, as dated facts of files that come with it."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from exclusions.gateways.tariff.shipped_facts import DATA
from exclusions.hts import LEVELS


@dataclass(frozen=True, slots=True)
class OtherDuty:
    """A duty beside those that are counted.

    `what` says which goods it is on, `short` is what a sentence calls it, `heading` the chapter 99 heading or headings
    in dots, `rate` as printed. Days are inclusive; an end that is None was not established, or had not come when the
    file was made. `numbers` is the list that names the numbers of the goods; "": any.
    """

    what: str
    short: str
    heading: str
    rate: str
    valid_from: date | None
    valid_to: date | None
    numbers: str
    source: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a list on a day, plain, of 4 to 10 digits, each for all below it: those in (none: all), those out.

    `above` are the numbers above those in: a line of a subheading may be in where only a part of it is.
    """

    within: frozenset[str]
    without: frozenset[str]
    above: frozenset[str]

    def may_hold(self, number: str, beginnings: frozenset[str]) -> bool:
        """Say whether goods of the plain number may be of the list: the longest number that names them decides.

        `beginnings` are the numbers of each length with which it begins, itself among them.
        """
        if not self.within:
            return self.without.isdisjoint(beginnings)
        then = _longest(self.within & beginnings)
        return number in self.above or (then > 0 and then >= _longest(self.without & beginnings))


@cache
def other_duties() -> tuple[OtherDuty, ...]:
    """Return them in the order of the file."""
    return tuple(
        OtherDuty(
            what=row["what"],
            short=row["short"],
            heading=row["heading"],
            rate=row["rate"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            numbers=row["list"],
            source=row["source"],
        )
        for row in _rows("other_duties.csv")
    )


def other_duties_on(number: str, as_of: date) -> list[OtherDuty]:
    """Return those that goods of the plain number (4 to 10 digits), entered on the day, may owe."""
    beginnings = frozenset(number[:digits] for digits in LEVELS if digits <= len(number))
    return [duty for duty, numbers in _duties_on(as_of) if numbers is None or numbers.may_hold(number, beginnings)]


@lru_cache(maxsize=64)
def _duties_on(as_of: date) -> list[tuple[OtherDuty, Numbers | None]]:
    """Return the duties of a day, each with the numbers it covers; None: every number."""
    then = [duty for duty in other_duties() if _holds(duty.valid_from, duty.valid_to, as_of)]
    return [(duty, _numbers(duty.numbers, as_of) if duty.numbers else None) for duty in then]


def _numbers(name: str, as_of: date) -> Numbers:
    parts = [part for part in _lists().get(name, ()) if _holds(part[1], part[2], as_of)]
    within, without = (
        frozenset(number for way, _, _, numbers in parts if way == wanted for number in numbers)
        for wanted in ("in", "out")
    )
    above = {number[:digits] for number in within for digits in LEVELS if digits < len(number)}
    return Numbers(within, without, frozenset(above))


@cache
def _lists() -> dict[str, list[tuple[str, date | None, date | None, list[str]]]]:
    found: dict[str, list[tuple[str, date | None, date | None, list[str]]]] = {}
    for row in _rows("other_duties_by_number.csv"):
        days = (_day(row["valid_from"]), _day(row["valid_to"]))
        found.setdefault(row["list"], []).append((row["in_or_out"], *days, row["numbers"].split()))
    return found


def _longest(numbers: Iterable[str]) -> int:
    """How many digits the longest of the numbers has; 0: there is none."""
    return max(map(len, numbers), default=0)


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or last >= day)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
