"""Giving a person the next case: the one that waits longest, over target first, and never one that is not theirs."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.review.assignments import take
from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.models import Petition, User
from exclusions.permissions import standing_of
from exclusions.permissions.gates import another_level2_reviewer, not_the_level1_reviewer
from exclusions.permissions.standing import LEADS
from exclusions.queries.casework.acts import ASSIGNED
from exclusions.queries.casework.lists.next_case import ahead_of_team, longest_waiting, own_longest
from exclusions.queries.casework.lists.team import absence_of
from exclusions.queries.casework.lists.worklist import statuses_for
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status


def take_next(*, by: User, at: datetime) -> Petition:
    """Take the next case for a person and return it: of those over target the one that waits longest, then of the rest.

    Skipped are cases that somebody has, those from which the person is kept, and those of which the person did the part
    that another has to look at. Who has many more cases than the lightest colleague is given the own one that waits
    longest instead, and takes none. Two who ask at once get two cases. Raises NotPermitted without a worklist,
    WrongState where none is left.
    """
    if by.role not in ASSIGNED or not statuses_for(by.role):
        raise NotPermitted("Only staff who work cases get a next case.")
    if by.leads:
        raise NotPermitted(LEADS)
    if away := absence_of(by, eastern_date(at)):
        raise WrongState(f"You are away through {away.last_day:%B} {away.last_day.day}, so you get no new case.")
    with transaction.atomic():
        if ahead_of_team(by, at) and (own := own_longest(by, at)):
            return own
        for key in longest_waiting(by, at):
            # Who asks at the same moment looks at the same row: it is theirs, and this person goes on to the next.
            row = Petition.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key)
            petition = row.select_related("round", "organization").order_by("pk").first()
            if petition is not None and _fits(petition, by, at):
                return petition
    raise WrongState("No case is waiting for you now.")


def _fits(petition: Petition, by: User, at: datetime) -> bool:
    """Take the case if it is still free and the person may work it; say whether that was done."""
    if Status(petition.status) not in statuses_for(by.role) or standing_of(by, petition, at).kept_from_acting:
        return False
    pair = not_the_level1_reviewer if petition.status == Status.LEVEL2 else another_level2_reviewer
    if petition.status in (Status.LEVEL2, Status.CONSISTENCY) and pair(petition, by, at, None):
        return False
    try:
        take(petition, by=by, at=at)
    except ActionRefused:
        return False
    return True
