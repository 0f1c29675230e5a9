"""The exclusions that name a number: in force on a day, over, to come, or pending.

Goods entered on a day may use an exclusion when a published term holds on it, and so do a text and the number in that
text. A term without a known start is never counted as in force.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from operator import itemgetter
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from exclusions.facts.fictional import fictional
from exclusions.gateways.database.digits import first_digits
from exclusions.hts import dotted, range_of
from exclusions.models.exclusion import SUPERSEDED, ExclusionNumber, ExclusionTerm, note_cited
from exclusions.workflow.deadlines import eastern_date


def _of_correction(prefix: str) -> Case:
    """When a row was recorded, of one that corrects another: a moment is dear to read, and most rows correct none."""
    return Case(When(~Q(**{f"{prefix}corrected_by": ""}), then=F(f"{prefix}recorded_at")), default=None)


# In the order of the fields of NamedExclusion.
COLUMNS = (
    "text__exclusion__reference",
    "text__exclusion__action__code",
    "text__exclusion__terms__heading",
    "text__exclusion__terms__note",
    "text__exclusion__terms__item",
    "text__text",
    "text__whole_number",
    "text__exclusion__terms__valid_from",
    "text__exclusion__terms__valid_to",
    "text__exclusion__terms__status",
    "text__exclusion__terms__authority",
    "number",
    "valid_from",
    "valid_to",
    "text__valid_from",
    "text__valid_to",
    "text__corrected_by",
    _of_correction("text__"),
    "text__exclusion__terms__corrected_by",
    _of_correction("text__exclusion__terms__"),
    fictional("text__exclusion__terms__"),
)


@dataclass(frozen=True, slots=True)
class NamedExclusion:
    """One term of an exclusion whose text names the number. Dates are inclusive; none known: empty.

    One that is `fictional` was made for the demonstration.
    """

    reference: str
    list_code: str
    heading: str
    note: str
    item: str
    text: str
    whole_number: bool
    valid_from: date | None
    valid_to: date | None
    status: str
    authority: str
    number: str
    number_from: date | None
    number_to: date | None
    text_from: date | None
    text_to: date | None
    text_corrected_by: str
    text_recorded_at: datetime | None
    term_corrected_by: str
    term_recorded_at: datetime | None
    fictional: bool = False

    @property
    def corrected_on(self) -> date | None:
        """The day on which text or term was corrected last; None: neither was."""
        if not (self.text_corrected_by or self.term_corrected_by):  # as mostly
            return None
        days = [
            eastern_date(at)
            for by, at in (
                (self.text_corrected_by, self.text_recorded_at),
                (self.term_corrected_by, self.term_recorded_at),
            )
            if by and at
        ]
        return max(days, default=None)

    @property
    def note_printed(self) -> str:
        """The paragraph of U.S. note 20 as it is cited: 20(h)(2); "" when none is known."""
        return note_cited(self.note, self.item)

    @property
    def heading_dotted(self) -> str:
        """The chapter 99 heading as it is printed: 9903.88.05."""
        return dotted(self.heading)

    @property
    def term(self) -> tuple[Any, ...]:
        """What makes it one exclusion under one term, by whichever number the text names it."""
        return (self.reference, self.heading, self.note, self.item, self.text, self.status, self.valid_from,
                self.valid_to)  # fmt: skip

    def in_force(self, as_of: date) -> bool:
        """Whether goods entered on the day may use it."""
        return term_in_force(self.status, self.valid_from, self.valid_to, as_of) and self._names_on(as_of)

    def pending(self, as_of: date) -> bool:
        """Whether it was granted, its notice is to come, and its text means the number on the day."""
        is_pending = self.status == ExclusionTerm.Status.PENDING
        return is_pending and _within(as_of, None, self.valid_to) and self._names_on(as_of)

    def _names_on(self, as_of: date) -> bool:
        return _within(as_of, self.text_from, self.text_to) and _within(as_of, self.number_from, self.number_to)


def term_in_force(status: str, valid_from: date | None, valid_to: date | None, as_of: date) -> bool:
    """Whether a term holds on the day: published, and begun on a known day."""
    begun = status == ExclusionTerm.Status.PUBLISHED and valid_from is not None
    return begun and _within(as_of, valid_from, valid_to)


def terms_in_force(rows: "QuerySet[ExclusionTerm]", as_of: date) -> "QuerySet[ExclusionTerm]":
    """Those of the terms of which `term_in_force` is true, asked of the database."""
    return rows.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=as_of),
        valid_from__lte=as_of,
        status=ExclusionTerm.Status.PUBLISHED,
    )


def in_force(named: Iterable[NamedExclusion], as_of: date) -> list[NamedExclusion]:
    """Those in force on the day, each term once, however often its text names the number."""
    return _once(item for item in named if item.in_force(as_of))


def pending(named: Iterable[NamedExclusion], as_of: date) -> list[NamedExclusion]:
    """Those that were granted and wait for their notice, each term once."""
    return _once(item for item in named if item.pending(as_of))


def not_in_force(named: Iterable[NamedExclusion], as_of: date) -> list[NamedExclusion]:
    """The terms that are over, to come, pending, deleted or undated on the day, each once."""
    everything = list(named)
    live = {item.term for item in everything if item.in_force(as_of)}
    return _once(item for item in everything if item.term not in live)


def _once(named: Iterable[NamedExclusion]) -> list[NamedExclusion]:
    return list({item.term: item for item in named}.values())


def exclusions_naming(number: str) -> list[NamedExclusion]:
    """Every term of every exclusion that names the plain number, or one below it, the latest first. One statement."""
    return exclusions_of([number])[number]


def exclusions_of(numbers: Collection[str]) -> dict[str, list[NamedExclusion]]:
    """The same for each of the plain numbers. One statement for all."""
    naming = Q(pk__in=[])
    for number in numbers:
        naming |= _naming(number)
    return _by_number(numbers, _named(naming)) if numbers else {}


def exclusions_in_force(numbers: Collection[str], as_of: date) -> dict[str, list[NamedExclusion]]:
    """For each of the plain numbers what `in_force` leaves of those that name it. One statement for all."""
    terms = "text__exclusion__terms"
    holding = Q(_dated(f"{terms}__", as_of), **{f"{terms}__valid_from__isnull": False})
    published = Q(**{f"{terms}__status": ExclusionTerm.Status.PUBLISHED})
    headings = Q(four__in={number[:4] for number in numbers})
    rows = _named(headings & _dated("", as_of) & _dated("text__", as_of) & holding & published)
    return {number: in_force(named, as_of) if named else [] for number, named in _by_number(numbers, rows).items()}


def _by_number(numbers: Collection[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, list[NamedExclusion]]:
    """Each of the numbers with the rows that name it, or one below it, or the eight digits above it, newest first."""
    named = sorted((NamedExclusion(*values) for values in rows), key=_newest, reverse=True)
    of_number: dict[str, list[tuple[int, NamedExclusion]]] = {}
    for place, item in enumerate(named):
        of_number.setdefault(item.number, []).append((place, item))
    meant = sorted(of_number)
    found: dict[str, list[NamedExclusion]] = {}
    for number in numbers:
        at = last = bisect_left(meant, number)
        while last < len(meant) and meant[last].startswith(number):
            last += 1
        own = of_number.keys() & {*meant[at:last], number[:8]}
        named_so = sorted(chain.from_iterable([of_number[one] for one in own]), key=_PLACE) if own else []
        found[number] = [item for _, item in named_so]
    return found


def _named(condition: Q) -> "QuerySet[ExclusionNumber, tuple[Any, ...]]":
    """The terms that stand of exclusions whose numbers meet the condition."""
    standing = Q(text__exclusion__terms__isnull=False, **{f"text__exclusion__terms__{SUPERSEDED}__isnull": True})
    rows: QuerySet[ExclusionNumber] = ExclusionNumber.objects.alias(four=first_digits(4)).filter(condition, standing)
    return rows.order_by().values_list(*COLUMNS)


_PLACE = itemgetter(0)


def _newest(item: NamedExclusion) -> tuple[date, date, str, str, str]:
    return item.valid_from or date.min, item.valid_to or date.max, item.reference, item.heading, item.text


def numbers_naming(prefix: str, as_of: date | None = None) -> "QuerySet[ExclusionNumber]":
    """The numbers in texts by which an exclusion names the plain number, or one that begins with its digits.

    With a day only those that mean it then: neither the number nor its text has ended or is still to begin.
    """
    rows = ExclusionNumber.objects.filter(_naming(prefix))
    return rows.filter(_dated("", as_of), _dated("text__", as_of)) if as_of else rows


def _naming(number: str) -> Q:
    """Some texts print 8 digits where 10 are meant; such a text names all 10-digit numbers of that subheading."""
    first, after = range_of(number)
    below = Q(number__gte=first, number__lt=after) if len(number) < 10 else Q(number=number)
    return below | Q(number=number[:8]) if len(number) > 8 else below


def _dated(prefix: str, as_of: date) -> Q:
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": as_of})
    lasting = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": as_of})
    return begun & lasting


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or last >= day)
