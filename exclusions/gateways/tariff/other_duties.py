"""The duties on goods of China that the product does not count, as dated facts of a file that comes with it."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from exclusions.gateways.tariff.shipped_facts import DATA


@dataclass(frozen=True, slots=True)
class OtherDuty:
    """A duty beside those that are counted.

    `what` says which goods it is on, `heading` the chapter 99 heading or headings in dots, `rate` as printed. Days are
    inclusive; an end that is None was not established, or had not come when the file was made. `chapters` are those of
    the goods; none: any.
    """

    what: str
    heading: str
    rate: str
    valid_from: date | None
    valid_to: date | None
    chapters: tuple[str, ...]
    source: str

    def may_be_owed(self, chapter: str, as_of: date) -> bool:
        """Say whether goods of a chapter (two digits), entered on the day, may owe it."""
        begun = self.valid_from is None or self.valid_from <= as_of
        lasting = self.valid_to is None or self.valid_to >= as_of
        return begun and lasting and (not self.chapters or chapter in self.chapters)


@cache
def other_duties() -> tuple[OtherDuty, ...]:
    """Return them in the order of the file."""
    with (DATA / "other_duties.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            OtherDuty(
                what=row["what"],
                heading=row["heading"],
                rate=row["rate"],
                valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                chapters=tuple(row["chapters"].split()),
                source=row["source"],
            )
            for row in csv.DictReader(stream)
        )
