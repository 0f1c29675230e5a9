"""Which numbers came before and after a number, as far as the lists of changes hint."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from exclusions.models.tariff import LineSuccession


@dataclass(frozen=True, slots=True)
class Succession:
    """A number that came before or after; a hint made by comparing texts. `effective_on` is unknown for some."""

    number: str
    change_type: str
    revision: str
    effective_on: date | None


def successions(numbers: Collection[str]) -> dict[str, tuple[list[Succession], list[Succession]]]:
    """For each plain number those before it and those after it, each once, by number. One statement for all."""
    before: dict[str, dict[str, Succession]] = {number: {} for number in numbers}
    after: dict[str, dict[str, Succession]] = {number: {} for number in numbers}
    rows = LineSuccession.objects.filter(Q(old_number__in=numbers) | Q(new_number__in=numbers)).order_by()
    columns = ("old_number", "new_number", "change_type", "revision_to", "effective_on")
    for old, new, *rest in sorted(rows.values_list(*columns), key=lambda row: row[:2]):
        if old in after and new:
            after[old][new] = Succession(new, *rest)
        if new in before and old:
            before[new][old] = Succession(old, *rest)
    return {number: (list(before[number].values()), list(after[number].values())) for number in numbers}
