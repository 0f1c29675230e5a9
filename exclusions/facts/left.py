"""Whether a covered number had left the HTSUS on a day: the one answer for pages, the API, refunds and filing checks.

The 2022 Harmonized System (in force in the United States on January 27, 2022: Proclamation 10326, 86 FR 73593) took
436 numbers of the lists out of the schedule. An edition from before that day says nothing of the days after it.
"""

from collections.abc import Sequence
from datetime import date

from exclusions.gateways.tariff.left_numbers import left_numbers
from exclusions.hts import dotted

MOST_NAMED = 5


def left_on(number: str, as_of: date) -> date | None:
    """Return the day on which the plain number, or the 8-digit line it is in, left the HTSUS; None if it had not by
    `as_of`.

    An edition that began after the number had left, and has it again, knows better: `standing` asks it first.
    """
    left = left_numbers().get(number[:8]) if len(number) >= 8 else None
    return left.day if left and left.day <= as_of else None


def left_in_words(number: str, successors: Sequence[str]) -> str:
    """Say of a plain number that has left when it did, and what is known of the numbers after it.

    `successors` are plain numbers that a source names; none: the heading alone can be named.
    """
    said = f"{dotted(number)} left the HTSUS {left_numbers()[number[:8]].words}."
    if successors:
        named = ", ".join(map(dotted, successors[:MOST_NAMED]))
        more = f" and {len(successors) - MOST_NAMED} more" if successors[MOST_NAMED:] else ""
        return f"{said} Sources on file name {named}{more} after it. Look up the number that your goods have now."
    return (
        f"{said} Which number the goods took is not on file. Look for it under heading {number[:4]}: the new number "
        "decides which list covers the goods."
    )
