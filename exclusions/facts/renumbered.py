"""Whether a covered number was still, or not yet, in the HTSUS on a day: one answer for pages, API, refunds and filing.

The 2022 Harmonized System (in force in the United States on January 27, 2022: Proclamation 10326, 86 FR 73593) took
436 numbers of the lists out of the schedule and brought 688. An edition from before that day says nothing of the days
after it; where none is on file for the days before, the lists of a number that came begin with its first day, and what
its goods owed until then hangs on the number that they had.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exclusions.gateways.tariff.renumbered import left_numbers, new_numbers
from exclusions.hts import dotted

MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class MayBeRenumbered:
    """What is told of a number on a day: the day on which one that does not exist left the HTSUS (`left_on`), or that
    on which it comes (`begins_on`), where it is known.
    """

    left_on: date | None = None
    begins_on: date | None = None

    @property
    def is_renumbered(self) -> bool:
        """Whether the goods had another number on the day: this one had left, or was yet to come."""
        return self.left_on is not None or self.begins_on is not None


def left_on(number: str, as_of: date) -> date | None:
    """Return the day on which the plain number, or the 8-digit line it is in, left the HTSUS; None if it had not by
    `as_of`.

    An edition that began after the number had left, and has it again, knows better: `number_status` asks it first.
    """
    left = left_numbers().get(number[:8]) if len(number) >= 8 else None
    return left.day if left and left.day <= as_of else None


def begins_on(number: str, as_of: date) -> date | None:
    """Return the day on which the plain number, or the 8-digit line it is in, came into the HTSUS; None if it had come
    by `as_of`.

    An edition of an earlier day that has it knows better: `number_status` asks it first.
    """
    came = new_numbers().get(number[:8]) if len(number) >= 8 else None
    return came.day if came and came.day > as_of else None


def renumbered_in_words(number: str, as_of: date, before: Sequence[str] = (), after: Sequence[str] = ()) -> str:
    """Say of a plain number that has left when it did, and of one that is yet to come when it comes.

    `before` and `after` are plain numbers that a source names; none: the heading alone can be named.
    """
    heading = f"Look for it under heading {number[:4]}"
    if begins_on(number, as_of):
        said = f"{dotted(number)} came into the HTSUS {new_numbers()[number[:8]].words}."
        decides = "that number decides which list covered the goods"
        if before:
            return f"{said} Sources on file name {_named(before)} before it. Look up the number of the day: {decides}."
        return f"{said} Which number the goods had before is not on file. {heading}: {decides}."
    said = f"{dotted(number)} left the HTSUS {left_numbers()[number[:8]].words}."
    if after:
        return f"{said} Sources on file name {_named(after)} after it. Look up the number that your goods have now."
    return (
        f"{said} Which number the goods took is not on file. {heading}: the new number decides which list covers the "
        "goods."
    )


def _named(numbers: Sequence[str]) -> str:
    more = f" and {len(numbers) - MOST_NAMED} more" if numbers[MOST_NAMED:] else ""
    return f"{', '.join(map(dotted, numbers[:MOST_NAMED]))}{more}"
