"""A departure from what was decided of a like case: whoever compares proposes it, and it holds once counsel and the
signatory have each confirmed it, in their own desks. Another comparison asks both again.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from exclusions.models import ConsistencyReview, Event, Petition, User
from exclusions.permissions.conclusions import latest
from exclusions.permissions.likes.groups import LikeGroup
from exclusions.permissions.likes.settled import Said, own_words
from exclusions.workflow.roles import Role

CONFIRMED = "departure"  # the kind of the event by which one of the two confirms
WHO: Mapping[Role, str] = {Role.LEGAL: "Counsel", Role.SIGNATORY: "The signatory"}


def may_be_departed_from(group: LikeGroup) -> bool:
    """Say whether petitions were decided so: neither what is recommended nor an exclusion in force is a decision."""
    return bool(group.docket) and not group.recommended


def departures_in(review: ConsistencyReview | None) -> list[dict[str, Any]]:
    """Return the rows of a review that depart from what was decided."""
    return [row for row in review.likes if row.get("departs")] if review else []


def with_departures() -> QuerySet[ConsistencyReview]:
    """Return the reviews that may depart from what was decided: those in whose rows the mark stands as text."""
    rows = ConsistencyReview.objects.annotate(rows=Cast("likes", TextField()))
    return rows.filter(rows__contains='"departs": true')


def unconfirmed(petition: Petition, different: Iterable[LikeGroup], roles: Iterable[Role]) -> list[str]:
    """Return a sentence for each of these roles that has not confirmed the departures on record from like cases with
    another result. One statement where there are such, else none.
    """
    review = latest(petition.consistency_reviews.all())
    said = Said.in_likes(departures_in(review))
    named = {
        name: group.label
        for group in (different if said else ())
        for name in group.references
        if own_words(said, group, name)
    }
    if not named or review is None:
        return []
    confirmed = _confirmed(petition, review)
    first, *more = named
    others = f" and {len(more):,} more" if more else ""
    return [
        f"{WHO[role]} has not confirmed the departure from {first}{others} ({named[first]}). "
        "Confirm it first, on the page of the case; or have another level 2 reviewer compare again."
        for role in roles
        if role not in confirmed
    ]


def _confirmed(petition: Petition, review: ConsistencyReview) -> set[str]:
    events = Event.objects.filter(subject=f"petition:{petition.pk}", kind=CONFIRMED).order_by("sequence")
    found = {role for role, data in events.values_list("role", "data") if data.get("review") == review.pk}
    return found | {role for role, key in petition.looked_up.get(_NOW, ()) if key == review.pk}


_NOW = "departures_confirmed_now"


def note_confirmed(petition: Petition, user: User, review: ConsistencyReview) -> None:
    """Remember of a locked petition who confirms, whose event is written with those of other cases."""
    petition.looked_up.setdefault(_NOW, set()).add((user.role, review.pk))


def departure_proposed(petition: Petition, user: object, at: object, data: object) -> list[str]:
    """The last comparison departs from what was decided of a like case."""
    if departures_in(latest(petition.consistency_reviews.all())):
        return []
    return ["This case departs from no earlier decision. There is nothing to confirm."]
