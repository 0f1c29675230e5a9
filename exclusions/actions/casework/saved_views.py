"""Keeping a worklist under a name."""

from datetime import datetime

from django.db import transaction

from exclusions.errors import Incomplete, NotPermitted
from exclusions.models import SavedView, User
from exclusions.queries.casework.lists.worklist_address import MOST_VIEWS
from exclusions.workflow.states import HAS_WORKLIST


def save_view(*, name: str, query: str, shared: bool, by: User, at: datetime) -> SavedView:
    """Keep a narrowed and sorted worklist under a name, one's own one of that name being replaced; return it.

    `query` is a query string as `queries.casework.lists.worklist_address` makes it. Raises NotPermitted without a
    worklist, Incomplete without a name, for one or for filters that are too long, and for more views than one keeps.
    """
    if by.role not in HAS_WORKLIST:
        raise NotPermitted("Only staff with a worklist keep views.")
    called = " ".join(name.split())
    if not called or len(called) > 60:
        said = "Give the view a name of at most 60 characters."
        raise Incomplete.beside("name", said)
    if len(query) > SavedView.LONGEST:
        raise Incomplete("The words that you search for are too long to be kept. Search for fewer, then keep the view.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # so that two windows keep no more than one may
        mine = SavedView.objects.filter(user=by)
        kept = SavedView.objects.filter(user=by, name=called).order_by("pk").first()
        if kept is None and mine.count() >= MOST_VIEWS:
            raise Incomplete(f"You keep {MOST_VIEWS} views already. Remove one that you no longer use.")
        view = kept or SavedView(user=by, name=called, made_at=at)
        view.role, view.query, view.shared = by.role, query, shared
        view.save()
    return view


def remove_view(view_id: int, *, by: User) -> str:
    """Remove one's own view and return its name. Raises NotPermitted for a colleague's and for one that is gone."""
    with transaction.atomic():
        view = SavedView.objects.select_for_update().filter(pk=view_id, user=by).order_by("pk").first()
        if view is None:
            raise NotPermitted("This view is not yours, or was already removed.")
        view.delete()
    return view.name
