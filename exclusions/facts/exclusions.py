"""The exclusions that name a number: in force on a day, over, to come, or pending."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from exclusions.hts import HtsNumber, dotted, range_of
from exclusions.models.exclusion import ExclusionNumber, ExclusionTerm

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
)


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
        return f"20({self.note})({self.item})" if self.item else f"20({self.note})"

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
    parts = {part for number in numbers for part in (number, number[:8]) if len(part) >= 8}
    naming = Q(number__in=parts)
    for number in numbers:
        if len(number) < 10:
            first, after = range_of(number)
            naming |= Q(number__gte=first, number__lt=after)
    rows = ExclusionNumber.objects.filter(naming, text__exclusion__terms__isnull=False).order_by()
    named = [NamedExclusion(*values) for values in rows.values_list(*COLUMNS)]
    named.sort(key=lambda item: (item.valid_from or date.min, item.valid_to or date.max, item.reference), reverse=True)
    return {
        number: [item for item in named if item.number.startswith(number) or item.number == number[:8]]
        for number in numbers
    }


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or last >= day)
