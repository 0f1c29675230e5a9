"""Opening a case: whose it may be shown to is asked here, for every page of it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from exclusions.models import Petition
from exclusions.permissions import Standing, standing
from exclusions.queries.agency import case as cases
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest


def open_case(request: SignedInRequest, reference: str) -> Petition:
    """Return the case, if the person may open it; 404 for everybody else, 403 with the reason for whom a tie bars."""
    return open_with_standing(request, reference)[0]


def open_with_standing(request: SignedInRequest, reference: str) -> tuple[Petition, Standing]:
    """Return the case as `open_case` does, and what the person is to it, for pages that ask for that again."""
    petition = existing_case(request, reference)
    return petition, standing_in(request, petition)


def existing_case(request: SignedInRequest, reference: str) -> Petition:
    """Return the case, if there is one for the person's role: to act on it, which asks for more; 404 otherwise.

    Before anything of it is shown, ask for `standing_in`.
    """
    petition = cases.find_case(reference, request.user)
    if petition is None:
        raise Http404
    return petition


def standing_in(request: SignedInRequest, petition: Petition) -> Standing:
    """Return what the person is to a case that is about to be shown; 403 with the reason for whom a tie bars."""
    held = standing(request.user, petition, moment(request))
    if held.barred:
        raise PermissionDenied(*held.barred)
    return held
