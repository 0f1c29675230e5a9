"""The search of the staff."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exclusions.forms.casework.search import CaseSearch
from exclusions.models import StoredCase
from exclusions.queries.casework.lists import search
from exclusions.queries.list_pages import ListPages
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.workflow.outcomes import CaseOutcome


@signed_in
@require_safe
def search_cases(request: SignedInRequest) -> HttpResponse:
    """List the cases that match, live and historical, 40 a page."""
    only_staff(request)
    asked = CaseSearch(request.GET, search.cases_of(request.user))
    page = ListPages(asked.ordered, search.PAGE_SIZE, request.GET.get("page")).page_asked()
    context = {
        "page": page,
        "cases": search.of_page(page.object_list),
        "filters": asked.chosen,
        "kinds": StoredCase.Kind.choices,
        "outcomes": CaseOutcome.choices,
        "dockets": search.dockets(),
        "sorts": search.SORTS,
    }
    return render(request, "casework/search.html", context)


@signed_in
@require_safe
def find_case(request: SignedInRequest, reference: str) -> HttpResponse:
    """Lead from a reference to the page of its case, whichever kind it is of."""
    found = stored_case(request, reference)
    return redirect("case" if found.kind == StoredCase.Kind.LIVE else "past-case", found.reference)


def stored_case(request: SignedInRequest, reference: str) -> StoredCase:
    """Return a case that the person may know of; 404 where there is none, 403 for whom nothing is searched here."""
    only_staff(request)
    found = search.find_stored(reference, request.user)
    if found is None:
        raise Http404
    return found


def only_staff(request: SignedInRequest) -> None:
    """Refuse whoever works no petitions."""
    if request.user.role not in search.MAY_SEARCH:
        raise PermissionDenied("This page is for the agency staff who work petitions.")
