"""Opening a case: whose it may be shown to is asked here, for every page of it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from exclusions.actions.record.accesses import log_reading
from exclusions.models import Petition, User
from exclusions.permissions import Standing
from exclusions.permissions.casework.opening import opening_refusal, why_not_there
from exclusions.permissions.standing import standing_as_read
from exclusions.queries.casework.case import case as cases
from exclusions.queries.casework.case.case_page import CasePage
from exclusions.views.core.clock import moment
from exclusions.views.core.errors import NotOpen
from exclusions.views.core.signed_in import SignedInRequest


def open_case(request: SignedInRequest, reference: str, *, level1: bool = True) -> Petition:
    """Return the case, if the person may open it; 404 for everybody else, 403 with the reason for whom a tie bars.

    `level1`: False for a page that shows nothing of what level 1 recorded; every other one is closed to a level 2
    reviewer whose own view is asked for first.
    """
    return open_with_standing(request, reference, level1=level1)[0]


def open_with_standing(request: SignedInRequest, reference: str, *, level1: bool = True) -> tuple[Petition, Standing]:
    """Return the case as `open_case` does, and what the person is to it, for pages that ask for that again."""
    petition = existing_case(request, reference)
    return petition, standing_in(request, petition, level1=level1)


def existing_case(request: SignedInRequest, reference: str) -> Petition:
    """Return the case, if there is one for the person's role: to act on it, which asks for more; 404 otherwise.

    Before anything of it is shown, ask for `standing_in`.
    """
    petition = cases.find_case(reference, request.user)
    if petition is None:
        raise NotOpen(*why_not_there(request.user.role)) if request.user.role else Http404
    return petition


def page_of(request: SignedInRequest, petition: Petition, *, level1: bool = True, entries: bool = True) -> CasePage:
    """Return what the pages of a case show, of one that `existing_case` gave; refused as `standing_in` refuses.

    `entries`: False for a page that shows nothing of what a desk concluded but the head of the case.
    """
    standing = standing_in(request, petition, level1=level1)
    return CasePage(petition, request.user, moment(request), standing, entries=entries)


def standing_in(request: SignedInRequest, petition: Petition, *, level1: bool = True) -> Standing:
    """Return what the person is to a case that is about to be shown, one that `existing_case` gave; 403 with the reason
    for whom a tie bars.

    403, too, where level 1's work would be shown (`level1`) to whose own view is asked for first.
    """
    standing = standing_as_read(request.user, petition)
    if refused := opening_refusal(petition, request.user, standing, level1=level1):
        raise PermissionDenied(*refused)
    return standing


def log_opening(page: CasePage, by: User) -> None:
    """Note that the person reads a page of a case, if it shows confidential matter: before the page is made, so that
    none is shown whose reading is not on record."""
    if page.confidential:
        log_reading(page.petition, "case file", by=by, at=page.at)
