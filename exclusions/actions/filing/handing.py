"""A petition handed to another person of the company or firm that works on it."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.filing.owning import must_own
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify_all, petition_subject, record_event
from exclusions.actions.record.transition import lock
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Petition, User
from exclusions.queries.importer.clients import colleagues
from exclusions.wording.stops import stopped


def hand_over(petition: Petition, *, to: User, by: User, at: datetime) -> Petition:
    """Put a petition into the hands of a colleague, who is written to about it from now on; return it.

    Recorded, and told by mail to both who are concerned. Who may work on it stays as it was: everybody of the company,
    or of the firm that files for it. Raises NotPermitted for anybody else and for a client while its firm files,
    Incomplete for a person who does not belong there, WrongState where it is in these hands already.
    """
    with transaction.atomic():
        locked = lock(petition)
        standing = must_own(locked, by, at)
        acting = locked.filer_organization or locked.organization
        theirs = colleagues(locked)
        if locked.assisted_by_id or by not in theirs:
            raise NotPermitted(
                f"Only the filer decides who has this petition: {acting.legal_name}"
                f"{', with the help of the agency’s staff' if locked.assisted_by_id else ''}. Ask them."
            )
        if to not in theirs:
            raise Incomplete(fields={"to": [stopped(f"Choose someone who belongs to {acting.legal_name}")]})
        before = locked.filed_by
        if before.pk == to.pk:
            raise WrongState(f"{to} has this petition already.")
        locked.filed_by, locked.updated_at = to, at
        locked.save(update_fields=["filed_by", "updated_at"])
        role, data = next(iter(standing.roles)), {"from": before.pk, "to": to.pk}
        record_event(petition_subject(locked), "hand_over", by=by, at=at, role=role, data=data)
        _tell(locked, [user for user in (before, to) if user.pk != by.pk], by, at)
    return locked


def _tell(petition: Petition, people: list[User], by: User, at: datetime) -> None:
    """Mail who gets it and who had it, but for whoever did it. A draft is named by its round alone."""
    named = petition.reference or f"A draft in {petition.round.title}"
    notify_all(
        to=[user.email for user in people if user.is_active],
        template="handed_over",
        subject=f"{named}: handed to a colleague",
        context={
            "reference": petition.reference or "",
            "round": petition.round.title,
            "to": str(petition.filed_by),
            "by": str(by),
            "url": page_address("petition", petition.pk),
        },
        at=at,
    )
