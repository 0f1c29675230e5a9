"""Whether level 1's work on a case is hidden from a level 2 reviewer: until the own view is on record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Subquery

from exclusions.models import BlindDraw, BlindShare, OwnView, Petition, Recommendation, User
from exclusions.models.desk.independence import is_drawn
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

FIRST = (
    "Record your own view first: this case is of the sample in which level 2 judges before it reads what level 1 found."
)
_KNOWN = "_level1_hidden"
_HIDDEN_IN = (Status.LEVEL1, Status.LEVEL2)


def must_view_first(petition: Petition, user: User | AnonymousUser | None) -> bool:
    """Say whether what level 1 recorded on the case is hidden from this person now.

    From a level 2 reviewer without an own view on record, of a case that is drawn, or will be when it comes to level 2;
    until level 2 has recommended once: who saw the case go round has nothing left to be independent of. The database is
    asked once for a petition as it was read: page and buttons ask alike.
    """
    if user is None or getattr(user, "role", "") != Role.REVIEWER2 or petition.status not in _HIDDEN_IN:
        return False
    known: dict[tuple[Any, str], bool] = petition.__dict__.setdefault(_KNOWN, {})
    key = (user.pk, petition.status)
    if key not in known:
        known[key] = _hidden(petition, user)
    return known[key]


def _hidden(petition: Petition, user: User | AnonymousUser) -> bool:
    share = BlindShare.objects.filter(slug=OuterRef("round__slug")).order_by("-pk")
    asked = Petition.objects.filter(pk=petition.pk).values_list(
        Exists(Recommendation.objects.filter(petition=OuterRef("pk"), level=2)),
        Exists(OwnView.objects.filter(petition=OuterRef("pk"), made_by=user.pk)),
        Subquery(BlindDraw.objects.filter(petition=OuterRef("pk")).values("drawn")[:1]),
        Subquery(share.values("percent")[:1]),
        Subquery(share.values("secret")[:1]),
    )
    for recommended, viewed, drawn, percent, secret in asked:
        if recommended or viewed:
            return False
        if drawn is not None:
            return bool(drawn)
        # One that came to level 2 before there was a share stays as it was.
        to_come = petition.status == Status.LEVEL1 and secret is not None
        return to_come and is_drawn(secret, percent, petition.reference or "")
    return False


def own_view_recorded(
    petition: Petition, user: User | AnonymousUser | None, at: datetime, data: Mapping[str, Any] | None
) -> list[str]:
    """Who judges at level 2 in a drawn case recorded an own view before."""
    return [FIRST] if must_view_first(petition, user) else []
