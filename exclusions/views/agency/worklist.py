"""The worklist of a staff role."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.forms.worklist import WorklistFilter
from exclusions.queries.agency import worklist as lists
from exclusions.views.frame.moment import moment
from exclusions.views.frame.signed_in import SignedInRequest, signed_in


@signed_in
@require_safe
def worklist(request: SignedInRequest) -> HttpResponse:
    """List the cases that wait for the person's role, oldest first."""
    user, at = request.user, moment(request)
    if user.role not in lists.HAS_WORKLIST:
        raise PermissionDenied("This page is for the agency staff who work petitions.")
    narrowed = WorklistFilter(request.GET, lists.worklist(user), user=user)
    page = Paginator(narrowed.qs, lists.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": lists.rows(list(page.object_list), user, at),
        "filters": narrowed.chosen,
        "rounds": lists.round_choices(),
        "statuses": [(status.value, status.label) for status in lists.statuses_for(user.role)],
        "now": at,
    }
    return render(request, "agency/worklist.html", context)
