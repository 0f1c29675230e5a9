"""The worklist of a staff role."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exclusions.queries.casework.lists import worklist as lists
from exclusions.queries.casework.lists.beside_cases import offered_to
from exclusions.queries.casework.lists.worklist_address import as_query, filters_in_use, headings
from exclusions.views.casework.desk import chosen_page
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.states import HAS_WORKLIST


@signed_in
@require_safe
def worklist(request: SignedInRequest) -> HttpResponse:
    """List the cases that wait for the person's role, oldest first unless the address says otherwise, 40 a page."""
    user = request.user
    if user.role not in HAS_WORKLIST:
        raise PermissionDenied("This page is for the agency staff who work petitions.")
    context = chosen_page(request, lists.worklist, lists.COLUMNS, offered_to(user))
    offered = context.pop("offered")
    context |= {
        "rows": lists.rows(context["cases"], user, context["now"], context["targets"]),
        "headings": headings(request.GET, context["filters"].get("sort")),
        "statuses": [(status.value, status.label) for status in lists.statuses_for(user.role)],
        "cases_url": reverse("review"),
        "views": offered.views,
        "query": as_query(request.GET),
        "tags": offered.tags,
        "kept": filters_in_use(request.GET),
        "more": "casework/worklist/_hand_over.html",
        "colleagues": offered.colleagues,
    }
    return render(request, "casework/worklist.html", context)
