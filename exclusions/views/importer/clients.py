"""The desk of a firm: its clients, with their petitions and deadlines."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exclusions.forms.people.representation import ClientForm
from exclusions.queries.importer import clients as queries
from exclusions.views.core.clock import moment
from exclusions.views.core.signed_in import SignedInRequest, signed_in

PER_PAGE = 25


@signed_in
@require_safe
def clients(request: SignedInRequest) -> HttpResponse:
    """List whom the person's firms may file for today, with what each has and what is due first."""
    at = moment(request)
    narrow = ClientForm(request.GET)
    found = Paginator(queries.leaves(request.user, at, narrow.chosen), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "narrow": narrow,
        "page": page,
        "rows": queries.client_rows(request.user, list(page), at),
        "is_firm": queries.acts_for_others(request.user),
        "now": at,
        "trail": [(reverse("petitions"), "My petitions")],
    }
    return render(request, "importer/clients/clients.html", context)
