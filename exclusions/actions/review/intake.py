"""What the intake clerk does with a filed petition: return it for correction, or post it to the docket."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.record.letters import returned_letter
from exclusions.actions.record.transition import lock, move
from exclusions.actions.record.versions import reopen_answers
from exclusions.models import Petition, User
from exclusions.permissions import refusal
from exclusions.queries.public.rounds import response_deadline


def return_petition(petition: Petition, *, reason: str, by: User, at: datetime) -> Petition:
    """Return a submitted petition for correction, with a letter; return the petition.

    The certified answers stay as they are; a copy of them is opened for the requester to correct. Reference and filing
    date are kept. Each line of `reason` is one point. Raises ActionRefused with nothing written.
    """
    with transaction.atomic():
        moved = move(petition, "return", by=by, at=at, reason=reason.strip())
        reopen_answers(moved, at=at)
        returned_letter(moved, reason=reason, at=at)
    return moved


def post_petition(petition: Petition, *, screened: bool, by: User, at: datetime) -> Petition:
    """Post a submitted petition: from now on the public reads it, and the response period runs (84 FR 29576).

    `screened` says that the clerk read the public version for confidential matter. The clock starts at posting, not at
    filing; the deadline comes from the round's days. Raises ActionRefused with nothing written.
    """
    data = {"screened": screened}
    with transaction.atomic():
        locked = lock(petition)
        refused = refusal("post", locked, by, at, data)
        if refused:
            raise refused
        locked.posted_at = at
        locked.response_closes_at = response_deadline(locked.round, at) if locked.round.accepts_responses else None
        locked.save(update_fields=["posted_at", "response_closes_at"])
        moved = move(locked, "post", by=by, at=at, data=data, is_locked=True)
    # The caller's own copy follows, so that it does not act on what it saw before.
    petition.refresh_from_db(fields=["status", "status_since", "updated_at", "posted_at", "response_closes_at"])
    return moved
