"""What the schedule says on a day: editions, lines, their families, and a search by number and words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any, NamedTuple

from django.db.models import QuerySet

from exclusions.days import in_full, within
from exclusions.gateways.tariff.hs_names import international_name, international_names
from exclusions.hts import LEVELS, HtsNumber, holds_words, parse_prefix, range_of
from exclusions.models.tariff import CoveredLine, HtsEdition, TariffLine, reaches

INTERNATIONAL_NAME = "the international Harmonized System, 6 digits"
INTERNATIONAL = f"{INTERNATIONAL_NAME} (no HTSUS edition is loaded for this day)"
MOST_WORDS = 8
PLURAL = re.compile(r"(?<=[a-z]{3})(?:ies|y)$|(?:(?<=ch)|(?<=sh)|(?<=[sxz]))es$|(?<=[a-z][a-z][^s])s$", re.IGNORECASE)
PAGE = 50


class Line(NamedTuple):
    """A line as it stood on a day. `number` is plain, rates are as printed; the dates are those of this wording.

    A line that stands in no edition (only its 6-digit name is known) has no dates, units or rates.
    """

    number: str
    level: int
    indent: int
    description: str
    full_description: str
    units: tuple[str, ...] = ()
    general_rate: str = ""
    special_rate: str = ""
    other_rate: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, as_of: date) -> bool:
        """Whether the schedule had it in these words on the day; never, where it stands in no edition."""
        return self.valid_from is not None and within(as_of, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the HTSUS on file; a part of one says nothing of numbers outside its reach."""

    name: str
    valid_from: date
    first_number: str
    last_number: str

    @property
    def is_whole(self) -> bool:
        """Whether it tells about every number."""
        return not self.first_number

    def __str__(self) -> str:
        return f"HTSUS {self.name}, from {in_full(self.valid_from)}"

    def speaks(self, number: str, as_of: date) -> bool:
        """Whether it had begun on the day and tells about the plain number."""
        return self.valid_from <= as_of and reaches(self.first_number, self.last_number, number)


def editions() -> list[Edition]:
    """All editions on file, the latest first. One statement."""
    rows = HtsEdition.objects.order_by().values_list("name", "valid_from", "first_number", "last_number")
    return sorted((Edition(*row) for row in rows), key=lambda edition: edition.valid_from, reverse=True)


def day_on_file(name: str) -> date | None:
    """Return the day from which the edition of that name speaks, as it was loaded; None where it was not. One
    statement.
    """
    return HtsEdition.objects.filter(name=name).values_list("valid_from", flat=True).first()


def whole_edition(as_of: date) -> Edition | None:
    """Return the latest whole edition that began on the day or before. One statement."""
    return next((edition for edition in editions() if edition.is_whole and edition.valid_from <= as_of), None)


def edition_for(number: str, as_of: date, known: Iterable[Edition]) -> Edition | None:
    """Return the edition that speaks for the plain number on the day: the latest of those given, in their order."""
    return next((edition for edition in known if edition.speaks(number, as_of)), None)


def edition_after(number: str, as_of: date, known: Iterable[Edition]) -> Edition | None:
    """Return the first of the editions given that begins after the day and tells about the plain number."""
    later = [edition for edition in known if edition.valid_from > as_of and edition.speaks(number, edition.valid_from)]
    return min(later, key=lambda edition: edition.valid_from, default=None)


# In the order of the fields of Line.
LINE = ("number", "level", "indent", "description", "full_description", "units", "general_rate", "special_rate",
        "other_rate", "valid_from", "valid_to")  # fmt: skip
_LINES = TariffLine.objects.order_by().values_list(*LINE)  # put together once, and narrowed by each page


def wordings(number: HtsNumber) -> list[Line]:
    """All lines of all days that begin with the number, or with its first eight digits if it has ten. One statement."""
    first, after = range_of(number.hts8)
    return _plain(_LINES.filter(number__gte=first, number__lt=after).order_by("number", "valid_from"))


def standing_lines(numbers: Sequence[str], as_of: date) -> list[Line]:
    """Return the lines of plain numbers as they stand on the day, in the order of the numbers. One statement."""
    places = {number: place for place, number in enumerate(numbers)}
    rows = TariffLine.objects.in_force(as_of).filter(number__in=numbers).order_by().values_list(*LINE)
    return sorted(_plain(rows), key=lambda line: places[line.number])


def _plain(rows: Iterable[tuple[Any, ...]]) -> list[Line]:
    units = LINE.index("units")
    return [Line._make([*row[:units], tuple(row[units]), *row[units + 1 :]]) for row in rows]


def line_on(number: HtsNumber, *days: date) -> list["Line | None"]:
    """Return the line of the number on each of the days; None where no edition has it then. One statement."""
    known = wordings(number)
    return [stand(number, [line for line in known if line.holds_on(day)])[0] for day in days]


def stand(number: HtsNumber, relatives: list[Line]) -> tuple[Line | None, list[Line]]:
    """Return the line of the number among its family, and the lines to choose from below it.

    A subheading without a row of its own takes its words from the lines below it. Ten digits that end in 00 stand
    for an 8-digit line that has no breakout. For ten digits that do not exist, the choice is their neighbours.
    """
    plain = number.plain
    exact = next((line for line in relatives if line.number == plain), None)
    if number.level == max(LEVELS):
        neighbours = [line for line in relatives if line.level == number.level]
        if exact is None and not neighbours and plain.endswith("00"):
            eight = next((line for line in relatives if line.number == number.hts8), None)
            exact = eight._replace(number=plain, level=number.level) if eight else None
        return exact, [] if exact else neighbours
    below = [line for line in relatives if line.number != plain]
    return exact or _made_of(number, below), _next_level(number, below)


def matching_lines(prefix: str, words: list[str], as_of: date) -> QuerySet[TariffLine]:
    """Return the rows on the day whose number begins with the plain digits and which has all the given words."""
    rows = TariffLine.objects.in_force(as_of).order_by("number")
    if prefix:
        first, after = range_of(prefix)
        rows = rows.filter(number__gte=first, number__lt=after)
    for word in words:
        part = singular(word)
        # The pattern alone is right; the part alone is quick, and leaves the pattern but few rows to read.
        rows = rows.filter(full_description__icontains=part, full_description__iregex=whole_word(part))
    return rows


def plain_words(text: str) -> str:
    """Return the words alone, in lower case: what is the same in two editions, however each was printed."""
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def singular(word: str) -> str:
    """Return the part that an English word's singular and plural share, roughly: pump(s), batter(y, ies), box(es)."""
    return PLURAL.sub("", word)


def whole_word(part: str) -> str:
    """Return the pattern, for either database and for Python, that finds the part as a word of its own, singular or
    plural.
    """
    return rf"(^|\W){re.escape(part)}(s|es|y|ies)?(\W|$)"


def lines_of(rows: Iterable[TariffLine]) -> list[Line]:
    """Return the rows as plain lines."""
    return [
        Line(
            row.number,
            row.level,
            row.indent,
            row.description,
            row.full_description,
            tuple(row.units),
            row.general_rate,
            row.special_rate,
            row.other_rate,
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    ]


def search_terms(q: str, prefix: str = "") -> tuple[str, list[str]]:
    """Return what a person typed, as plain digits and words: text of digits and dots alone is a number.

    Raises HtsError for a prefix that cannot begin a number.
    """
    digits = parse_prefix(prefix)
    if not digits and q.strip() and not holds_words(q):
        return parse_prefix(q), []
    return digits, q.split()[:MOST_WORDS]


def search_lines(q: str, prefix: str, as_of: date, *, limit: int = PAGE) -> list[Line]:
    """Up to `limit` lines on the day, by number, that begin with `prefix` and have all words of `q` in any case.

    A word stands for itself, in singular or plural, and not for a part of another one. A `q` of digits and dots is
    a prefix. Where no whole edition is loaded for the day, subheadings named by the international Harmonized System
    and the covered lines below them stand in. Nothing asked: nothing found. At most three statements. Raises HtsError
    for a prefix that cannot begin a number.
    """
    digits, words = search_terms(q, prefix)
    if not (digits or words):
        return []
    found = lines_of(matching_lines(digits, words, as_of)[:limit])
    if whole_edition(as_of):
        return found
    seen = {line.number for line in found}
    stand_ins = [line for line in _international(digits, words, as_of, limit) if line.number not in seen]
    return sorted([*found, *stand_ins], key=lambda line: line.number)[:limit]


def international_line(number: str) -> Line | None:
    """Return the 6-digit name, as a line without dates, units or rates; None when the 6 digits are not known."""
    name = international_name(number)
    return Line(number, len(number), 0, name, name) if name else None


def _international(digits: str, words: list[str], as_of: date, limit: int) -> list[Line]:
    names = dict(international_names(digits, [whole_word(singular(word)) for word in words], limit))
    if not names:
        return []
    first, last = min(names), max(names)
    rows = CoveredLine.objects.in_force(as_of).filter(number__gte=first, number__lt=range_of(last)[1])
    if digits:
        rows = rows.filter(number__startswith=digits)
    numbers = {n for n in rows.values_list("number", flat=True) if n[:6] in names}
    numbers.update(code for code in names if code.startswith(digits))
    return [Line(n, len(n), 0, names[n[:6]], names[n[:6]]) for n in sorted(numbers)[:limit]]


def _made_of(number: HtsNumber, below: list[Line]) -> Line | None:
    """Word a subheading by what the lines below it have in common; a single line below gives all it has."""
    if not below:
        return None
    if len(below) == 1:
        return below[0]._replace(number=number.plain, level=number.level)
    words = zip(*(line.full_description.split(": ") for line in below), strict=False)
    shared = [parts[0] for parts in takewhile(lambda parts: len(set(parts)) == 1, words)]
    full = ": ".join(shared) or below[0].full_description
    starts = [line.valid_from for line in below if line.valid_from]
    return Line(number.plain, number.level, 0, full.rpartition(": ")[2], full, valid_from=min(starts, default=None))


def _next_level(number: HtsNumber, below: list[Line]) -> list[Line]:
    """Keep the lines that have no other line between themselves and the number."""
    numbers = {line.number for line in below}
    return [
        line
        for line in below
        if not any(len(above) > number.level and above in numbers for above in HtsNumber(line.number).ancestors)
    ]
