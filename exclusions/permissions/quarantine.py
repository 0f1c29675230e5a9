"""Who may take something down from the public side, and who may put it back."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.models import Document, Petition, Response, User
from exclusions.permissions.standing import Standing, standing_of
from exclusions.workflow.public_things import OF_RESPONDERS, STAFF_ALONE, Kind
from exclusions.workflow.roles import OWNERS, Role

# Whoever sees confidential matter on a public page stops it at once; only intake and counsel judge that it may return.
TAKE_DOWN = frozenset(
    {Role.INTAKE, Role.REVIEWER1, Role.REVIEWER2, Role.LEGAL, Role.COMMITTEE, Role.SIGNATORY, Role.PUBLISHER}
)
PUT_BACK = frozenset({Role.INTAKE, Role.LEGAL})


def quarantine_refusal(
    petition: Petition,
    kind: Kind,
    response: Response | None,
    document: Document | None,
    user: User | AnonymousUser | None,
    at: datetime,
    *,
    standing: Standing | None = None,
    author: Response | None = None,
) -> ActionRefused | None:
    """Return why a person may not take a thing of a posted petition down, or None.

    The petition's owners take down what they filed: the petition, its answers and files, their replies. A response and
    its files are their author's, known by the account or as `author`: the response whose secret link was shown. The
    agency's words only staff take down, and staff anything but where a tie or recusal bars them.
    """
    theirs = document.response if document else response if kind in OF_RESPONDERS else None
    if theirs is not None and is_author(theirs, user, author):
        pass
    elif user is None:
        return NotPermitted("This link can take down only the response it was mailed for, and its files.")
    else:
        refused = _standing_refusal(standing or standing_of(user, petition, at), kind, theirs)
        if refused:
            return refused
    if petition.posted_at is None and kind is not Kind.LETTER:
        return WrongState("It has not been posted, so there is nothing to take down.")
    return None


def is_author(response: Response, user: User | AnonymousUser | None, author: Response | None) -> bool:
    """Say whether a person is the author of a response, by its secret link or by the account that gave it."""
    if author is not None:
        return author.pk == response.pk
    return user is not None and user.is_authenticated and response.user_id == user.pk


def _standing_refusal(standing: Standing, kind: Kind, theirs: Response | None) -> ActionRefused | None:
    if standing.roles & OWNERS:
        if theirs is not None:
            return NotPermitted("This is another party's response. Tell the intake clerk what is wrong with it.")
        if kind in STAFF_ALONE:
            return NotPermitted("These are the agency's words. Tell the intake clerk what is wrong with them.")
        return None
    if not standing.roles & TAKE_DOWN:
        return NotPermitted(
            "Only the filer, a response's author and the staff who work the case can take something down."
        )
    return NotPermitted(*standing.kept_from_acting) if standing.kept_from_acting else None


def restoring_refusal(
    petition: Petition, user: User | AnonymousUser, at: datetime, standing: Standing | None = None
) -> ActionRefused | None:
    """Return why a person may not put something back that was taken down, or correct it, or None."""
    standing = standing or standing_of(user, petition, at)
    if not standing.roles & PUT_BACK:
        return NotPermitted("Only an intake clerk or the Office of General Counsel can put something back.")
    return NotPermitted(*standing.kept_from_acting) if standing.kept_from_acting else None
