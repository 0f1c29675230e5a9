"""Technical amendments: those that wait for their notice, and what an annex says of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from exclusions.models import Amendment, Exclusion, ExclusionTerm
from exclusions.wording.differences import Piece, differences


def waiting_amendments() -> QuerySet[Amendment]:
    """Return the amendments whose notice is to come, the first agreed on top, with their exclusions."""
    rows = Amendment.objects.filter(published_at__isnull=True, dropped_at__isnull=True)
    return rows.select_related("exclusion__action", "amends", "proposed_by", "confirmed_by").order_by("agreed_at", "pk")


def amendments_of(exclusion: Exclusion) -> list[Amendment]:
    """Return all amendments of an exclusion, the newest first."""
    rows = Amendment.objects.filter(exclusion=exclusion).select_related("amends", "proposed_by", "confirmed_by")
    return list(rows.order_by("-agreed_at", "-pk"))


@dataclass(frozen=True)
class Shown:
    """An amendment with its two wordings beside each other, the words that differ marked."""

    amendment: Amendment
    left: Sequence[Piece]
    right: Sequence[Piece]


def with_differences(amendments: Iterable[Amendment]) -> list[Shown]:
    """Return each amendment with the differences between the old text and the new one."""
    return [Shown(one, *differences(one.amends.text, one.text)) for one in amendments]


def places_of(amendment: Amendment) -> list[ExclusionTerm]:
    """Return the published terms under which an annex amends the exclusion, by heading and paragraph."""
    rows = ExclusionTerm.objects.filter(exclusion=amendment.exclusion, status=ExclusionTerm.Status.PUBLISHED)
    return list(rows.order_by("heading", "note", "seq", "pk"))
