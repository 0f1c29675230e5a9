"""Exclusions that end soon, and whom that concerns: who filed for them, and who commented on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from exclusions.models import (
    Comment,
    CommentLine,
    Decision,
    Exclusion,
    ExclusionTerm,
    ExpiryReminder,
    ListedExclusion,
    Round,
)

DAYS_AHEAD = (90, 30)


@dataclass(frozen=True)
class Ending:
    """An exclusion, the last day on which it holds, and the addresses of those who are told."""

    exclusion: Exclusion
    ends_on: date
    addresses: list[str]


def endings(today: date) -> Iterator[Ending]:
    """Yield the exclusions that end within 90 days, nobody told of the next of 90 and 30 days, with whom to tell.

    One that goes on by a later term, published or pending, does not end. Those without anybody to tell are left out.
    """
    soon = today + timedelta(days=max(DAYS_AHEAD))
    in_force_or_pending = Q(status=ExclusionTerm.Status.PUBLISHED) | Q(status=ExclusionTerm.Status.PENDING)
    of_it = ExclusionTerm.objects.filter(exclusion=OuterRef("exclusion"))
    later = of_it.filter(in_force_or_pending, Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to")))
    granted = Decision.objects.filter(exclusion=OuterRef("exclusion"))
    lines = CommentLine.objects.filter(listed__exclusion=OuterRef("exclusion"), comment__status=Comment.Status.POSTED)
    terms = (
        ExclusionTerm.objects.filter(status=ExclusionTerm.Status.PUBLISHED, valid_to__gte=today, valid_to__lte=soon)
        .filter(~Exists(later))
        .filter(Exists(granted) | Exists(lines))
        .select_related("exclusion")
        .order_by("valid_to", "exclusion__reference")
    )
    for term in {term.exclusion_id: term for term in terms}.values():
        assert term.valid_to is not None  # the filter names it
        addresses = addresses_of(term.exclusion)
        if addresses and _untold(term.exclusion, term.valid_to, today):
            yield Ending(term.exclusion, term.valid_to, addresses)


def _untold(exclusion: Exclusion, ends_on: date, today: date) -> bool:
    due = {days for days in DAYS_AHEAD if ends_on - timedelta(days=days) <= today}
    told = ExpiryReminder.objects.filter(exclusion=exclusion, ends_on=ends_on).values_list("days", flat=True)
    return bool(due - set(told))


def addresses_of(exclusion: Exclusion) -> list[str]:
    """Return whom the end of an exclusion concerns: the filers of its petitions, the authors of posted comments."""
    filers = Decision.objects.filter(exclusion=exclusion).order_by("pk")
    lines = CommentLine.objects.filter(listed__exclusion=exclusion, comment__status=Comment.Status.POSTED)
    found = [
        *filers.values_list("petition__filed_by__email", flat=True),
        *lines.order_by("pk").values_list("comment__email", flat=True),
    ]
    return list(dict.fromkeys(filter(None, found)))


def open_round_of(exclusion: Exclusion, at: datetime) -> Round | None:
    """Return the round in which comments on the exclusion are taken at the moment, or None."""
    rows = ListedExclusion.objects.filter(exclusion=exclusion, round__opens_at__lte=at, round__closes_at__gte=at)
    row = rows.select_related("round").order_by("-round__opens_at").first()
    return row.round if row else None
