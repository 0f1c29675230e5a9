"""Which edition speaks for a number on a day, and what can be said where none does or the one on file is too old.

An edition speaks for the days from its own until the next one on file, the newest on and on. Where the calendar names
editions in between that are not on file, a number that the next one has may have begun with any of them: that is not
known, and the words of the nearest edition stand in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exclusions.facts.lines import (
    INTERNATIONAL,
    INTERNATIONAL_NAME,
    Edition,
    Line,
    edition_after,
    edition_for,
    international_line,
    stand,
)
from exclusions.facts.renumbered import MayBeRenumbered, begins_on, left_on
from exclusions.gateways.tariff.hts_calendar import begun_between
from exclusions.hts import HtsNumber

MOST_DAYS = 20


@dataclass(frozen=True, slots=True)
class NumberStatus(MayBeRenumbered):
    """Whether a number exists on a day (None: not known), its line or the nearest, and who says so.

    `source` names where the words are from, "" without any; `doubt` is a sentence where it is not known.
    """

    exists: bool | None
    line: Line | None
    below: list[Line]
    source: str
    doubt: str
    edition: Edition | None


def number_status(number: HtsNumber, as_of: date, editions: Sequence[Edition], lines: Sequence[Line]) -> NumberStatus:
    """How the number stands on the day; `lines` are all lines of all days of its family. No statement."""
    edition = edition_for(number.plain, as_of, editions)
    left = left_on(number.plain, as_of)
    if left is not None and (edition is None or edition.valid_from < left):
        return _gone(number, as_of, lines, edition, left)
    line, below = stand(number, [line for line in lines if line.holds_on(as_of)])
    if line is None and (begins := begins_on(number.plain, as_of)):
        return _to_come(number, as_of, lines, edition, begins)
    if line is not None or (edition is not None and not _may_have_begun(number, as_of, edition, editions, lines)):
        source = f"HTSUS {edition.name}" if edition else INTERNATIONAL
        return NumberStatus(
            line is not None, line, below, source if line else "", "", edition, left_on=None if line else left
        )
    near = _nearest(number, as_of, lines)
    name = None if near else international_line(number.plain)
    if edition is not None:
        later = edition_after(number.plain, as_of, editions)
        doubt = (
            f"The edition on file for the day ({edition}) does not have it. The next one on file ({later}) has it. "
            "There were editions in between, so we cannot tell when the number began."
        )
    else:
        doubt = "No edition of the HTSUS is on file for this day, so we cannot tell whether all the digits exist."
    source = "the edition on file nearest to the day that has it" if near else INTERNATIONAL if name else ""
    return NumberStatus(None, near or name, below, source, doubt, edition)


def _gone(number: HtsNumber, as_of: date, lines: Sequence[Line], edition: Edition | None, left: date) -> NumberStatus:
    """Return a number that had left the schedule, in the words it had; the edition on file is older than that."""
    near = _nearest(number, as_of, [line for line in lines if line.valid_from and line.valid_from < left])
    line = near or international_line(number.plain)
    source = "the last edition on file that has it" if near else INTERNATIONAL_NAME if line else ""
    return NumberStatus(False, line, [], source, "", edition, left_on=left)


def _to_come(
    number: HtsNumber, as_of: date, lines: Sequence[Line], edition: Edition | None, begins: date
) -> NumberStatus:
    """Return a number that the schedule was yet to have, in the words it got."""
    near = _nearest(number, as_of, [line for line in lines if line.valid_from and line.valid_from >= begins])
    line = near or international_line(number.plain)
    source = "the first edition on file that has it" if near else INTERNATIONAL_NAME if line else ""
    return NumberStatus(False, line, [], source, "", edition, begins_on=begins)


def _may_have_begun(
    number: HtsNumber, as_of: date, edition: Edition, editions: Sequence[Edition], lines: Sequence[Line]
) -> bool:
    """Whether the next edition on file has the number, and others began since the one that speaks for the day."""
    later = edition_after(number.plain, as_of, editions)
    if later is None or not begun_between(edition.valid_from, as_of):
        return False
    return stand(number, [line for line in lines if line.holds_on(later.valid_from)])[0] is not None


def _nearest(number: HtsNumber, as_of: date, lines: Sequence[Line]) -> Line | None:
    """Return the words of the number on the day nearest to the given one on which any edition has it; no dates, no
    rates.
    """
    days = {day for line in lines for day in (line.valid_from, line.valid_to) if day}
    for day in sorted(days, key=lambda day: (abs(day - as_of), day))[:MOST_DAYS]:
        line, _ = stand(number, [line for line in lines if line.holds_on(day)])
        if line is not None:
            return line._replace(general_rate="", special_rate="", other_rate="", valid_from=None, valid_to=None)
    return None
