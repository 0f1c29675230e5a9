"""The exclusions that name a number: in force on a day, over, to come, or pending.

Goods entered on a day may use an exclusion when a published term holds on it, and so do a text and the number in that
text. A term without a known start is never counted as in force.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import chain
from operator import itemgetter, or_
from typing import Any, Protocol, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from exclusions.days import within
from exclusions.facts.fictional import fictional
from exclusions.hts import dotted, range_of
from exclusions.models.exclusion import SUPERSEDED, ExclusionNumber, ExclusionTerm, note_cited
from exclusions.models.tariff import TariffAction, first_digits, holds_on, lasts_to
from exclusions.workflow.deadlines import eastern_date

# The columns of a number with its text, and of a term with its exclusion, in the order of the fields of NamedExclusion.
OF_NUMBER = ("number", "valid_from", "valid_to", "text__text", "text__whole_number", "text__valid_from",
             "text__valid_to", "text__corrected_by", "text__recorded_at")  # fmt: skip
OF_TERM = ("exclusion__reference", "exclusion__action__code", "heading", "note", "item", "valid_from", "valid_to",
           "status", "authority", "corrected_by", "recorded_at", "invented")  # fmt: skip


class Worded(Protocol):
    """A wording of an exclusion, however it was read."""

    @property
    def version(self) -> int:
        """Which wording it is, counted from 1."""

    @property
    def valid_from(self) -> date | None:
        """Its first day; None: from the start."""

    @property
    def valid_to(self) -> date | None:
        """Its last day; None: it goes on."""


Text = TypeVar("Text", bound=Worded)


@dataclass(frozen=True, slots=True)
class NamedExclusion:
    """One term of an exclusion whose text names the number. Dates are inclusive; none known: empty.

    One that is `fictional` was made for the demonstration.
    """

    number: str
    number_from: date | None
    number_to: date | None
    text: str
    whole_number: bool
    text_from: date | None
    text_to: date | None
    text_corrected_by: str
    text_recorded_at: datetime | None
    reference: str
    list_code: str
    heading: str
    note: str
    item: str
    valid_from: date | None
    valid_to: date | None
    status: str
    authority: str
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
        return is_pending and within(as_of, None, self.valid_to) and self._names_on(as_of)

    def _names_on(self, as_of: date) -> bool:
        return within(as_of, self.text_from, self.text_to) and within(as_of, self.number_from, self.number_to)


def term_in_force(status: str, valid_from: date | None, valid_to: date | None, as_of: date) -> bool:
    """Whether a term that was read holds on the day, as `TermQuerySet.in_force` asks of the database."""
    begun = status == ExclusionTerm.Status.PUBLISHED and valid_from is not None
    return begun and within(as_of, valid_from, valid_to)


def wording_on(texts: Iterable[Text], day: date) -> Text | None:
    """Return the wording of an exclusion that stands on a day; None where there is none at all.

    A wording holds from its first day to its last, both inclusive; one without a first day was there from the start.
    Of two that hold, the one begun later stands. On a day on which none holds it is the last one that had begun, and
    before them all the first.
    """
    known = sorted(texts, key=lambda text: (text.valid_from or date.min, text.version))
    holding = [text for text in known if within(day, text.valid_from, text.valid_to)]
    begun = holding or [text for text in known if text.valid_from is None or text.valid_from <= day]
    return begun[-1] if begun else next(iter(known), None)


def in_force(named: Iterable[NamedExclusion], as_of: date) -> list[NamedExclusion]:
    """Those in force on the day, each term once, however often its text names the number."""
    return _once(item for item in named if item.in_force(as_of))


def pending(named: Iterable[NamedExclusion], as_of: date) -> list[NamedExclusion]:
    """Those that were granted and wait for their notice, each term once."""
    return _once(item for item in named if item.pending(as_of))


def not_in_force(named: Iterable[NamedExclusion], as_of: date) -> list[NamedExclusion]:
    """Return the terms that are over, to come, pending, deleted or undated on the day, each once."""
    everything = list(named)
    live = {item.term for item in everything if item.in_force(as_of)}
    return _once(item for item in everything if item.term not in live)


def _once(named: Iterable[NamedExclusion]) -> list[NamedExclusion]:
    return list({item.term: item for item in named}.values())


def exclusions_naming(number: str) -> list[NamedExclusion]:
    """Every term of every exclusion that names the plain number, or one below it, the latest first.

    Two statements, one where there is none.
    """
    return exclusions_of([number])[number]


def exclusions_of(numbers: Collection[str]) -> dict[str, list[NamedExclusion]]:
    """Return the same for each of the plain numbers. Two statements for all."""
    if not numbers:
        return {}
    return _by_number(numbers, _named(_NUMBERS.filter(reduce(or_, map(_naming, numbers)))))


@dataclass(frozen=True, slots=True)
class InForce:
    """An exclusion that is in force for a number on a day: its last day where it has one, its text, whether it takes
    out the whole number, and whether it is of a list of the round that was asked about.
    """

    reference: str
    until: date | None
    text: str
    whole_number: bool
    of_round: bool


def exclusions_on(number: str, day: date, round_id: int) -> list[InForce]:
    """Return the exclusions in force for a plain number of ten digits on a day, those that last longest first.

    One statement, for one number of few texts; `exclusions_of` asks for many.
    """
    texts, numbers = "exclusion__texts__", "exclusion__texts__numbers__"
    meant = [Q(**{f"{row}valid_from__isnull": True}) | Q(**{f"{row}valid_from__lte": day}) for row in (texts, numbers)]
    terms = ExclusionTerm.objects.in_force(day).filter(
        *meant,
        lasts_to(day, texts),
        lasts_to(day, numbers),
        **{f"{texts}{SUPERSEDED}__isnull": True, f"{numbers}number__in": (number, number[:8])},
    )
    of_round = Exists(TariffAction.objects.filter(pk=OuterRef("exclusion__action"), rounds=round_id))
    columns = ("exclusion__reference", "valid_to", f"{texts}text", f"{texts}whole_number", of_round)
    ordered = terms.order_by(F("valid_to").desc(nulls_first=True), "pk")
    return list(dict.fromkeys(InForce(*row) for row in ordered.values_list(*columns)))


def exclusions_in_force(numbers: Collection[str], as_of: date) -> dict[str, list[NamedExclusion]]:
    """For each of the plain numbers what `in_force` leaves of those that name it.

    Two statements for all, one where none is in force.
    """
    live = ExclusionTerm.objects.in_force(as_of).order_by().values("exclusion")
    headings = Q(four__in={number[:4] for number in numbers}, text__exclusion__in=live)
    naming = _NUMBERS.alias(four=first_digits(4)).filter(headings, _means(as_of))
    named = _named(naming, as_of)
    return {number: in_force(found, as_of) if found else [] for number, found in _by_number(numbers, named).items()}


def _by_number(numbers: Collection[str], naming: Iterable[NamedExclusion]) -> dict[str, list[NamedExclusion]]:
    """Each of the numbers with what names it, or one below it, or the eight digits above it, newest first."""
    named = sorted(naming, key=_newest, reverse=True)
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


# Put together once, and narrowed by each page: the columns are many.
_NUMBERS = ExclusionNumber.objects.order_by().values_list("text__exclusion", *OF_NUMBER)
_TERMS = ExclusionTerm.objects.annotate(invented=fictional()).order_by().values_list("exclusion", *OF_TERM)


def _named(numbers: "QuerySet[ExclusionNumber, tuple[Any, ...]]", as_of: date | None = None) -> list[NamedExclusion]:
    """Return the numbers, each with the terms that stand of its exclusion; with a day those alone that are in force on
    it.

    Two statements: PostgreSQL plans one that joins it all for longer than it runs.
    """
    meant = list(numbers)
    if not meant:
        return []
    terms_meant = _TERMS.filter(exclusion__in={exclusion for exclusion, *_ in meant})
    terms: dict[int, list[list[Any]]] = {}
    for exclusion, *term in terms_meant.in_force(as_of) if as_of else terms_meant:
        terms.setdefault(exclusion, []).append(term)
    return [NamedExclusion(*number, *term) for exclusion, *number in meant for term in terms.get(exclusion, ())]


_PLACE = itemgetter(0)


def _newest(item: NamedExclusion) -> tuple[date, date, str, str, str]:
    return item.valid_from or date.min, item.valid_to or date.max, item.reference, item.heading, item.text


def numbers_naming(prefix: str, as_of: date | None = None) -> "QuerySet[ExclusionNumber]":
    """Return the numbers in texts by which an exclusion names the plain number, or one that begins with its digits.

    With a day only those that mean it then: neither the number nor its text has ended or is still to begin.
    """
    rows = ExclusionNumber.objects.filter(_naming(prefix))
    return rows.filter(_means(as_of)) if as_of else rows


def _naming(number: str) -> Q:
    """Some texts print 8 digits where 10 are meant; such a text names all 10-digit numbers of that subheading."""
    first, after = range_of(number)
    if len(number) == 10:
        return Q(number__in=(number, number[:8]))
    below = Q(number__gte=first, number__lt=after)
    return below | Q(number=number[:8]) if len(number) > 8 else below


def _means(as_of: date) -> Q:
    """Return the condition that a number of a text means it on the day: neither it nor its text has ended or is to
    begin.
    """
    return holds_on(as_of, undated=True) & holds_on(as_of, "text__", undated=True)
