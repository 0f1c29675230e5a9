"""What the schedule says on a day: editions, lines, their families, and a search by number and words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from django.db.models import QuerySet

from exclusions.gateways.tariff.hs_names import international_name, international_names
from exclusions.hts import LEVELS, HtsNumber, parse_prefix, range_of
from exclusions.models.tariff import CoveredLine, HtsEdition, TariffLine

COLUMNS = (
    "number",
    "level",
    "indent",
    "description",
    "full_description",
    "units",
    "general_rate",
    "special_rate",
    "other_rate",
    "valid_from",
    "valid_to",
)
INTERNATIONAL = "the international Harmonized System, 6 digits (no HTSUS edition is loaded for this day)"
MOST_WORDS = 8
PLURAL = re.compile(r"(?<=[a-z]{3})(?:ies|y)$|(?:(?<=ch)|(?<=sh)|(?<=[sxz]))es$|(?<=[a-z][a-z][^s])s$", re.IGNORECASE)
PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
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


def editions_on(as_of: date) -> list[HtsEdition]:
    """The editions that began on the day or before, the latest first. One statement."""
    begun = HtsEdition.objects.filter(valid_from__lte=as_of).order_by()
    return sorted(begun, key=lambda edition: edition.valid_from, reverse=True)


def edition_for(number: str, editions: Iterable[HtsEdition]) -> HtsEdition | None:
    """The edition that speaks for the plain number: the first of `editions` that covers it."""
    return next((edition for edition in editions if edition.covers(number)), None)


def line(number: HtsNumber, as_of: date) -> Line | None:
    """The line of the number on the day; None when no edition has it then. One statement."""
    return stand(number, family(number, as_of))[0]


def family(number: HtsNumber, as_of: date) -> list[Line]:
    """All lines on the day that begin with the number, or with its first eight digits if it has ten. One statement."""
    first, after = range_of(number.hts8)
    rows = TariffLine.objects.on(as_of).filter(number__gte=first, number__lt=after).order_by()
    lines = [
        Line(plain, level, indent, words, full, tuple(units), *rest)
        for plain, level, indent, words, full, units, *rest in rows.values_list(*COLUMNS)
    ]
    return sorted(lines, key=lambda line: line.number)


def stand(number: HtsNumber, relatives: list[Line]) -> tuple[Line | None, list[Line]]:
    """The line of the number among its family, and the lines to choose from below it.

    A subheading without a row of its own takes its words from the lines below it. Ten digits that end in 00 stand
    for an 8-digit line that has no breakout. For ten digits that do not exist, the choice is their neighbours.
    """
    plain = number.plain
    exact = next((line for line in relatives if line.number == plain), None)
    if number.level == max(LEVELS):
        neighbours = [line for line in relatives if line.level == number.level]
        if exact is None and not neighbours and plain.endswith("00"):
            eight = next((line for line in relatives if line.number == number.hts8), None)
            exact = replace(eight, number=plain, level=number.level) if eight else None
        return exact, [] if exact else neighbours
    below = [line for line in relatives if line.number != plain]
    return exact or _made_of(number, below), _next_level(number, below)


def known_since_or_until(number: HtsNumber) -> tuple[date, date | None] | None:
    """The first and the last day on which any edition has the number; None if none has. One statement."""
    dates = list(TariffLine.objects.filter(number=number.plain).values_list("valid_from", "valid_to"))
    if not dates:
        return None
    ends = [end for _, end in dates]
    return min(start for start, _ in dates), None if None in ends else max(end for end in ends if end)


def matching_lines(prefix: str, words: list[str], as_of: date) -> QuerySet[TariffLine]:
    """The rows on the day whose number begins with the plain digits and whose words hold all the given ones."""
    rows = TariffLine.objects.on(as_of).order_by("number")
    if prefix:
        first, after = range_of(prefix)
        rows = rows.filter(number__gte=first, number__lt=after)
    for word in words:
        rows = rows.filter(full_description__icontains=singular(word))
    return rows


def singular(word: str) -> str:
    """The part that an English word's singular and plural share, roughly: pump(s), batter(y, ies), box(es)."""
    return PLURAL.sub("", word)


def lines_of(rows: Iterable[TariffLine]) -> list[Line]:
    """The rows as plain lines."""
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
    """What a person typed, as plain digits and words: text of digits and dots alone is a number.

    Raises HtsError for a prefix that cannot begin a number.
    """
    digits = parse_prefix(prefix)
    if not digits and q.strip() and not q.strip(" .0123456789"):
        return parse_prefix(q), []
    return digits, q.split()[:MOST_WORDS]


def search_lines(q: str, prefix: str, as_of: date, *, limit: int = PAGE) -> list[Line]:
    """Up to `limit` lines on the day, by number, that begin with `prefix` and hold all words of `q` in any case.

    A `q` of digits and dots is a prefix. Where no whole edition is loaded for the day, subheadings named by the
    international Harmonized System and the covered lines below them stand in. Nothing asked: nothing found. At most
    three statements. Raises HtsError for a prefix that cannot begin a number.
    """
    digits, words = search_terms(q, prefix)
    if not (digits or words):
        return []
    found = lines_of(matching_lines(digits, words, as_of)[:limit])
    if any(not edition.first_number for edition in editions_on(as_of)):
        return found
    seen = {line.number for line in found}
    stand_ins = [line for line in _international(digits, words, as_of, limit) if line.number not in seen]
    return sorted([*found, *stand_ins], key=lambda line: line.number)[:limit]


def international_line(number: str) -> Line | None:
    """The 6-digit name, as a line without dates, units or rates; None when the 6 digits are not known."""
    name = international_name(number)
    return Line(number, len(number), 0, name, name) if name else None


def _international(digits: str, words: list[str], as_of: date, limit: int) -> list[Line]:
    names = dict(international_names(digits, [singular(word) for word in words], limit))
    if not names:
        return []
    first, last = min(names), max(names)
    rows = CoveredLine.objects.on(as_of).filter(number__gte=first, number__lt=range_of(last)[1])
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
        return replace(below[0], number=number.plain, level=number.level)
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
