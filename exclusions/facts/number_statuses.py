"""How many numbers stand, each on days of its own: whether they existed, or that nobody can tell."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from exclusions.facts.lines import LINE, Edition, Line, editions
from exclusions.facts.renumbered import renumbered_in_words
from exclusions.facts.speaking import number_status
from exclusions.hts import HtsNumber, range_of
from exclusions.models.tariff import TariffLine

AT_ONCE = 250  # numbers of one statement: SQLite takes expressions of 1,000 levels


class NumberStatuses:
    """What editions say of numbers; the editions are read once, the lines of some numbers when they are asked for."""

    def __init__(self) -> None:
        self._editions: list[Edition] | None = None
        self._lines: dict[str, list[Line]] = {}
        self._doubts: dict[tuple[str, date], str] = {}

    def read(self, numbers: Collection[str]) -> None:
        """Read the lines of plain numbers of 8 or 10 digits: a statement for each 250 of them, one for the editions."""
        wanted = sorted({number[:8] for number in numbers} - self._lines.keys())
        if wanted and self._editions is None:
            self._editions = editions()
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            self._lines |= {number: [] for number in some}
            for line in _families(some):
                if line.number[:8] in self._lines:  # the heading 8410 sorts between 8409.99.99 and 8410.00.00
                    self._lines[line.number[:8]].append(line)

    def doubt(self, number: str, as_of: date) -> str:
        """Say that a plain number was not in the schedule on a day, or that nobody knows; "" if it was there.

        `read` it before. No statement.
        """
        key = (number, as_of)
        if key not in self._doubts:
            found = number_status(HtsNumber(number), as_of, self._editions or [], self._lines[number[:8]])
            if found.is_renumbered:
                self._doubts[key] = renumbered_in_words(number, as_of)
                return self._doubts[key]
            missing = f"{HtsNumber(number).dotted} is not in the HTSUS of that day ({found.edition}). Check the number."
            self._doubts[key] = missing if found.exists is False else found.doubt
        return self._doubts[key]


def _families(numbers: Iterable[str]) -> list[Line]:
    within = Q(pk__in=[])
    for number in numbers:
        first, after = range_of(number)
        within |= Q(number__gte=first, number__lt=after)
    rows = TariffLine.objects.filter(within).order_by("number", "valid_from").values_list(*LINE)
    units = LINE.index("units")
    return [Line._make([*row[:units], tuple(row[units]), *row[units + 1 :]]) for row in rows]
