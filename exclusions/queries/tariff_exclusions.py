"""The exclusions that name a number: in force on a day, over, to come, or pending."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from exclusions.hts import HtsNumber, dotted, range_of
from exclusions.models import ExclusionTerm


@dataclass(frozen=True, slots=True)
class NamedExclusion:
    """One term of an exclusion whose text names the number. Dates are inclusive; none known: empty."""

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

    @property
    def note_printed(self) -> str:
        """The paragraph of U.S. note 20 as it is cited: 20(h)(2); "" when none is known."""
        if not self.note:
            return ""
        note = self.note if "(" in self.note else f"20({self.note})"
        return f"{note}({self.item})" if self.item else note

    @property
    def heading_dotted(self) -> str:
        """The chapter 99 heading as it is printed: 9903.88.05."""
        return dotted(self.heading)

    def in_force(self, as_of: date) -> bool:
        """Whether goods entered on the day may use it: published, and term, text and number hold. No start: no."""
        return (
            self.status == ExclusionTerm.Status.PUBLISHED
            and self.valid_from is not None
            and _within(as_of, self.valid_from, self.valid_to)
            and _within(as_of, self.text_from, self.text_to)
            and _within(as_of, self.number_from, self.number_to)
        )


def live_exclusions(number: HtsNumber, as_of: date) -> list[NamedExclusion]:
    """The exclusions in force on the day that name the number, or a number below it. One statement."""
    return [exclusion for exclusion in exclusions_naming(number) if exclusion.in_force(as_of)]


def exclusions_naming(number: HtsNumber) -> list[NamedExclusion]:
    """Every term of every exclusion that names the number, or a number below it, the latest first. One statement."""
    return exclusions_of([number.plain])[number.plain]


def exclusions_of(numbers: Collection[str]) -> dict[str, list[NamedExclusion]]:
    """The same for each of the plain numbers. One statement for all.

    Some texts print 8 digits where 10 are meant; such a text names all 10-digit numbers of that subheading.
    """
    below = "exclusion__texts__numbers__number"
    naming = Q(**{f"{below}__in": {part for number in numbers for part in (number, number[:8]) if len(part) >= 8}})
    for number in numbers:
        if len(number) < 10:
            first, after = range_of(number)
            naming |= Q(**{f"{below}__gte": first, f"{below}__lt": after})
    columns = {
        "reference": F("exclusion__reference"),
        "list_code": F("exclusion__action__code"),
        "text": F("exclusion__texts__text"),
        "whole_number": F("exclusion__texts__whole_number"),
        "number": F(below),
        "number_from": F("exclusion__texts__numbers__valid_from"),
        "number_to": F("exclusion__texts__numbers__valid_to"),
        "text_from": F("exclusion__texts__valid_from"),
        "text_to": F("exclusion__texts__valid_to"),
    }
    own = ("heading", "note", "item", "status", "authority", "valid_from", "valid_to")
    rows = ExclusionTerm.objects.filter(naming).annotate(**{f"x_{name}": value for name, value in columns.items()})
    order = (F("valid_from").desc(nulls_last=True), "heading", "seq", "x_number")
    found: dict[str, list[NamedExclusion]] = {number: [] for number in numbers}
    for values in rows.order_by(*order).values_list(*own, *(f"x_{name}" for name in columns)):
        named = NamedExclusion(**dict(zip((*own, *columns), values, strict=True)))
        for number in found:
            if named.number.startswith(number) or named.number == number[:8]:
                found[number].append(named)
    return found


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or last >= day)
