"""The cases around one case."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.models import StoredCase
from exclusions.permissions import may_read_confidential
from exclusions.queries.desk.like_page import around
from exclusions.views.agency.open_case import open_with_standing
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest, signed_in


@signed_in
@require_safe
def like_cases(request: SignedInRequest, reference: str) -> HttpResponse:
    """List what is related to a case, live and historical, with the decisions and exclusions beside it."""
    petition, held = open_with_standing(request, reference)
    at = moment(request)
    if not may_read_confidential(request.user, petition, at, held):
        raise PermissionDenied("Like cases are for those who read the whole case.")
    case = StoredCase.objects.filter(petition=petition).first()
    if case is None:
        raise Http404
    context = {"petition": petition, "beside": around(petition, case, request.user, request.GET, held.ties), "now": at}
    return render(request, "desk/like.html", context)
