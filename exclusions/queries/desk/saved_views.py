"""The worklists that a person kept, and those that colleagues share."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from exclusions.models import SavedView, User

# What a saved view holds of an address: how the list is narrowed and sorted, not which page of it was open.
HELD = ("q", "hts", "round", "status", "whose", "over", "tag", "sort")
MOST_VIEWS = 20


def views_of(user: User) -> QuerySet[SavedView]:
    """Return a person's views and those shared with the team, by name."""
    shared = Q(shared=True, role=user.role, user__is_active=True)
    return SavedView.objects.filter(Q(user=user) | shared).select_related("user").order_by("name", "pk")


def held(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the filters and the order of an address, those that are in use."""
    found = {name: str(sent.get(name, "")).strip() for name in HELD}
    return {name: value for name, value in found.items() if value}


def as_query(sent: Mapping[str, str]) -> str:
    """Return the filters and the order of an address as a query string, without the rest of it."""
    return urlencode(held(sent))
