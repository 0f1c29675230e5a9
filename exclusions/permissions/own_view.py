"""Whether level 1's work on a case is hidden from a level 2 reviewer: until the own view is on record."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Subquery

from exclusions.models import BlindDraw, BlindShare, OwnView, Petition, Recommendation, User
from exclusions.models.casework.own_view import is_drawn
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

FIRST = "Record your own view first. In this case, level 2 judges before it reads what level 1 found."
_KNOWN = "level1_hidden"
_HIDDEN_IN = (Status.LEVEL1, Status.LEVEL2)


def must_view_first(petition: Petition, user: User | AnonymousUser | None) -> bool:
    """Say whether what level 1 recorded on the case is hidden from this person now.

    From a level 2 reviewer without an own view on record, of a case that is drawn, or will be when it comes to level 2;
    until level 2 has recommended once: who saw the case go round has nothing left to be independent of. The database is
    asked once for a petition as it was read: page and buttons ask alike.
    """
    if user is None or getattr(user, "role", "") != Role.REVIEWER2 or petition.status not in _HIDDEN_IN:
        return False
    known: dict[tuple[Any, str], bool] = petition.looked_up.setdefault(_KNOWN, {})
    key = (user.pk, petition.status)
    if key not in known:
        known[key] = petition.pk in to_view_first([petition], user)
    return known[key]


def to_view_first(petitions: Iterable[Petition], user: User | AnonymousUser | None) -> set[UUID]:
    """Return the keys of those of the cases of which `must_view_first` is true; one statement for all, if any."""
    if user is None or getattr(user, "role", "") != Role.REVIEWER2:
        return set()
    at_levels = [petition.pk for petition in petitions if petition.status in _HIDDEN_IN]
    if not at_levels:
        return set()
    share = BlindShare.objects.filter(slug=OuterRef("round__slug")).order_by("-pk")
    asked = Petition.objects.filter(pk__in=at_levels).values_list(
        "pk",
        "status",
        "reference",
        Exists(Recommendation.objects.filter(petition=OuterRef("pk"), level=2)),
        Exists(OwnView.objects.filter(petition=OuterRef("pk"), made_by=user.pk)),
        Subquery(BlindDraw.objects.filter(petition=OuterRef("pk")).values("drawn")[:1]),
        Subquery(share.values("percent")[:1]),
        Subquery(share.values("secret")[:1]),
    )
    return {key for key, *facts in asked if _hidden(*facts)}


def _hidden(
    status: str, reference: str, recommended: bool, viewed: bool, drawn: bool | None, percent: int, secret: str | None
) -> bool:
    if recommended or viewed:
        return False
    if drawn is not None:
        return drawn
    # One that came to level 2 before there was a share stays as it was.
    return status == Status.LEVEL1 and secret is not None and is_drawn(secret, percent, reference)


def own_view_recorded(
    petition: Petition, user: User | AnonymousUser | None, at: datetime, data: Mapping[str, Any] | None
) -> list[str]:
    """Who judges at level 2 in a drawn case recorded an own view before."""
    return [FIRST] if must_view_first(petition, user) else []
