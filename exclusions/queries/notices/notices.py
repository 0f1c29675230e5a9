"""What a notice changes for importers, as its publisher reads it before it is final."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from exclusions.facts.headings import KnownHeading, headings_of_lists
from exclusions.models import (
    ActionRate,
    Exclusion,
    ExclusionNumber,
    ExclusionText,
    FederalNotice,
    NoticeCase,
    Petition,
    TariffAction,
)
from exclusions.models.tariff import lasts_to


@dataclass(frozen=True)
class Change:
    """One exclusion of a notice: for which goods, under which heading, from and to which day which duty ends.

    `joins` says that it applies already, by an earlier notice, and stays as it is.
    """

    exclusion: Exclusion
    references: list[str]
    numbers: list[str]
    text: str
    heading: KnownHeading
    starts_on: date | None
    ends_on: date | None
    rates: list[str]
    joins: bool


def change(
    exclusion: Exclusion,
    references: Sequence[str],
    text: ExclusionText | None,
    heading: KnownHeading,
    days: tuple[date | None, date | None],
    *,
    joins: bool,
) -> Change:
    """Return what a notice changes by one exclusion. Two statements."""
    numbers = ExclusionNumber.objects.filter(text=text).order_by("number") if text else []
    starts_on, ends_on = days
    return Change(
        exclusion,
        list(references),
        [row.number for row in numbers],
        text.text if text else "",
        heading,
        starts_on,
        ends_on,
        _rates(exclusion.action, starts_on, ends_on),
        joins,
    )


def _rates(action: TariffAction, starts_on: date | None, ends_on: date | None) -> list[str]:
    """Return the rates of the list between the days, in words; each once."""
    rates = action.rates.filter(kind=ActionRate.Kind.WHOLE).order_by("valid_from")
    if starts_on:
        rates = rates.filter(lasts_to(starts_on))
    if ends_on:
        rates = rates.filter(valid_from__lte=ends_on)
    return list(dict.fromkeys(f"{rate.pct.normalize():f}%" for rate in rates))


def heading_choices(cases: Iterable[Petition], day: date) -> list[tuple[str, str]]:
    """Return the headings known for the lists of granted cases as of a day, as (plain number, words), in order."""
    actions = {case.decision.exclusion.action for case in cases if case.decision.exclusion}
    found: dict[str, set[str]] = {}
    for action, headings in headings_of_lists(sorted(actions, key=lambda one: (one.position, one.code)), day).items():
        for known in headings:
            found.setdefault(known.heading, set()).add(f"{action}: {known.citation}")
    return [(heading, "; ".join(sorted(words))) for heading, words in sorted(found.items())]


def exclusions_of(cases: Collection[Petition]) -> int:
    """Return how many exclusions granted cases have."""
    return len({case.decision.exclusion_id for case in cases})


def entered_notices(count: int = 20) -> QuerySet[FederalNotice]:
    """Return the notices entered last, newest first, at most `count`."""
    return FederalNotice.objects.select_related("action", "entered_by").order_by("-entered_at", "-pk")[:count]


def entered_notice(notice_id: int) -> FederalNotice | None:
    """Return one entered notice with its cases and the terms that it wrote, or None."""
    cases = NoticeCase.objects.select_related("petition", "term__exclusion").order_by("petition__reference")
    rows = FederalNotice.objects.select_related("action", "entered_by").prefetch_related(Prefetch("cases", cases))
    return rows.filter(pk=notice_id).first()
