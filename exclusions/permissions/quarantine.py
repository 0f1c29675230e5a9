"""Who may take something down from the public side, and who may put it back."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.models import Document, Petition, Response, User
from exclusions.permissions.standing import Standing, standing
from exclusions.workflow.roles import OWNERS, Role

# Whoever sees confidential matter on a public page stops it at once; only intake and counsel judge that it may return.
TAKE_DOWN = frozenset(
    {Role.INTAKE, Role.REVIEWER1, Role.REVIEWER2, Role.LEGAL, Role.COMMITTEE, Role.SIGNATORY, Role.PUBLISHER}
)
PUT_BACK = frozenset({Role.INTAKE, Role.LEGAL})


def quarantine_refusal(
    petition: Petition,
    response: Response | None,
    document: Document | None,
    user: User | AnonymousUser,
    at: datetime,
    held: Standing | None = None,
) -> ActionRefused | None:
    """Return why a person may not take a thing of a posted petition down, or None.

    The petition's owners take down what they filed: the petition, its files, the files of their replies. A response is
    somebody else's word, so that only staff take it down. Staff with a tie or recusal take nothing down.
    """
    held = held or standing(user, petition, at)
    theirs = response is not None or (document is not None and document.response_id is not None)
    if held.roles & OWNERS:
        if theirs:
            return NotPermitted("This is another party's response. Tell the intake clerk what is wrong with it.")
    elif not held.roles & TAKE_DOWN:
        return NotPermitted("Only the filer and the staff who work the case take something down.")
    elif held.kept:
        return NotPermitted(*held.kept)
    if petition.posted_at is None or (response is not None and response.status != Response.Status.POSTED):
        return WrongState("It has not been posted, so there is nothing to take down.")
    if document is not None and document.visibility != Document.Visibility.PUBLIC:
        return WrongState("This file is confidential; the public never had it.")
    return None


def restoring_refusal(
    petition: Petition, user: User | AnonymousUser, at: datetime, held: Standing | None = None
) -> ActionRefused | None:
    """Return why a person may not put something back that was taken down, or None."""
    held = held or standing(user, petition, at)
    if not held.roles & PUT_BACK:
        return NotPermitted("Only an intake clerk or the Office of General Counsel puts something back.")
    return NotPermitted(*held.kept) if held.kept else None
