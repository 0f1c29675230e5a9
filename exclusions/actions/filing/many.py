"""One act of owners on many of their petitions: done to all of them, or to none, and each that refuses is named."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from exclusions.actions.filing.petitions import delete_draft, withdraw
from exclusions.errors import ActionRefused, Incomplete, SomeRefused
from exclusions.models import Petition, User

MOST = 100  # petitions of one act
NONE = "Choose at least one petition: tick the box in front of it."


def withdraw_many(keys: Collection[UUID], *, reason: str, by: User, at: datetime) -> int:
    """Withdraw filed petitions for good, each with the same reason and its own letter; return how many.

    Raises SomeRefused, with nothing done, where one refuses or is not the person's; Incomplete for none or too many.
    """
    return do_to_each_own(keys, lambda petition: withdraw(petition, by=by, at=at, reason=reason), by=by, at=at)


def delete_many(keys: Collection[UUID], *, by: User, at: datetime) -> int:
    """Delete drafts with their answers and files; return how many. Raises as `withdraw_many` does."""
    return do_to_each_own(keys, lambda petition: delete_draft(petition, by=by, at=at), by=by, at=at)


def do_to_each_own(keys: Collection[UUID], act: Callable[[Petition], object], *, by: User, at: datetime) -> int:
    """Do an act to each of a person's petitions, which are locked, in one transaction; return how many.

    Raises SomeRefused, with nothing done, where one refuses or is not the person's; Incomplete for none or too many.
    """
    if not keys:
        raise Incomplete(fields={"chosen": [NONE]})
    if len(keys) > MOST:
        raise Incomplete(fields={"chosen": [f"Choose at most {MOST} petitions at once. You chose {len(keys)}."]})
    with transaction.atomic():
        mine = Petition.objects.owned_by(by, at).filter(pk__in=keys).values("pk")
        # Always in the same order, so that two who act on overlapping ones wait and never deadlock.
        rows = Petition.objects.filter(pk__in=mine).select_for_update(of=("self",)).order_by("pk")
        found = list(rows.select_related("round", "organization"))
        refused = {str(petition): said for petition in found if (said := _refusals_of(petition, act))}
        if missing := len(set(keys)) - len(found):
            refused[f"{missing} of them"] = ["There is no such petition of yours any more."]
        if refused:
            raise SomeRefused(refused, of=len(keys))
    return len(found)


def _refusals_of(petition: Petition, act: Callable[[Petition], object]) -> list[str]:
    """Do the act within a savepoint; return the sentences that refuse it, none where it is done."""
    try:
        with transaction.atomic():
            act(petition)
    except ActionRefused as refused:
        return refused.reasons or [str(refused)]
    return []
