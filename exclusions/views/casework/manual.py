"""The manual of the staff: its list, and a page for each matter. Only members of staff read it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exclusions.queries.casework.manual_pages import PAGES, manual_page
from exclusions.queries.casework.manual_tables import tables_of
from exclusions.views.core.signed_in import SignedInRequest, signed_in


@signed_in
@require_safe
def manual(request: SignedInRequest) -> HttpResponse:
    """List the pages of the manual; 404 for whoever has no staff role."""
    _only_staff(request)
    return render(request, "casework/manual/index.html", {"pages": PAGES})


@signed_in
@require_safe
def manual_on(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show one page, or answer 404: to whoever has no staff role, or where there is no such page."""
    _only_staff(request)
    page = manual_page(slug)
    if page is None:
        raise Http404
    return render(request, page.template, {"page": page, "pages": PAGES, "tables": tables_of(slug)})


def _only_staff(request: SignedInRequest) -> None:
    if not request.user.role:
        raise Http404
