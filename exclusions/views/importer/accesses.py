"""The access log of one petition, for its owners."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.queries.record import accesses
from exclusions.views.core.signed_in import SignedInRequest, signed_in
from exclusions.views.importer.owned import owned_petition

PER_PAGE = 50


@signed_in
@require_safe
def petition_accesses(request: SignedInRequest, petition_id: UUID) -> HttpResponse:
    """Show the owners of a petition who read its confidential matter, in which role and when."""
    petition = owned_petition(request, petition_id)
    page = Paginator(accesses.readings_of(petition), PER_PAGE).get_page(request.GET.get("page"))
    context = {"petition": petition, "page": page, "readings": accesses.readings(page.object_list)}
    return render(request, "importer/accesses.html", context)
